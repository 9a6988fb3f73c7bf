import { gapAt, lengthOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';

/** Whether the word stands where any word is capitalized: at the head of a text, a line, a sentence or an item. */
export function beginsSentence(reader: Reader, at: number): boolean {
  if (at === 0) return true;
  const gap = gapAt(reader, at);
  if ((gap & (Gap.newline | Gap.colon | Gap.digit | Gap.other | Gap.wide)) !== 0) return true;
  // The dot of an initial ends none; that of `grade 3B.` does.
  return (gap & Gap.dot) !== 0 && (lengthOf(reader, at - 1) > 1 || reader.tokens.kind[at - 1] !== Kind.initial);
}

/** Whether a line is in capitals or in title case, so that a capital says nothing: no word of it but short ones is in lower case. */
export function isShouted(reader: Reader, at: number): boolean {
  const { kind, count } = reader.tokens;
  let lower = 0;
  for (let word = at - 1; word >= Math.max(0, at - 8) && (gapAt(reader, word + 1) & Gap.newline) === 0; word--)
    if (kind[word] === Kind.lower) lower++;
  for (let word = at + 1; word < Math.min(count, at + 9) && (gapAt(reader, word) & Gap.newline) === 0; word++)
    if (kind[word] === Kind.lower) lower++;
  return lower < 2;
}
