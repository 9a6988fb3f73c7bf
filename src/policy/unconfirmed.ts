import { type Category, PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Match } from '../detect/match.ts';

/** Rules that take words for somebody's name or place by what they are and what stands around: no field, label, number or look-up says so. */
const BY_WORDS = /^(?:names|scripts|places|text|likely)\./;

/** A name or a place from this confidence on, of which the text says whose it is, needs nothing beside it: `pt John Porter, lives in Akron`. */
const SURE = 0.85;

/** What messages have that are about nobody: times, numbers of orders, serials. They don't say that somebody is meant. */
const OF_NOBODY: ReadonlySet<Category> = new Set(['date', 'age', 'unique-id', 'device-id', 'narrative', 'unexamined']);

type Judged = Pick<Match, 'rule' | 'category' | 'subject' | 'confidence' | 'lone' | 'registry'>;

/**
 * Whether words alone say that it identifies somebody: they may as well be a thing that is called like a person (`Mitchell trimmer`, `Chance refused`).
 * The registry knows better, and so does what stands in a field.
 */
export function isByWordsAlone({ rule, category, subject, confidence, lone, registry }: Judged): boolean {
  if (registry !== undefined) return false;
  if (lone === true) return true;
  if ((category !== 'name' && category !== 'geo') || !BY_WORDS.test(rule)) return false;
  return subject === 'unknown' || confidence < SURE;
}

/** Whether a message is about somebody beyond doubt: a field, a label, a number or a look-up identifies a person. Then what words say beside it is believed. */
export function isOfSomebody(matches: Iterable<Judged>): boolean {
  for (const match of matches) {
    if (PERSON_SUBJECTS.has(match.subject) && !OF_NOBODY.has(match.category) && !isByWordsAlone(match)) return true;
  }
  return false;
}
