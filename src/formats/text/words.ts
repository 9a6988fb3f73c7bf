/** What is longer is a value in the place of a name; to look for words in all of it would take the square of its length. */
const LONGEST = 512;
/** More words than this say too much to be a name. */
const MOST_WORDS = 8;

/** Letters that do not come apart into a letter and its mark, as they are written where there are none. */
const SPELLED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
const LETTERS = /[ßøæœłđðþı]/g;

const EAST = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]';
/** `患者ID`: where scripts without capitals meet Latin letters or digits. */
const SEAMS = new RegExp(`(?<=${EAST})(?=[a-z0-9])|(?<=[a-z0-9])(?=${EAST})`, 'giu');

/** `PatientDateOfBirth` → `patient date of birth`; `PAT_MRN#1` → `pat mrn 1`; `Straße` → `strasse`; `患者ID` → `患者 id`. */
export function spokenWords(name: string): string {
  return (
    name
      .slice(0, LONGEST)
      .normalize('NFKD')
      // Marks of Latin, Greek and Cyrillic letters; those of other scripts make another letter.
      .replace(/[\u0300-\u036f]/g, '')
      .normalize('NFC')
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .replace(/([A-Za-z])(\d)/g, '$1 $2')
      .replace(SEAMS, ' ')
      .toLowerCase()
      .replace(LETTERS, (letter) => SPELLED[letter] ?? letter)
      .split(/[^\p{L}\p{N}\p{M}]+/u)
      .filter((word) => word !== '')
      .slice(0, MOST_WORDS)
      .join(' ')
  );
}
