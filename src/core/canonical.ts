/**
 * One canonical form per kind of value, so that the same identifier gets the same token however a system spells it. Test vectors:
 * test/core/canonical.test.ts. A change here changes every token: it needs a new key id.
 */
export const TOKEN_KINDS = ['name', 'date', 'number', 'other'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

const DIACRITICS = /\p{M}/gu;
const ASCII = /^[ -~]*$/;

/** Folds case, width, diacritics and the letters that have no decomposition. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  return text
    .normalize('NFKD')
    .replace(DIACRITICS, '')
    .toUpperCase()
    .replace(/Ø/g, 'O')
    .replace(/Ł/g, 'L')
    .replace(/Đ/g, 'D')
    .replace(/Æ/g, 'AE')
    .replace(/Œ/g, 'OE')
    .replace(/ß|ẞ/g, 'SS');
}

/** `canonical('name', 'Doe^Jane')` and `canonical('name', 'Jane DOE')` are equal: words are sorted, separators dropped. */
function canonicalName(text: string): string {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

/** Digits of a date, `YYYYMMDD` where all are there: `2001-02-03`, `20010203`, `20010203101500-0500` are one date. */
function canonicalDate(text: string): string {
  const digits = text.replace(/[^0-9]/g, '');
  return digits.length > 8 ? digits.slice(0, 8) : digits;
}

/** Letters and digits only, upper case: `123-45-6789` and `123 45 6789`, `ab-1` and `AB1`. */
function canonicalNumber(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

function canonicalOther(text: string): string {
  return fold(text).trim().replace(/\s+/g, ' ');
}

const CANONICAL: Record<TokenKind, (text: string) => string> = {
  name: canonicalName,
  date: canonicalDate,
  number: canonicalNumber,
  other: canonicalOther,
};

/** The form of `text` that a token of this kind is made from. */
export function canonical(kind: TokenKind, text: string): string {
  return CANONICAL[kind](text);
}
