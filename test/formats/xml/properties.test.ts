import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { checkCover, parse, utf8 } from '../support.ts';

/** Pieces that XML is made of, well-formed or not. */
const PIECE = fc.constantFrom(
  '<a>',
  '</a>',
  '<b c="x&amp;y">',
  '</b>',
  '<content>',
  '</content>',
  '<section><text>',
  '</text></section>',
  '<td/>',
  '<!-- Ann -->',
  '<![CDATA[',
  ']]>',
  '<?pi x?>',
  '<!DOCTYPE a [<!ENTITY e "v">]>',
  '&lt;',
  '&#x1F600;',
  '&e;',
  '<',
  '>',
  '"',
  '=',
  ' \n ',
  'é😀',
  'Jane',
  '<given>',
  '</given>',
  '<?xml version="1.0"?>',
);
const SOUP = fc
  .array(fc.oneof({ weight: 4, arbitrary: PIECE }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) }), {
    maxLength: 30,
  })
  .map((pieces) => `<?xml version="1.0"?><r>${pieces.join('')}`);

/** Every part of a leaf's text points into the leaf's bytes, in order, and what no markup changed points at itself. */
function checkSpans(body: Uint8Array, { leaves, format }: Parsed): void {
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const text = leaves.text(leaf);
    const [start = -1, end = -1] = [leaves.start[leaf], leaves.end[leaf]];
    if (start < 0) continue;
    let before = start;
    for (let unit = 0; unit < text.length; unit++) {
      const span = leaves.spanOf(leaf, unit, unit + 1);
      if (span === null) continue;
      if (span.start < before || span.start >= span.end || span.end > body.length)
        throw new Error(`unit ${unit} of leaf ${leaf} is at ${span.start}`);
      if (span.end > end && format !== 'raw')
        throw new Error(`unit ${unit} of leaf ${leaf} ends at ${span.end}, the leaf at ${end}`);
      before = span.start;
      const said = Buffer.from(body.subarray(span.start, span.end)).toString();
      const character = text.charAt(unit);
      if (/[\ud800-\udfff\ufffd]/.test(character + said) || said === character) continue;
      if (!/^(?:&|<|\s)/.test(said)) throw new Error(`unit ${unit} of leaf ${leaf} points at other bytes`);
    }
  }
}

const ESCAPES = [
  (letter: string) => letter,
  (letter: string) => `&#${letter.codePointAt(0) ?? 0};`,
  (letter: string) => `&#x${(letter.codePointAt(0) ?? 0).toString(16)};`,
];

/** Ways to write a name so that a reader sees it as it is. */
const WRITTEN = fc
  .tuple(
    fc.constantFrom('Jane Doe', 'José Ñandú', "O'Brien"),
    fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
    fc.nat(5),
    fc.nat(11),
  )
  .map(([name, how, way, at]) => {
    const letters = [...name].map((letter, index) => ESCAPES[how[index] ?? 0]?.(letter) ?? letter);
    const cut = Math.min(at, letters.length - 1);
    const [head, tail] = [letters.slice(0, cut).join(''), letters.slice(cut).join('')];
    const written = [
      head + tail,
      `${head}<!-- x -->${tail}`,
      `${head}<?x y?>${tail}`,
      `${head}<content styleCode="Bold">${tail}</content>`,
      `<b>${head}</b>${tail}`,
      `<![CDATA[${name.slice(0, cut)}]]>${name.slice(cut).replace("'", '&apos;')}`,
    ][way];
    return { name, written: written ?? head + tail };
  });

const AROUND = fc.constantFrom<readonly [string, string]>(
  ['<a>seen by ', ' today</a>'],
  ['<section><text><paragraph>', '</paragraph></text></section>'],
  ['<section><text><table><tr><td>x</td><td>', '</td></tr></table></text></section>'],
  ['<a b="c">x &amp; y, ', '</a>'],
);

describe('whatever the body', () => {
  it('never throws, covers it, and points at what it read', () => {
    fc.assert(
      fc.property(SOUP, (text) => {
        const body = utf8(text);
        const parts = parse(body);
        const own = parts.map((part) =>
          part.leaves.own === undefined ? part : { ...part, leaves: { ...part.leaves, count: part.leaves.own } },
        );
        checkCover(body, own);
        for (const part of parts) checkSpans(body, part);
      }),
      { numRuns: 300 },
    );
  });

  it('reads a name whatever it lies in and however it is written, and points at it', () => {
    fc.assert(
      fc.property(WRITTEN, AROUND, fc.nat(40), ({ name, written }, [open, close], depth) => {
        const text = `<?xml version="1.0"?><ClinicalDocument>${'<component>'.repeat(depth)}${open}${written}${close}${'</component>'.repeat(depth)}</ClinicalDocument>`;
        const body = utf8(text);
        const [parsed] = parse(body);
        if (parsed === undefined) throw new Error('nothing read');
        const found = Array.from({ length: parsed.leaves.count }, (_, leaf) => leaf).flatMap((leaf) => {
          const from = parsed.leaves.text(leaf).indexOf(name);
          return from < 0 ? [] : [parsed.leaves.spanOf(leaf, from, from + name.length)];
        });
        expect(found).toHaveLength(1);
        const [span] = found;
        const at = Buffer.from(body).indexOf(written);
        const end = at + Buffer.byteLength(written);
        // From the first character on to the last; tags at either end are none of it.
        expect(span?.start).toBeGreaterThanOrEqual(at);
        expect(span?.end).toBeLessThanOrEqual(end);
        const said = Buffer.from(body.subarray(span?.start, span?.end)).toString();
        expect(written.includes(said)).toBe(true);
        expect(said.length).toBeGreaterThanOrEqual(name.length);
      }),
      { numRuns: 200 },
    );
  });

  it('costs no more than its size: made-up nesting, tags and quotes that nothing closes', () => {
    const hostile = [
      '<a>',
      '<a b="',
      '<!--',
      '<![CDATA[',
      '<a><b>x</b>y',
      '&',
      '<',
      '"',
      '<content>x',
      '<section><text>x',
      '</a>',
      '<?',
      '<!DOCTYPE [',
    ];
    for (const piece of hostile) {
      const body = utf8(`<?xml version="1.0"?><r>${piece.repeat(20_000)}`);
      checkCover(body, parse(body));
    }
  });
});
