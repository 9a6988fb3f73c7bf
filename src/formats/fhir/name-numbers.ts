import { refuseAddress } from '../address-book.ts';
import { isPlainName, NAME_IDS, NAMES } from './names.ts';
import { HIDDEN, HIDDEN_NAME, NO_NAME } from './tokens.ts';

/** Numbers for the names of one document: those of names.ts, and after them the ones that it has of its own. */
export interface NameNumbers {
  /** HIDDEN_NAME where it is too long, or one too many. */
  numberOf(word: string): number;
  /** Of a resource type; NO_NAME for what can be none. */
  typeNumberOf(word: string): number;
  /** Whether a name may stand in a path. */
  isPlain(number: number): boolean;
  /** As it may stand in a path. */
  nameOf(number: number): string;
  /** As it is written. */
  wordOf(number: number): string;
}

const MOST = 1 << 14;
const LONGEST = 64;

export function createNameNumbers(): NameNumbers {
  const numbers = new Map<string, number>();
  const own: { readonly word: string; readonly plain: boolean }[] = [];
  const add = (word: string, plain: boolean): number => {
    if (own.length >= MOST) {
      refuseAddress();
      return HIDDEN_NAME;
    }
    own.push({ word, plain });
    return NAMES.length + own.length - 1;
  };
  const isPlain = (number: number): boolean =>
    number < NAMES.length ? number !== HIDDEN_NAME : own[number - NAMES.length]?.plain === true;
  const wordOf = (number: number): string => NAMES[number] ?? own[number - NAMES.length]?.word ?? '';
  return {
    numberOf(word) {
      const known = NAME_IDS.get(word) ?? numbers.get(word);
      if (known !== undefined) return known;
      if (word.length > LONGEST) return HIDDEN_NAME;
      const made = add(word, isPlainName(word));
      if (made !== HIDDEN_NAME) numbers.set(word, made);
      return made;
    },
    typeNumberOf: (word) => (/^[A-Z][A-Za-z]{1,47}$/.test(word) ? (NAME_IDS.get(word) ?? add(word, true)) : NO_NAME),
    isPlain,
    nameOf: (number) => (isPlain(number) ? wordOf(number) : HIDDEN),
    wordOf,
  };
}
