import { type Category, PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Match } from '../detect/match.ts';

/** Rules on running text, which go by a shape and by what stands around it: no field and no look-up says whose it is. */
const BY_WORDS = /^(?:names|scripts|places|text|likely|label)\./;

/** What running text has of things as well: names and places, days (`edition 6. Mai`), numbers to call (`questions: 617-555-0123`). An address of mail or a serial is nothing else. */
const OF_THINGS_TOO: ReadonlySet<Category> = new Set(['name', 'geo', 'street', 'date', 'age', 'phone', 'fax']);

/**
 * From this confidence on such a match, of which the text says whose it is, needs nothing beside it: `pt John Porter`, `born 3/4/1961`. No relative
 * has it: who tells of somebody's mother (`Mother Teresa`) tells of somebody.
 */
const SURE = 0.91;

/** A number that a word of the text makes somebody's: `policy 12-334` may be a rule of the house. Which words are sure, their rules say. */
const NUMBERS: ReadonlySet<Category> = new Set(['mrn', 'account', 'health-plan', 'license', 'vehicle']);
const SURE_NUMBER = 0.75;

/** What messages have that are about nobody: times, numbers of orders, serials. They don't say that somebody is meant. */
const OF_NOBODY: ReadonlySet<Category> = new Set(['date', 'age', 'unique-id', 'device-id', 'narrative', 'unexamined']);

/** Numbers of persons among the unique ids: those that a state gives. */
const NATIONAL = /^(?:us|eu)\.|^label\.national/;

/** What a text tells of somebody: who, where, when, what to call. An alarm about a thing has one of them, a note about somebody three. */
const TOLD: Partial<Record<Category, 'who' | 'where' | 'when' | 'call'>> = {
  name: 'who',
  geo: 'where',
  street: 'where',
  date: 'when',
  age: 'when',
  phone: 'call',
  fax: 'call',
};
const ENOUGH = 3;
/** A number that may be somebody's weighs as much as two of them. */
const NUMBER = 2;

/** A guess below this tells nothing of what stands beside it. */
const WEAK = 0.5;

type Judged = Pick<Match, 'rule' | 'category' | 'subject' | 'confidence' | 'lone' | 'registry'>;

/**
 * Whether words alone say that it identifies somebody: they may as well be a thing that is called like a person (`Mitchell trimmer`, `Chance refused`).
 * The registry knows better, and so does what stands in a field.
 */
export function isByWordsAlone({ rule, category, subject, confidence, lone, registry }: Judged): boolean {
  if (registry !== undefined) return false;
  if (lone === true) return true;
  if (!BY_WORDS.test(rule)) return false;
  if (NUMBERS.has(category)) return confidence < SURE_NUMBER;
  if (!OF_THINGS_TOO.has(category)) return false;
  return subject === 'unknown' || confidence < SURE;
}

/**
 * Whether a message is about somebody beyond doubt: a field, a label, a number or a look-up identifies a person, or words tell three of who,
 * where, when and what to call. Then what words say beside it is believed.
 */
export function isOfSomebody(matches: Iterable<Judged>): boolean {
  const told = new Set<string>();
  let number = 0;
  for (const match of matches) {
    const { category, subject, rule, confidence, lone } = match;
    if (!PERSON_SUBJECTS.has(subject)) continue;
    if (!isByWordsAlone(match)) {
      if (!OF_NOBODY.has(category) || (category === 'unique-id' && NATIONAL.test(rule))) return true;
      continue;
    }
    if (confidence < WEAK || lone === true) continue;
    const tells = TOLD[category];
    if (NUMBERS.has(category)) number = NUMBER;
    else if (tells !== undefined) told.add(tells);
  }
  return told.size + number >= ENOUGH;
}
