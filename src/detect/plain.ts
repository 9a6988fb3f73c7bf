/** Letters of Latin-1 and Latin Extended-A that do not come apart into a letter and its mark, and the letter they are read as. */
const WHOLE: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  æ: 'a',
  œ: 'o',
  ß: 's',
  þ: 't',
  ŧ: 't',
  ŋ: 'n',
};

/** How many codes the table has: Latin Extended-A ends before. */
export const PLAIN_CODES = 0x180;

/** By code: that of the letter without its mark, in lower case; 0 for what is no such letter, and for ASCII. */
export const PLAIN: Uint8Array = tableOf();

function tableOf(): Uint8Array {
  const table = new Uint8Array(PLAIN_CODES);
  for (let code = 0xc0; code < PLAIN_CODES; code++) {
    const lower = String.fromCharCode(code).toLowerCase();
    const [base = ''] = WHOLE[lower] ?? lower.normalize('NFD');
    if (/^[a-z]$/.test(base)) table[code] = base.charCodeAt(0);
  }
  return table;
}

const ASCII = /^[\x00-\x7f]*$/;

/** The text with marks off its Latin letters, one character for one: `Numéro` → `Numero`, `fødsel` → `fodsel`. */
export function plainText(text: string): string {
  if (ASCII.test(text)) return text;
  let plain = '';
  for (let index = 0; index < text.length; index++) {
    const letter = PLAIN[text.charCodeAt(index)] ?? 0;
    plain += letter === 0 ? text.charAt(index) : String.fromCharCode(letter);
  }
  return plain;
}
