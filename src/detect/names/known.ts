import type { Candidate } from './candidate.ts';
import type { Whose } from './evidence.ts';
import { wordRank } from './lexicon.ts';
import { isThing, lengthOf, lexOf, type Reader } from './reader.ts';
import { Kind } from './tokens.ts';

/** Names that a message has given so far, by the hash of a word: said once with certainty, they are known when they stand alone. */
export type Known = Map<number, Whose>;

/** More people than that are a list, and a list names them in full. */
const MOST_KNOWN = 256;

/** Points from which a name is certain. */
const CERTAIN = 4.5;

/** Keeps the words of a certain name, so that they are known alone: `Okafor was told`. */
export function remember(reader: Reader, { first, last, score, whose }: Candidate, known: Known): void {
  if (score < CERTAIN) return;
  const { cue, hash, kind } = reader.tokens;
  for (let word = first; word <= last && known.size < MOST_KNOWN; word++) {
    if (kind[word] === Kind.initial || lengthOf(reader, word) < 3 || isThing(reader, word) || (cue[word] ?? 0) !== 0) continue;
    const key = hash[word] ?? 0;
    if (wordRank(lexOf(reader, word)) === 0 && !known.has(key)) known.set(key, whose);
  }
}
