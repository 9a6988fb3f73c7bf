import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CharClass } from '../../../src/core/format.ts';
import { BYTE_CLASSES } from '../../../src/formats/classes.ts';
import { checkCover, latin1, message, parse } from '../support.ts';

/** Five distinct delimiters that no planted text contains. */
const delimiters = fc.constantFrom('|^~\\&', '#*~!&', '|$~\\&', '!@:\\%', '/+-=;', '&|^~\\').map((text) => [...text]);
const terminator = fc.constantFrom('\r', '\n', '\r\n');
const charset = fc.constantFrom('UNICODE UTF-8', 'utf16le', 'utf16be', '8859/1', '');

const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019 ()éü'), minLength: 1, maxLength: 8 });
const value = fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 4, arbitrary: word });
const component = fc.array(value, { minLength: 1, maxLength: 3 });
const repetition = fc.array(component, { minLength: 1, maxLength: 4 });
const field = fc.array(repetition, { minLength: 1, maxLength: 3 });
const segment = fc.record({
  name: fc.constantFrom('PID', 'OBX', 'ZPI', 'NTE'),
  fields: fc.array(field, { minLength: 1, maxLength: 6 }),
});
const segments = fc.array(segment, { minLength: 1, maxLength: 6 });

type Segment = { name: string; fields: string[][][][] };

/** What the paths of DESIGN §6.1 say of a message, written the slow way. */
function expected(lines: readonly Segment[]): string[] {
  const seen = new Map<string, number>();
  return lines.flatMap(({ name, fields }) => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return fields.flatMap((repetitions, f) =>
      repetitions.flatMap((components, r) =>
        components.flatMap((subcomponents, c) =>
          subcomponents.flatMap((text, s) => {
            const index = (n: number): string => (n > 1 ? `[${n}]` : '');
            const inner = subcomponents.length > 1;
            const outer = components.length > 1 || inner;
            const place = `${outer ? `.${c + 1}` : ''}${inner ? `.${s + 1}` : ''}`;
            return text === '' ? [] : [`${name}${index(nth)}-${f + 1}${index(r + 1)}${place}=${text}`];
          }),
        ),
      ),
    );
  });
}

function encode(text: string, set: string): Uint8Array {
  if (set === 'utf16le') return Uint8Array.from(Buffer.from(text, 'utf16le'));
  if (set === 'utf16be') return Uint8Array.from(Buffer.from(text, 'utf16le').swap16());
  return Uint8Array.from(Buffer.from(text, set === '8859/1' ? 'latin1' : 'utf8'));
}

function decode(bytes: Uint8Array, set: string): string {
  const copy = Buffer.from(bytes);
  if (set === 'utf16le') return copy.toString('utf16le');
  if (set === 'utf16be') return copy.swap16().toString('utf16le');
  return copy.toString(set === '8859/1' ? 'latin1' : 'utf8');
}

