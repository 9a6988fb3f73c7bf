import { type Category, PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Ruleset } from './compile.ts';
import type { Match } from './match.ts';

/** How a match was had: 3 by the leaf's place, 2 by identity (echo) or by a pattern at a named place, 1 by a pattern in free text. */
export interface Ranked extends Match {
  readonly rank: number;
}

/** Matches of one leaf are looked up by the stretches of text they touch, so that a leaf with a million matches stays linear. */
const STRETCH = 256;

/**
 * One value, one match. The better explanation stays: by place before identity before pattern, then the more confident, then the longer.
 * A weaker one is dropped where it says the same (category) of overlapping text, or where it is another guess at nearly the same span;
 * a different thing inside a longer text (an SSN in a name field, a record number in a URL) stays. A patient's name in a place that
 * claims a provider's also stays: it says something else of the same text.
 * `alone`: what rules say to be nothing by itself, which gives way within a number that is known.
 * Returns the matches in the order of leaves and offsets; sorts `matches` in place.
 */
export function resolveOverlaps(matches: Ranked[], alone: Ruleset['alone']): Ranked[] {
  if (isSettled(matches)) return matches;
  widenEchoes(matches);
  matches.sort(
    (a, b) =>
      a.leaf - b.leaf || b.rank - a.rank || b.confidence - a.confidence || b.to - b.from - (a.to - a.from) || a.from - b.from,
  );
  const kept: Ranked[] = [];
  let touched = new Map<number, Ranked[]>();
  let leaf = -1;
  for (const [at, match] of matches.entries()) {
    if (match.leaf !== leaf) {
      leaf = match.leaf;
      if (matches[at + 1]?.leaf !== leaf) {
        kept.push(match);
        continue;
      }
      touched = new Map();
    }
    if (isExplained(match, touched, isGuess(match, alone))) continue;
    kept.push(match);
    for (let stretch = Math.floor(match.from / STRETCH); stretch * STRETCH < match.to; stretch++) {
      const list = touched.get(stretch);
      if (list === undefined) touched.set(stretch, [match]);
      else list.push(match);
    }
  }
  return kept.sort((a, b) => a.leaf - b.leaf || a.from - b.from);
}

/**
 * `Élodie Dubois`, and the patient is a Dubois: the family name that the message's own identity explains is half of somebody's name that the words around tell
 * whole. The whole is kept, as the patient's where nothing says whose it is; a clinician's, who does not count, takes nothing from the patient. Looks at neighbours
 * alone, so that it stays linear.
 */
function widenEchoes(matches: Ranked[]): void {
  const names = matches.filter(({ category, rank }) => category === 'name' && (rank === 1 || rank === 2));
  if (names.length < 2) return;
  names.sort((a, b) => a.leaf - b.leaf || a.from - b.from || b.to - a.to);
  const parts = new Set<Ranked>();
  const explained = new Set<Ranked>();
  const wider = new Map<Ranked, Ranked>();
  let whole: Ranked | null = null;
  for (const match of names) {
    if (whole !== null && whole.leaf === match.leaf && match.rank === 2 && match.to <= whole.to) {
      // The identity has explained the whole already.
      if (match.to - match.from >= 0.7 * (whole.to - whole.from)) explained.add(whole);
      if (explained.has(whole) || whole.subject === 'provider') continue;
      parts.add(match);
      const subject = whole.subject === 'unknown' ? match.subject : whole.subject;
      wider.set(whole, { ...whole, subject, rank: 2 });
    } else if (match.rank === 1 && (whole === null || whole.leaf !== match.leaf || match.to > whole.to)) whole = match;
  }
  if (parts.size === 0) return;
  let kept = 0;
  for (const match of matches) {
    if (parts.has(match)) continue;
    matches[kept++] = wider.get(match) ?? match;
  }
  matches.length = kept;
}

/** Whether the matches are in order already, one to a leaf: nearly always so. */
function isSettled(matches: readonly Ranked[]): boolean {
  let before = -1;
  for (const { leaf } of matches) {
    if (leaf <= before) return false;
    before = leaf;
  }
  return true;
}

function isExplained(match: Ranked, touched: ReadonlyMap<number, readonly Ranked[]>, guess: boolean): boolean {
  for (let stretch = Math.floor(match.from / STRETCH); stretch * STRETCH < match.to; stretch++) {
    if (touched.get(stretch)?.some((better) => explains(better, match, guess)) === true) return true;
  }
  return false;
}

function explains(better: Ranked, match: Ranked, guess: boolean): boolean {
  const shared = Math.min(better.to, match.to) - Math.max(better.from, match.from);
  if (shared <= 0) return false;
  if (better.category === match.category) return better.subject === match.subject || match.rank === 1 || better.rank < 3;
  // `mariadelcarmen.dasilva@mail.example`: an address or a file is more than the name that it is made of.
  if (WHOLES.has(match.category) && better.from >= match.from && better.to < match.to) return false;
  if (better.rank === 1 && match.rank === 1) return true;
  if (isOfAddress(better, match)) return true;
  // `0160 5557712` in a column of telephones: no code within.
  if (guess && NUMBERS.has(better.category) && better.from <= match.from && better.to >= match.to) return true;
  // Another guess at the same text, unless it is the patient's own value in somebody else's field.
  return shared >= 0.6 * Math.max(better.to - better.from, match.to - match.from) && !(match.rank === 2 && better.rank === 3);
}

const NUMBERS = new Set<Category>([
  'phone',
  'fax',
  'ssn',
  'mrn',
  'health-plan',
  'account',
  'license',
  'vehicle',
  'device-id',
  'unique-id',
]);

/** Whether nothing but the form of a value speaks for it: its rule says that it is nothing alone (docs/adr/0057-likely-forms.md). */
export function isGuess({ rule }: Match, alone: Ruleset['alone']): boolean {
  const told = alone.get(rule);
  return told === 'nothing' || told === 'own-days';
}

/** What holds names by its form. */
const WHOLES = new Set<Category>(['email', 'url', 'photo']);

const IN_ADDRESSES = new Set<Category>(['geo', 'street', 'phone', 'fax', 'url']);

/** Towns, postal codes and switchboards in the address of who does not count: nothing says that they are anybody else's. */
function isOfAddress(better: Ranked, match: Ranked): boolean {
  if (match.rank !== 1 || match.subject !== 'unknown' || !IN_ADDRESSES.has(match.category)) return false;
  if (better.rank !== 3 || PERSON_SUBJECTS.has(better.subject) || !IN_ADDRESSES.has(better.category)) return false;
  return better.from <= match.from && better.to >= match.to;
}
