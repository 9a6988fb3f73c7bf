import { upper } from './needle.ts';
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

/** Words beside something, as they stand and folded: what may be a family name. */
export interface Beside extends Stretch {
  readonly folded: string;
}

/**
 * What stands right before or behind something of a person, a word to four: `Le August 4th, 1993`, `06.05.1971 Das`. There a family name of two letters, or one that is a
 * word of everyday, is nobody else's. It begins with a capital.
 */
export function wordsBeside(text: string, { from, to }: Pick<Ranked, 'from' | 'to'>): readonly Beside[] {
  const start = Math.max(0, from - REACH);
  const said = text.slice(start, from);
  const found: Beside[] = [];
  const add = (first: Stretch | undefined, last: Stretch | undefined): void => {
    if (first === undefined || last === undefined) return;
    const name = text.slice(first.from, last.to);
    if (/[\p{Lu}\p{Lo}]/u.test(name)) found.push({ from: first.from, to: last.to, folded: upper(name) });
  };
  for (const lead of new Set([said, said.replace(LEADS, '')])) {
    const before = BEFORE.exec(lead);
    const words = before === null ? [] : wordsOf(before[0], start + before.index);
    for (let first = words.length - 1; first >= 0; first--) add(words[first], words.at(-1));
  }
  const after = AFTER.exec(text.slice(to, to + REACH));
  const words = after === null ? [] : wordsOf(after[0], to);
  for (const word of words) add(words[0], word);
  return found;
}

function wordsOf(text: string, base: number): Stretch[] {
  return [...text.matchAll(WORD)]
    .map(({ 0: word, index }) => ({ from: base + index, to: base + index + word.length }))
    .slice(-WORDS);
}

/** Whether a text says these two things and nothing else: what a desk types into one field of a scanner. */
export function isNothingElse(text: string, one: Stretch, other: Stretch): boolean {
  return text.slice(0, Math.min(one.from, other.from)).trim() === '' && text.slice(Math.max(one.to, other.to)).trim() === '';
}
