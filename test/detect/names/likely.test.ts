import { describe, expect, it } from 'vitest';
import { compilePacks } from '../../../src/detect/compile.ts';
import { findNames } from '../../../src/detect/names/find.ts';
import { detect } from '../../../src/detect/scan.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedPacks } from '../../support/rules.ts';

/** What only its form makes a name, a place or an employer. */
function likelyIn(text: string): string[] {
  const found = findNames(text, new Map()).found.filter(({ likely }) => likely !== undefined);
  return found.map(({ from, to, likely }) => `${likely} ${text.slice(from, to)}`);
}

describe('a name that nothing speaks for', () => {
  it.each<[string, string[]]>([
    ['voicemail, Geraldine checks it at two', ['likely Geraldine']],
    ['leave no voicemail, Craig checks it', ['likely Craig']],
    ['up and down. got the boys Koa and Sione at weekends', ['likely Koa', 'likely Sione']],
    ['his wife morag is here. jic box checked w morag, top shelf', ['likely morag']],
    ['ACC T2408-5519  LANDRIEU, OCTAVE  MR0071825', ['likely LANDRIEU, OCTAVE']],
    ['ACC B2408-0912  GUIDRY, BABY BOY  dob', ['likely GUIDRY, BABY BOY']],
    ['BRAYDEN: nope. temp was fine', ['likely BRAYDEN']],
  ])('%s: %j', (text, names) => expect(likelyIn(text)).toEqual(names));

  it.each([
    ['Kayleigh Moss, goes by KM. KM attended with her dog', ['Kayleigh Moss', 'KM', 'KM']],
    ['everyone but his gran calls him Tam) and since then Tam is well', ['Tam', 'Tam']],
    ['Call me Con or Mr Hickey. She likes Con; con artist', ['Con', 'Hickey', 'Con']],
    ['he prefers ibuprofen. She prefers Tylenol for it', []],
  ])('that somebody is called by is known again: %s', (text, names) =>
    expect(findNames(text, new Map()).found.map(({ from, to }) => text.slice(from, to))).toEqual(names),
  );

  it.each([
    ['half of what a hospital is called', 'moved to Craig Hospital today'],
    ['what is numbered', 'pump Geraldine 2 is down'],
    ['a list', 'Freer, Cottle, Allison, Semb'],
    ['a medicine', 'on Valium and Allegra'],
    ['a thing that it stands before', 'the Doris pump alarm'],
    ['the first word of a contraction', "I've asked for it"],
    ['capitals', 'SEEN BY NURSE, CRAIG'],
    ['a list in capitals', 'SODIUM, POTASSIUM, CHLORIDE'],
  ])('but for %s', (_, text) => expect(likelyIn(text)).toEqual([]));
});

describe('a place that no table has', () => {
  it.each<[string, string[]]>([
    ['her sister up from Gastonburg, eta 0030', ['likely-place Gastonburg']],
    ['truck broke down at Mirboo Junction on the way', ['likely-place Mirboo Junction']],
    ['Moira (sister, Shediac) called at nine', ['likely-place Shediac']],
    ['Lives: Lajamanu; stayed at a hostel', ['likely-place Lajamanu']],
    ['did 20 years on the line at Moneypoint before that', ['likely-employer Moneypoint']],
    ['drove buses for Leeds City Transport for 31 yrs', ['likely-employer Leeds City Transport']],
    ['asked for letter to his office (Apapa Tank Farm Services) for', ['likely-employer Apapa Tank Farm Services']],
  ])('%s: %j', (text, places) => expect(likelyIn(text)).toEqual(places));

  it.each([
    ['a medicine changed for another', 'switched from Zofran to Kytril'],
    ['a ward', 'moved to Wexford Ward'],
    ['a firm', 'pump returned to Owens & Minor'],
    ['a department', 'seen in Cardiology today'],
    ['a clinician whom somebody works for', 'works for Dr Keane'],
    ['whom somebody cares for', 'is the main carer for Wilfred at home'],
  ])('but for %s', (_, text) => expect(likelyIn(text).filter((each) => !each.startsWith('likely '))).toEqual([]));
});

describe('the other half of the name of a relative', () => {
  it.each([
    ['partner Lucky Mthethwa cell', 'Lucky Mthethwa'],
    ['Present: daughter Hyacinth Price-Kaminski and two more', 'Hyacinth Price-Kaminski'],
  ])('%s', (text, name) => expect(findNames(text, new Map()).found.map(({ from, to }) => text.slice(from, to))).toContain(name));

  it('is no part of an institution', () => {
    const text = 'his mother Charlotte Hungerford Hospital staff';
    expect(findNames(text, new Map()).found.map(({ from, to }) => text.slice(from, to))).not.toContain('Charlotte Hungerford');
  });
});

describe('likely forms', () => {
  const ruleset = compilePacks(shippedPacks());
  const rulesIn = (text: string): string[] =>
    parseBody({ bytes: Buffer.from(text), elided: [] }).flatMap((parsed) =>
      detect(parsed, ruleset).matches.map(({ rule }) => rule),
    );

  it('are reported beside something of somebody, and never alone', () => {
    const line = 'voicemail, Geraldine checks from Gastonburg on Tues 18th\n';
    expect(rulesIn(line).filter((rule) => rule.startsWith('likely.'))).toEqual([]);
    expect(rulesIn(`MRN: 4471823\nSSN: 536-22-8147\n${line}`)).toEqual(
      expect.arrayContaining(['likely.name', 'likely.place', 'likely.weekday']),
    );
  });
});
