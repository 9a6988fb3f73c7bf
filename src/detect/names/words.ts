import { hashOf } from './letters.ts';

/** Lists are written as they would be looked up in a dictionary, a blank between words; a tilde joins the words of a phrase. */
export function listOf(text: string): readonly string[] {
  return text.toUpperCase().split(/\s+/).filter(Boolean);
}

/** Such a list by the hashes of its words, as tokens have them. */
export function hashes(text: string): ReadonlySet<number> {
  return new Set(listOf(text).map(hashOf));
}
