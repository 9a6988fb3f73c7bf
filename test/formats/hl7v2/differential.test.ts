import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { latin1, message, values } from '../support.ts';

/**
 * hl7-standard as a second opinion, on messages that it can read (usual delimiters, CR, no `&` or `~` mixed with components). It
 * calls repetitions sub-components and the other way round, so a repetition is found as an array.
 */
const data = z.record(z.string(), z.unknown());
const transformed = z.record(z.string(), z.array(z.object({ data })));
const Hl7 = z.custom<new (text: string) => { transform(): void; transformed: unknown }>((value) => typeof value === 'function');
const Standard = Hl7.parse(createRequire(import.meta.url)('hl7-standard'));

function secondOpinion(text: string): string[] {
  const parsed = new Standard(text);
  parsed.transform();
  return Object.entries(transformed.parse(parsed.transformed)).flatMap(([name, segments]) =>
    segments.flatMap((segment, index) => {
      const owner = index === 0 ? name : `${name}[${index + 1}]`;
      return Object.entries(segment.data).flatMap(([key, value]) => {
        const field = Number(key.split('.')[1]);
        return name === 'MSH' && field < 3 ? [] : leaves(`${owner}-${field}`, value);
      });
    }),
  );
}

function leaves(path: string, value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [`${path}=${value}`];
  if (Array.isArray(value)) {
    // A repetition without components is an object with one member.
    return value.flatMap((repetition, index) => leaves(index === 0 ? path : `${path}[${index + 1}]`, repetition));
  }
  const parts = Object.values(data.parse(value));
  if (parts.length === 1) return leaves(path, parts[0]);
  return parts.flatMap((part, index) => leaves(`${path}.${index + 1}`, part));
}

const MSH = 'MSH|^~\\&|LAB|HOSP^1.2.3^ISO|EHR|HOSP|20240101120000||ORU^R01^ORU_R01|MSG00001|P|2.5.1';

describe('hl7-standard agrees', () => {
  it.each([
    [
      'a result',
      [
        MSH,
        'PID|1||12345^^^HOSP^MR||DOE^JANE^Q||19800214|F',
        'OBR|1|A^B|C',
        'OBX|1|NM|2345-7^Glucose^LN||90|mg/dL',
        'OBX|2|TX|||text',
      ],
    ],
    ['repetitions', [MSH, 'PID|1||1^^^H^MR~2^^^S^SS~3^X||DOE^JANE~ROE^JANE']],
    ['simple repetitions', [MSH, 'PID|1||1~2~3||DOE']],
    ['empty fields and trailing delimiters', [MSH, 'PID|||1^^^^||DOE^^^||||', 'PV1||I|']],
    ['Z segments', [MSH, 'ZPI|a^b|c', 'ZPI|d||e^f^g']],
    ['many of a kind', [MSH, ...Array.from({ length: 20 }, (_, index) => `OBX|${index + 1}|ST|c^d||v${index}`)]],
  ])('on %s', (_, lines) => {
    const text = `${lines.join('\r')}\r`;
    expect(values(message(latin1(text))).toSorted()).toEqual(secondOpinion(text).toSorted());
  });

  it('and is the one that misses what we find', () => {
    const hidden = `MSH#*~\\&#LAB\rPID###1##DOE*JANE\r`;
    expect(secondOpinion(hidden)).toEqual([]);
    expect(values(message(latin1(hidden)))).toContain('PID-5.1=DOE');
  });
});
