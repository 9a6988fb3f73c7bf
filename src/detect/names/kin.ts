import { followedBy } from './behind.ts';
import type { Candidate } from './candidate.ts';
import { Cue } from './cues.ts';
import { GRAMMAR } from './grammar.ts';
import { hashOf } from './letters.ts';
import { isPhrase } from './lexicon.ts';
import { isShouted } from './line.ts';
import { gapAt, isNameable, isTerm, lengthOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { listOf } from './words.ts';

/** `partner Lucky Mthethwa`, `daughter Hyacinth Price-Kaminski`: the other half of a relative's name, which is a word of everyday or in no list, belongs to what was found. */
export function withOtherHalf(reader: Reader, name: Candidate): Candidate {
  if (name.likely !== undefined) return name;
  const { first, last } = name;
  if (isHalf(reader, first - 1, first) && isRelative(reader, first - 2, first - 1)) return { ...name, first: first - 1 };
  const ofKin = isRelative(reader, first - 1, first) || isBracketed(reader, first);
  if (first !== last || !ofKin || !isHalf(reader, last + 1, last + 1)) return name;
  const end = isHalf(reader, last + 2, last + 2) && endsPart(reader, last + 2) ? last + 2 : last + 1;
  return followedBy(reader, end) !== 'organization' ? { ...name, last: end } : name;
}

/** `His father (Iain Mòr, also`: a name that opens the bracket behind a relative. */
function isBracketed(reader: Reader, at: number): boolean {
  const { cue } = reader.tokens;
  return at > 0 && gapAt(reader, at) === (Gap.blank | Gap.open) && ((cue[at - 1] ?? 0) & Cue.relative) !== 0;
}

/** Whether the text, or a part of it, ends with the word, or a number follows. */
function endsPart(reader: Reader, at: number): boolean {
  return at + 1 >= reader.tokens.count || (gapAt(reader, at + 1) & ~(Gap.blank | Gap.hyphen)) !== 0;
}

/** `daughter Hyacinth Price-Kaminski rang`: two words with a capital right after a relative, in a line where a capital says something, though both are words of everyday. */
export function kinName(reader: Reader, at: number): Candidate | null {
  const { hash, kind, count } = reader.tokens;
  if (!isRelative(reader, at - 1, at) || !isHalf(reader, at, at) || !isHalf(reader, at + 1, at + 1) || isShouted(reader, at))
    return null;
  let last = at + 1;
  while (last + 1 < count && gapAt(reader, last + 1) === Gap.hyphen && kind[last + 1] === Kind.capital) last++;
  const more = last + 1 < count && gapAt(reader, last + 1) === Gap.blank && kind[last + 1] !== Kind.lower;
  if (more || followedBy(reader, last) === 'organization' || isPhrase(hash[at] ?? 0, hash[at + 1] ?? 0)) return null;
  return [at, last].some((word) => isNameable(reader, word)) ? { first: at, last, score: 4.5, whose: 'relative' } : null;
}

/** What people do alone: a disease has and is as well, and may not say, ring or drive. */
const ACTS: ReadonlySet<number> = new Set(
  listOf(
    `says said tells told asks asked agrees agreed declined refused aware informed notified updated reached called calls phoned rang texted texts visits visited visiting drove drives rides brought brings lives
     works present tearful helps wants wishes came comes arrived stays will passed`,
  ).map(hashOf),
);

/** A telephone number, or a word for one, in brackets or behind a comma; an age in brackets. */
const REACHED =
  /^(?:,? \(?\+?\d{2,5}[) .-]{1,2}\d{3}|,? \((?:home|cell|mobile|mob|tel|ph|phone|work|h|c|m)[ :.]{1,2}\(?\+?\d|,? \((?:\d{1,2}\)|aged? \d))/;

/** `Wife Corazon (home 201-555-0141)`, `Husband Sunday reached`: a word with a capital right after a relative is a name, whatever it means, where somebody does or is what only people do and are. */
export function kinAlone(reader: Reader, at: number): Candidate | null {
  const { cue, hash, kind, end } = reader.tokens;
  if (kind[at] !== Kind.capital || (cue[at] ?? 0) !== 0 || lengthOf(reader, at) < 2 || !isRelative(reader, at - 1, at))
    return null;
  if (isShouted(reader, at) || GRAMMAR.has(hash[at] ?? 0)) return null;
  const acts = gapAt(reader, at + 1) === Gap.blank && kind[at + 1] === Kind.lower && ACTS.has(hash[at + 1] ?? 0);
  const told = acts || REACHED.test(reader.text.slice(end[at], (end[at] ?? 0) + 24));
  return told ? { first: at, last: at, score: 4, whose: 'relative' } : null;
}

/** A word with a capital and no other sense of its own, right before or behind the rest: `gap` is the word after what parts them. */
function isHalf(reader: Reader, at: number, gap: number): boolean {
  const { cue, kind, count } = reader.tokens;
  if (at < 0 || at >= count || kind[at] !== Kind.capital || (cue[at] ?? 0) !== 0) return false;
  return gapAt(reader, gap) === Gap.blank && !isTerm(reader, at);
}

function isRelative(reader: Reader, at: number, next: number): boolean {
  const { cue, kind } = reader.tokens;
  return at >= 0 && ((cue[at] ?? 0) & Cue.relative) !== 0 && kind[at] !== Kind.upper && gapAt(reader, next) === Gap.blank;
}
