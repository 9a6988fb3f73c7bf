import { familyRank, Lex } from './lexicon.ts';
import { lexOf, type Reader } from './reader.ts';
import { Kind } from './tokens.ts';

/** What may stand before the name in a line of a list: a bullet, a bed, a word in brackets, what friends say in quotes. */
const HEAD =
  /^\s*(?:[-*\u2022] ?)?(?:\d{1,2}[A-Z]{0,2}-?\d{0,3}[A-Z]?[:.)]? {1,2})?(?:\([A-Za-z ]{2,16}\) ?)?(?:"\p{Lu}\p{L}+" )?$/u;
const LONGEST_HEAD = 40;

const BED = /^(?:, ?[A-Z]\.?)?,? {1,2}(?:(?:rm|bed|room)\.? ?\d|\d{1,2}[A-Z]{1,2}-\d{1,3}[A-Z]?\b)/i;
const AGED = /^[^\n]{0,16}?[, (]\d{1,3} ?(?:[MF]|y\/?o|yr)\b/;
const INITIAL = /^, ?[A-Z]\.? /;

/**
 * `(watcher) Castillo 7W-12, 58M, DKA`: a line of a hand-off begins with whoever lies in a bed. A sign or an instrument (Foley, Wilson) is somebody's name
 * there if an age or an initial follows as well.
 */
export function isInHandOff(reader: Reader, first: number, last: number): boolean {
  const { text, tokens } = reader;
  const { kind, start, end } = tokens;
  const bits = lexOf(reader, last);
  if (kind[last] !== Kind.capital || familyRank(bits) < 2 || (bits & Lex.term) !== 0) return false;
  const behind = text.slice(end[last], (end[last] ?? 0) + 24);
  if (!BED.test(behind)) return false;
  if ((bits & Lex.eponym) !== 0 && !AGED.test(behind) && !INITIAL.test(behind)) return false;
  const from = start[first] ?? 0;
  const head = text.slice(Math.max(0, from - LONGEST_HEAD), from);
  return HEAD.test(head.slice(head.lastIndexOf('\n') + 1)) && (from <= LONGEST_HEAD || head.includes('\n'));
}
