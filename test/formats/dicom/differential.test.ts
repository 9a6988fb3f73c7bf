import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DicomElement, element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { object } from './support.ts';

/**
 * dicom-parser as a second opinion (docs/adr/0022), on what it can read: whole objects with a preamble, text of ASCII without NULs.
 * It gives elements with their offsets; which values they hold is split here. Implicit sequences it takes for such only when told.
 */
interface Found {
  readonly vr?: string | undefined;
  readonly dataOffset: number;
  readonly length: number;
  readonly items?:
    | readonly { readonly dataSet?: { readonly elements: Readonly<Record<string, Found>> } | undefined }[]
    | undefined;
}
const found: z.ZodType<Found> = z.lazy(() =>
  z.object({
    vr: z.string().optional(),
    dataOffset: z.number(),
    length: z.number(),
    items: z.array(z.object({ dataSet: z.object({ elements: z.record(z.string(), found) }).optional() })).optional(),
  }),
);
const dataSet = z.object({ byteArray: z.instanceof(Uint8Array), elements: z.record(z.string(), found) });
const require = createRequire(import.meta.url);
const parseDicom = z
  .custom<(bytes: Uint8Array, options: unknown) => unknown>((value) => typeof value === 'function')
  .parse(require('dicom-parser').parseDicom);

const VRS: Readonly<Record<string, string>> = {
  x00080005: 'CS',
  x00080016: 'UI',
  x00080018: 'UI',
  x00100010: 'PN',
  x00101000: 'LO',
  x001021b0: 'LT',
  x0040a160: 'UT',
  x00081140: 'SQ',
  x0040a730: 'SQ',
};

function secondOpinion(bytes: Uint8Array): string[] {
  const parsed = dataSet.parse(parseDicom(bytes, { vrCallback: (tag: string) => VRS[tag] }));
  return rowsOf(Buffer.from(parsed.byteArray), parsed.elements, '');
}

function rowsOf(bytes: Buffer, elements: Readonly<Record<string, Found>>, prefix: string): string[] {
  // In the order of bytes: its object has them in the order in which they were read, but for names that look like numbers.
  return Object.entries(elements)
    .sort(([, a], [, b]) => a.dataOffset - b.dataOffset)
    .flatMap(([name, { vr = VRS[name] ?? 'UN', dataOffset, length, items }]) => {
      const path = `${prefix}(${name.slice(1, 5)},${name.slice(5)})`.toUpperCase();
      if (items !== undefined) {
        return items.flatMap((item, at) => rowsOf(bytes, item.dataSet?.elements ?? {}, `${path}${at > 0 ? `[${at + 1}]` : ''}.`));
      }
      if (!['AE', 'CS', 'UI', 'PN', 'LO', 'SH', 'LT', 'UT'].includes(vr)) return [];
      const text = bytes.toString('latin1', dataOffset, dataOffset + length).replace(/[ \0]+$/, '');
      const values = vr === 'LT' || vr === 'UT' ? [text] : text.split('\\');
      return values.flatMap((value, at) => {
        const trimmed = value.replace(/ +$/, '');
        return trimmed === '' ? [] : [`${path}${at > 0 ? `[${at + 1}]` : ''}=${trimmed}`];
      });
    });
}

function firstOpinion(bytes: Uint8Array): string[] {
  const { leaves } = object(bytes);
  return Array.from({ length: leaves.count }, (_, leaf) => `${leaves.path(leaf)}=${leaves.text(leaf)}`);
}

const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019^= '), maxLength: 9 });
const text = fc
  .tuple(
    fc.constantFrom(['(0010,0010)', 'PN'], ['(0010,1000)', 'LO'], ['(0010,21B0)', 'LT'], ['(0040,A160)', 'UT']),
    fc.array(word, { maxLength: 3 }),
  )
  .map(([[tag = '', vr = ''], values]) => element(tag, vr, values.join('\\')));
const { item } = fc.letrec<{ item: DicomElement[] }>((tie) => ({
  item: fc
    .tuple(
      fc.array(text, { maxLength: 3 }),
      fc.option(fc.tuple(fc.constantFrom('(0008,1140)', '(0040,A730)'), fc.array(tie('item'), { maxLength: 3 }), fc.boolean()), {
        maxDepth: 4,
        nil: undefined,
      }),
    )
    .map(([texts, nested]) => {
      const elements = nested === undefined ? texts : [...texts, element(nested[0], 'SQ', nested[1], nested[2])];
      // It keeps one element of a tag; duplicates are our own tests' business.
      return [...new Map(elements.map((each) => [each.tag, each])).values()].sort((a, b) => (a.tag < b.tag ? -1 : 1));
    }),
}));

describe('dicom-parser agrees', () => {
  it.each([
    ['explicit', EXPLICIT_LITTLE],
    ['implicit', IMPLICIT_LITTLE],
    ['big-endian', EXPLICIT_BIG],
    ['deflated', DEFLATED_LITTLE],
    ['encapsulated', '1.2.840.10008.1.2.4.50'],
  ])('on objects in %s encoding', (name, transferSyntax) => {
    fc.assert(
      fc.property(item, fc.nat(30), (elements, size) => {
        const pixels = element('(7FE0,0010)', 'OB', new Uint8Array(size * 2 + 2), name === 'encapsulated');
        // In big-endian files it looks for items in little-endian order.
        const readable = name === 'big-endian' ? elements.filter((each) => each.vr !== 'SQ') : elements;
        const bytes = writeDicom({ transferSyntax, elements: [...readable, pixels] });
        expect(firstOpinion(bytes)).toEqual(secondOpinion(bytes));
      }),
      { numRuns: 200 },
    );
  });
});

describe('dicom-parser does not read what we do', () => {
  it('a second element of a tag', () => {
    const bytes = writeDicom({
      elements: [
        element('(0010,0010)', 'PN', 'ANON\0DOE^JANE'),
        element('(0010,1000)', 'LO', 'A1'),
        element('(0010,1000)', 'LO', 'B2'),
      ],
    });
    expect(firstOpinion(bytes)).toEqual(expect.arrayContaining(['(0010,0010)=DOE^JANE', '(0010,1000)=A1', '(0010,1000)=B2']));
    expect(secondOpinion(bytes)).not.toContain('(0010,1000)=A1');
  });

  it('an object that is cut off', () => {
    const bytes = writeDicom({ elements: [element('(0010,0010)', 'PN', 'DOE^JANE'), element('(0010,1000)', 'LO', 'A1234567')] });
    const cut = bytes.subarray(0, bytes.length - 3);
    expect(() => secondOpinion(cut)).toThrow();
    expect(firstOpinion(cut)).toEqual(expect.arrayContaining(['(0010,0010)=DOE^JANE', '(0010,1000)=A1234']));
  });
});
