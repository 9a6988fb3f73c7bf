import { fold } from '../core/canonical.ts';

/** A text folded for comparison, and where each of its characters came from. */
export interface Folded {
  readonly text: string;
  /** UTF-16 offset in the original of the folded text's offset; the end maps to the end. */
  origin(offset: number): number;
}

const ASCII = /^[\x00-\x7f]*$/;

/** Characters folded before: an alphabet is small, and folding one costs a dozen passes. */
const known = new Map<string, string>();

function foldOne(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const made = fold(character);
  if (known.size < 4096) known.set(character, made);
  return made;
}

/** `fold` of core/canonical.ts, character by character: case, width and diacritics away, offsets kept. */
export function foldWithOrigin(text: string): Folded {
  if (ASCII.test(text)) return { text: text.toUpperCase(), origin: (offset) => offset };
  const from: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const piece = character.charCodeAt(0) < 0x80 ? character.toUpperCase() : foldOne(character);
    for (let index = 0; index < piece.length; index++) from.push(at);
    folded += piece;
    at += character.length;
  }
  return { text: folded, origin: (offset) => from[offset] ?? text.length };
}
