import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/formats/pdf/read.ts';
import { FIRST, showing, writePdf } from './write.ts';

const MIB = 1024 * 1024;

const seeds = [
  writePdf({ pages: [showing('Patient: Jane Doe', 'MRN 00123456')] }),
  writePdf({ pages: [deflateSync(showing('Jane Doe'.repeat(50)))], filter: '/FlateDecode', trailer: '/Info 3 0 R' }),
  writePdf({
    pages: ['BT /F2 12 Tf <00010002> Tj ET /X Do'],
    fonts: `/F2 ${FIRST} 0 R`,
    resources: `/XObject << /X ${FIRST + 2} 0 R >>`,
    objects: [
      `<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /W [1 [500 600] 3 9 700] >>] /ToUnicode ${FIRST + 1} 0 R >>`,
      [
        '',
        'begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0002> <004A> endbfrange endcmap',
      ],
      ['/Type /XObject /Subtype /Form', 'BT /F1 9 Tf (Doe) Tj ET'],
      [`/Type /ObjStm /N 2 /First 8`, '5 0 6 3 12 << /Title (x) >>'],
    ],
  }),
];

/** A change that a damaged or made-up file may show. */
const change = fc.record({
  kind: fc.constantFrom('set', 'digit', 'copy', 'blank', 'cut'),
  at: fc.nat(),
  from: fc.nat(),
  value: fc.nat(255),
});

function changed(seed: Buffer, changes: readonly { kind: string; at: number; from: number; value: number }[]): Buffer {
  let bytes = Buffer.from(seed);
  for (const { kind, at, from, value } of changes) {
    const place = at % bytes.length;
    if (kind === 'set') bytes[place] = value;
    else if (kind === 'digit') bytes[place] = '0123456789/<>[]()R '.charCodeAt(value % 19);
    else if (kind === 'copy') bytes.copy(bytes, place, from % bytes.length, (from % bytes.length) + value);
    else if (kind === 'blank') bytes.fill(0x20, place, Math.min(bytes.length, place + value));
    else bytes = bytes.subarray(0, Math.max(16, bytes.length - (value >> 2)));
  }
  return bytes;
}

describe('a damaged file', () => {
  it('never throws, and costs no more than it may', () => {
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 20 }), (seed, changes) => {
        const purse = { bytes: 4 * MIB };
        const { lines } = readPdf(changed(seed, changes), purse, 200_000);
        expect(purse.bytes).toBeGreaterThanOrEqual(0);
        for (const { text } of lines) expect(text).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a wrong cross-reference table', (text: string) => text.replace(/\d{10} 00000 n/g, '0000000001 00000 n')],
    ['no table and no trailer', (text: string) => text.slice(0, text.indexOf('xref'))],
    ['wrong lengths', (text: string) => text.replace(/\/Length \d+/g, '/Length 7')],
    ['no lengths', (text: string) => text.replace(/\/Length \d+/g, '')],
    ['junk before it', (text: string) => `HTTP/1.1 200 OK\r\n\r\n${text}`],
    ['a page tree that is gone', (text: string) => text.replace('/Kids', '/Kidz')],
  ])('is read all the same: %s', (_, damage) => {
    const bytes = Buffer.from(damage(seeds[0]?.toString('latin1') ?? ''), 'latin1');
    const { lines } = readPdf(bytes, { bytes: MIB });
    expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['Patient: Jane Doe', 'MRN 00123456']));
  });
});

describe('a planted identifier', () => {
  const words = fc.stringMatching(/^[A-Z][a-z]{2,9}$/);
  const moves = fc.array(fc.integer({ min: -90, max: 60 }), { minLength: 24, maxLength: 24 });

  it('is found however its glyphs are set', () => {
    fc.assert(
      fc.property(words, words, moves, fc.integer({ min: 6, max: 30 }), fc.boolean(), (given, family, kerning, size, packed) => {
        const name = `${given} ${family}`;
        const items = [...name].map((character, index) => `(${character}) ${kerning[index] ?? 0}`).join(' ');
        const content = `BT /F1 ${size} Tf 50 600 Td [${items}] TJ ET`;
        const bytes = packed
          ? writePdf({ pages: [deflateSync(content)], filter: '/FlateDecode' })
          : writePdf({ pages: [content] });
        expect(readPdf(bytes, { bytes: MIB }).lines.map(({ text }) => text)).toEqual([name]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a bomb', () => {
  const huge = deflateSync(Buffer.alloc(32 * MIB, 0x20), { level: 9 });

  it('of a stream that inflates without end is cut, and said to be', () => {
    const purse = { bytes: 8 * MIB };
    const { unread } = readPdf(writePdf({ pages: [huge], filter: '/FlateDecode' }), purse);
    expect(unread.map(({ reason }) => reason)).toContain('decoded-cap');
    expect(purse.bytes).toBeGreaterThanOrEqual(0);
  });

  it('of filters over filters stays under the same cap', () => {
    const purse = { bytes: 8 * MIB };
    readPdf(writePdf({ pages: [deflateSync(huge)], filter: `[${'/FlateDecode '.repeat(2)}]` }), purse);
    expect(purse.bytes).toBeGreaterThanOrEqual(0);
  });

  it('of forms that show each other twice each ends by its steps', () => {
    const forms = Array.from({ length: 11 }, (_, index): [string, string] => [
      `/Subtype /Form /Resources << /XObject << /X ${FIRST + index + 1} 0 R >> >>`,
      '/X Do '.repeat(20),
    ]);
    const bytes = writePdf({ pages: ['/X Do'], resources: `/XObject << /X ${FIRST} 0 R >>`, objects: forms });
    const { unread } = readPdf(bytes, { bytes: MIB }, 100_000);
    expect(unread.map(({ reason }) => reason)).toEqual(['decoded-cap']);
  });

  it('of brackets inside brackets does not overflow', () => {
    const bytes = writePdf({ pages: ['['.repeat(100_000)], objects: ['<<'.repeat(50_000), `<< /A ${'['.repeat(50_000)} >>`] });
    expect(() => readPdf(bytes, { bytes: MIB })).not.toThrow();
  });
});
