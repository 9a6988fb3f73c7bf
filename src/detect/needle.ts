import { fold } from '../core/canonical.ts';

/** Where a value was found in a folded text, and how much of the rule's confidence it keeps. */
export interface Echo {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

/** What a leaf is, as far as finding a value in it needs to know. */
export interface Surroundings {
  /** Free text, or a leaf that no standard types. */
  readonly free: boolean;
  /** A number, a time or a code by type: a short number in it is somebody else's. */
  readonly numeric: boolean;
  /** A DICOM unique identifier: components of digits between dots (PS3.5 §9.1), one of which may be somebody's number. */
  readonly uid?: boolean;
}

/** One value of the message's identity, ready to be looked for. */
export interface Needle {
  /** Upper-case ASCII of three characters or more: where none of them stands, the value does not either. */
  readonly anchors: readonly string[];
  /** What stands before the first anchor, a separator aside; empty where anything may. Spares decoding most leaves that hold three digits. */
  readonly before: string;
  /** For names: both are words of everyday language (`Mark Rose`), so that only capitals tell a person from a sentence. */
  ordinary?(): boolean;
  /** All places of the value in a folded text. Regular expressions are made when first needed: most messages never do. */
  find(folded: string, around: Surroundings): Echo[];
  /** For names: whether the whole text is the family name (`family`) or the first given name (`given`). */
  part(folded: string): 'family' | 'given' | null;
  /**
   * For names: where the name stands that a separator cut in two, its first part at the end of one text and its second at the beginning of the next;
   * null where it does not.
   */
  across?(before: string, after: string): { readonly from: number; readonly to: number } | null;
}

/** What may stand between the characters of a number. */
export const SEPARATORS = ' -./()_–—·';

/** No letter or digit stands before, and none after. */
export const BEFORE = '(?<![\\p{L}\\p{N}])';
export const AFTER = '(?![\\p{L}\\p{N}])';

export const NO_PART = (): null => null;

const ASCII = /^[\x00-\x7f]*$/;

/** `fold`, without its dozen passes where the text is ASCII. */
export function upper(text: string): string {
  return ASCII.test(text) ? text.toUpperCase() : fold(text);
}

/** The words of a text, folded. */
export function words(text: string): string[] {
  if (/^[A-Za-z]+$/.test(text)) return [text.toUpperCase()];
  if (ASCII.test(text)) return asciiWords(text.toUpperCase());
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function asciiWords(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if ((code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)) continue;
    if (at > from) found.push(text.slice(from, at));
    from = at + 1;
  }
  return found;
}

export function longest(list: readonly string[]): string {
  let best = '';
  for (const word of list) if (word.length > best.length) best = word;
  return best;
}

/** Anchors are searched for in bytes: a word outside ASCII has none, and is looked for in decoded leaves only. */
export function anchor(word: string): string[] {
  return /^[\x20-\x7e]{3,}$/.test(word) ? [word] : [];
}

/** Whether each of the words stands somewhere in a text: asked before a pattern is made, which costs more than the scan of a message. */
export function holdsAll(text: string, list: readonly string[]): boolean {
  for (const word of list) if (!text.includes(word)) return false;
  return true;
}

/** A pattern that is made when it is first needed, which for most messages is never. */
export function lazy(source: () => string): () => RegExp {
  let made: RegExp | null = null;
  return () => {
    made ??= new RegExp(source(), 'gu');
    return made;
  };
}

/** Occurrences of one value in one leaf that are reported; more of the same in the same place say nothing new. */
export const MOST = 1000;

/** Adds the matches of a pattern, up to MOST in all. */
export function all(pattern: RegExp, text: string, factor: number, into: Echo[]): void {
  // Not matchAll, which makes the pattern anew.
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null && into.length < MOST; found = pattern.exec(text))
    into.push({ from: found.index, to: found.index + found[0].length, factor });
}
