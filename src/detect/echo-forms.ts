import { fold } from '../core/canonical.ts';
import type { IdentityValue } from '../core/format.ts';
import { COMMON_WORDS, PLACEHOLDERS } from './common-words.ts';

/** Where a value was found in a folded text, and how much of the rule's confidence it keeps. */
export interface Echo {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

/** What a leaf is, as far as finding a value in it needs to know. */
export interface Surroundings {
  /** Free text, or a leaf that no standard types. */
  readonly free: boolean;
  /** A number, a time or a code by type: a short number in it is somebody else's. */
  readonly numeric: boolean;
}

/** One value of the message's identity, ready to be looked for. */
export interface Needle {
  /** Upper-case ASCII of three characters or more: where none of them stands, the value does not either. */
  readonly anchors: readonly string[];
  /** What stands before the anchor, a separator aside; empty where anything may. Spares decoding most leaves that hold three digits. */
  readonly before: string;
  /** All places of the value in a folded text. Regular expressions are made when first needed: most messages never do. */
  find(folded: string, around: Surroundings): Echo[];
  /** For names: whether the whole text is the family name (`family`) or the first given name (`given`). */
  part(folded: string): 'family' | 'given' | null;
}

const B = '(?<![\\p{L}\\p{N}])';
const E = '(?![\\p{L}\\p{N}])';
const JOINT = "[\\s'’.-]?";
const GAP = '[\\s,.^_&~+/-]{1,3}';
const NO_PART = (): null => null;
const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
];

/** The needle of a value; null where it is too short or too common to be looked for. */
export function needleOf(value: IdentityValue): Needle | null {
  const [first = ''] = value.parts;
  switch (value.kind) {
    case 'name':
      return nameNeedle(value.parts);
    case 'date':
      return dateNeedle(first);
    case 'number':
      return numberNeedle(first, 5, 1);
    case 'phone':
      return phoneNeedle(first);
    case 'email':
      return emailNeedle(first);
    case 'street':
      return streetNeedle(first);
  }
}

