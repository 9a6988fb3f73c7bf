import { COMMON_WORDS } from '../common-words.ts';
import { CLINICAL } from './clinical.ts';
import { BRANDS_LIKE_NAMES, DRUGS } from './drugs.ts';
import { EPONYM_PHRASES, EPONYMS } from './eponyms.ts';
import { FOREIGN } from './foreign.ts';
import { addGroup } from './front-coded.ts';
import { GAZETTEER } from './gazetteer.generated.ts';
import { hashEnd, hashOf } from './letters.ts';
import { MAKERS } from './makers.ts';
import { ABOVE_ALL_NAMES, WORDS_FIRST } from './ordinary.ts';
import { PLACES } from './places.ts';
import { createTable, type Table } from './table.ts';
import { FAMILY_WORLD, GIVEN_WORLD } from './world.ts';

/** Bits of a word: two each for how common it is as a given name, as a family name and as a word (0 to 3), then what else it is. */
export const Lex = {
  word: 0x30,
  /** A medicine, a maker, a term of the ward: no name but beside one that is sure. */
  term: 0x40,
  eponym: 0x80,
  place: 0x100,
} as const;

export const givenRank = (bits: number): number => bits & 3;
export const familyRank = (bits: number): number => (bits >> 2) & 3;
export const wordRank = (bits: number): number => (bits >> 4) & 3;

/** Makes common names of those that statistics of few countries have as seldom ones. */
function raise(table: Table, names: readonly string[], shift: 0 | 2): void {
  for (const name of names) {
    const hash = hashOf(name);
    if (((table.get(hash) >> shift) & 3) >= 2) continue;
    table.clear(hash, 3 << shift);
    table.add(hash, 2 << shift);
  }
}

function build(): Table {
  const table = createTable(19);
  for (const [ranks, coded] of Object.entries(GAZETTEER)) {
    const [given = 0, family = 0, word = 0] = [...ranks].map(Number);
    addGroup(table, coded, given | (family << 2) | (word << 4));
  }
  raise(table, GIVEN_WORLD, 0);
  raise(table, FAMILY_WORLD, 2);
  const eponyms = new Set(EPONYMS);
  for (const word of COMMON_WORDS) if (!eponyms.has(word)) table.add(hashOf(word), 2 << 4);
  for (const list of [EPONYMS, BRANDS_LIKE_NAMES]) for (const word of list) table.add(hashOf(word), Lex.eponym);
  for (const word of PLACES) table.add(hashOf(word), Lex.place);
  for (const word of ABOVE_ALL_NAMES) table.clear(hashOf(word), Lex.word);
  for (const word of WORDS_FIRST) table.add(hashOf(word), 3 << 4);
  // A term of the ward that is a common name too is a word like others: Iris, April, White.
  for (const word of CLINICAL) table.add(hashOf(word), (isCommon(table.get(hashOf(word))) ? 0 : Lex.term) | (3 << 4));
  // A word of another language is no name unless it is a common one (Mai, Paco): then it stays what it is.
  for (const word of FOREIGN) if (!isCommon(table.get(hashOf(word)))) table.add(hashOf(word), Lex.term | (3 << 4));
  for (const word of DRUGS) table.add(hashOf(word), Lex.term);
  // Makers have the names of their founders.
  for (const word of MAKERS) table.add(hashOf(word), isCommon(table.get(hashOf(word))) ? Lex.eponym : Lex.term);
  return table;
}

const isCommon = (bits: number): boolean => givenRank(bits) === 3 || familyRank(bits) === 3;

let made: Table | null = null;

/** The table of words, made when a text is first read (some 50 ms, 4 MB a thread): a command that reads no text does without. */
export function lexicon(): Table {
  made ??= build();
  return made;
}

/** The hash of a phrase of two words. */
export function pairHash(first: number, second: number): number {
  return hashEnd(Math.imul(first, 31) ^ second);
}

const PHRASES: ReadonlySet<number> = new Set(
  EPONYM_PHRASES.map((phrase) => {
    const [first = '', second = ''] = phrase.split('~');
    return pairHash(hashOf(first), hashOf(second));
  }),
);

/** Whether two words one after the other are the name of a thing (Jackson Pratt, Johns Hopkins), though each is a person's. */
export function isPhrase(first: number, second: number): boolean {
  return PHRASES.has(pairHash(first, second));
}
