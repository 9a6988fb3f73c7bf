import { isUtf8 } from 'node:buffer';
import type { Problem } from '../../core/vocabulary.ts';
import {
  type Character,
  type CodeElement,
  codeExtended,
  G1,
  GB18030,
  guessed,
  KANA,
  LABELS,
  type Mixed,
  mixed,
  SHIFT_JIS,
} from '../characters.ts';
import { type ByteTable, byteTable, decodeBytes, utf8Cursor } from '../charset.ts';
import { PLAIN, SINGLE } from './vr.ts';

/** Reads the text of one data set, or of one item with a SpecificCharacterSet of its own. Nothing of it throws. */
export interface TextReader {
  /** The text of the value in `bytes` from `start` to `end`; escape sequences are no part of it, padding is. */
  text(bytes: Uint8Array, start: number, end: number, vr: string): string;
  /**
   * Where in `bytes` the character begins that holds UTF-16 unit `utf16Offset` of `text(…)` (escape sequences before it are
   * part of it; the text's length gives `end`), or, with `roundUp`, where the character before that offset ends. null past the text.
   * Cheap when asked again for the same value, in UTF-8 when asked in rising order.
   */
  byteAt(bytes: Uint8Array, start: number, end: number, vr: string, utf16Offset: number, roundUp: boolean): number | null;
  /** Byte offsets of the backslashes that separate values, rising; none for a VR in which it is a character (PS3.5 §6.4). */
  splitValues(bytes: Uint8Array, start: number, end: number, vr: string): number[];
  /** Whether a byte 5CH may be the second half of a declared character, so that only `splitValues` can tell values apart. */
  readonly isMultiByteUnsafe: boolean;
  /** What is wrong with SpecificCharacterSet; never holds its text. */
  readonly problem: Problem | null;
}

const UNFIT: Problem = {
  code: 'dicom.charset',
  detail: 'SpecificCharacterSet (0008,0005) is not written as PS3.3 C.12.1.1.2 defines; it is read as what it seems to mean',
};
const UNKNOWN: Problem = {
  code: 'dicom.charset',
  detail:
    'SpecificCharacterSet (0008,0005) has a term that PS3.3 C.12.1.1.2 does not define; bytes over 0x7F are read as UTF-8, else as Windows-1252',
};

/** Bytes that call back the first set: the delimiters of a VR's values and components (PS3.5 §6.1.2.5.3). */
function delimitersOf(vr: string): string {
  if (vr === 'PN') return '\\^=';
  return SINGLE.has(vr) ? '' : '\\';
}

/** UTF-8 or GB18030 (PS3.3 table C.12-5), or else ASCII with what is in G1 before any escape sequence. */
interface Declared {
  readonly alone: 'utf8' | 'gb18030' | null;
  readonly g1: CodeElement | null;
  /** The table of a single-byte G1. */
  readonly table: ByteTable | null;
  /** ISO 8859 Latin: letters over 0x7F stand alone in words, so that text in it is next to never valid UTF-8. */
  readonly latin: boolean;
  readonly japanese: boolean;
  readonly unsafe: boolean;
  readonly problem: Problem | null;
}

const LATIN: ReadonlySet<number> = new Set([100, 101, 109, 110, 148, 203]);
const JAPANESE: ReadonlySet<number> = new Set([13, 87, 159]);
/** ISO-IR number that stands for GB18030 and GBK, which have none. */
const GB = 0;
/** Other names that are found for the sets, by what is left of them without separators. */
const ALIASES: ReadonlyMap<string, number> = new Map([
  ['GB18030', GB],
  ['GBK', GB],
  ['ISO2022GBK', GB],
  ['GB2312', 58],
  ['EUCKR', 149],
  ['UTF8', 192],
  ['ISO10646', 192],
  ['ASCII', 6],
  ...[100, 101, 109, 110, 144, 127, 126, 138, 148].map((number, at) => [`ISO8859${at + 1}`, number] as const),
  ['ISO885911', 166],
  ['ISO885915', 203],
]);
const SPELT = /^(|ISO_IR \d+|ISO 2022 IR \d+|GB18030|GBK)$/;
/** Terms are CS (16 characters); what is much longer is none and is not looked at. */
const LONGEST_TERM = 64;

/** The ISO-IR number that a term means, 6 for an empty one; null where it means none that Cordon reads. */
function numberOf(term: string): number | null {
  const name = term.toUpperCase().replace(/[\s\0_/-]+/g, '');
  if (name === '') return 6;
  const alias = ALIASES.get(name);
  if (alias !== undefined) return alias;
  const number = Number(/^ISO(?:2022)?(?:IR)?(\d{1,3})$/.exec(name)?.[1] ?? -1);
  return G1.has(number) || number === 192 ? number : null;
}

