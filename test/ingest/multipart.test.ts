import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryOf, createMultipartReader } from '../../src/ingest/multipart.ts';

interface Part {
  readonly body: string;
  readonly whole: boolean;
}

/** Parts of a body that comes in these chunks; bytes as latin1. */
function read(boundary: string, chunks: readonly Uint8Array[]): Part[] {
  const reader = createMultipartReader(boundary);
  const parts: Part[] = [];
  let bytes: Uint8Array[] | null = null;
  const events = (function* () {
    for (const chunk of chunks) yield* reader.push(chunk);
    yield* reader.finish();
  })();
  for (const event of events) {
    if (event.kind === 'start') {
      expect(bytes).toBeNull();
      bytes = [];
    } else if (event.kind === 'data') {
      expect(event.bytes.length).toBeGreaterThan(0);
      bytes?.push(Uint8Array.from(event.bytes));
    } else {
      parts.push({ body: Buffer.concat(bytes ?? []).toString('latin1'), whole: event.whole });
      bytes = null;
    }
  }
  return parts;
}

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const drip = (text: string): Uint8Array[] => [...text].map(bytes);
const whole = (...bodies: string[]): Part[] => bodies.map((body) => ({ body, whole: true }));

describe('the boundary of a content type', () => {
  test.each([
    ['multipart/related; type="application/dicom"; boundary=abc', 'abc'],
    ['multipart/related; boundary="a b=c;d"; type="application/dicom"', 'a b=c;d'],
    ['Multipart/Form-Data;BOUNDARY="q\\"x"', 'q"x'],
    [`multipart/related; boundary=${'x'.repeat(73)}`, 'x'.repeat(73)],
    ['multipart/related; type="application/dicom"', null],
    ['multipart/related; boundary=""', null],
    [`multipart/related; boundary=${'x'.repeat(201)}`, null],
    ['application/dicom; boundary=abc', null],
    ['', null],
  ])('%s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });
});

describe('parts', () => {
  test.each<[string, string, Part[]]>([
    ['one', '--b\r\nContent-Type: application/dicom\r\n\r\nABC\r\n--b--\r\n', whole('ABC')],
    ['with a preamble and an epilogue', 'x\r\n--b\r\n\r\nABC\r\n--b--\r\n--b\r\n\r\nno part', whole('ABC')],
    ['several', '--b\r\nA: 1\r\nB: 2\r\n folded\r\n\r\nABC\r\n--b\r\n\r\nDEF\r\n--b--', whole('ABC', 'DEF')],
    ['lines that end in LF', '--b\nA: 1\n\nABC\r\n--b\n\nDEF\n--b--\n', whole('ABC\r', 'DEF')],
    ['a length that is wrong', '--b\r\nContent-Length: 1\r\n\r\nABC\r\n--b--', whole('ABC')],
    ['an empty one', '--b\r\nA: 1\r\n\r\n\r\n--b--', whole('')],
    ['an empty one without a line of its own', '--b\r\nA: 1\r\n\r\n--b--', whole('')],
    ['ends of lines at the ends', '--b\r\n\r\n\r\n\r\nABC\r\n\r\n--b--', whole('\r\n\r\nABC\r\n')],
    ['a boundary with spaces after it', '--b \t\r\n\r\nABC\r\n--b--', whole('ABC')],
    [
      'what only starts like a boundary',
      '--b\r\n\r\nA\r\n--bc\r\n--b-\r\n--b x\r\n --b\r\nB\r\n--b--',
      whole('A\r\n--bc\r\n--b-\r\n--b x\r\n --b\r\nB'),
    ],
    ['no headers and no empty line', '--b\r\n\0\0DICM\r\n--b--', whole('\0\0DICM')],
    ['no closing boundary', '--b\r\n\r\nABC\r\n--b\r\n\r\nDEF\r\n--', [...whole('ABC'), { body: 'DEF\r\n--', whole: false }]],
    ['no part', 'ABC', []],
    ['a boundary and nothing else', '--b--', []],
    ['headers that are cut off', '--b\r\nContent-Ty', []],
  ])('%s, in one chunk and byte by byte', (_, body, parts) => {
    expect(read('b', [bytes(body)])).toEqual(parts);
    expect(read('b', drip(body))).toEqual(parts);
  });

  test('a header line without an end is no header', () => {
    const body = `X: ${'y'.repeat(9000)}`;
    expect(read('b', [bytes(`--b\r\n${body}`), bytes('\r\n--b--')])).toEqual(whole(body));
  });

  test('whatever they hold, however they are cut, with any boundary', () => {
    const alphabet = fc.constantFrom('\r', '\n', '-', 'b', 'A', '\0', '\xff', ' ');
    const content = fc.string({ unit: alphabet, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('bound', 'b'.repeat(73), '--', "b'()+_,-./:=? b"),
        fc.constantFrom('\r\n', '\n'),
        fc.array(fc.nat(500), { maxLength: 20 }),
        (bodies, boundary, line, at) => {
          // The bodies hold no `\n--bound`; a boundary of hyphens could be made of what they hold.
          fc.pre(bodies.every((body) => !`\n${body}`.includes(`\n--${boundary}`)));
          const text = `${bodies.map((body) => `--${boundary}${line}A: 1${line}${line}${body}${line}`).join('')}--${boundary}--`;
          const places = [0, ...at.map((place) => place % text.length).sort((one, other) => one - other), text.length];
          const chunks = places.slice(1).map((end, index) => bytes(text.slice(places[index], end)));
          expect(read(boundary, chunks)).toEqual(whole(...bodies));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('holds no more than a boundary while an image goes by', () => {
    const reader = createMultipartReader('b'.repeat(73));
    let given = 0;
    let told = 0;
    const push = (chunk: Uint8Array): void => {
      for (const event of reader.push(chunk)) if (event.kind === 'data') told += event.bytes.length;
    };
    push(bytes(`--${'b'.repeat(73)}\r\n\r\n`));
    for (let count = 0; count < 500; count++) {
      const chunk = Buffer.alloc(10_000, count % 7 === 0 ? '\r\n--bbbbb' : count);
      push(chunk);
      given += chunk.length;
      expect(given - told).toBeLessThan(100);
    }
  });
});
