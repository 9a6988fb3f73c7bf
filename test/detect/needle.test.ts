import { expect, it } from 'vitest';
import { dateNeedle } from '../../src/detect/echo-date.ts';
import { nameNeedle } from '../../src/detect/echo-name.ts';
import { emailNeedle, numberNeedle, phoneNeedle } from '../../src/detect/echo-number.ts';
import { streetNeedle } from '../../src/detect/echo-street.ts';
import type { Entry } from '../../src/detect/entry.ts';
import { all, anchor, type Echo, longest, MOST, type Needle, upper, words } from '../../src/detect/needle.ts';
import { message, shippedRules } from '../support/rules.ts';

it.each<[string, Needle | null, string[] | null]>([
  ['a name by its family name, a double one by both', nameNeedle(['Garcia-Lopez', 'Ana']), ['GARCIA', 'LOPEZ']],
  ['a short family name by the given name', nameNeedle(['Li', 'Wei']), ['WEI']],
  ['no single letter and no two of them', nameNeedle(['Li']), []],
  ['no filler', nameNeedle(['DeIdentified', 'DeIdentified']), null],
  [
    'a date by its year, and by what a short form of it has',
    dateNeedle('19620304'),
    ['1962', '/62', '-62', '.62', "'62", '030462', '040362', '620304', '62-03', '62/03'],
  ],
  ['a name with letters that some write as two by both', nameNeedle(['Müller', 'Eva']), ['MULLER', 'MUELLER']],
  ['no date of a month that is none', dateNeedle('19621304'), null],
  [
    'a number by its end and its beginning',
    numberNeedle('AB-12345'),
    ['345', '23 45', '23-45', '23.45', 'AB1', 'AB 12', 'AB-12', 'AB.12', 'A B 1', 'A-B-1', 'A.B.1'],
  ],
  ['a short number by its end', numberNeedle('A-12345'), ['345']],
  ['no number of one digit', numberNeedle('99999999'), null],
  ['a phone by its end', phoneNeedle('(217)555-7788'), ['788', '77 88', '77-88', '77.88']],
  ['no short phone', phoneNeedle('55512'), null],
  ['a mailbox as a whole', emailNeedle('a.b@mail.example'), ['A.B@MAIL.EXAMPLE']],
  ['a street by its longest word', streetNeedle('12 North Oak Hill Road'), ['HILL']],
  ['no street without a number', streetNeedle('Elm Street'), null],
])('anchors %s', (_, needle, anchors) => {
  if (anchors?.[0] === 'HILL') expect(needle?.anchors[0]).toMatch(/^(?:OAK|HILL)$/);
  else expect(needle?.anchors ?? null).toEqual(anchors);
});

it('folds words, and finds none to search bytes for outside ASCII', () => {
  expect(words("O'Brien-Núñez")).toEqual(['O', 'BRIEN', 'NUNEZ']);
  expect(upper('Straße')).toBe('STRASSE');
  expect(longest(['A', 'BCD', 'EF'])).toBe('BCD');
  expect([anchor('DOE'), anchor('LI'), anchor('ИВАНОВА')]).toEqual([['DOE'], [], []]);
});

it('reports so many occurrences of a value in a leaf, not millions', () => {
  const found: Echo[] = [];
  all(/x/gu, 'x'.repeat(5000), 1, found);
  expect(found).toHaveLength(MOST);
});

it('knows the owner of a claim that nothing has to be looked at for', () => {
  const parsed = message('PID|1||||OKAFOR');
  const [entry]: readonly Entry[] = shippedRules().forAddress(parsed.leaves.addressOf(parsed.leaves.count - 1)).claims;
  expect(entry?.owner).toMatchObject({ subject: 'patient', condition: null, cue: null });
});
