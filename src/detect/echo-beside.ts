import { type Needle, upper } from './needle.ts';
import type { Ranked } from './overlap.ts';

/** More words than a family name has. */
const WORDS = 4;
/** Longer than four words and what parts them. */
const REACH = 100;

/** What leads from a name to a day: `Le, born the `, `Das geb. `, `Young (DOB `. */
const LEADS =
  /(?:[\s,.:;(]{1,3}(?:DOB|D\.O\.B|born|geb|geboren|n[ée]e?|nat[oa]|nacid[oa]|nascid[oa]|f(?:ø|ö)d[dt]|ur|the|on|am|le|el|il|den|op|b|\*)){1,3}(?=[\s,.:;(]{1,3}$)/iu;

/** `Le `, `van der Berg, `: words right before something, the last of them last. */
const BEFORE = /(?:[\p{L}\p{M}'’-]+[\s,.]{1,3}){1,4}$/u;
/** ` Le`, `, van der Berg`: words right behind something. */
const AFTER = /^[\s,.]{1,3}[\p{L}\p{M}'’-]+(?:\s[\p{L}\p{M}'’-]+){0,3}(?![\p{L}\p{N}])/u;
const WORD = /[\p{L}\p{M}'’-]+/gu;

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The family name right before or behind something else of the same person: `Le August 4th, 1993`, `06.05.1971 Das`. There a name of two letters, or one that is a
 * word of everyday, is nobody else's; it begins with a capital. Null where it does not stand there.
 */
export function familyBeside(needle: Needle, text: string, { from, to }: Pick<Ranked, 'from' | 'to'>): Stretch | null {
  const start = Math.max(0, from - REACH);
  const said = text.slice(start, from);
  for (const lead of [said, said.replace(LEADS, '')]) {
    const before = BEFORE.exec(lead);
    if (before === null) continue;
    const words = wordsOf(before[0], start + before.index);
    for (let first = words.length - 1; first >= 0; first--) {
      const found = named(needle, text, words[first], words.at(-1));
      if (found !== null) return found;
    }
  }
  const after = AFTER.exec(text.slice(to, to + REACH));
  if (after === null) return null;
  const words = wordsOf(after[0], to);
  for (let last = 0; last < words.length; last++) {
    const found = named(needle, text, words[0], words[last]);
    if (found !== null) return found;
  }
  return null;
}

function wordsOf(text: string, base: number): Stretch[] {
  return [...text.matchAll(WORD)]
    .map(({ 0: word, index }) => ({ from: base + index, to: base + index + word.length }))
    .slice(-WORDS);
}

function named(needle: Needle, text: string, first: Stretch | undefined, last: Stretch | undefined): Stretch | null {
  if (first === undefined || last === undefined) return null;
  const name = text.slice(first.from, last.to);
  return needle.part(upper(name)) === 'family' && /[\p{Lu}\p{Lo}]/u.test(name) ? { from: first.from, to: last.to } : null;
}

/** Whether a text says these two things and nothing else: what a desk types into one field of a scanner. */
export function areAll(text: string, one: Stretch, other: Stretch): boolean {
  return text.slice(0, Math.min(one.from, other.from)).trim() === '' && text.slice(Math.max(one.to, other.to)).trim() === '';
}
