import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../src/core/format.ts';
import { DEFAULT_BUDGET, detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

/**
 * Bodies that are made to cost: whatever they hold, scanning them ends within its budget, every byte is examined or said not to be, and
 * nothing is thrown.
 */

const MB = 1_000_000;
const HEADER = 'MSH|^~\\&|LIS|LAB|EHR|HOSP|20260102030405||ORU^R01|1|P|2.5.1\r';
const SSN = 'SSN 536-22-8147';

const many = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length));

const BODIES: readonly (readonly [name: string, body: () => string])[] = [
  ['one line of 10 MB', () => `${many('word ', 10 * MB)}${SSN}`],
  ['one word of 10 MB', () => many('a', 10 * MB)],
  ['10 MB of digits', () => many('0123456789', 10 * MB)],
  ['10 MB of digits and hyphens', () => many('12-34-', 10 * MB)],
  ['10 MB of capitals', () => many('DOE^JANE ', 10 * MB)],
  ['10 MB of at signs', () => many('a@a.', 10 * MB)],
  ['an HL7 field of 10 MB', () => `${HEADER}OBX|1|TX|1||${many('seen today ', 10 * MB)}${SSN}\r`],
  ['HL7 with two million repetitions', () => `${HEADER}PID|1||${many('1~', 4 * MB)}\r`],
  ['HL7 with a million components and subcomponents', () => `${HEADER}PID|1||${many('1^2&3', 5 * MB)}\r`],
  ['HL7 with 300,000 segments', () => `${HEADER}${many('NTE|1|L|a\r', 3 * MB)}`],
  ['HL7 of escapes', () => `${HEADER}OBX|1|TX|1||${many('\\X41\\', 5 * MB)}\r`],
  ['HL7 of open escapes', () => `${HEADER}OBX|1|TX|1||${many('\\', 5 * MB)}\r`],
  ['JSON nested 200,000 deep', () => `${many('[', 200_000)}${many(']', 200_000)}`],
  [
    'a FHIR resource nested 100,000 deep',
    () => `{"resourceType":"Patient","contained":${many('[{"a":', 600_000)}1${many('}]', 200_000)}}`,
  ],
  ['a FHIR string of 10 MB', () => `{"resourceType":"Observation","note":[{"text":"${many('seen ', 10 * MB)}${SSN}"}]}`],
  [
    'a FHIR Bundle of 50,000 entries',
    () => `{"resourceType":"Bundle","entry":[${many('{"resource":{"resourceType":"Patient"}},', 2 * MB)}{}]}`,
  ],
  // Each of these was searched for a name in it over and over again.
  [
    'a FHIR reference of 5 MB',
    () => `{"resourceType":"Observation","subject":{"reference":"x${many('/Patient/s/_history/', 5 * MB)}#\\n"}}`,
  ],
  [
    'two patients in a Bundle at addresses of 5 MB',
    () => {
      const entry = (id: string) =>
        `{"fullUrl":"x${many('/Patient/s/_history/', 5 * MB)}#\\n","resource":{"resourceType":"Patient","id":"${id}"}}`;
      return `{"resourceType":"Bundle","entry":[${entry('a')},${entry('b')}]}`;
    },
  ],
  [
    'a face sheet with a field of 5 MB',
    () => `Field;Value\nMRN;447182\nName;Jane Doe\nDOB;3/4/1960\n${many('A', 5 * MB)}1;x\nPhone;217-555-0134\n`,
  ],
  ['JSON that never ends', () => `{"resourceType":"Patient","name":[${many('{"family":"A"},', 2 * MB)}`],
  ['XML nested 200,000 deep', () => `<?xml version="1.0"?>${many('<a>', 600_000)}${many('</a>', 800_000)}`],
  ['XML with an attribute of 10 MB', () => `<?xml version="1.0"?><a b="${many('seen ', 10 * MB)}${SSN}"/>`],
  [
    'XML with 100,000 attributes',
    () => `<?xml version="1.0"?><a ${Array.from({ length: 100_000 }, (_, index) => `b${index}="1"`).join(' ')}/>`,
  ],
  [
    'XML whose entities are of entities',
    () =>
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${many('c', 100_000)}"><!ENTITY d "${many('&b;', 30_000)}">]><a>${many('&d;', 30_000)}</a>`,
  ],
  ['a table with a line of 10 MB', () => `name,dob\n${many('a', 10 * MB)},2\n`],
  ['a table with 100,000 columns', () => `${many('name,', 500_000)}dob\n${many('a,', 200_000)}b\n`],
  ['a table whose quote never closes', () => `name,dob\n"${many('a,b\n', 5 * MB)}`],
  ['base64 of 10 MB', () => `${HEADER}OBX|1|ED|1||^AP^^Base64^${many('QUJD', 10 * MB)}\r`],
  ['base64 in base64, twelve deep', () => `${HEADER}OBX|1|ED|1||^TEXT^PLAIN^Base64^${nested(SSN, 12)}\r`],
];

function nested(text: string, depth: number): string {
  return depth === 0 ? text : Buffer.from(nested(text, depth - 1)).toString('base64');
}

function accounted(parts: readonly Parsed[], size: number): void {
  expect(parts.length).toBeGreaterThan(0);
  for (const { start, end, coverage } of parts) {
    const unread = coverage.unexamined.reduce((sum, span) => sum + span.end - span.start, 0);
    expect(coverage.examined + unread).toBe(end - start);
  }
  expect(Math.min(...parts.map(({ start }) => start))).toBe(0);
  expect(Math.max(...parts.map(({ end }) => end))).toBe(size);
}

describe('a body that is made to cost', () => {
  it.each(BODIES)('%s is scanned within its budget, and each byte is accounted for', (_name, make) => {
    const bytes = Buffer.from(make(), 'latin1');
    const parts = parseBody({ bytes, elided: [] });
    accounted(parts, bytes.length);
    for (const parsed of parts) {
      const { matches, unexamined } = detect(parsed, shippedRules(), DEFAULT_BUDGET);
      expect(matches.filter(({ from, to, leaf }) => from >= to || to > parsed.leaves.text(leaf).length)).toEqual([]);
      expect(unexamined.filter(({ start, end }) => start >= end || end > bytes.length)).toEqual([]);
    }
  });
});
