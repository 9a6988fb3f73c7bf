import type { Candidate } from './candidate.ts';
import { qualifies } from './closed.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, Lex, wordRank } from './lexicon.ts';
import { familyOf, gapAt, givenOf, isPure, isWord, lengthOf, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// What friends call somebody: in quotes any word may be that, where the words before say that a person is called so.

const QUOTES = '"\u201c\u201d\u201e\u2018\u2019\'';
/** What closes a quotation, and the comma that Americans put inside. */
const CLOSED = /^[,.!?]?["\u201c\u201d\u2018\u2019']/;
/** Between two nicknames of one person. */
const NEXT = /^[,.]?["\u201d\u2019'](?: ?[/,&] ?| or | and )["\u201c\u2018']$/;

/** By the word right before the quotation: the word before that one. */
const PHRASES: readonly (readonly [before: ReadonlySet<number>, word: ReadonlySet<number>])[] = [
  [hashes('goes go going went'), hashes('by')],
  [hashes('answers answer answering'), hashes('to')],
  [hashes('be is being now usually commonly affectionately'), hashes('called nicknamed')],
  [hashes('call calls called calling'), hashes('him her me them himself herself themselves')],
  [hashes('everyone everybody family'), hashes('says')],
  [hashes('temporary preferred pet real given first birth street house stage'), hashes('name')],
];
const ASKED = hashes('calling asking shouting crying looking');
const FOR = hashOf('for');
/** What stands right before a nickname by itself. */
const ALONE = hashes('prefers nickname nicknamed');
const PREFERS = hashes('prefers');
const [AS, KNOWN] = [hashOf('as'), hashOf('known')];
/** Medicines have other names too: these ask for a person before them. */
const ALIASES = hashes('aka alias');

/** `goes by "Buzz"`, `aka "Kez" / "Deano Reid"`, `calling for "Wilf"`, `"Taz" = …`: one or two words in quotes that somebody is called. */
export function quotedName(reader: Reader, at: number): Candidate | null {
  const { kind } = reader.tokens;
  if (kind[at] === Kind.lower || kind[at] === Kind.initial || kind[at] === Kind.other) return null;
  if (isOther(reader, at) && !isInBrackets(reader, at)) return null;
  if (!isQuoted(reader, at)) return saidName(reader, at);
  const last = quoteEnd(reader, at);
  if (last < 0) return null;
  const nickname = last === at && kind[at] !== Kind.upper && isNicknameOf(reader, last + 1);
  return nickname || isCalledSo(reader, at, last, 0) ? { first: at, last, score: 4.5, whose: 'patient', called: true } : null;
}

/** `goes by KM`, `call me Con or`, `everyone calls him Tam)`: the same without quotation marks, where nothing goes on with it. */
function saidName(reader: Reader, at: number): Candidate | null {
  const { hash, kind } = reader.tokens;
  const shouted = kind[at] === Kind.upper && kind[at - 1] === Kind.upper;
  if (at < 2 || kind[at] === Kind.mixed || gapAt(reader, at) !== Gap.blank || (kind[at - 1] !== Kind.lower && !shouted))
    return null;
  const [word, before] = [hash[at - 1] ?? 0, hash[at - 2] ?? 0];
  const known = word === AS && before === KNOWN && kind[at] === Kind.upper;
  const told = known || PREFERS.has(word) || PHRASES.some(([befores, words]) => words.has(word) && befores.has(before));
  if (!told || !endsPart(reader, at, PREFERS.has(word))) return null;
  return { first: at, last: at, score: 4.5, whose: 'patient', called: true };
}

/** Whether a part of the text ends with the word; a preference may be for anything, so there no sentence may go on. */
function endsPart(reader: Reader, at: number, strictly: boolean): boolean {
  if (at + 1 >= reader.tokens.count) return true;
  const gap = gapAt(reader, at + 1);
  if (strictly) return (gap & (Gap.newline | Gap.wide | Gap.close | Gap.open)) !== 0;
  return gap !== Gap.blank ? (gap & Gap.hyphen) === 0 : reader.tokens.kind[at + 1] === Kind.lower && !qualifies(reader, at);
}

/** Whether the name at `at` is that of whom the quotation before it calls otherwise: `"Taz" = Tarryn Eddleston`. */
export function isNicknameOf(reader: Reader, at: number): boolean {
  const { cue, end, kind, start, count } = reader.tokens;
  if (at < 1 || at + 1 >= count || kind[at] !== Kind.capital || (gapAt(reader, at) & Gap.colon) === 0) return false;
  if (!isQuoted(reader, at - 1) || !/^["\u201d] ?= ?$/.test(reader.text.slice(end[at - 1], start[at]))) return false;
  if (kind[at + 1] !== Kind.capital || gapAt(reader, at + 1) !== Gap.blank) return false;
  return [at, at + 1].every((word) => (cue[word] ?? 0) === 0 && !isWord(reader, word));
}

function isQuoted({ text, tokens: { start } }: Reader, at: number): boolean {
  const before = (start[at] ?? 0) - 1;
  return before >= 0 && QUOTES.includes(text.charAt(before));
}

/** `Reginald ("Reg")`: a given name that is nothing else, and what is short for it, though a cue elsewhere. */
function isInBrackets(reader: Reader, at: number): boolean {
  const { hash, kind } = reader.tokens;
  if (at < 1 || gapAt(reader, at) !== (Gap.blank | Gap.open | Gap.quote) || hash[at] === hash[at - 1]) return false;
  return kind[at - 1] === Kind.capital && isPure(reader, at - 1) && givenRank(lexOf(reader, at)) >= 1;
}

/** `"Mom"`: a cue. */
function isOther(reader: Reader, at: number): boolean {
  return (reader.tokens.cue[at] ?? 0) !== 0 || lengthOf(reader, at) < 2;
}

/** The last of one or two words that a quotation consists of; -1 where it goes on. */
function quoteEnd(reader: Reader, at: number): number {
  const { end, kind, count } = reader.tokens;
  for (let last = at; last <= at + 1 && last < count; last++) {
    if (last > at && (gapAt(reader, last) !== Gap.blank || kind[last] === Kind.lower || isOther(reader, last))) return -1;
    const from = end[last] ?? 0;
    if (CLOSED.test(reader.text.slice(from, from + 2))) return last;
  }
  return -1;
}

function isCalledSo(reader: Reader, at: number, last: number, depth: number): boolean {
  const { end, hash, start } = reader.tokens;
  if (at === 0) return false;
  const [word, before] = [hash[at - 1] ?? 0, hash[at - 2] ?? 0];
  if (depth < 2 && NEXT.test(reader.text.slice(end[at - 1], start[at]))) {
    const head = isQuoted(reader, at - 1) ? at - 1 : at - 2;
    return head >= 0 && isQuoted(reader, head) && isCalledSo(reader, head, at - 1, depth + 1);
  }
  if ((gapAt(reader, at) & (Gap.dot | Gap.newline | Gap.digit)) !== 0) return false;
  if (last === at && isBesideName(reader, at)) return true;
  if (ALIASES.has(word)) return isNamed(reader, at - 2);
  if (word === AS && before === KNOWN) return isNickname(reader, at);
  if (word === FOR && ASKED.has(before)) return last === at && isNickname(reader, at);
  return ALONE.has(word) || PHRASES.some(([befores, words]) => words.has(word) && befores.has(before));
}

/** `Marguerite ("Peg")`, `Merv "Nugget" Stone`: right behind a given name, in brackets or before the rest of the name. */
function isBesideName(reader: Reader, at: number): boolean {
  const { kind } = reader.tokens;
  if (kind[at - 1] !== Kind.capital || givenOf(reader, at - 1) < 2) return false;
  const gap = gapAt(reader, at);
  if (gap === (Gap.blank | Gap.open | Gap.quote))
    return (
      (gapAt(reader, at + 1) & Gap.close) !== 0 &&
      (isNickname(reader, at) || (isPure(reader, at - 1) && givenRank(lexOf(reader, at)) >= 1))
    );
  if (gap !== (Gap.blank | Gap.quote) || gapAt(reader, at + 1) !== (Gap.blank | Gap.quote)) return false;
  return kind[at + 1] === Kind.capital && Math.max(familyOf(reader, at + 1), familyRank(lexOf(reader, at + 1))) >= 2;
}

/** Given names, however seldom, that are hardly a word: what is shouted for may be help, and what is known as something a thing. */
function isNickname(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  return givenRank(bits) >= 1 && wordRank(bits) < 3 && (bits & (Lex.term | Lex.eponym | Lex.place)) === 0;
}

function isNamed(reader: Reader, at: number): boolean {
  return at >= 0 && reader.tokens.kind[at] !== Kind.lower && Math.max(givenOf(reader, at), familyOf(reader, at)) >= 1;
}
