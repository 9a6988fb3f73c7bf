import { qualifies } from './closed.ts';
import type { Evidence } from './evidence.ts';
import { isWary } from './known.ts';
import { Lex, wordRank } from './lexicon.ts';
import { beginsSentence, isShouted } from './line.ts';
import { gapAt, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';

/** Whether a name that was given before is meant again where the word stands: one that is a word too only where a capital says so. */
export function mayRecur(reader: Reader, at: number, ahead: Evidence, behind: Evidence): boolean {
  const bits = lexOf(reader, at);
  if (wordRank(bits) === 0 && !isWary(bits)) return true;
  if (reader.tokens.kind[at] === Kind.upper || isShouted(reader, at)) return false;
  if (isWary(bits)) return recursAsWord(reader, at, ahead, behind, bits);
  return ahead.weight + behind.weight > 0 && !beginsSentence(reader, at);
}

/** `called Faith`, `Rose denies`, `told that Faith is`: what people do or have done to them; a sign or an instrument only with that. */
function recursAsWord(reader: Reader, at: number, ahead: Evidence, behind: Evidence, bits: number): boolean {
  if (reader.tokens.kind[at] !== Kind.capital || qualifies(reader, at)) return false;
  if (behind.weight >= 1) return true;
  if (beginsSentence(reader, at)) return false;
  return (
    ahead.weight >= 1 ||
    ((bits & Lex.eponym) === 0 && gapAt(reader, at) === Gap.blank && reader.tokens.kind[at - 1] === Kind.lower)
  );
}
