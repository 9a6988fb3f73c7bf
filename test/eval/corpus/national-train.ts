import type { Random } from '../../../src/demo/random.ts';
import { digits } from './numbers.ts';
import { ascii, type Person } from './person.ts';

/** National numbers that only the train split has. All are made up. */

/** Danish: day, month, year, four digits. Those given out since 2007 need no check. */
export function cpr(random: Random, born: string): string {
  return `${born.slice(6, 8)}${born.slice(4, 6)}${born.slice(2, 4)}${random.pick(['-', '-', '', ' '])}${random.int(1, 9)}${digits(random, 3)}`;
}

/** Number of a German statutory health insurance: a letter, eight digits, and a check digit (weights 1, 2 over the letter's number). */
export function kvnr(random: Random): string {
  const letter = random.int(1, 26);
  const base = digits(random, 8);
  const sum = [...String(letter).padStart(2, '0'), ...base].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${String.fromCharCode(64 + letter)}${base}${sum % 10}`;
}

const ODD_DIGITS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const ODD_LETTERS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italian tax code: family, given name, birth, place, control letter (DM 23/12/1976). */
export function codiceFiscale(random: Random, { family, given, born, sex }: Person): string {
  const split = (text: string): [string, string] => {
    const letters = ascii(text).toUpperCase();
    return [letters.replace(/[^B-DF-HJ-NP-TV-Z]/g, ''), letters.replace(/[^AEIOU]/g, '')];
  };
  const [familyConsonants, familyVowels] = split(family);
  const [consonants, vowels] = split(given);
  const first = consonants.length > 3 ? `${consonants.charAt(0)}${consonants.charAt(2)}${consonants.charAt(3)}` : consonants;
  const day = Number(born.slice(6, 8)) + (sex === 'F' ? 40 : 0);
  const month = 'ABCDEHLMPRST'.charAt(Number(born.slice(4, 6)) - 1);
  const base = [
    `${familyConsonants}${familyVowels}XXX`.slice(0, 3),
    `${first}${vowels}XXX`.slice(0, 3),
    born.slice(2, 4),
    month,
    String(day).padStart(2, '0'),
    random.pick([...'ADFGHL']),
    digits(random, 3),
  ].join('');
  const sum = [...base].reduce((total, character, index) => {
    const digit = /\d/.test(character);
    const value = digit ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 1 ? value : ((digit ? ODD_DIGITS[value] : ODD_LETTERS[value]) ?? 0));
  }, 0);
  return `${base}${String.fromCharCode(65 + (sum % 26))}`;
}
