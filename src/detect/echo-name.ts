import { COMMON_WORDS, GIVEN_WORDS, PLACEHOLDERS } from './common-words.ts';
import { isUnspaced, unspacedNeedle } from './echo-unspaced.ts';
import { familyForms, nameVariants, soughtWords, type Variant } from './name-variants.ts';
import { anchor, type Echo, holdsAll, longest, type Needle, words } from './needle.ts';
import {
  beginsWith,
  endsWith,
  findAlone,
  findDated,
  findDotted,
  findInitial,
  findJoined,
  findTitled,
  findWhole,
  type Spelling,
} from './spelled-name.ts';

/** What stands between given and family name where nothing longer does. */
const BETWEEN = [' ', ', ', ',', '^', '_', '.'];

/** What a name is looked for by: words of its family name, else its given name; where all are short (`An Li`, `Ana de Sa`), several at once. */
function anchorsOf(forms: readonly (readonly string[])[], { family, given }: Spelling): string[] {
  const own = soughtWords(forms).flatMap(anchor);
  if (own.length > 0) return own;
  const whole = forms.length === 0 ? [] : ['', ' ', '-'].flatMap((joint) => anchor(family.join(joint)));
  const other = anchor(longest(given));
  if (other.length > 0) return [...whole, ...other];
  const [f, g] = [family.join(' '), given.join(' ')];
  return [...whole, ...BETWEEN.flatMap((gap) => [`${f}${gap}${g}`, `${g}${gap}${f}`]).flatMap(anchor)];
}

/**
 * `Jane Doe`, `DOE, JANE`, `Doe^Jane`, `Jane Q. Doe`, and the same with a nickname or transcribed letters; in free text also `J. Doe`, `jdoe`, `Ms. Doe`, and the
 * family name alone.
 */
export function nameNeedle(parts: readonly string[]): Needle | null {
  const family = words(parts[0] ?? '');
  const given = words(parts[1] ?? '');
  const surname = family.join('');
  const forename = given.join('');
  if (isUnspaced(surname) && isUnspaced(forename)) return unspacedNeedle(surname, forename);
  // `LI` is in half of all words: a short family name is anchored by the given name, and never stands alone.
  const short = surname.length < 3;
  if (surname === '' || PLACEHOLDERS.has(surname) || PLACEHOLDERS.has(forename)) return null;
  // Too little to be looked for: only what stands beside it tells that it is meant (echo-beside.ts).
  const hidden = (forename.length < 2 && surname.length < 4) || (surname.length < 2 && forename.length < 3);
  const spelling = { family, given };
  const forms = short ? [family] : familyForms(parts[0] ?? '');
  const isCommon = (): boolean => COMMON_WORDS.has(surname) || COMMON_WORDS.has(longest(family));
  let variants: readonly Variant[] | null = null;
  return {
    anchors: hidden ? [] : anchorsOf(short ? [] : forms, spelling),
    before: '',
    ordinary: () => (short && forename.length < 3) || (isCommon() && (COMMON_WORDS.has(forename) || GIVEN_WORDS.has(forename))),
    find(text, { free }) {
      const found: Echo[] = [];
      if (hidden) return found;
      // A relative has the patient's family name and, as a rule, another given name.
      if (forename.length > 1 && holdsAll(text, given)) findWhole(spelling, text, 1, found);
      if (short) return found;
      if (forename.length > 1 && found.length === 0) {
        variants ??= nameVariants(forms, parts[1] ?? '');
        for (const variant of variants) {
          if (variant.factor < 1 && !free) continue;
          if (holdsAll(text, variant.given) && holdsAll(text, variant.family)) findWhole(variant, text, variant.factor, found);
          if (found.length > 0) break;
        }
      }
      if (!free) return found;
      if (found.length === 0) findDated(spelling, text, 0.9, found);
      if (forename !== '') findJoined(surname, forename, text, found);
      if (surname.length < 4 || isCommon()) findTitled(spelling, text, 0.8, found);
      if (isCommon()) {
        if (forename !== '') for (const form of forms) findDotted({ family: form, given }, text, 0.8, found);
        return found;
      }
      if (forename !== '') for (const form of forms) findInitial({ family: form, given }, text, 0.85, found);
      if (surname.length >= 4) for (const form of forms) findAlone({ family: form, given }, text, 0.7, found);
      return found;
    },
    part(text) {
      const [first, ...rest] = words(text);
      if (first === undefined) return null;
      if (first + rest.join('') === surname) return 'family';
      return first === given[0] && rest.length <= given.length ? 'given' : null;
    },
    across(before, after) {
      if (given.length === 0) return null;
      for (const [first, second] of [
        [family, given],
        [given, family],
      ] as const) {
        const from = endsWith(first, before);
        const to = beginsWith(second, after);
        if (from >= 0 && to >= 0) return { from, to };
      }
      return null;
    },
  };
}
