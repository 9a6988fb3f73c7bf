import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { checkCover, parse } from '../support.ts';

/** Names of FHIR and of nobody, so that objects of every shape come up. */
const NAME = fc.constantFrom(
  'name',
  'family',
  'given',
  'telecom',
  'system',
  'value',
  'reference',
  'display',
  'text',
  'div',
  'contained',
  'extension',
  'x',
  'Ann Roe',
  '',
);
const TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('Ann', 'é😀', '<p>a&amp;b</p>', '2024-01-05', 'Patient/7', '#c', '\\u0041', '"', 'a\nb'),
);
const { value: VALUE } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    TEXT,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(NAME, tie('value'), { maxKeys: 4 }),
  ),
}));
const RESOURCE = fc
  .tuple(fc.constantFrom('Patient', 'Bundle', 'Unheard', 'Observation'), fc.dictionary(NAME, VALUE, { maxKeys: 5 }))
  .map(([resourceType, rest]): object => ({ ...rest, resourceType }));

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes some letters of a JSON text's strings that need it not. */
const ESCAPED = fc
  .tuple(RESOURCE, fc.integer({ min: 1, max: 7 }))
  .map(([value, each]) =>
    JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (string) =>
      string.includes('\\')
        ? string
        : string.replace(/[a-z]/gi, (letter, at: number) => (at % each === 0 ? escaped(letter) : letter)),
    ),
  );

/** Every leaf's text is made of what its bytes say, and every part of it points into them, in order. */
function checkSpans(body: Uint8Array, parsed: Parsed): void {
  const { leaves } = parsed;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const text = leaves.text(leaf);
    const [own = -1] = [leaves.start[leaf]];
    // What is said in another text with escapes has no place of its own, and lies where that does.
    const host = own < 0 ? (leaves.hostSpans?.(leaf) ?? []) : [];
    const [start = own, end = leaves.end[leaf] ?? -1] = [host[0]?.start, host.at(-1)?.end];
    let before = start;
    for (let unit = 0; unit < text.length; unit++) {
      const span = leaves.spanOf(leaf, unit, unit + 1);
      if (span === null) continue;
      if (span.start < before || span.start >= span.end || span.end > end)
        throw new Error(`unit ${unit} of leaf ${leaf} is at ${span.start}`);
      before = span.start;
      if (parsed.format !== 'fhir' || leaves.addressOf(leaf).typePath === 'xhtml') continue;
      const said = Buffer.from(body.subarray(span.start, span.end)).toString();
      const character = text.charAt(unit);
      if (!/[\ud800-\udfff\ufffd]/.test(character + said) && said !== character && !said.startsWith('\\'))
        throw new Error(`unit ${unit} of leaf ${leaf} points at other bytes`);
    }
  }
}

describe('whatever the body', () => {
  it('a sound resource gives its strings, and each points at its bytes', () => {
    fc.assert(
      fc.property(RESOURCE, fc.boolean(), (value, pretty) => {
        const body = Buffer.from(JSON.stringify(value, null, pretty ? 2 : 0));
        const parts = parse(body);
        checkCover(body, parts);
        expect(parts.map(({ format }) => format)).toEqual(['fhir']);
        expect(parts[0]?.problems).toEqual([]);
        for (const part of parts) checkSpans(body, part);
      }),
      { numRuns: 200 },
    );
  });

  it('escapes change no text', () => {
    const texts = (body: string): string[] =>
      parse(Buffer.from(body)).flatMap(({ leaves }) => Array.from({ length: leaves.count }, (_, leaf) => leaves.text(leaf)));
    fc.assert(
      fc.property(ESCAPED, (body) => {
        const plain = JSON.stringify(JSON.parse(body));
        expect(texts(body)).toEqual(texts(plain));
        for (const part of parse(Buffer.from(body))) checkSpans(Buffer.from(body), part);
      }),
      { numRuns: 100 },
    );
  });

  it('broken JSON is covered, and never throws', () => {
    const broken = fc
      .tuple(
        RESOURCE,
        fc.array(fc.tuple(fc.nat(), fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', 'x', '\0', '\xff')), {
          maxLength: 4,
        }),
        fc.nat(),
      )
      .map(([value, edits, cut]) => {
        let text = JSON.stringify(value);
        for (const [at, with_] of edits)
          text = text.slice(0, at % (text.length + 1)) + with_ + text.slice(at % (text.length + 1));
        return Buffer.from(cut % 3 === 0 ? text.slice(0, cut % (text.length + 1)) : text, 'latin1');
      });
    fc.assert(
      fc.property(fc.array(broken, { minLength: 1, maxLength: 3 }), (bodies) => {
        const body = Buffer.concat(bodies.flatMap((each) => [each, Buffer.from('\n')]));
        const parts = parse(body);
        checkCover(body, parts);
        for (const part of parts) {
          checkSpans(body, part);
          expect(part.identity.values.every(({ leaf }) => leaf >= 0 && leaf < part.leaves.count)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('any bytes after the beginning of a resource are covered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
        const body = Buffer.concat([Buffer.from('{"resourceType":"Patient","name":'), rest]);
        checkCover(body, parse(body));
      }),
      { numRuns: 300 },
    );
  });
});
