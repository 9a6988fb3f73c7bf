import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/core/token.ts';
import { toFinding } from '../../src/detect/describe.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

const tokenizer = createTokenizer({ kid: 'k1', key: createSecretKey(Buffer.alloc(32, 7)) });

function described(text: string, encoding: BufferEncoding = 'utf8') {
  const bytes = Buffer.from(text, encoding);
  return parseBody({ bytes, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map((match) => ({
      finding: toFinding(parsed, match, tokenizer),
      value: parsed.leaves.text(match.leaf).slice(match.from, match.to),
      bytes,
    })),
  );
}

const HEADER = 'MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|P|2.5\r';

describe('toFinding', () => {
  it('has place, span, mask and token, and not the value', () => {
    const [{ finding, bytes } = { finding: undefined, bytes: Buffer.alloc(0) }] = described(`${HEADER}ZPI|1|ssn 536-22-8147`);
    expect(finding).toMatchObject({
      rule: 'text.ssn',
      pack: 'us-identifiers@1.0.1',
      category: 'ssn',
      subject: 'unknown',
      path: 'ZPI-2',
      severity: 'critical',
      mask: '999-99-9999',
    });
    expect(finding?.token).toMatch(/^k1\.[\w-]{43}$/);
    expect(bytes.toString('utf8', finding?.start ?? 0, finding?.end ?? 0)).toBe('536-22-8147');
    expect(JSON.stringify(finding)).not.toContain('536');
  });

  it('gives one identifier one token, wherever and however it is written', () => {
    const tokens = described(`${HEADER}PID|1||7841-2233^^^H^MR\rNTE|1||MRN 78412233`).map(({ finding }) => finding.token);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens).toHaveLength(2);
  });

  it('points at bytes in UTF-16 too', () => {
    const all = described(`${HEADER}NTE|1||ssn 536-22-8147`, 'utf16le');
    expect(all.map(({ finding, bytes }) => bytes.toString('utf16le', finding.start ?? 0, finding.end ?? 0))).toEqual([
      '536-22-8147',
    ]);
  });

  it('points at what was found, and its mask shows no letter or digit of it', () => {
    const word = fc.constantFrom(
      '536-22-8147',
      'Jane Doe',
      'é',
      'MRN 78412233 ',
      'x@y.example',
      ' ',
      '\\T\\',
      '(217) 555-7788',
      '日本',
      'Dr. Okafor ',
      '1962-03-04',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        for (const { finding, value, bytes } of described(
          `${HEADER}PID|1||78412233||DOE^JANE||19620304\rNTE|1||${words.join(' ')}`,
        )) {
          if (finding.start !== null && finding.end !== null && !/[&]/.test(value))
            expect(bytes.toString('utf8', finding.start, finding.end)).toBe(value);
          expect(finding.mask).toMatch(/^[^b-zB-Z0-8]*$/u);
          expect(finding.mask).not.toMatch(/A{5}|a{5}|9{5}/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
