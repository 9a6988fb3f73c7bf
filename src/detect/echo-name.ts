import { COMMON_WORDS, PLACEHOLDERS } from './common-words.ts';
import { AFTER, all, anchor, BEFORE, type Echo, lazy, longest, type Needle, words } from './needle.ts';

/** Between the words of one name: `Garcia-Lopez`, `Garcia Lopez`, `OBrien`. */
const JOINT = "[\\s'’.-]?";
/** Between given and family name. */
const GAP = '[\\s,.^_&~+/-]{1,3}';
/** What makes a family name another's: `Dr. Okafor`. */
const TITLES = 'DR|DRS|DOCTOR|PROF|NP|PA|RN|NURSE';
/** What makes it a place, a thing or a clinician: `Okafor Memorial`, `Okafor MD`. */
const FOLLOWERS =
  'MEMORIAL|HOSPITAL|CLINIC|CENTER|MEDICAL|LAB|STREET|ST|AVE|ROAD|RD|UNIT|SIGN|TEST|SYNDROME|DISEASE|CATHETER|MD|DO|RN|NP|PA';

/** `Jane Doe`, `DOE, JANE`, `Doe^Jane`, `Jane Q. Doe`, `J. Doe`; the family name alone in free text. */
export function nameNeedle(parts: readonly string[]): Needle | null {
  const family = words(parts[0] ?? '');
  const given = words(parts[1] ?? '');
  const surname = family.join('');
  const forename = given.join('');
  // `LI` is in half of all words: a short family name is anchored by the given name, and never stands alone.
  const short = surname.length < 3;
  if (surname.length < 2 || (forename.length < 2 && surname.length < 4) || (short && forename.length < 3)) return null;
  if (PLACEHOLDERS.has(surname) || PLACEHOLDERS.has(forename)) return null;
  const f = (): string => family.join(JOINT);
  const g = (): string => given.join(JOINT);
  const i = forename.charAt(0);
  const whole = lazy(() => `${BEFORE}(?:${g()}${GAP}(?:\\p{L}{1,20}${GAP})?${f()}|${f()}${GAP}${g()})${AFTER}`);
  const initial = lazy(() => `${BEFORE}(?:${i}(?:\\.\\s?|\\s)${f()}|${f()},\\s?${i}\\.?)${AFTER}`);
  const alone = lazy(() => `(?<!\\b(?:${TITLES})\\.?\\s{1,3})${BEFORE}${f()}${AFTER}(?!\\s{1,3}(?:${FOLLOWERS})\\b)`);
  return {
    anchors: anchor(longest(short ? given : family)),
    before: '',
    find(text, { free }) {
      const found: Echo[] = [];
      if (forename.length > 1) all(whole(), text, 1, found);
      if (!free || short || COMMON_WORDS.has(surname) || COMMON_WORDS.has(longest(family))) return found;
      if (forename !== '') all(initial(), text, 0.85, found);
      if (surname.length >= 4) all(alone(), text, 0.7, found);
      return found;
    },
    part(text) {
      const [first, ...rest] = words(text);
      if (first === undefined) return null;
      if (first + rest.join('') === surname) return 'family';
      return first === given[0] && rest.length <= given.length ? 'given' : null;
    },
  };
}
