import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/detect/scan.ts';
import { shippedRules } from '../../support/rules.ts';
import { checkCover, latin1, parse, values } from '../support.ts';

/** Leaves after which a message goes on in a further part, and of which a segment is cut. */
const PART = 1 << 21;
const CUT = 1 << 22;

const header = 'MSH|^~\\&|LAB|A|EHR|B|2024||ORU^R01^ORU_R01|77|P|2.5.1\r';
const patient = 'PID|1||4711^^^H^MR||Quellbach^Ottilie||19500203|F\r';
/** Twenty thousand values in one field. */
const many = `OBX|1|NM|1^^L||${'7~'.repeat(20_000)}\r`;
const large = header + many.repeat(Math.ceil(PART / 20_003) + 2) + patient + many.repeat(3);

describe('a message of more values than are kept together', () => {
  const bytes = latin1(large);
  const parts = parse(bytes);

  it('is read in parts that cover it, none of them as raw text', () => {
    checkCover(bytes, parts);
    expect(parts.map(({ format, type }) => [format, type])).toEqual([
      ['hl7v2', 'ORU^R01'],
      ['hl7v2', 'ORU^R01'],
    ]);
    expect(parts.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['hl7v2.size'], []]);
  });

  it('goes on after a segment, which is counted on, by the way that the header names', () => {
    const [first, second] = parts;
    const last = first === undefined ? '' : first.leaves.path(first.leaves.count - 1);
    const number = Number(/^OBX\[(\d+)\]-5\[20000\]$/.exec(last)?.[1]);
    expect(number).toBeGreaterThan(100);
    expect(second?.leaves.path(0)).toBe(`OBX[${number + 1}]-1`);
    expect(second?.routing).toEqual(first?.routing);
    expect(second?.routing.fields['MSH-3']).toBe('LAB');
  });

  it('knows in each part whom another names', () => {
    const [first, second] = parts;
    const said = (part: typeof first) => part?.identity.values.map(({ kind, parts: words }) => [kind, ...words]);
    expect(said(first)).toEqual(said(second));
    expect(said(first)).toContainEqual(['name', 'Quellbach', 'Ottilie']);
    expect(first?.identity.values.every(({ leaf }) => leaf === -1)).toBe(true);
    expect(second?.identity.values.every(({ leaf }) => leaf >= 0)).toBe(true);
  });
});

it('finds in the first part the name that the second gives, and by its fields what the second holds', () => {
  const rules = shippedRules();
  const note = 'OBX|1|TX|2^^L||seen: ottilie quellbach, better\r';
  const found = parse(latin1(large.replace(header, header + note))).map((part) => {
    const { matches } = detect(part, rules);
    return matches.map((match) => [match.category, match.subject, part.leaves.path(match.leaf)].join(' '));
  });
  expect(found[0]).toContain('name patient OBX-5');
  expect(found[1]).toContain('mrn patient PID-3.1');
});

it('cuts a segment that alone holds more, and reads the rest of its line as it stands', () => {
  const bytes = latin1(`${header}OBX|1|NM|1^^L||${'7~'.repeat(CUT)}end of it\r${patient}`);
  const parts = parse(bytes);
  checkCover(bytes, parts);
  const [, second] = parts;
  expect(parts).toHaveLength(2);
  expect(second?.problems.map(({ code }) => code)).toEqual(['hl7v2.segment']);
  const [rest, ...others] = second === undefined ? [] : values(second);
  expect(rest).toMatch(/^raw=7~7~.*~end of it$/);
  expect(others).toContain('PID-5.1=Quellbach');
});

it('takes no header after the last segment of a part for a part of the message', () => {
  const bytes = latin1(header + many.repeat(Math.ceil(PART / 20_003)) + header.replace('77', '78'));
  const parts = parse(bytes);
  checkCover(bytes, parts);
  expect(parts.map(({ problems }) => problems)).toEqual([[], []]);
});
