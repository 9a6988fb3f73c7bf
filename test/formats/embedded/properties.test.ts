import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf, type Parsed } from '../../../src/core/format.ts';
import { MAX_DECODED, newAllowance, spend } from '../../../src/formats/embedded/allowance.ts';
import { findCandidates } from '../../../src/formats/embedded/candidates.ts';
import { encodedRuns } from '../../../src/formats/embedded/encoding.ts';
import { kindOf } from '../../../src/formats/embedded/kind.ts';
import { showing, writePdf } from '../pdf/write.ts';
import { message, parse, utf8 } from '../support.ts';
import { zipOf } from './write.ts';

const HEADER = 'MSH|^~\\&|LAB|H|EHR|H|20260101||ORU^R01|1|P|2.5\r';

type Wrap = (content: Buffer) => Buffer;

/** Ways a document may be packed into another. */
const wraps: readonly Wrap[] = [
  (content) => gzipSync(content),
  (content) => deflateSync(content),
  (content) => zipOf([['x', content]]),
  (content) => Buffer.from(content.toString('base64')),
  (content) => Buffer.from(`${HEADER}OBX|1|ED|1||A^B^C^Base64^${content.toString('base64')}\r`),
];

/** Forms of a text. */
const forms: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => writePdf({ pages: [showing(text)] }),
  (text) => Buffer.from(`<html><body><p>${text}</p></body></html>`),
  (text) => Buffer.from(`{\\rtf1\\ansi ${text}\\par}`),
  (text) => Buffer.from(`${HEADER}OBX|1|TX|1||${text}\r`),
];

/** Ways a value carries base64. */
const carriers: readonly ((encoded: string) => string)[] = [
  (encoded) => `OBX|1|ED|1||A^B^C^Base64^${encoded}||||||F\r`,
  (encoded) => `OBX|1|TX|1||${encoded}||||||F\r`,
  (encoded) => `NTE|1||see data:application/octet-stream;base64,${encoded} for more\r`,
  (encoded) =>
    (encoded.match(/.{1,120}/g) ?? []).map((piece, index) => `OBX|${index + 1}|ED|1||A^B^C^Base64^${piece}\r`).join(''),
  (encoded) => `OBX|1|ED|1||A^B^C^Base64^${(encoded.match(/.{1,76}/g) ?? []).join('\r\n')}||||||F\r`,
];

function holds(parsed: Parsed, text: string): boolean {
  return [...elementsOf(parsed)].some((element) => element.text.includes(text));
}

describe('a planted identifier', () => {
  const planted = fc.stringMatching(/^[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}$/);
  it('is found whatever the document, its packing and what carries it', () => {
    fc.assert(
      fc.property(
        planted,
        fc.constantFrom(...forms),
        fc.array(fc.constantFrom(...wraps), { maxLength: 2 }),
        fc.constantFrom(...carriers),
        (name, form, packing, carry) => {
          const content = packing.reduce((bytes, wrap) => wrap(bytes), form(`The patient is ${name} and was seen today again`));
          const parsed = message(utf8(HEADER + carry(content.toString('base64'))));
          expect(holds(parsed, name)).toBe(true);
          const missed = parsed.coverage.unexamined.reduce((sum, { start, end }) => sum + end - start, 0);
          expect(missed).toBe(0);
          expect(parsed.coverage.examined).toBe(parsed.coverage.bytes);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('whatever is encoded', () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  it('never throws; the coverage sums, and leaves keep their columns', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom('', '%PDF-1.4\n', 'PK\x03\x04', '\x1f\x8b\x08', '\x78\x9c', '{\\rtf', '<html', 'MSH|^~\\&|'),
        (tail, head) => {
          const content = Buffer.concat([Buffer.from(head, 'latin1'), tail]);
          for (const parsed of parse(utf8(`${HEADER}OBX|1|ED|1||A^B^C^Base64^${content.toString('base64')}\r`))) {
            const { coverage, leaves } = parsed;
            const missed = coverage.unexamined.reduce((sum, { start, end }) => sum + end - start, 0);
            expect(coverage.examined + missed).toBe(coverage.bytes);
            for (let leaf = 0; leaf < leaves.count; leaf++) {
              expect(leaves.addressOf(leaf).id).toBe(leaves.address[leaf]);
              expect(typeof leaves.text(leaf)).toBe('string');
              expect(leaves.path(leaf)).not.toBe('');
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  const isMarked = ([first = 0, second = 0]: Uint8Array): boolean =>
    Math.min(first, second) === 0xfe && Math.max(first, second) === 0xff;

  it('of bytes by chance is hardly ever taken for text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 60 }), (chance) => {
        // What begins with a byte order mark says itself that it is text.
        fc.pre(chance.some((byte) => byte < 9) && chance[0] !== 0x42 && !isMarked(chance));
        expect(['binary', 'zlib', 'gzip', 'image', 'media']).toContain(kindOf(Buffer.from(chance)));
      }),
    );
  });
});

describe('the cost', () => {
  it('of a message without documents is a look at its leaves', () => {
    const [parsed] = parse(
      utf8(`${HEADER}PID|1||00123456||DOE^JANE\rNTE|1||a note of some length that says nothing special at all\r`),
    );
    expect(parsed?.leaves.own).toBeUndefined();
    expect(findCandidates((parsed as Parsed).leaves, MAX_DECODED)).toEqual([]);
  });

  it('of prose is a look at one character in thirty-four', () => {
    expect([...encodedRuns('some words and more '.repeat(5000))]).toEqual([]);
  });

  it('is paid from one purse for all of a body', () => {
    const allowance = newAllowance(1000);
    expect([spend(allowance, 600), spend(allowance, 600), spend(allowance, 400), allowance.purse.bytes]).toEqual([
      true,
      false,
      true,
      0,
    ]);
  });
});
