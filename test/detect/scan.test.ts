import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match } from '../../src/detect/match.ts';
import { DEFAULT_BUDGET, detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { findings, found, message, ofCategory, shippedRules } from '../support/rules.ts';

describe('structure', () => {
  it.each([
    [
      'patient and relative',
      ['PID|1||||DOE^JANE^^JR^DR', 'NK1|1|ROE^RICHARD|FTH'],
      ['patient PID-5.1 DOE', 'patient PID-5.2 JANE', 'relative NK1-2.1 ROE', 'relative NK1-2.2 RICHARD'],
    ],
    ['staff', ['PV1|1|I|||||77^HUNT^ANN'], ['provider PV1-7.2 HUNT', 'provider PV1-7.3 ANN']],
    ['an observer of another subject', ['PRT|1|AD||RCT|77^HUNT^ANN'], ['provider PRT-5.2 HUNT', 'provider PRT-5.3 ANN']],
    ['a name without components', ['PID|1||||DOE'], ['patient PID-5 DOE']],
    ['HL7 null and fillers', ['PID|1||||""^Unknown'], []],
  ])('tells apart %s', (_, segments, expected) => {
    expect(ofCategory('name', ...segments)).toEqual(expected);
  });

  it('knows an identifier by its type, and each as one thing only', () => {
    expect(findings('PID|1||100001^^^H^MR~285-64-4175^^^S^SS~D1234567^^^IL^DL~E4001^^^H^AN~1EG4TE5MK72^^^C^MC')).toEqual([
      ['hipaa.mrn', 'patient', 'PID-3.1', '100001'],
      ['hipaa.ssn-identifier', 'patient', 'PID-3[2].1', '285-64-4175'],
      ['hipaa.license-identifier', 'patient', 'PID-3[3].1', 'D1234567'],
      ['hipaa.account-identifier', 'patient', 'PID-3[4].1', 'E4001'],
      ['hipaa.health-plan-identifier', 'patient', 'PID-3[5].1', '1EG4TE5MK72'],
    ]);
  });

  it('leaves out bare years and the clocks of the envelope', () => {
    expect(ofCategory('date', 'PID|1||||||1962', 'EVN|A01|20260102', 'OBR|1||||||2024')).toEqual([]);
    expect(ofCategory('date', 'PID|1||||||19620303', 'OBR|1||||||20240105')).toEqual([
      'patient PID-7 19620303',
      'patient OBR-7 20240105',
    ]);
  });

  it('leaves a value that its field claims to the field', () => {
    expect(findings('PID|1|||||||||||||||||536-22-8147').map(([rule]) => rule)).toEqual(['hipaa.account']);
    expect(findings('PID|1||||||||||||||||||536-22-8147').map(([rule]) => rule)).toEqual(['hipaa.ssn']);
    expect(findings('PID|1||||||||||||^NET^Internet^jane.doe@mail.example').map(([rule]) => rule)).toEqual(['hipaa.email']);
  });

  it('sees another identifier inside a claimed field', () => {
    expect(findings('PID|1||||DOE SSN 536-22-8147').map(([rule, , , text]) => [rule, text])).toEqual([
      ['hipaa.name', 'DOE SSN 536-22-8147'],
      ['text.ssn', '536-22-8147'],
    ]);
  });
});

describe('free text', () => {
  it.each([
    ['a Z segment', 'ZPI|1|536-22-8147', ['text.ssn unknown ZPI-2 536-22-8147']],
    ['a line that is no segment', 'junk 536-22-8147', ['text.ssn unknown raw 536-22-8147']],
    ['an observation', 'OBX|1|TX|1^n||MRN 78412233', ['text.mrn patient OBX-5 78412233']],
    ['a comment with escapes', 'NTE|1||a\\T\\b 536-22-8147', ['text.ssn unknown NTE-3 536-22-8147']],
    ['an escaped at sign', 'NTE|1||jane\\X40\\mail.example', ['text.email unknown NTE-3 jane@mail.example']],
    ['a number in an observation of type NM', 'OBX|1|NM|1^n||2175557788', []],
    ['codes and versions', 'OBX|1|CWE|94558-4^SARS^LN||260373001^Detected^SCT^^^^07/31/2012^5.67', []],
    ['a reference range', 'OBX|1|NM|1^n||5|mg|3.5-10.5', []],
  ])('in %s', (_, segment, expected) => {
    expect(findings(segment).map((one) => one.join(' '))).toEqual(expected);
  });
});

describe('a document inside a message', () => {
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  const found = (...segments: string[]): string[] => {
    const parsed = message(...segments);
    return detect(parsed, shippedRules()).matches.map(
      (match) => `${match.rule} ${match.subject} ${parsed.leaves.path(match.leaf)}`,
    );
  };

  it('is looked through by the rules on text, and for whom the message is about', () => {
    const report = encode('Seen today: Jane Doe, SSN 536-22-8147');
    expect(found('PID|1||||DOE^JANE', `OBX|1|ED|1^doc||LAB^AP^TEXT^Base64^${report}`)).toEqual(
      expect.arrayContaining(['echo.name patient OBX-5.5', 'text.ssn unknown OBX-5.5']),
    );
  });

  it('names people who are looked for outside it', () => {
    const inner = encode('MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||||DOE^JANE\r');
    expect(found(`OBX|1|ED|1^doc||LAB^AP^x^Base64^${inner}`, 'NTE|1||left word with Jane Doe')).toContain(
      'echo.name patient NTE-3',
    );
  });

  it('that is written in clear keeps its place', () => {
    const parsed = message('OBX|1|ED|1^doc||LAB^AP^TEXT^A^SSN 536-22-8147');
    const [match] = detect(parsed, shippedRules()).matches;
    expect(match?.rule).toBe('text.ssn');
    expect(parsed.leaves.spanOf(match?.leaf ?? -1, match?.from ?? 0, match?.to ?? 0)).not.toBeNull();
  });

  it('for which the budget is spent counts as unexamined over the bytes that hold it', () => {
    const report = encode('SSN 536-22-8147 '.repeat(20));
    const parsed = message(`OBX|1|ED|1^doc||LAB^AP^TEXT^Base64^${report}`);
    const { unexamined } = detect(parsed, shippedRules(), 50);
    const held = unexamined.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(held).toBeGreaterThanOrEqual(report.length);
    expect(held).toBeLessThanOrEqual(parsed.coverage.bytes);
  });
});

describe('the budget', () => {
  const parsed = message('PID|1||||DOE^JANE', 'NTE|1||SSN 536-22-8147 and more', 'NTE|2||SSN 536-22-8148 and more');

  it('is no limit for an ordinary message', () => {
    expect(detect(parsed, shippedRules(), DEFAULT_BUDGET).unexamined).toEqual([]);
  });

  it('leaves structure examined and lists what text was not read', () => {
    const { matches, unexamined } = detect(parsed, shippedRules(), 0);
    expect(matches.map((match) => found(parsed, match)[0])).toContain('hipaa.name');
    expect(matches.some(({ rule }) => rule.startsWith('text.'))).toBe(false);
    expect(new Set(unexamined.map(({ reason }) => reason))).toEqual(new Set(['budget']));
    // Every leaf of the message, since the search for echoes looks at all.
    for (let leaf = 0; leaf < parsed.leaves.count; leaf++) {
      const [start, end] = [parsed.leaves.start[leaf] ?? 0, parsed.leaves.end[leaf] ?? 0];
      expect(unexamined.some((span) => span.start <= start && end <= span.end)).toBe(true);
    }
  });

  it('is used in proportion to the text: ten times the text needs about ten times the steps', () => {
    const steps = (times: number): number => {
      // Digits enough for every pattern: a text with fewer is spared some, and what follows is about the length alone.
      const text = message(`NTE|1||${'call the patient, aged 44 or 45; lot 1020 3040 5060 7080 9010 2030. '.repeat(times)}`);
      let low = 0;
      let high = 1e9;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (detect(text, shippedRules(), middle).unexamined.length === 0) high = middle;
        else low = middle + 1;
      }
      return low;
    };
    const [one, ten, hundred] = [steps(1), steps(10), steps(100)];
    expect(ten / one).toBeGreaterThan(5);
    expect(ten / one).toBeLessThan(15);
    expect(hundred / ten).toBeGreaterThan(8);
    expect(hundred / ten).toBeLessThan(12);
  });
});

