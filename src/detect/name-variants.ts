import { fold } from '../core/canonical.ts';
import { longest, words } from './needle.ts';
import { otherGivenNames } from './nicknames.ts';
import type { Spelling } from './spelled-name.ts';

/** Letters that people write as two where a keyboard lacks them: DIN 5007 variant 2, Danish and Norwegian usage. `fold` makes one of them. */
const TRANSCRIBED: Readonly<Record<string, string>> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Ø: 'OE', Å: 'AA' };

const ASCII = /^[\x00-\x7f]*$/;

/** The text with such letters written as two, folded; null where it has none. */
function transcribed(text: string): string | null {
  const upper = text.toUpperCase().normalize('NFC');
  const made = upper.replace(/[ÄÖÜØÅ]/g, (letter) => TRANSCRIBED[letter] ?? letter);
  return made === upper ? null : fold(made);
}

/** What `contracted` may change. */
const CONTRACTED = /[AOU]E|AA/;

/** `MULLER` of `MUELLER`: how the name folds where somebody wrote the letter; null where it has none. */
function contracted(folded: string): string | null {
  const made = folded.replace(/([AOU])E(?![AEIOU])/g, '$1').replace(/^AA|AA(?=[^A])/g, 'A');
  return made === folded || made.length < 3 ? null : made;
}

const PARTICLES = new Set('VAN VON DER DEN DE DEL DELLA DI DA DU LA LE TER TEN EL AL BIN IBN DOS DAS ZU ZUM ZUR'.split(' '));

/** The ways a family name is written: as it is, transcribed, and without what was transcribed. Words, folded; the first is the name itself. */
export function familyForms(name: string): (readonly string[])[] {
  const own = words(name);
  const forms = [own];
  // Most names are written in one way only.
  if (ASCII.test(name) && !CONTRACTED.test(own.join(' '))) return forms;
  for (const other of [transcribed(name), contracted(own.join(' '))]) {
    const form = other === null ? [] : words(other);
    if (form.length > 0 && !forms.some((known) => known.join(' ') === form.join(' '))) forms.push(form);
  }
  return forms;
}

/** By what the forms of a family name are looked for: the longest word of each; of a double name each half may stand alone. */
export function soughtWords(forms: readonly (readonly string[])[]): readonly string[] {
  const [first] = forms;
  if (forms.length === 1 && first?.length === 1) return first;
  return [...new Set(forms.flatMap((form) => [longest(form), ...halves(form)]))];
}

/** The words of a double family name that may stand for it; none where it is no double name. */
function halves(family: readonly string[]): readonly string[] {
  const core = family.filter((word) => !PARTICLES.has(word));
  return core.length > 1 ? core.filter((word) => word.length > 3) : [];
}

/** A spelling that is not the whole name as it stands in the field, and what it keeps of the confidence. */
export interface Variant extends Spelling {
  readonly factor: number;
}

/**
 * Other ways to write a name in full: a nickname, one of several given names, one half of a double family name, a family name without its particles.
 * `forms` are those of the family name.
 */
export function nameVariants(forms: readonly (readonly string[])[], name: string): Variant[] {
  const given = words(name);
  const [first] = given;
  if (first === undefined) return [];
  const variants: Variant[] = [];
  const other = transcribed(name);
  const givens: { given: readonly string[]; factor: number }[] = [{ given, factor: 1 }];
  if (other !== null) givens.push({ given: words(other), factor: 1 });
  const short = contracted(given.join(' '));
  if (short !== null) givens.push({ given: words(short), factor: 0.95 });
  for (const nickname of otherGivenNames(first)) givens.push({ given: [nickname], factor: 0.9 });
  if (given.length > 1) for (const word of given) if (word.length > 2) givens.push({ given: [word], factor: 0.9 });
  for (const [index, family] of forms.entries()) {
    for (const each of givens) if (index > 0 || each.given !== given) variants.push({ ...each, family });
    const core = family.filter((word) => !PARTICLES.has(word));
    if (core.length === 0) continue;
    if (core.length < family.length) variants.push({ family: core, given, factor: 0.9 });
    for (const word of halves(family)) variants.push({ family: [word], given, factor: 0.85 });
  }
  return variants;
}
