import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unexamined } from '../../../src/core/vocabulary.ts';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { BYTE_CLASSES } from '../../../src/formats/classes.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { checkObject, dataValues, object, readAll, splice } from './support.ts';

const JPEG = '1.2.840.10008.1.2.4.50';
const PIXELS = '(7FE0,0010)';
const syntax = fc.constantFrom(EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG, JPEG);
const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019^=éü語😀'), minLength: 1, maxLength: 8 });
const value = fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 4, arbitrary: word });

/** Elements whose VR is the same in the dictionary, so that implicit encoding reads as the explicit one does. */
const text = fc.tuple(
  fc.constantFrom(
    ['(0010,0010)', 'PN'],
    ['(0010,1000)', 'LO'],
    ['(0010,2160)', 'SH'],
    ['(0040,A160)', 'UT'],
    ['(0010,21B0)', 'LT'],
  ),
  fc.array(value, { minLength: 1, maxLength: 4 }),
);
const binary = fc.tuple(fc.constantFrom(['(0028,0010)', 'US'], ['(0018,9074)', 'DT'], [PIXELS, 'OW']), fc.nat(20));

type Leaf =
  | { kind: 'text'; tag: string; vr: string; values: string[] }
  | { kind: 'other'; tag: string; vr: string; size: number };
type Tree = Leaf | { kind: 'sequence'; tag: string; open: boolean; items: Tree[][] };

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 4, arbitrary: text.map(([[tag = '', vr = ''], values]) => ({ kind: 'text' as const, tag, vr, values })) },
  { weight: 1, arbitrary: binary.map(([[tag = '', vr = ''], size]) => ({ kind: 'other' as const, tag, vr, size })) },
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constant('sequence' as const),
      tag: fc.constantFrom('(0040,A730)', '(0008,1140)', '(0010,1002)'),
      open: fc.boolean(),
      items: fc.array(fc.array(tie('tree'), { maxLength: 3 }), { maxLength: 3 }),
    }),
  ),
}));
const trees = fc.array(tree, { maxLength: 8 });

function elementOf(each: Tree): DicomElement {
  if (each.kind === 'text') return element(each.tag, each.vr, each.values.join('\\'));
  if (each.kind === 'sequence')
    return element(
      each.tag,
      'SQ',
      each.items.map((item) => item.map(elementOf)),
      each.open,
    );
  return each.vr === 'DT' ? element(each.tag, each.vr, '') : element(each.tag, each.vr, new Uint8Array(each.size * 2).fill(0x41));
}

/** What the paths of DESIGN §6.1 say of an object, written the slow way. */
function expected(rows: readonly Tree[], prefix = ''): string[] {
  const index = (number: number): string => (number > 0 ? `[${number + 1}]` : '');
  return rows.flatMap((each) => {
    if (each.kind === 'sequence') return each.items.flatMap((item, at) => expected(item, `${prefix}${each.tag}${index(at)}.`));
    if (each.kind === 'other') return [];
    const whole = each.values.join('\\').trimEnd();
    if (each.vr === 'UT' || each.vr === 'LT') return whole === '' ? [] : [`${prefix}${each.tag}=${whole}`];
    return each.values.flatMap((one, at) => (one === '' ? [] : [`${prefix}${each.tag}${index(at)}=${one}`]));
  });
}

const CHARACTERS = element('(0008,0005)', 'CS', 'ISO_IR 192');

function written(rows: readonly Tree[], transferSyntax: string): Buffer {
  return writeDicom({ transferSyntax, elements: [CHARACTERS, ...rows.map(elementOf)] });
}

