import { describe, expect, it } from 'vitest';
import { explainMatch } from '../../src/detect/explain.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

/** Says of somebody so much that a place by its form alone is reported. */
const WHO = 'Patient: Jane Doe, DOB 03/04/1962, MRN 4471823, tel 845-555-0142\n';

function besideIn(text: string): string[] {
  return parseBody({ bytes: new TextEncoder().encode(WHO + text), elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules())
      .matches.filter(({ rule }) => rule === 'places.beside-address')
      .map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
  );
}

describe('beside the parts of an address', () => {
  it.each<[string, string[]]>([
    ['Visited at Top Floor Left, 8 Weavers Wynd, Kirkdunnock, buzzer broken', ['Kirkdunnock']],
    ['Mr Heneghan, Knockaphunta, Castlebar, Co. Mayo, F23 XH41', ['Knockaphunta']],
    ['lives at 40 Main Rd , Westdene 2092', ['Westdene']],
    // What was found is a part itself.
    ['Mr Heneghan, Lisnageer, Knockaphunta, Castlebar, Co. Mayo, F23 XH41', ['Lisnageer', 'Knockaphunta']],
  ])('is a place: %s', (text, places) => expect(besideIn(text)).toEqual(places));

  it.each([
    'lives at 40 Main Rd, Warfarin daily',
    'lives at 40 Main Rd, Retired',
    'lives at 40 Main Rd, Nurse Abernathy visits',
    'lives at 40 Main Rd, Millbrook, Massachusetts 01930',
    'posted to Blueline Bottling Co, 40 Main Rd, Springfield',
    'seen in Kirkdunnock, Lochmaddie and Strachan',
  ])('is none: %s', (text) => expect(besideIn(text)).toEqual([]));

  it('is the line right above a postal code', () => {
    expect(besideIn('47 Harbour Lights\nSeacombe\nPL99 3HH\nmobile 07700 900388')).toEqual(['Seacombe']);
    expect(besideIn('47 Harbour Lights\nSeacombe\nby the sea\nPL99 3HH')).toEqual([]);
  });

  it('is passed over by policies, and explained', () => {
    const text = `${WHO}lives at 40 Main Rd , Westdene 2092`;
    for (const parsed of parseBody({ bytes: new TextEncoder().encode(text), elided: [] })) {
      const match = detect(parsed, shippedRules()).matches.find(({ rule }) => rule === 'places.beside-address');
      expect(match?.lone).toBe(true);
      expect(match === undefined ? '' : explainMatch(parsed, shippedRules(), match)).toBe(
        'beside a part of an address that another rule finds',
      );
    }
  });

  it('is found thousands of times in one text', () => {
    const text = `${WHO}${'Top Floor Left, 8 Weavers Wynd, Kirkdunnock, '.repeat(4000)}`;
    expect(besideIn(text).length).toBeGreaterThan(3000);
  });
});