describe('a planted message', () => {
  it('gives every value back at its path, from the bytes that encode it', () => {
    fc.assert(
      fc.property(segments, delimiters, terminator, charset, (lines, [f = '', c = '', r = '', e = '', s = ''], end, set) => {
        const header = [
          'MSH',
          c + r + e + s,
          'A',
          'B',
          'C',
          'D',
          '2024',
          '',
          'ADT',
          '1',
          'P',
          '2.5',
          '',
          '',
          '',
          '',
          '',
          set,
        ].join(f);
        const body = lines.map(({ name, fields }) =>
          [name, ...fields.map((reps) => reps.map((comps) => comps.map((subs) => subs.join(s)).join(c)).join(r))].join(f),
        );
        const bytes = encode([header, ...body, ''].join(end), set);
        const parsed = message(bytes);
        const { leaves } = parsed;
        const all = Array.from({ length: leaves.count }, (_, leaf) => leaf).filter(
          (leaf) => !leaves.path(leaf).startsWith('MSH'),
        );
        expect(all.map((leaf) => `${leaves.path(leaf)}=${leaves.text(leaf)}`)).toEqual(expected(lines));
        for (const leaf of all) {
          const text = leaves.text(leaf);
          const middle = text.length >> 1;
          for (const [from, to] of [
            [0, text.length],
            [middle, text.length],
            [0, middle + 1],
          ] as const) {
            const span = leaves.spanOf(leaf, from, to);
            expect(decode(bytes.subarray(span?.start, span?.end), set)).toBe(text.slice(from, to));
          }
        }
        checkCover(bytes, parse(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('ORs the class of every byte of a value', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        const bytes = latin1(`MSH|^~\\&|A\rNTE|${words.join('|')}\r`);
        const { leaves } = message(bytes);
        words.forEach((_, index) => {
          const leaf = index + 1;
          const own = bytes.subarray(leaves.start[leaf], leaves.end[leaf]);
          expect(leaves.classes[leaf]).toBe(own.reduce((mask, byte) => mask | (BYTE_CLASSES[byte] ?? 0), 0));
        });
      }),
      { numRuns: 100 },
    );
  });
});

/** Everything that can be asked of a parsed body, so that nothing throws late. */
function readAll(bytes: Uint8Array): void {
  const parts = parse(bytes);
  checkCover(bytes, parts);
  for (const { leaves, identity, routing } of parts) {
    expect(identity.values.length).toBeGreaterThanOrEqual(0);
    expect(typeof routing.processing).toBe('string');
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      const text = leaves.text(leaf);
      expect(leaves.path(leaf)).not.toBe('');
      // Noise may begin as another format does: `<A ?` is read as XML.
      expect(leaves.addressOf(leaf).format).toMatch(/^[a-z0-9]+$/);
      // What was decoded has no bytes of its own.
      const isInner = ((leaves.classes[leaf] ?? 0) & CharClass.inner) !== 0;
      if (text.length > 0 && !isInner) expect(leaves.spanOf(leaf, 0, text.length)).not.toBeNull();
    }
  }
}

describe('hostile bytes', () => {
  const noise = fc.uint8Array({ maxLength: 300 });
  const piece = fc.oneof(
    fc.constantFrom(
      'MSH',
      'MSH|^~\\&|',
      'PID|',
      'OBX|1|ED|',
      'zab|',
      'BHS|',
      'FTS',
      '\r',
      '\n',
      '\x0b',
      '\x1c',
      '\x1c\r',
      '|',
      '^',
      '~',
      '&',
      '\\',
    ),
    fc.constantFrom('\\X4\\', '\\X00FF\\', '\\T\\', '\ufeff', '\0', 'é', '😀', '\xff', 'MSH#', 'M\0S\0H\0'),
    fc.string({ maxLength: 6 }),
  );

  it('never throws for noise', () => {
    fc.assert(fc.property(noise, readAll), { numRuns: 300 });
  });

  it('never throws for what is nearly HL7', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom('utf8', 'latin1', 'utf16le'), (pieces, encoding) => {
        readAll(Uint8Array.from(Buffer.from(pieces.join(''), encoding)));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws for a message cut anywhere', () => {
    const whole = Buffer.from(
      '\x0bMSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5||||||8859/1\rPID|||1~2^^^H&1&ISO||D\\T\\E^É\rOBX|1|CE|||a^b\r\x1c\r',
      'latin1',
    );
    for (let size = 0; size <= whole.length; size++) readAll(Uint8Array.from(whole.subarray(0, size)));
  });

  it.each([
    ['separators', `MSH|^~\\&|A\rPID${'|'.repeat(1_000_000)}`],
    ['headers', 'MSH|^~\\&\r'.repeat(20_000)],
    ['names in a line', `MSH|^~\\&|${'MSH|'.repeat(250_000)}`],
    ['escapes', `MSH|^~\\&|A\rNTE|||${'\\'.repeat(500_001)}`],
    ['line feeds', `MSH|^~\\&|A${'\n'.repeat(1_000_000)}x`],
    ['framing bytes', `MSH|^~\\&|A\r${'\x0b'.repeat(500_000)}`],
    ['blanks before headers', `${`${' '.repeat(100)}MSH `.repeat(10_000)}`],
  ])('takes a megabyte of %s in its stride', (_, text) => {
    const bytes = latin1(text);
    const parts = parse(bytes);
    checkCover(bytes, parts);
    for (const part of parts) part.leaves.text(part.leaves.count - 1);
  });
});
