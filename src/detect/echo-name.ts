import { COMMON_WORDS, PLACEHOLDERS } from './common-words.ts';
import { anchor, type Echo, holdsAll, longest, type Needle, words } from './needle.ts';
import { findAlone, findInitial, findWhole } from './spelled-name.ts';

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
  const spelling = { family, given };
  return {
    anchors: anchor(longest(short ? given : family)),
    before: '',
    find(text, { free }) {
      const found: Echo[] = [];
      // A relative has the patient's family name and, as a rule, another given name.
      if (forename.length > 1 && holdsAll(text, given)) findWhole(spelling, text, 1, found);
      if (!free || short || COMMON_WORDS.has(surname) || COMMON_WORDS.has(longest(family))) return found;
      if (forename !== '') findInitial(spelling, text, 0.85, found);
      if (surname.length >= 4) findAlone(spelling, text, 0.7, found);
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
