import { describe, expect, it } from 'vitest';
import { findNames } from '../../../src/detect/names/find.ts';
import { GAZETTEER } from '../../../src/detect/names/gazetteer.generated.ts';

/** The names of the highest rank, which some two thirds of the people of the counted countries have, as they are written. */
function commonNames(part: 'given' | 'family'): string[] {
  return Object.entries(GAZETTEER)
    .filter(([ranks]) => ranks.charAt(part === 'given' ? 0 : 1) === '3')
    .flatMap(([, coded]) => wordsOf(coded))
    .map((word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`);
}

/** Front-coded words (front-coded.ts): a small letter says how many letters are those of the word before. */
function wordsOf(coded: string): string[] {
  let before = '';
  return [...coded.replaceAll('\n', '').matchAll(/([a-z])([^a-z]*)/g)].map(([, shared = 'a', rest = '']) => {
    before = `${before.slice(0, shared.charCodeAt(0) - 0x61)}${rest}`;
    return before;
  });
}

function missed(names: readonly string[], write: (name: string) => readonly [text: string, whole: string]): string[] {
  return names.filter((name) => {
    const [text, whole] = write(name);
    return !findNames(text, new Map()).found.some(({ from, to }) => text.slice(from, to).includes(whole));
  });
}

const given = commonNames('given');
const family = commonNames('family');

describe('the most common names', () => {
  it('are thousands', () => {
    expect(given.length).toBeGreaterThan(2000);
    expect(family.length).toBeGreaterThan(3500);
  });

  it.each<[string, (name: string) => readonly [string, string]]>([
    ['a patient', (name) => [`pt ${name} Thompson seen today`, `${name} Thompson`]],
    ['a patient in capitals', (name) => [`PATIENT ${name.toUpperCase()} THOMPSON WAS SEEN`, `${name.toUpperCase()} THOMPSON`]],
    ['who is spoken with', (name) => [`spoke with ${name} Thompson about results`, `${name} Thompson`]],
    ['a wife', (name) => [`wife ${name} Robinson at bedside`, `${name} Robinson`]],
  ])('are found whatever the given name means elsewhere: %s', (_, write) => expect(missed(given, write)).toEqual([]));

  it.each<[string, (name: string) => readonly [string, string]]>([
    ['a patient', (name) => [`pt Maria ${name} seen today`, `Maria ${name}`]],
    ['a patient in capitals', (name) => [`PATIENT MARIA ${name.toUpperCase()} WAS SEEN`, `MARIA ${name.toUpperCase()}`]],
    ['whose age is told', (name) => [`Laura ${name} is a 64 year old woman`, `Laura ${name}`]],
    ['who signs', (name) => [`Electronically signed by Laura ${name}, MD`, `Laura ${name}`]],
  ])('are found whatever the family name means elsewhere: %s', (_, write) => expect(missed(family, write)).toEqual([]));

  it.each<[string, (name: string) => readonly [string, string], string[]]>([
    ['Mr', (name) => [`Mr ${name} is comfortable today`, name], ['Judge', 'Herr']],
    ['Dear Ms', (name) => [`Dear Ms ${name},`, name], ['Eller', 'Henning', 'Shell', 'Judge', 'Herr']],
    ['a comma', (name) => [`${name}, Laura was admitted`, `${name}, Laura`], ['Eller', 'Shell', 'Judge', 'Herr', 'Her']],
  ])('are found by themselves: %s', (_, write, but) => expect(missed(family, write).toSorted()).toEqual(but.toSorted()));
});
