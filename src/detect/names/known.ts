import type { Candidate } from './candidate.ts';
import { CUES } from './cues.ts';
import type { Whose } from './evidence.ts';
import { hashOf } from './letters.ts';
import { Lex, lexicon, wordRank } from './lexicon.ts';
import { isTerm, lengthOf, lexOf, type Reader } from './reader.ts';
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
    if (
      kind[word] === Kind.initial ||
      lengthOf(reader, word) < 3 ||
      (lexOf(reader, word) & (Lex.eponym | Lex.place)) !== 0 ||
      (cue[word] ?? 0) !== 0
    )
      continue;
    const key = hash[word] ?? 0;
    if (wordRank(lexOf(reader, word)) <= 2 && !isTerm(reader, word) && !known.has(key)) known.set(key, whose);
  }
}

/** Keeps the words of a name that a field holds. */
export function learn(name: string, whose: Whose, known: Known): void {
  for (const word of name.split(/[^\p{L}\p{M}'’-]+/u)) {
    if (known.size >= MOST_KNOWN || word.length < 3) continue;
    const hash = hashOf(word);
    const bits = lexicon().get(hash);
    const plain = wordRank(bits) <= 2 && (bits & (Lex.term | Lex.eponym | Lex.place)) === 0 && CUES.get(hash) === 0;
    if (plain && !known.has(hash)) known.set(hash, whose);
  }
}
