import { fold } from '../../core/canonical.ts';

/** Code points up to here, and those of LATIN_MORE, are folded by a table; any other letter belongs to no name that is looked for. */
const LATIN_END = 0x250;
const MORE_FROM = 0x1e00;
const MORE_END = 0x1f00;

/** Letters that `fold` leaves as they are. */
const UNFOLDED: Readonly<Record<string, string>> = {
  Ð: 'D',
  ð: 'D',
  Þ: 'TH',
  þ: 'TH',
  Ħ: 'H',
  ħ: 'H',
  Ŋ: 'NG',
  ŋ: 'NG',
  Ŧ: 'T',
  ŧ: 'T',
  Ə: 'E',
  ə: 'E',
};

/** Folded letters by code: one or two of A to Z, the second in the high byte; 0 where the character is no Latin letter. */
const folded = new Uint16Array(LATIN_END + (MORE_END - MORE_FROM));
const isUpperCase = new Uint8Array(folded.length);

for (let slot = 0; slot < folded.length; slot++) {
  const character = String.fromCharCode(slot < LATIN_END ? slot : slot - LATIN_END + MORE_FROM);
  if (!/^\p{L}$/u.test(character)) continue;
  // A letter without a fold keeps its word whole: what it is does not matter then.
  const [first = 'X', second] = (UNFOLDED[character] ?? fold(character)).replace(/[^A-Z]/g, '');
  folded[slot] = first.charCodeAt(0) | ((second?.charCodeAt(0) ?? 0) << 8);
  isUpperCase[slot] = character === character.toUpperCase() && character !== character.toLowerCase() ? 1 : 0;
}

function slotOf(code: number): number {
  if (code < LATIN_END) return code;
  return code >= MORE_FROM && code < MORE_END ? code - MORE_FROM + LATIN_END : -1;
}

/** What a UTF-16 code is as part of a word: the letters that it folds to (the second, if there is one, in the high byte); 0 for no letter. */
export function foldedLetters(code: number): number {
  const slot = slotOf(code);
  return slot < 0 ? 0 : (folded[slot] ?? 0);
}

export function isUpper(code: number): boolean {
  const slot = slotOf(code);
  return slot >= 0 && isUpperCase[slot] === 1;
}

/** Marks that combine with the letter before (decomposed text): part of the word, and nothing of its fold. */
export function isMark(code: number): boolean {
  return code >= 0x300 && code < 0x370;
}

/** A letter of a script that has no table: it ends a name. */
export function isForeignLetter(code: number): boolean {
  return code >= 0x370 && slotOf(code) < 0 && /\p{L}/u.test(String.fromCharCode(code));
}

export const HASH_SEED = 0x811c9dc5;

/** One more letter of a word's hash (FNV-1a). */
export function hashNext(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

/** The hash's last step: FNV leaves its low bits uneven (MurmurHash3's finalizer). Never 0. */
export function hashEnd(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0 || 1;
}

/** The hash of a word as the tokens of a text have it: letters folded, anything else left out. */
export function hashOf(word: string): number {
  let hash = HASH_SEED;
  for (let index = 0; index < word.length; index++) {
    const letters = foldedLetters(word.charCodeAt(index));
    if (letters === 0) continue;
    hash = hashNext(hash, letters & 0xff);
    if (letters > 0xff) hash = hashNext(hash, letters >> 8);
  }
  return hashEnd(hash);
}