describe('a planted object', () => {
  it('gives every value back at its path, from the bytes that encode it', () => {
    fc.assert(
      fc.property(trees, syntax, (rows, transferSyntax) => {
        const bytes = written(rows, transferSyntax);
        const parsed = object(bytes);
        expect(dataValues(parsed).slice(1)).toEqual(expected(rows));
        checkObject(parsed, bytes.length);
        const { leaves } = parsed;
        for (let at = 0; at < leaves.count; at++) {
          const whole = leaves.text(at);
          const middle = whole.length >> 1;
          for (const [from, to] of [
            [0, whole.length],
            [0, middle + 1],
            [middle, whole.length],
          ] as const) {
            const span = leaves.spanOf(at, from, to);
            const there = bytes.toString('utf8', span?.start, span?.end);
            expect(there.includes(whole.slice(from, to).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''))).toBe(true);
            if (from === 0 && to === whole.length) expect(there).toBe(whole);
          }
          const own = bytes.subarray(leaves.start[at], leaves.end[at]);
          expect(leaves.classes[at]).toBe(own.reduce((mask, byte) => mask | (BYTE_CLASSES[byte] ?? 0), 0));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same leaves when it was deflated', () => {
    fc.assert(
      fc.property(trees, (rows) => {
        const bytes = written(rows, DEFLATED_LITTLE);
        const parsed = object(bytes);
        expect(dataValues(parsed).slice(1)).toEqual(expected(rows));
        checkObject(parsed, bytes.length);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same leaves at the same places without its pixel data', () => {
    fc.assert(
      fc.property(trees, trees, syntax, fc.nat(200), fc.boolean(), (before, after, transferSyntax, size, open) => {
        const fill = new Uint8Array(size * 2 + 2).fill(0xee);
        const rest = after.map(elementOf);
        const rows = [...before.map(elementOf), element(PIXELS, 'OB', fill, open), ...rest];
        const whole = writeDicom({ transferSyntax, elements: [CHARACTERS, ...rows] });
        // Counted from the end, and not searched for: the last byte of a length may be one of the fill.
        const end = whole.length - writeDataSet(rest, transferSyntax).length - (open ? 8 : 0);
        const span: Unexamined = { start: end - fill.length - (open ? 16 : 0), end, reason: 'pixel-data' };
        const parsed = object(whole);
        const spliced = object(splice(whole, [span]));
        expect(readAll(spliced)).toEqual(readAll(parsed));
        expect([...spliced.leaves.start, ...spliced.leaves.end]).toEqual([...parsed.leaves.start, ...parsed.leaves.end]);
        expect(spliced.coverage).toEqual(parsed.coverage);
        expect(spliced.problems).toEqual(parsed.problems);
        const { leaves } = spliced;
        for (let at = 0; at < leaves.count; at++) {
          const to = leaves.text(at).length;
          expect(leaves.spanOf(at, 0, to)).toEqual(parsed.leaves.spanOf(at, 0, to));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('hostile bytes', () => {
  const edit = fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 0xff, 0x5c, 0x1b, 0xfe, 0xe0), fc.nat(255)));

  function survives(bytes: Uint8Array, elided: readonly Unexamined[] = []): void {
    const missing = elided.reduce((sum, { start, end }) => sum + end - start, 0);
    const parsed = object({ bytes, elided });
    checkObject(parsed, bytes.length + missing);
    readAll(parsed);
    for (const part of parseBody({ bytes, elided })) readAll(part);
  }

  it('never throws for noise, with or without a mark before it', () => {
    const mark = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, marked) => {
        survives(marked ? Buffer.concat([mark, noise]) : noise);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws for an object with bytes changed, cut out or left out', () => {
    fc.assert(
      fc.property(
        trees,
        fc.oneof(syntax, fc.constant(DEFLATED_LITTLE)),
        fc.array(edit, { maxLength: 8 }),
        fc.nat(),
        fc.nat(400),
        (rows, transferSyntax, edits, cut, missing) => {
          const bytes = written(rows, transferSyntax);
          for (const [at, byte] of edits) bytes[132 + (at % (bytes.length - 132))] = byte;
          survives(bytes);
          const start = cut % bytes.length;
          const end = Math.min(bytes.length, start + missing);
          survives(Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]));
          const body = splice(bytes, end > start ? [{ start, end, reason: 'large-binary' }] : []);
          survives(body.bytes, body.elided);
          survives(bytes.subarray(0, start), [{ start, end: start + missing + 1, reason: 'over-limit' }]);
        },
      ),
      { numRuns: 700 },
    );
  });

  it('never throws for an object cut anywhere', () => {
    const whole = writeDicom({
      elements: [
        CHARACTERS,
        element('(0010,0010)', 'PN', 'DOE^JANE\\É'),
        element('(0040,A730)', 'SQ', [[element('(0040,A160)', 'UT', 'text')], []], true),
        element('(0009,1001)', 'UN', Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0])),
        element(PIXELS, 'OB', new Uint8Array(8), true),
      ],
    });
    for (let size = 0; size <= whole.length; size++) survives(whole.subarray(0, size));
  });

  it('reads no byte twice and leaves none out: leaves lie apart in the order of bytes', () => {
    fc.assert(
      fc.property(trees, fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(), (rows, noise, at) => {
        const bytes = written(rows, EXPLICIT_LITTLE);
        const where = 132 + (at % (bytes.length - 132));
        survives(Buffer.concat([bytes.subarray(0, where), noise, bytes.subarray(where)]));
      }),
      { numRuns: 500 },
    );
  });
});
