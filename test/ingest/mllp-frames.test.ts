import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameSplitter, type Frame, isBlank } from '../../src/ingest/mllp-frames.ts';

const ROOMY = { limit: 1 << 20, hardLimit: 1 << 22 };

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const shown = (frames: readonly Frame[]): string[] =>
  frames.map(({ kind, bytes }) => `${kind}:${Buffer.from(bytes).toString('latin1')}`);

/** Frames of a stream that arrives in chunks of the given sizes, then ends. */
function split(stream: Uint8Array, sizes: readonly number[] = [], limits = ROOMY): Frame[] {
  const splitter = createFrameSplitter(limits);
  const frames: Frame[] = [];
  let at = 0;
  for (const size of sizes) {
    frames.push(...splitter.push(stream.subarray(at, at + size)));
    at += size;
  }
  frames.push(...splitter.push(stream.subarray(at)), ...splitter.end());
  return frames;
}

const A = 'MSH|^~\\&|A';
const B = 'MSH|^~\\&|B';

describe('splits a stream into frames', () => {
  test.each<[string, string, string[]]>([
    ['one frame', `\v${A}\x1c\r`, [`message:${A}`]],
    ['several in one packet', `\v${A}\x1c\r\v${B}\x1c\r`, [`message:${A}`, `message:${B}`]],
    [
      'junk around frames',
      `xx\v${A}\x1c\r\r\n\v${B}\x1c\ryy`,
      ['junk:xx', `message:${A}`, 'junk:\r\n', `message:${B}`, 'junk:yy'],
    ],
    ['no final carriage return, another frame', `\v${A}\x1c\v${B}\x1c\r`, [`message:${A}`, `message:${B}`]],
    ['no final carriage return, end of stream', `\v${A}\x1c`, [`message:${A}`]],
    ['an end block inside content', `\v${A}\x1cB\x1c\x1c\r`, [`message:${A}\x1cB\x1c`]],
    ['a vertical tab inside content', `\v${A}\vnote\v\x1c\r`, [`message:${A}\vnote\v`]],
    ['a frame that begins inside another', `\v${A}\v${B}\x1c\r`, [`unterminated:${A}`, `message:${B}`]],
    [
      'a frame with a BOM that begins inside another',
      `\v${A}\v\xef\xbb\xbf${B}\x1c\r`,
      [`unterminated:${A}`, `message:\xef\xbb\xbf${B}`],
    ],
    ['a batch that begins inside another', `\v${A}\vFHS|\x1c\r`, [`unterminated:${A}`, 'message:FHS|']],
    ['start blocks in a row', `\v\v${A}\x1c\r`, [`message:${A}`]],
    ['an unterminated frame', `\v${A}`, [`unterminated:${A}`]],
    ['an unterminated frame that ends in an undecided byte', `\v${A}\vMS`, [`unterminated:${A}\vMS`]],
    ['an empty frame', '\v\x1c\r', ['message:']],
    ['no framing at all', A, [`junk:${A}`]],
    ['nothing', '', []],
    ['a start block and nothing', '\v', []],
  ])('%s', (_, stream, expected) => {
    expect(shown(split(latin1(stream)))).toEqual(expected);
    expect(shown(split(latin1(stream), new Array(stream.length).fill(1)))).toEqual(expected);
  });

  test('the frames are the same wherever the stream is cut', () => {
    const piece = fc.constantFrom('\v', '\x1c', '\x1c\r', '\r', A, 'MSH', 'MS', 'FHS', '\xef\xbb\xbf', 'note', `\v${A}`, 'H');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: 1, max: 24 }),
        (pieces, cuts, limit) => {
          const stream = latin1(pieces.join(''));
          const limits = { limit, hardLimit: limit + 7 };
          expect(split(stream, cuts, limits)).toEqual(split(stream, [], limits));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('no byte is lost: frames, junk and framing sum to the stream', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
        const stream = random.map((byte) => (byte % 5 === 0 ? 0x0b : byte % 5 === 1 ? 0x1c : byte % 5 === 2 ? 0x0d : byte));
        const frames = split(stream);
        const framing = stream.length - frames.reduce((sum, { total }) => sum + total, 0);
        const messages = frames.filter(({ kind }) => kind === 'message').length;
        expect(framing).toBeGreaterThanOrEqual(messages * 2);
        const kept = Buffer.concat(frames.map(({ bytes }) => Buffer.from(bytes)));
        const without = (bytes: Uint8Array): Buffer =>
          Buffer.from(bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c && byte !== 0x0d));
        expect(without(kept)).toEqual(without(stream));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a frame over the limit', () => {
  const content = latin1(`${A}${'0123456789'.repeat(10)}`);
  const stream = Buffer.concat([latin1('\v'), content, latin1(`\x1c\r\v${B}\x1c\r`)]);
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  test.each([
    ['the rest is digested', 1000, sha256(content.subarray(40))],
    ['past the hard limit it is thrown away', 60, sha256(content.subarray(40, 60))],
    ['nothing fits under the hard limit', 40, null],
  ])('%s', (_, hardLimit, restDigest) => {
    for (const sizes of [[], new Array(stream.length).fill(1), [50, 3, 30]]) {
      const [frame, after] = split(stream, sizes, { limit: 40, hardLimit });
      expect(frame).toEqual({
        kind: 'message',
        bytes: content.subarray(0, 40),
        total: content.length,
        restDigest,
        elided: [{ start: 40, end: content.length, reason: 'over-limit' }],
      });
      expect(after?.total).toBe(B.length);
    }
  });
});

test('an end block on a quiet line ends the frame, and a late carriage return is blank junk', () => {
  const splitter = createFrameSplitter(ROOMY);
  expect(splitter.push(latin1(`\v${A}\x1c`))).toEqual([]);
  expect(splitter.awaiting).toBe(true);
  expect(shown(splitter.settle())).toEqual([`message:${A}`]);
  expect(splitter.awaiting).toBe(false);
  expect(shown(splitter.settle())).toEqual([]);
  const [late] = [...splitter.push(latin1('\r')), ...splitter.end()];
  expect(late !== undefined && isBlank(late)).toBe(true);
});

test('what is held is no more than the limit and the undecided bytes', () => {
  const splitter = createFrameSplitter({ limit: 100, hardLimit: 200 });
  for (let chunk = 0; chunk < 1000; chunk++) {
    splitter.push(latin1(`${chunk === 0 ? '\v' : ''}${'x'.repeat(50)}\v`));
    expect(splitter.held).toBeLessThanOrEqual(108);
  }
  expect(splitter.open).toBe(true);
});

test.each([
  ['\r\n\r\n', true],
  ['\xef\xbb\xbf', true],
  ['  \0\t', true],
  ['\r\nM', false],
  ['\r'.repeat(5000), false],
])('junk that says nothing: %j', (text, blank) => {
  expect(isBlank({ bytes: latin1(text), total: text.length, restDigest: null, elided: [] })).toBe(blank);
});
