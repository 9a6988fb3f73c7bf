import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildAutomaton, createHits, hasWord } from '../../src/detect/automaton.ts';

function marked(words: readonly string[], text: string): string[] {
  const automaton = buildAutomaton(words);
  const hits = createHits(automaton.words);
  automaton.mark(text, hits);
  return words.filter((_, index) => hasWord(hits, index));
}

it.each([
  ['public license', ['lic'], []],
  ['lic. 5', ['lic'], ['lic']],
  ['Medical Record: 7', ['medical record', 'record', 'cord'], ['medical record', 'record']],
  ['DOB1962', ['dob'], []],
  ['(DOB)', ['dob'], ['dob']],
  ['ärztin', ['rztin'], []],
  ['', ['dob'], []],
  ['Numéro FØDSELSNUMMER', ['numero', 'fodselsnummer'], ['numero', 'fodselsnummer']],
  ['kv-nr. 7', ['kv-nr'], ['kv-nr']],
  ['am Birkenweg 7', ['*weg', 'weg'], ['*weg']],
  ['Wegen Birkenwegs', ['*weg'], []],
  ['soc sec', ['sec', 'soc sec', 'soc'], ['sec', 'soc sec', 'soc']],
  ['a soc. sec', ['sec', 'soc sec', 'soc'], ['sec', 'soc']],
  ['Hauptstraßenweg', ['*weg', 'haupt', 'hauptmann'], ['*weg']],
  ['Nr.7 nr.', ['nr.'], ['nr.']],
  ['x#id #id', ['#id'], ['#id']],
  ['x#id', ['#id', 'id'], ['id']],
])('%j of %j has %j', (text, words, expected) => {
  expect(marked(words, text)).toEqual(expected);
});

it('agrees with a search for each word by itself, more than 32 of them too', () => {
  const word = fc
    .tuple(
      fc.constantFrom('', '', '*'),
      fc.string({ unit: fc.constantFrom('a', 'b', 'a', 'b', '-'), minLength: 1, maxLength: 5 }),
    )
    .map(([ending, text]) => ending + text);
  const letters = fc.constantFrom('a', 'b', 'a', 'b', 'A', 'á', ' ', '-', '.', '7', 'c', 'ж');
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 40 }), fc.string({ unit: letters, maxLength: 30 }), (words, text) => {
      const plain = text.replaceAll('á', 'a');
      const expected = words.filter((each) => {
        const before = each.startsWith('*') ? '' : '(?<![a-z0-9ж])';
        return new RegExp(`${before}${each.replace('*', '')}(?![a-z0-9ж])`, 'i').test(plain);
      });
      expect(marked(words, text)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});
