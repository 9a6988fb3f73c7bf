import type { Candidate } from './candidate.ts';
import { Cue } from './cues.ts';
import { familyRank, givenRank, Lex, wordRank } from './lexicon.ts';
import { gapAt, givenOf, isGap, isPure, isStranger, isSyllable, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';

// Lists that a ward or a triage desk keeps by hand: a line begins with a bed, or with a time and a category, and goes on with whom it is about.

/** `B4  `, `bed 4 `, `1315 cat 4  `, `09:10 triage 2 `: a code of a letter and a figure is a bed only where blanks set it apart. */
const HEAD =
  /^\s*(?:[A-Z]{1,2}\/?[A-Z]?\d{1,2}(?: {2,4}|\t|: )|(?:bed|bay|rm|room|cubicle|chair|trolley) ?\d{1,2}:? {1,4}|#\d{1,2} {1,3}|\d{1,2}:?\d{2} +(?:cat|category|triage|ats|esi) ?\d:? {1,4})$/i;
const LONGEST_HEAD = 28;

/** What follows an initial: its dot, a sex, an age, a dash, a comma. */
const AFTER_INITIAL = /^\.?(?:,? {1,2}(?:[MF]\b|\d{1,3}\b(?![./]))| - |, )/;
/** What follows a name in full. */
const AFTER_FULL = /^(?: ?[,(]| [-\u2013] |,? {1,2}(?:[MF] ?)?\d{1,3}\b)/;
const AGE = /^,? {1,2}(?:[MF] ?)?\d{1,3}(?: ?[MF]\b| ?y|\b(?![./%]| ?[mk]))/;
const DASH = /^ [-\u2013] /;
const COMMA_AGE = /^, ?\d{2,3}\b(?![./%]| ?[mk])/;

/** The name that such a line begins with; null where the word does not begin one. */
export function listedName(reader: Reader, at: number): Candidate | null {
  const { text, tokens } = reader;
  if (at > 2 || (gapAt(reader, at) & Gap.digit) === 0 || (gapAt(reader, at) & (Gap.blank | Gap.wide)) === 0) return null;
  const from = tokens.start[at] ?? 0;
  if (from > LONGEST_HEAD && !text.slice(from - LONGEST_HEAD, from).includes('\n')) return null;
  const line = text.slice(Math.max(0, from - LONGEST_HEAD), from);
  if (!HEAD.test(line.slice(line.lastIndexOf('\n') + 1))) return null;
  const last = lastOf(reader, at);
  return last < 0 ? null : { first: at, last, score: 4.5, whose: 'patient' };
}

/** The next cell: an age, a sex with it, or a day of birth. */
const AGE_CELL = /^ {0,24}\| {0,4}(?:[MF] ?)?(?:\d{1,3}(?: ?(?:[MF]|yo?|yrs?))?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}) {0,8}\|/i;
const WORDS = 4;

/** `| Bo Lindqvist | 31 | Weber B ankle |`: what fills a cell of a drawn list before one with an age. */
export function cellName(reader: Reader, at: number): Candidate | null {
  const { text, tokens } = reader;
  const { cue, end, kind, start } = tokens;
  if ((gapAt(reader, at) & Gap.other) === 0 || !/\| {0,4}$/.test(text.slice(Math.max(0, (start[at] ?? 0) - 5), start[at])))
    return null;
  let last = at;
  while (
    last < at + WORDS &&
    isGap(reader, last + 1, Gap.blank | Gap.comma | Gap.hyphen | Gap.dot) &&
    kind[last + 1] !== Kind.other
  )
    last++;
  if (last === at || !AGE_CELL.test(text.slice(end[last], (end[last] ?? 0) + 48))) return null;
  let names = 0;
  for (let word = at; word <= last; word++) {
    const bits = lexOf(reader, word);
    if (kind[word] === Kind.initial || ((cue[word] ?? 0) & Cue.particle) !== 0) continue;
    if (kind[word] === Kind.lower || (bits & Lex.term) !== 0 || ((cue[word] ?? 0) & ~Cue.lead) !== 0) return null;
    // `Weber B`: how an ankle broke.
    const isSign = (bits & Lex.eponym) !== 0 && kind[last] === Kind.initial;
    if (!isSign) names = Math.max(names, givenRank(bits), familyRank(bits), isStranger(reader, word) ? 1 : 0);
  }
  return names < 1 ? null : { first: at, last, score: 4.5, whose: 'patient' };
}

function lastOf(reader: Reader, at: number): number {
  const { cue, kind } = reader.tokens;
  if ((cue[at] ?? 0) !== 0 || kind[at] === Kind.initial || kind[at] === Kind.other) return -1;
  const next = at + 1;
  if (gapAt(reader, next) === (Gap.comma | Gap.blank)) {
    const last = givenEnd(reader, next);
    if (last > 0 && isFamily(reader, at) && AFTER_FULL.test(behind(reader, last))) return last;
  }
  if (kind[at] === Kind.lower) return isSmallPair(reader, at, next) && COMMA_AGE.test(behind(reader, next)) ? next : -1;
  const blank = gapAt(reader, next) === Gap.blank;
  if (blank && kind[next] === Kind.initial && isFamily(reader, at) && AFTER_INITIAL.test(behind(reader, next))) return next;
  return isAlone(reader, at) ? at : -1;
}

function behind({ text, tokens: { end } }: Reader, last: number): string {
  return text.slice(end[last], (end[last] ?? 0) + 8);
}

/** A common family name, though it is a word too (Ng, Young), or one of no list. */
function isFamily(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  if ((bits & (Lex.term | Lex.place)) !== 0) return false;
  return familyRank(bits) >= (wordRank(bits) > 1 ? 3 : 2) || givenOf(reader, at) >= 2 || isStranger(reader, at);
}

/** The last word of a given name of one or two words; -1 where there is none. */
function givenEnd(reader: Reader, at: number): number {
  const bits = lexOf(reader, at);
  if (reader.tokens.kind[at] !== Kind.capital || givenRank(bits) < 2 || (bits & Lex.term) !== 0) return -1;
  const more = at + 1;
  if (isSyllable(reader, more)) return more;
  const named = gapAt(reader, more) === Gap.blank && reader.tokens.kind[more] === Kind.capital;
  return named && givenRank(lexOf(reader, more)) >= 2 ? more : at;
}

/** `Okonjo - NEWS 5`, `Lister, 71`: a family name and nothing else, and what else is called so only with an age. */
function isAlone(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  if ((bits & (Lex.term | Lex.place)) !== 0 || wordRank(bits) > 1 || Math.max(familyRank(bits), givenRank(bits)) < 2)
    return false;
  const rest = behind(reader, at);
  if (AGE.test(rest)) return true;
  return (bits & Lex.eponym) === 0 && DASH.test(rest);
}

/** `ethel shufflebottom, 96`: a given name that is nothing else, and a family name or a word of no list. */
function isSmallPair(reader: Reader, given: number, family: number): boolean {
  const { cue, kind, count } = reader.tokens;
  if (family >= count || kind[family] !== Kind.lower || gapAt(reader, family) !== Gap.blank || (cue[family] ?? 0) !== 0)
    return false;
  if (!isPure(reader, given) || givenOf(reader, given) < 2) return false;
  return lexOf(reader, family) === 0 || (isPure(reader, family) && familyRank(lexOf(reader, family)) >= 1);
}
