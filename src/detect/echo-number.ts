import { anchor, type Echo, MOST, type Needle, NO_PART, SEPARATORS, upper } from './needle.ts';

/** Fewest characters of an identifier that is looked for. */
const LEAST = 5;

/** Fewest digits of an identifier that is looked for among the components of a UID: one of six stands there by chance in a message of half a million. */
const LEAST_IN_UID = 6;
/** The same of a number as it is written, and without the zeros that it begins with. */
const [LEAST_WITH_ZEROS, LEAST_WITHOUT_ZEROS] = [7, 4];

/** Fewest digits of an identifier that is looked for with something before it or left off: zeros, the letters of a system. */
const LEAST_CORE = 6;

/**
 * Letters and digits of an identifier, with or without separators between them, as a whole token; with leading zeros, or with the letters that a system
 * puts before its numbers (`MR4000123`), or without them.
 */
export function numberNeedle(text: string): Needle | null {
  const value = upper(text).replace(/[^A-Z0-9]+/g, '');
  if (value.length < LEAST || countDigits(value) < 3 || isOneCharacter(value)) return null;
  const core = /^[A-Z]{0,5}0*([1-9]\d*)$/.exec(value)?.[1] ?? '';
  const loose = core.length >= LEAST_CORE && !isOneCharacter(core);
  return {
    anchors: anchorsOf(value, true),
    before: value.charAt(value.length - 4),
    // A measured value may well be a short number.
    find: (folded, { numeric, uid }) => {
      if (uid === true) return findComponents(folded, value);
      if (numeric && value.length < 8) return [];
      const found = findSpelled(folded, value, { separators: 1, isWhole: isToken, head: true });
      if (!loose || numeric) return found;
      for (const echo of findSpelled(folded, core, { separators: 1, isWhole: isCore }))
        if (!found.some(({ from, to }) => echo.from >= from && echo.to <= to)) found.push({ ...echo, factor: 0.9 });
      return found;
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

/** Digits that a number within a country has without what one dials before it (ITU-T E.164: most have nine or ten). */
const NATIONAL = 9;
/** What one dials within a place. */
const LOCAL = /(?<![\d.-])\d{3}[-. ]\d{4}(?![\d-]|\.\d)/;

/** Ten digits as `(303) 693-0111`, `303-693-0111`, `3036930111`, `+1 303 693 0111`, `693-0111`; longer ones with country code, zero or neither. */
export function phoneNeedle(text: string): Needle | null {
  const digits = text.replace(/\D/g, '');
  const value = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (value.length < 7 || isOneCharacter(value)) return null;
  const abroad = value.length > 10 ? value.slice(-NATIONAL) : null;
  const local = value.length === 10 ? value.slice(-7) : null;
  return {
    anchors: anchorsOf(value, false),
    before: value.charAt(value.length - 4),
    find(folded) {
      const found = findSpelled(folded, value, { separators: 3, isWhole: isToken });
      if (found.length > 0) return found;
      if (abroad !== null) return findDialled(folded, value, abroad);
      if (local === null || !LOCAL.test(folded)) return found;
      return findSpelled(folded, local, { separators: 1, isWhole: isToken })
        .filter(({ from, to }) => to - from > local.length)
        .map((echo) => ({ ...echo, factor: 0.85 }));
    },
    part: NO_PART,
  };
}

/** The last digits of a number with whatever of the others stands before them, and what else one dials. */
function findDialled(text: string, value: string, national: string): Echo[] {
  return findSpelled(text, national, { separators: 3, isWhole: () => true }).flatMap(({ from, to }) => {
    let begin = from;
    let left = value.length - national.length - 1;
    for (let at = from - 1; at >= 0 && left >= 0; at--) {
      if (text.charCodeAt(at) === value.charCodeAt(left)) {
        left--;
        begin = at;
      } else if (!isSeparator(text, at)) break;
    }
    return isDialled(text, begin, to) ? [{ from: begin, to, factor: 0.9 }] : [];
  });
}

/** Fewest characters of a value that is looked for with a separator among its last three: a shorter one might be a day or a time. */
const LEAST_PARTED = 7;

/** What people put between pairs of digits, and between single ones. */
const BETWEEN_PAIRS = [' ', '-', '.'];

/** How a value may end: its last three characters together, or the last two as a pair of their own (`06 12 34 56 78`). */
function endsOf(value: string): string[] {
  const pairs = value.length < LEAST_PARTED ? [] : BETWEEN_PAIRS.map((each) => `${value.slice(-4, -2)}${each}${value.slice(-2)}`);
  return [value.slice(-3), ...pairs];
}

/** How it may begin, where its last characters are parted otherwise: `8734 1596 4`, `87-34-15-9`, `8 7 3 4 1`, `8-7-3-4-1`. None where those say nothing. */
function headsOf(value: string): string[] {
  const [first = '', second = '', third = ''] = value;
  if (value.length < LEAST_PARTED || (first === second && second === third)) return [];
  const pairs = BETWEEN_PAIRS.map((each) => `${first}${second}${each}${value.slice(2, 4)}`);
  return [first + second + third, ...pairs, ...BETWEEN_PAIRS.map((each) => first + each + second + each + third)];
}

function anchorsOf(value: string, headed: boolean): string[] {
  return headed ? [...endsOf(value), ...headsOf(value)] : endsOf(value);
}

interface Spelling {
  /** Most separators between two characters. */
  readonly separators: number;
  readonly isWhole: IsWhole;
  /** Whether to look from the first characters on, too. */
  readonly head?: boolean;
}

/** All places where `value` is spelled. A token of an object identifier, a decimal or a longer number is none. */
function findSpelled(text: string, value: string, { separators, isWhole, head = false }: Spelling): Echo[] {
  const found: Echo[] = [];
  const keep = (from: number, to: number): void => {
    if (from < 0 || to < 0 || !isWhole(text, from, to) || found.some((echo) => echo.from < to && from < echo.to)) return;
    found.push({ from, to, factor: 1 });
  };
  for (const end of endsOf(value)) {
    const left = value.length - (end.length === 3 ? 3 : 4) - 1;
    for (let at = text.indexOf(end); at >= 0 && found.length < MOST; at = text.indexOf(end, at + 1))
      keep(spelledFrom(text, at, value, { separators, left }), at + end.length);
  }
  for (const first of head ? headsOf(value) : []) {
    for (let at = text.indexOf(first); at >= 0 && found.length < MOST; at = text.indexOf(first, at + 1))
      keep(at, spelledTo(text, at, value, separators));
  }
  return found;
}

const isSeparator = (text: string, at: number): boolean => SEPARATORS.includes(text.charAt(at));

/** Where `value` begins whose characters after `left` stand from `at` on; -1 where what comes before is something else. */
function spelledFrom(
  text: string,
  at: number,
  value: string,
  { separators, left: last }: { separators: number; left: number },
): number {
  let index = at - 1;
  let gap = 0;
  let left = last;
  while (left >= 0) {
    if (index < 0) return -1;
    if (text.charCodeAt(index) === value.charCodeAt(left)) {
      left--;
      gap = 0;
    } else if (gap < separators && isSeparator(text, index)) gap++;
    else return -1;
    index--;
  }
  return index + 1;
}

/** Where `value` ends that begins at `at`; -1 where something else stands there. */
function spelledTo(text: string, at: number, value: string, separators: number): number {
  let index = at;
  let gap = 0;
  for (let next = 0; next < value.length; index++) {
    if (index >= text.length) return -1;
    if (text.charCodeAt(index) === value.charCodeAt(next)) {
      next++;
      gap = 0;
    } else if (gap < separators && isSeparator(text, index)) gap++;
    else return -1;
  }
  return index;
}

/** Whether what stands from `from` to `to` is the whole of a number. */
type IsWhole = (text: string, from: number, to: number) => boolean;

/** How far before a number it is looked at what it belongs to: an object identifier has at most 64 characters (PS3.5 §9.1). */
const REACH = 64;
/** An object identifier, up to one of its components (ITU-T X.660). */
const OF_IDENTIFIER = /(?<![\d.])[0-2](?:\.\d{1,39}){2,}\.$/;

function isToken(text: string, from: number, to: number): boolean {
  return endsThere(text, to) ? beginsThere(text, from) : to - from >= LEAST_IN_UID && isComponent(text, from, to);
}

function endsThere(text: string, to: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(to)) && !/^\.\d/.test(text.slice(to, to + 2));
}

function beginsThere(text: string, from: number): boolean {
  const before = text.slice(Math.max(0, from - 3), from);
  if (/\d\.$/.test(before)) return false;
  // A country code may touch: +13036930111. So does a character that a URL spells (RFC 3986 §2.1).
  return !/[\p{L}\p{N}]$/u.test(before) || before.endsWith('+1') || /%[0-9A-F]{2}$/.test(before);
}

/** A component of an object identifier that is spelled out: whoever makes one of a record number makes it of the whole. */
function isComponent(text: string, from: number, to: number): boolean {
  return (
    /^(?:\.\d|$|[^\p{L}\p{N}])/u.test(text.slice(to, to + 2)) && OF_IDENTIFIER.test(text.slice(Math.max(0, from - REACH), from))
  );
}

/** A number with zeros or a system's letters before it. */
function isCore(text: string, from: number, to: number): boolean {
  if (!endsThere(text, to)) return isComponent(text, from, to);
  const before = text.slice(Math.max(0, from - 16), from);
  if (OF_IDENTIFIER.test(text.slice(Math.max(0, from - REACH), from))) return to - from >= LEAST_IN_UID;
  return /(?<![\p{L}\p{N}.])(?:[A-Z]{1,5}[-_ ]?)?0{0,8}$/u.test(before);
}

/** A national number with a country code, a zero, or nothing before it. */
function isDialled(text: string, from: number, to: number): boolean {
  if (!endsThere(text, to)) return false;
  return /(?<![\p{L}\p{N}.])(?:(?:\+|00)[\d \-./()]{1,10}|\(?0\d{0,3}\)?[ \-./]{0,2})?$/u.test(
    text.slice(Math.max(0, from - 16), from),
  );
}

/**
 * Components of a UID that are the value. They are digits without leading zeros (PS3.5 §9.1), so what makes one of a number drops the rest; a
 * shorter number may be a registered root's.
 */
function findComponents(text: string, value: string): Echo[] {
  const written = value.replace(/\D/g, '');
  const digits = written.replace(/^0+/, '');
  const found: Echo[] = [];
  // Few records of a long number begin with so many zeros that chance could make a component of one.
  const rare = written.length >= LEAST_WITH_ZEROS && digits.length >= LEAST_WITHOUT_ZEROS;
  if (digits.length < LEAST_IN_UID && !rare) return found;
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
