import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

const SAID = 'D/C HOME W SON JOHN SMITH 217-555-0134';

function found(...segments: string[]): string[] {
  const bytes = Buffer.from(`MSH|^~\\&|A|B|C|D|20260102030405||ADT^A08|1|P|2.5\r${segments.join('\r')}\r`);
  return parseBody({ bytes, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
  );
}

describe('a sentence in a field that is made for a code, a time or a number', () => {
  it.each([
    ['a place', `PV1|1|I|${SAID}`],
    ['the name of a service', `OBR|1|||1^${SAID}`],
    ['a status', `NPU|${SAID}`],
    ['a time', `OBR|1||||||${SAID}`],
    ['a number', `OBX|1|NM|2345-7^Glucose||${SAID}`],
    ['what an acknowledgment says', `MSA|AE|1|${SAID}`],
    ['the comment of a batch', `BTS|1|${SAID}`],
    ['what a product says of itself', `SFT|Vendor|1|Product|1|${SAID}`],
  ])('is read: %s', (_where, segment) => {
    expect(found(segment)).toEqual(expect.arrayContaining(['JOHN SMITH', '217-555-0134']));
  });

  it('is read in the header, whose names are those of systems', () => {
    const bytes = Buffer.from(`MSH|^~\\&|A|B|C|${SAID}|20260102030405||ADT^A08|1|P|2.5\r`);
    const [parsed] = parseBody({ bytes, elided: [] });
    expect(parsed === undefined ? [] : detect(parsed, shippedRules()).matches.map(({ category }) => category)).toEqual(
      expect.arrayContaining(['name', 'phone']),
    );
  });

  it.each([
    ['call 555-0123', '555-0123'],
    ['rang 617.555.0123', '617.555.0123'],
    ['患者氏名: 山田太郎', '山田太郎'],
  ])('may be a word and what it leads to: %s', (said, value) => {
    const bytes = Buffer.from(`MSH|^~\\&|A|B|C|D|20260102030405|${said}|ADT^A08|1|P|2.5||||||UNICODE UTF-8\r`);
    const [parsed] = parseBody({ bytes, elided: [] });
    const matches = parsed === undefined ? [] : detect(parsed, shippedRules()).matches;
    expect(matches.map(({ leaf, from, to }) => parsed?.leaves.text(leaf).slice(from, to))).toEqual([value]);
    expect(found('PV1|1|I|MODEL 2000 TYPE4567', 'OBR|1|||1^Panel 1234567')).toEqual([]);
  });

  it('is none where a rule knows what the field holds, and no words of a vocabulary', () => {
    expect(found('PID|1||4471823^^^H^MR||Doe^Jane||||||12 John Smith Street Apt 4 Rear^^Springfield')).toEqual([
      '4471823',
      'Doe',
      'Jane',
      '12 John Smith Street Apt 4 Rear',
      'Springfield',
    ]);
    expect(found('OBX|1|NM|1^Influenza A 2009 H1N1 RNA by Hodgkin Probe||5')).toEqual([]);
  });
});