/** Whether the terms are those of PS3.3 C.12.1.1.2: one of any table, or several with code extensions. */
function isDefined(terms: readonly string[], numbers: readonly (number | null)[]): boolean {
  const extended = terms.length > 1;
  return terms.every((term, at) => {
    const number = numbers[at] ?? null;
    if (!SPELT.test(term)) return false;
    if (term === '') return at === 0;
    const isExtension = term.startsWith('ISO 2022');
    if (number === GB || number === 192) return !extended && !isExtension;
    const inG0OrTwoBytes = number === 58 || number === 87 || number === 149 || number === 159;
    return inG0OrTwoBytes ? isExtension && at > 0 : isExtension || !extended;
  });
}

function declaredBy(values: readonly string[]): Declared {
  const terms = values.map((value) => value.slice(0, LONGEST_TERM).replace(/^[ \0]+|[ \0]+$/g, ''));
  const numbers = terms.map(numberOf);
  const known = numbers.filter((number) => number !== null);
  // Senders put a set that stands alone after an empty first value, and leave out the escape sequence of the only set they use.
  const alone = known.find((number) => number === GB || number === 192);
  const main = known.find((number) => (G1.get(number) ?? null) !== null) ?? 6;
  const label = LABELS.get(main);
  return {
    alone: alone === undefined ? null : alone === 192 ? 'utf8' : 'gb18030',
    g1: G1.get(main) ?? null,
    table: label === undefined ? null : byteTable(label),
    latin: LATIN.has(main),
    japanese: known.some((number) => JAPANESE.has(number)),
    unsafe: alone === GB || (alone === undefined && known.some((number) => number === 87 || number === 159)),
    problem: known.length < numbers.length ? UNKNOWN : isDefined(terms, numbers) ? null : UNFIT,
  };
}

/** How one value is read: a byte a character by a table (`ascii`: as it is), as valid UTF-8, or by walking its characters. */
type Reading = 'ascii' | 'utf8' | ByteTable | (() => Generator<Character>);

function readingOf(buffer: Buffer, start: number, end: number, vr: string, declared: Declared): Reading {
  let high = false;
  let escapes = false;
  for (let at = start; at < end; at++) {
    const byte = buffer[at] ?? 0;
    if (byte >= 0x80) high = true;
    else if (byte === 0x1b) escapes = true;
  }
  const plain = PLAIN.has(vr);
  if (!high && (!escapes || plain || declared.alone !== null)) return 'ascii';
  const valid = isUtf8(buffer.subarray(start, end));
  const strays = () => guessed(buffer, start, end);
  if (plain || declared.alone === 'utf8') return valid ? 'utf8' : strays;
  if (declared.alone === 'gb18030') {
    if (valid && (isWide(buffer, start, end) || !fits(buffer, start, end, GB18030))) return 'utf8';
    return () => mixed(buffer, start, end, GB18030);
  }
  if (escapes) return () => codeExtended(buffer, start, end, delimitersOf(vr), { g0: null, g1: declared.g1 });
  return unescaped(buffer, start, end, vr, declared, valid);
}

/** How bytes over 0x7F are read that no escape sequence leads in. */
function unescaped(buffer: Buffer, start: number, end: number, vr: string, declared: Declared, valid: boolean): Reading {
  const { g1, table, latin, japanese } = declared;
  if (g1?.width === 2) {
    if (valid && isWide(buffer, start, end)) return 'utf8';
    return () => codeExtended(buffer, start, end, delimitersOf(vr), { g0: null, g1 });
  }
  const declaredFits =
    g1 !== null && !latin && buffer.subarray(start, end).every((byte) => byte < 0x80 || g1.read(byte, 0) !== '');
  if (declaredFits && table !== null) return table;
  if (valid) return 'utf8';
  if (japanese && (g1 === null || g1 === KANA) && fits(buffer, start, end, SHIFT_JIS))
    return () => mixed(buffer, start, end, SHIFT_JIS);
  return table ?? (() => guessed(buffer, start, end));
}

/** Whether valid UTF-8 holds nothing but ASCII and characters of three bytes (and emoji): two-byte sets are next to never so by chance. */
function isWide(buffer: Buffer, start: number, end: number): boolean {
  return buffer.subarray(start, end).every((byte) => byte < 0xc0 || (byte >= 0xe0 && byte <= 0xf0));
}

