import { before } from './ahead.ts';
import { Cue } from './cues.ts';
import { ENDED, type Evidence, NOTHING, whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { gapAt, type Reader } from './reader.ts';
import { Gap, Kind, trailingGap } from './tokens.ts';

/** Words that a line may consist of for the next one to be the name that it asks for. */
const HEADS = Cue.patient | Cue.relative | Cue.role | Cue.title | Cue.doctor | Cue.label | Cue.opening | Cue.closing;

/** Longer lines are sentences. */
const LONGEST_HEAD = 24;

/**
 * What the end of a text says of a name that begins the next line: letters, forms and print-outs have `Kind regards,` or `PATIENT` on one line
 * and the name on the next. `last` is the last name found in it.
 */
export function leadOf(reader: Reader, last: { readonly from: number; readonly to: number } | undefined): Evidence {
  const { text, tokens } = reader;
  const { count, cue, end, kind, start } = tokens;
  if (count === 0) return NOTHING;
  const tail = trailingGap(text, end[count - 1] ?? 0);
  if ((tail & (Gap.digit | Gap.slash | Gap.close)) !== 0) return NOTHING;
  if (last !== undefined && last.to === end[count - 1]) return restOf(reader, last, tail);
  // `trauma bay`: a title that ends a line has a capital, or its dot.
  if (kind[count - 1] === Kind.lower && (tail & Gap.dot) === 0 && ((cue[count - 1] ?? 0) & Cue.title) !== 0) return NOTHING;
  const ahead = aheadOfNext(reader, tail | Gap.newline);
  if (ahead.weight >= 1.5) return ahead;
  const bits = cue[count - 1] ?? 0;
  if (isCut(reader, tail)) return { weight: 1.5, whose: 'relative' };
  const head = count <= 2 && text.length <= LONGEST_HEAD && (tail & (Gap.dot | Gap.other)) === 0 && kind[0] !== Kind.lower;
  if (!head || (bits & HEADS) === 0 || (start[0] ?? 0) > 2) return isProse(reader) ? ENDED : NOTHING;
  return { weight: (bits & (Cue.title | Cue.doctor)) !== 0 ? 3 : 2, whose: whoseOf(bits) };
}

const OWNERS: ReadonlySet<number> = new Set(['my', 'his', 'her', 'your', 'their', 'our'].map(hashOf));

/** `… and my sister` at the end of a line that is long enough to have been broken there. */
function isCut({ text, tokens: { count, cue, gap, hash, kind } }: Reader, tail: number): boolean {
  const last = count - 1;
  if (text.length <= LONGEST_HEAD || last < 1 || (tail & ~Gap.blank) !== 0) return false;
  if (kind[last] !== Kind.lower || ((cue[last] ?? 0) & Cue.relative) === 0) return false;
  return OWNERS.has(hash[last - 1] ?? 0) && gap[last] === Gap.blank;
}

/** Words of a line that is a sentence or more. */
const SENTENCE = 6;

/** Whether a line ends as sentences do, and its words are those of one: more of them in small letters than not. */
function isProse({ text, tokens: { count, kind } }: Reader): boolean {
  if (count < SENTENCE || !/[\p{L})][.!?]\s*$/u.test(text.slice(-6))) return false;
  let lower = 0;
  for (let word = 0; word < count; word++) if (kind[word] === Kind.lower) lower++;
  return lower * 3 > count * 2;
}

/** A line that is one word of a name and no more: the rest is on the next. */
function restOf(reader: Reader, { from }: { readonly from: number }, tail: number): Evidence {
  const { count, start } = reader.tokens;
  const alone = start[count - 1] === from && (tail & ~Gap.blank) === 0;
  return alone && (count === 1 || (gapAt(reader, count - 1) & Gap.colon) !== 0) ? { weight: 1.5, whose: 'unknown' } : NOTHING;
}

/** What speaks for a word that would stand after the last one. */
function aheadOfNext(reader: Reader, gap: number): Evidence {
  const { tokens } = reader;
  const next = tokens.count;
  tokens.gap[next] = gap;
  tokens.kind[next] = Kind.capital;
  tokens.hash[next] = 0;
  tokens.cue[next] = 0;
  tokens.count++;
  try {
    return before(reader, next);
  } finally {
    tokens.count--;
  }
}
