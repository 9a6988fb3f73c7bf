import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/detect/scan.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedRules } from '../../support/rules.ts';

/** Names that nothing doubts, in the order of the text. */
function namesIn(text: string): string[] {
  return parseBody({ bytes: new TextEncoder().encode(text), elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules())
      .matches.filter(({ category, rule }) => category === 'name' && rule.startsWith('names.'))
      .map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
  );
}

describe('a word that a message has given as somebody’s name', () => {
  it.each<[string, string[]]>([
    // Words of everyday at the head of a sentence and within one.
    ['Husband Lucky Mthethwa rang at ten.\nLater on in the day: Lucky visiting with the kids', ['Lucky Mthethwa', 'Lucky']],
    ['Called the husband Stan who wrote it down.\nNose bled, do not wait, Stan driving', ['Stan', 'Stan']],
    ['my wife Inger is here.\nHome is up the road. Inger cell 218-555-0125', ['Inger', 'Inger']],
    // Before it was given, too.
    ['we all say that Toula is not amused.\nhis daughter Toula came at noon', ['Toula', 'Toula']],
  ])('is one again: %j', (text, names) => expect(namesIn(text)).toEqual(names));

  it.each([
    ['in small letters anywhere', 'Husband Lucky Mthethwa rang at ten.\nhe was lucky. Lucky that nothing broke'],
    ['right before what is not a person', 'Husband Lucky Mthethwa rang at ten.\nmet at the Lucky Hospital desk'],
    ['in a line where every word has a capital', 'Husband Lucky Mthethwa rang at ten.\nLucky Dip Raffle Prize'],
  ])('is none %s', (_where, text) => expect(namesIn(text)).toEqual(['Lucky Mthethwa']));

  it('is not looked for where it is a sign, a town or a day as well', () => {
    expect(namesIn('Mr Foley was seen.\nThen the nurse changed Foley twice and left')).toEqual(['Foley']);
    expect(namesIn('her son Sunday Okafor was seen.\nThey come again on Sunday for it')).toEqual(['Sunday Okafor']);
  });

  it('does not count small letters of addresses and names of users', () => {
    const text = 'her daughter Tindra Lund came.\nshe posts as @tindra.tom, and then Tindra talks about it';
    expect(namesIn(text)).toEqual(['Tindra Lund', 'Tindra']);
    const mail = 'Husband Lucky Mthethwa rang at ten.\nwrite to lucky.m@mail.example. Then we saw that Lucky was in';
    expect(namesIn(mail)).toEqual(['Lucky Mthethwa', 'Lucky']);
  });

  it('is none in the next message, which does not give it', () => {
    expect(namesIn('Husband Lucky Mthethwa rang at ten')).toEqual(['Lucky Mthethwa']);
    expect(namesIn('Later on in the day: Lucky visiting with the kids')).toEqual([]);
  });
});

it('is a name before the telephone that somebody has, and none before a bed', () => {
  expect(namesIn('Husband Chase cell (918) 555-0146, may be told')).toEqual(['Chase']);
  expect(namesIn('Husband Chase cell count 918')).toEqual([]);
});

describe('how old a relative is', () => {
  it.each([
    ['Sister Robin 38 - well, wants testing', 'Robin'],
    ['his daughter Heather 44 - had the test', 'Heather'],
    ['Brother Dale 35 - not in contact', 'Dale'],
  ])('does not make a number of a thing of it: %s', (text, name) => expect(namesIn(text)).toEqual([name]));
});