function fits(buffer: Buffer, start: number, end: number, set: Mixed): boolean {
  return !set.decoder.decode(buffer.subarray(start, end)).includes('\ufffd');
}

type Find = (units: number, roundUp: boolean) => number | null;

/** Finds offsets in a value that is read as `reading`. */
function finderOf(buffer: Buffer, start: number, end: number, reading: Reading): Find {
  if (reading === 'utf8') {
    const find = utf8Cursor(buffer, start, end);
    return (units, roundUp) => {
      const at = find(units, roundUp);
      return at > end ? null : at;
    };
  }
  if (typeof reading === 'function') return indexedFinder(reading(), start, end);
  return (units) => (start + units <= end ? start + units : null);
}

/** Notes where each unit's character begins, so that offsets may be asked in any order: walking again would take too long. */
function indexedFinder(characters: Iterable<Character>, start: number, end: number): Find {
  // A UTF-16 unit takes a byte or more.
  const begins = new Uint32Array(end - start + 1);
  let length = 0;
  let lastTo = start;
  for (const { from, to, text } of characters) {
    begins.fill(from - start, length, length + text.length);
    length += text.length;
    lastTo = to;
  }
  const beginOf = (unit: number) => (unit < length ? start + (begins[unit] ?? 0) : lastTo);
  return (units, roundUp) => {
    if (units === 0) return start;
    if (units > length) return null;
    if (!roundUp) return units < length ? beginOf(units) : end;
    // A character ends where the next one begins, which is two units on for the first half of a surrogate pair.
    const begin = beginOf(units - 1);
    return beginOf(units) === begin ? beginOf(units + 1) : beginOf(units);
  };
}

function textOf(buffer: Buffer, start: number, end: number, reading: Reading): string {
  if (reading === 'ascii') return buffer.toString('latin1', start, end);
  if (reading === 'utf8') return decodeBytes(buffer, start, end, null);
  if (typeof reading !== 'function') return decodeBytes(buffer, start, end, reading);
  let text = '';
  for (const character of reading()) text += character.text;
  return text;
}

function backslashes(buffer: Buffer, start: number, end: number, reading: Reading): number[] {
  const found: number[] = [];
  if (typeof reading === 'function') {
    for (const character of reading()) if (character.text === '\\') found.push(character.to - 1);
    return found;
  }
  for (let at = buffer.indexOf(0x5c, start); at >= 0 && at < end; at = buffer.indexOf(0x5c, at + 1)) found.push(at);
  return found;
}

/**
 * The reader for SpecificCharacterSet (0008,0005), its values in order, the first of which may be empty (none: the default
 * repertoire). Text in the data set's own sets is read in them (PS3.5 §6.1.2.2); bytes that do not fit, and those over 0x7F in
 * VRs of the default repertoire, are read as UTF-8 where they are UTF-8, else byte by byte, so that nothing is lost.
 */
export function textReaderOf(specificCharacterSet: readonly string[]): TextReader {
  const declared = declaredBy(specificCharacterSet);
  let wrapped: Uint8Array | null = null;
  let buffer: Buffer = Buffer.alloc(0);
  let last = { start: -1, end: -1, vr: '', find: (() => null) as Find };

  const bufferOf = (bytes: Uint8Array) => {
    if (bytes !== wrapped) {
      wrapped = bytes;
      buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      last = { ...last, start: -1 };
    }
    return buffer;
  };
  const reading = (bytes: Uint8Array, start: number, end: number, vr: string) => {
    return readingOf(bufferOf(bytes), start, end, vr, declared);
  };
  return {
    text: (bytes, start, end, vr) => textOf(bufferOf(bytes), start, end, reading(bytes, start, end, vr)),
    byteAt(bytes, start, end, vr, utf16Offset, roundUp) {
      if (!Number.isInteger(utf16Offset) || utf16Offset < 0) return null;
      bufferOf(bytes);
      if (last.start !== start || last.end !== end || last.vr !== vr) {
        last = { start, end, vr, find: finderOf(buffer, start, end, reading(bytes, start, end, vr)) };
      }
      return last.find(utf16Offset, roundUp);
    },
    splitValues(bytes, start, end, vr) {
      return SINGLE.has(vr) ? [] : backslashes(bufferOf(bytes), start, end, reading(bytes, start, end, vr));
    },
    isMultiByteUnsafe: declared.unsafe,
    problem: declared.problem,
  };
}