function words(text: string): string[] {
  if (/^[A-Za-z]+$/.test(text)) return [text.toUpperCase()];
  return upper(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** `fold`, without its dozen passes where the text is ASCII. */
function upper(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text.toUpperCase() : fold(text);
}

function longest(list: readonly string[]): string {
  return list.reduce((best, word) => (word.length > best.length ? word : best), '');
}

/** Anchors are searched for in bytes: a word outside ASCII has none, and is looked for in decoded leaves only. */
function anchor(word: string): string[] {
  return /^[\x20-\x7e]{3,}$/.test(word) ? [word] : [];
}

function lazy(source: () => string): () => RegExp {
  let made: RegExp | null = null;
  return () => {
    made ??= new RegExp(source(), 'gu');
    made.lastIndex = 0;
    return made;
  };
}

function all(pattern: RegExp, text: string, factor: number, into: Echo[]): void {
  for (const found of text.matchAll(pattern)) into.push({ from: found.index, to: found.index + found[0].length, factor });
}

/** `Jane Doe`, `DOE, JANE`, `Doe^Jane`, `Jane Q. Doe`, `J. Doe`; the family name alone in free text. */
function nameNeedle(parts: readonly string[]): Needle | null {
  const family = words(parts[0] ?? '');
  const given = words(parts[1] ?? '');
  const letters = family.join('').length;
  if (letters < 2 || [...family, ...given].some((word) => PLACEHOLDERS.has(word))) return null;
  const joined = given.join('');
  // `LI` is in half of all words: a short family name is anchored by the given name, and never stands alone.
  const short = letters < 3;
  if (joined.length < 2 && (short || letters < 4)) return null;
  if (short && joined.length < 3) return null;
  const common = COMMON_WORDS.has(family.join('')) || COMMON_WORDS.has(longest(family));
  const f = family.join(JOINT);
  const g = given.join(JOINT);
  const whole = lazy(() => `${B}(?:${g}${GAP}(?:\\p{L}{1,20}${GAP})?${f}|${f}${GAP}${g})${E}`);
  const initial = lazy(() => `${B}(?:${joined.charAt(0)}(?:\\.\\s?|\\s)${f}|${f},\\s?${joined.charAt(0)}\\.?)${E}`);
  const alone = lazy(
    () =>
      `(?<!\\b(?:DR|DRS|DOCTOR|PROF|NP|PA|RN|NURSE)\\.?\\s{1,3})${B}${f}${E}(?!\\s+(?:MEMORIAL|HOSPITAL|CLINIC|CENTER|MEDICAL|LAB|STREET|ST|AVE|ROAD|RD|UNIT|SIGN|TEST|SYNDROME|DISEASE|CATHETER|MD|DO|RN|NP|PA)\\b)`,
  );
  return {
    anchors: anchor(longest(short ? given : family)),
    before: '',
    find(text, { free }) {
      const found: Echo[] = [];
      if (joined.length > 1) all(whole(), text, 1, found);
      if (free && !common && !short && joined !== '') all(initial(), text, 0.85, found);
      if (free && !common && letters >= 4) all(alone(), text, 0.7, found);
      return found;
    },
    part(text) {
      const given_ = given[0];
      const parts_ = words(text);
      if (parts_.join('') === family.join('')) return 'family';
      return given_ !== undefined && parts_[0] === given_ && parts_.length <= given.length + 1 ? 'given' : null;
    },
  };
}

/** Some ten written forms of a day; `value` is `YYYYMMDD`. */
function dateNeedle(value: string): Needle | null {
  if (value.length !== 8) return null;
  const year = value.slice(0, 4);
  const mm = value.slice(4, 6);
  const dd = value.slice(6);
  const month = MONTHS[Number(mm) - 1];
  if (month === undefined) return null;
  const yy = value.slice(2, 4);
  const pattern = lazy(() => {
    const m = `0?${Number(mm)}`;
    const d = `0?${Number(dd)}`;
    const name = month === 'MAY' ? 'MAY' : `${month.slice(0, 3)}(?:${month.slice(3)}|T)?\\.?`;
    const nth = `${d}(?:ST|ND|RD|TH)?`;
    const s = '[-/. ]';
    return [
      `(?<!\\d)${year}${mm}${dd}(?:\\d{4}|\\d{6})?(?!\\d)`,
      `(?<![\\d.])${year}(?<a>${s})${m}\\k<a>${d}(?!\\d)`,
      `(?<![\\d.])${m}(?<b>${s})${d}\\k<b>${year}(?!\\d)`,
      `(?<![\\d.])${d}(?<c>${s})${m}\\k<c>${year}(?!\\d)`,
      `(?<!\\d)${mm}${dd}${year}(?!\\d)`,
      `(?<!\\d)${dd}${mm}${year}(?!\\d)`,
      `(?<!\\d)${nth}(?:\\s+OF)?[\\s-]{0,2}${name},?[\\s-]{0,2}(?:${year}|${yy})(?!\\d)`,
      `(?<!\\p{L})${name}[\\s-]{0,2}${nth},?[\\s-]{1,2}${year}(?!\\d)`,
      `(?<![\\d./-])(?:${m}(?<e>[-/])${d}\\k<e>${yy}|${d}(?<f>[-/])${m}\\k<f>${yy})(?![\\d/-])`,
    ].join('|');
  });
  return {
    anchors: [year, `/${yy}`, `-${yy}`],
    before: '',
    find(text) {
      const found: Echo[] = [];
      all(pattern(), text, 1, found);
      return found;
    },
    part: NO_PART,
  };
}

/** Letters and digits of an identifier, with or without separators between them, as a whole token. */
function numberNeedle(text: string, least: number, separators: number): Needle | null {
  const value = upper(text).replace(/[^A-Z0-9]+/g, '');
  if (value.length < least || (value.match(/\d/g)?.length ?? 0) < 3 || /^(.)\1+$/.test(value) || PLACEHOLDERS.has(value))
    return null;
  return {
    anchors: [value.slice(-3)],
    before: value.charAt(value.length - 4),
    find(folded, { numeric }) {
      if (numeric && value.length < 8) return [];
      return findSpelled(folded, value, separators);
    },
    part: NO_PART,
  };
}

/** Ten digits as `(303) 693-0111`, `303-693-0111`, `3036930111`, `+1 303 693 0111`. */
function phoneNeedle(text: string): Needle | null {
  const digits = text.replace(/\D/g, '');
  const value = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (value.length < 7 || /^(.)\1+$/.test(value)) return null;
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
  for (let at = text.indexOf(tail); at >= 0; at = text.indexOf(tail, at + 1)) {
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

function emailNeedle(text: string): Needle | null {
  const value = upper(text).trim();
  if (!/^[^@\s]+@[^@\s]+$/.test(value)) return null;
  return {
    anchors: anchor(value),
    before: '',
    find(folded) {
      const found: Echo[] = [];
      for (let at = folded.indexOf(value); at >= 0; at = folded.indexOf(value, at + 1)) {
        const inside = /[A-Z0-9._%+-]/.test(folded.charAt(at - 1)) || /[A-Z0-9-]/.test(folded.charAt(at + value.length));
        if (!inside) found.push({ from: at, to: at + value.length, factor: 1 });
      }
      return found;
    },
    part: NO_PART,
  };
}

/** Street suffixes people abbreviate (USPS Publication 28, appendix C1): the commonest. */
const SUFFIXES = [
  ['ST', 'STREET'],
  ['AVE', 'AVENUE', 'AV'],
  ['RD', 'ROAD'],
  ['DR', 'DRIVE'],
  ['LN', 'LANE'],
  ['BLVD', 'BOULEVARD'],
  ['CT', 'COURT'],
  ['PL', 'PLACE'],
  ['HWY', 'HIGHWAY'],
  ['PKWY', 'PARKWAY'],
  ['CIR', 'CIRCLE'],
  ['TER', 'TERRACE'],
  ['N', 'NORTH'],
  ['S', 'SOUTH'],
  ['E', 'EAST'],
  ['W', 'WEST'],
];

/** House number and street name; the suffix (`ST`, `STREET`) may be left out or spelled otherwise. */
function streetNeedle(text: string): Needle | null {
  const tokens = words(text);
  const [house = '', ...rest] = tokens;
  const spellings = rest.map((word) => SUFFIXES.find((suffix) => suffix.includes(word)) ?? [word]);
  const named = rest.filter((_, index) => (spellings[index]?.length ?? 0) === 1);
  if (!/^\d/.test(house) || longest(named).length < 3) return null;
  const pattern = lazy(() => {
    const last = spellings.length - 1;
    const pieces = spellings.map((list, index) => {
      const word = list.length > 1 ? `(?:${list.join('|')})\\.?` : list[0];
      return index === last && index > 0 && list.length > 1 ? `(?:[\\s,.]{1,3}${word})?` : `[\\s,.]{1,3}${word}`;
    });
    return `${B}${house}${pieces.join('')}${E}`;
  });
  return {
    anchors: anchor(longest(named)),
    before: '',
    find(folded) {
      const found: Echo[] = [];
      all(pattern(), folded, 1, found);
      return found;
    },
    part: NO_PART,
  };
}