/** Texts near to what rules look for, and the delimiters of the format. */
const fragment = fc.oneof(
  fc.constantFrom(
    '536-22-8147',
    'MRN 78412233',
    'Jane Doe',
    'DOE^JANE',
    'patient ',
    'Dr. ',
    '03/03/1962',
    'born ',
    '|',
    '^',
    '~',
    '&',
    '\\',
    '\r',
    'PID|1||',
    'OBX|1|TX|||',
    '(217) 555-7788',
    'x@y.example',
    'ZPI|',
    '93 yo',
    'é',
    '日本',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

it('never throws, and its matches stand in the text, in order, apart from each other', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
      const bytes = new TextEncoder().encode(
        `MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|P|2.5\rPID|1||78412233||DOE^JANE||19620303\r${parts.join('')}`,
      );
      for (const parsed of parseBody({ bytes, elided: [] })) {
        const { matches } = detect(parsed, shippedRules());
        let before: Match | undefined;
        for (const match of matches) {
          const text = parsed.leaves.text(match.leaf);
          expect(match.from).toBeGreaterThanOrEqual(0);
          expect(match.to).toBeGreaterThan(match.from);
          expect(match.to).toBeLessThanOrEqual(text.length);
          if (before?.leaf === match.leaf) expect(match.from).toBeGreaterThanOrEqual(before.from);
          else expect(match.leaf).toBeGreaterThan(before?.leaf ?? -1);
          before = match;
        }
        for (const one of matches) {
          const twin = matches.find(
            (other) =>
              other !== one &&
              other.leaf === one.leaf &&
              other.category === one.category &&
              other.subject === one.subject &&
              other.from < one.to &&
              one.from < other.to,
          );
          expect(twin).toBeUndefined();
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('never throws for random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      for (const parsed of parseBody({ bytes, elided: [] })) detect(parsed, shippedRules());
    }),
    { numRuns: 200 },
  );
});
