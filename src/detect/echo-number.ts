import { anchor, type Echo, MOST, type Needle, NO_PART, upper } from './needle.ts';

/** Fewest characters of an identifier that is looked for. */
const LEAST = 5;

/** Fewest digits of an identifier that is looked for among the components of a UID. */
const LEAST_IN_UID = 7;

/** Letters and digits of an identifier, with or without separators between them, as a whole token. */
export function numberNeedle(text: string): Needle | null {
  const value = upper(text).replace(/[^A-Z0-9]+/g, '');
  if (value.length < LEAST || countDigits(value) < 3 || isOneCharacter(value)) return null;
  return {
    anchors: [value.slice(-3)],
    before: value.charAt(value.length - 4),
    // A measured value may well be a short number.
    find: (folded, { numeric, uid }) => {
      if (uid === true) return findComponents(folded, value);
      return numeric && value.length < 8 ? [] : findSpelled(folded, value, 1);
    },
    part: NO_PART,
  };
}

function countDigits(value: string): number {
  let digits = 0;
  for (let index = 0; index < value.length; index++) if (value.charCodeAt(index) <= 0x39) digits++;
  return digits;
}

function isOneCharacter(value: string): boolean {
  for (let index = 1; index < value.length; index++) if (value.charCodeAt(index) !== value.charCodeAt(0)) return false;
  return true;
}

/** Ten digits as `(303) 693-0111`, `303-693-0111`, `3036930111`, `+1 303 693 0111`. */
export function phoneNeedle(text: string): Needle | null {
  const digits = text.replace(/\D/g, '');
  const value = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (value.length < 7 || isOneCharacter(value)) return null;
  return {
    anchors: [value.slice(-3)],
    before: value.charAt(value.length - 4),
    find: (folded) => findSpelled(folded, value, 3),
    part: NO_PART,
  };
}

/**
 * All places where `value` is spelled with up to `separators` separators between two of its characters, the last three together. A
 * token of an object identifier, a decimal or a longer number is none.
 */
function findSpelled(text: string, value: string, separators: number): Echo[] {
  const found: Echo[] = [];
  const tail = value.slice(-3);
  for (let at = text.indexOf(tail); at >= 0 && found.length < MOST; at = text.indexOf(tail, at + 1)) {
    const from = spelledFrom(text, at, value, separators);
    if (from >= 0 && isToken(text, from, at + 3)) found.push({ from, to: at + 3, factor: 1 });
  }
  return found;
}

/** Where `value` begins when its last three characters stand at `at`; -1 where what comes before is something else. */
function spelledFrom(text: string, at: number, value: string, separators: number): number {
  let index = at - 1;
  let gap = 0;
  let left = value.length - 4;
  while (left >= 0) {
    if (index < 0) return -1;
    if (text.charCodeAt(index) === value.charCodeAt(left)) {
      left--;
      gap = 0;
    } else if (gap < separators && ' -./()'.includes(text.charAt(index))) gap++;
    else return -1;
    index--;
  }
  return index + 1;
}

function isToken(text: string, from: number, to: number): boolean {
  if (/[\p{L}\p{N}]/u.test(text.charAt(to)) || /^\.\d/.test(text.slice(to, to + 2))) return false;
  if (/\d\.$/.test(text.slice(Math.max(0, from - 2), from))) return false;
  // A country code may touch: +13036930111.
  const before = text.slice(Math.max(0, from - 2), from);
  return !/[\p{L}\p{N}]/u.test(before.slice(-1)) || before === '+1';
}

/**
 * Components of a UID that are the value. They are digits without leading zeros (PS3.5 §9.1), so what makes one of a number drops the rest; a
 * shorter number may be a registered root's.
 */
function findComponents(text: string, value: string): Echo[] {
  const digits = value.replace(/\D/g, '').replace(/^0+/, '');
  const found: Echo[] = [];
  if (digits.length < LEAST_IN_UID) return found;
  for (let at = text.indexOf(digits); at >= 0 && found.length < MOST; at = text.indexOf(digits, at + 1)) {
    const to = at + digits.length;
    if (!/\d/.test(text.charAt(at - 1)) && !/\d/.test(text.charAt(to))) found.push({ from: at, to, factor: 1 });
  }
  return found;
}

/** A mailbox, in any case, that is not the end of a longer one. */
export function emailNeedle(text: string): Needle | null {
  const value = upper(text).trim();
  if (!/^[^@\s]+@[^@\s]+$/.test(value)) return null;
  return {
    anchors: anchor(value),
    before: '',
    find(folded) {
      const found: Echo[] = [];
      for (let at = folded.indexOf(value); at >= 0 && found.length < MOST; at = folded.indexOf(value, at + 1)) {
        const inside = /[A-Z0-9._%+-]/.test(folded.charAt(at - 1)) || /[A-Z0-9-]/.test(folded.charAt(at + value.length));
        if (!inside) found.push({ from: at, to: at + value.length, factor: 1 });
      }
      return found;
    },
    part: NO_PART,
  };
}
