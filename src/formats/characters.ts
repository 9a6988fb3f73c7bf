import { isUtf8 } from 'node:buffer';
import { byteTable, WINDOWS_1252 } from './charset.ts';

/** One character of a value: its bytes, the escape sequences before it included, and its text (one or two UTF-16 units). */
export interface Character {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A coded character set as one half of the code table holds it (ISO 2022: G0 or G1). */
export interface CodeElement {
  /** Bytes of a character. */
  readonly width: 1 | 2;
  /** The character of one byte, or of two, both with their high bit set as in G1; empty where the set has none. */
  read(first: number, second: number): string;
}

/** What is invoked in the two halves; null: ASCII in G0, nothing in G1. */
export interface Halves {
  readonly g0: CodeElement | null;
  readonly g1: CodeElement | null;
}

const ESC = 0x1b;

/** A single-byte set by its WHATWG label. C1 controls are no characters of DICOM text (PS3.5 §6.1.3). */
function singleByte(label: string): CodeElement {
  const table = byteTable(label);
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  const fits = Array.from({ length: 256 }, (_, byte) => byte >= 0xa0 && decoder.decode(Uint8Array.of(byte)) !== '\ufffd');
  return { width: 1, read: (byte) => (fits[byte] === true ? (table[byte] ?? '') : '') };
}

/**
 * A set of two bytes a character, read through the decoder `label` after `prefix`. Full-width signs are read as WHATWG has them
 * (U+FF0D, not U+2212), since they are then equal to their ASCII ones under NFKC.
 */
function doubleByte(label: string, prefix: readonly number[] = []): CodeElement {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  const known = new Map<number, string>();
  return {
    width: 2,
    read(first, second) {
      const code = (first << 8) | second;
      let text = known.get(code);
      if (text === undefined) {
        text = oneCharacter(decoder.decode(Uint8Array.of(...prefix, first, second)));
        known.set(code, text);
      }
      return text;
    },
  };
}

/**
 * KS X 1001 as Windows sends it: CP949 has the syllables that KS X 1001 lacks, in Unicode order, in the code points before its
 * own rows (second bytes A-Z, a-z and from 81H). The platform's decoder knows KS X 1001 only.
 */
function cp949(ksx1001: CodeElement): CodeElement {
  let added: Map<number, string> | null = null;
  return {
    width: 2,
    read(first, second) {
      const text = ksx1001.read(first, second);
      if (text !== '' || first < 0x81 || first > 0xc6) return text;
      added ??= addedSyllables(ksx1001);
      return added.get((first << 8) | second) ?? '';
    },
  };
}

function addedSyllables(ksx1001: CodeElement): Map<number, string> {
  const standard = new Set<string>();
  for (let row = 0xb0; row <= 0xc8; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) standard.add(ksx1001.read(row, cell));
  const added = new Map<number, string>();
  let syllable = 0xac00;
  for (let row = 0x81; row <= 0xc6; row++) {
    for (let cell = 0x41; cell <= (row < 0xa1 ? 0xfe : 0xa0); cell++) {
      if ((cell > 0x5a && cell < 0x61) || (cell > 0x7a && cell < 0x81)) continue;
      while (standard.has(String.fromCharCode(syllable))) syllable++;
      if (syllable > 0xd7a3) return added;
      added.set((row << 8) | cell, String.fromCharCode(syllable++));
    }
  }
  return added;
}

/** What was decoded if that is one character; empty where bytes were invalid or of two characters. */
function oneCharacter(decoded: string): string {
  return /^[^\ufffd]$/u.test(decoded) ? decoded : '';
}

export const KANA = singleByte('shift_jis');
const KOREAN = cp949(doubleByte('euc-kr'));
const CHINESE = doubleByte('gb18030');
const JIS_X0208 = doubleByte('euc-jp');
const JIS_X0212 = doubleByte('euc-jp', [0x8f]);

/** The single-byte sets that fill G1: ISO-IR number, final byte of the escape sequence, WHATWG label (PS3.3 table C.12-3). */
const LATIN_AND_OTHERS: readonly (readonly [number, string, string])[] = [
  [100, 'A', 'iso-8859-1'],
  [101, 'B', 'iso-8859-2'],
  [109, 'C', 'iso-8859-3'],
  [110, 'D', 'iso-8859-4'],
  [126, 'F', 'iso-8859-7'],
  [127, 'G', 'iso-8859-6'],
  [138, 'H', 'iso-8859-8'],
  [144, 'L', 'iso-8859-5'],
  [148, 'M', 'iso-8859-9'],
  [166, 'T', 'windows-874'],
  [203, 'b', 'iso-8859-15'],
];

/** WHATWG labels of the single-byte sets by ISO-IR number. */
export const LABELS: ReadonlyMap<number, string> = new Map([
  ...LATIN_AND_OTHERS.map(([number, , label]) => [number, label] as const),
  [13, 'shift_jis'] as const,
]);

/** What G1 holds under each ISO-IR number; null: the set lives in G0 only. */
export const G1: ReadonlyMap<number, CodeElement | null> = new Map<number, CodeElement | null>([
  [6, null],
  [13, KANA],
  [58, CHINESE],
  [87, null],
  [149, KOREAN],
  [159, null],
  ...LATIN_AND_OTHERS.map(([number, , label]) => [number, singleByte(label)] as const),
]);

interface Designation {
  readonly half: keyof Halves;
  readonly set: CodeElement | null;
}

/**
 * What follows ESC (PS3.3 tables C.12-3 and C.12-4), and the forms that ISO-2022-JP, -KR and -CN writers use for the same sets.
 * ISO-IR 14 is read as ASCII: its 05/12 is the backslash of DICOM whatever it looks like (PS3.5 §6.1.2.5.3).
 */
const DESIGNATIONS: ReadonlyMap<string, Designation> = new Map<string, Designation>([
  ['(B', { half: 'g0', set: null }],
  ['(J', { half: 'g0', set: null }],
  ['(I', { half: 'g0', set: KANA }],
  [')I', { half: 'g1', set: KANA }],
  ...(['$@', '$B', '$(@', '$(B'] as const).map((sequence) => [sequence, { half: 'g0', set: JIS_X0208 }] as const),
  ['$(D', { half: 'g0', set: JIS_X0212 }],
  ['$)B', { half: 'g1', set: JIS_X0208 }],
  ['$)D', { half: 'g1', set: JIS_X0212 }],
  ['$)C', { half: 'g1', set: KOREAN }],
  ['$(C', { half: 'g0', set: KOREAN }],
  ['$)A', { half: 'g1', set: CHINESE }],
  ['$A', { half: 'g0', set: CHINESE }],
  ['$(A', { half: 'g0', set: CHINESE }],
  ...LATIN_AND_OTHERS.map(([number, final]) => [`-${final}`, { half: 'g1', set: G1.get(number) ?? null }] as const),
]);

function designationAt(buffer: Buffer, at: number, end: number): (Designation & { size: number }) | null {
  for (const size of [3, 4]) {
    if (at + size > end) return null;
    const found = DESIGNATIONS.get(buffer.toString('latin1', at + 1, at + size));
    if (found !== undefined) return { ...found, size };
  }
  return null;
}

/**
 * The characters of a value with code extensions (PS3.5 §6.1.2.4 and §6.1.2.5). Sequences are followed whether or not their set
 * was declared; what no set has a character for is read as UTF-8 or byte by byte, so that nothing is lost. Controls and the
 * `delimiters` of a value and its components bring `first` back.
 */
export function* codeExtended(
  buffer: Buffer,
  start: number,
  end: number,
  delimiters: string,
  first: Halves,
): Generator<Character> {
  let halves = first;
  let from = start;
  let at = start;
  // A pair that its set does not have is read as two bytes, and the next pair begins after it.
  let literal = start;
  while (at < end) {
    const designation = buffer[at] === ESC ? designationAt(buffer, at, end) : null;
    if (designation !== null) {
      halves = { ...halves, [designation.half]: designation.set };
      at += designation.size;
      continue;
    }
    const read = at < literal ? null : readInvoked(buffer, at, end, halves);
    if (read === '') literal = at + 2;
    const character =
      read === null || read === '' ? guessedAt(buffer, at, end) : { to: at + widthAt(buffer, at, halves), text: read };
    yield { from, to: character.to, text: character.text };
    if (isReset(character.text, delimiters)) halves = first;
    from = character.to;
    at = character.to;
  }
}

function isReset(text: string, delimiters: string): boolean {
  return text < ' ' || delimiters.includes(text);
}

function widthAt(buffer: Buffer, at: number, halves: Halves): number {
  return ((buffer[at] ?? 0) < 0x80 ? halves.g0 : halves.g1)?.width ?? 1;
}

/** The character at `at` in the set of its half; null where that is ASCII, nothing or no such byte; empty for a pair without a character. */
function readInvoked(buffer: Buffer, at: number, end: number, { g0, g1 }: Halves): string | null {
  const first = buffer[at] ?? 0;
  const low = first < 0x80;
  const set = low ? g0 : g1;
  if (set === null || first <= 0x20 || first === 0x7f) return null;
  if (set.width === 1) return set.read(first | 0x80, 0) || null;
  const second = at + 1 < end ? (buffer[at + 1] ?? 0) : 0;
  if (low) return second > 0x20 && second < 0x7f ? set.read(first | 0x80, second | 0x80) : null;
  // The letters are second bytes of CP949, which is sent as KS X 1001.
  const isSecond = second >= 0x80 || (set === KOREAN && /[A-Za-z]/.test(String.fromCharCode(second)));
  return isSecond ? set.read(first, second) || null : null;
}

/** Bytes of the valid UTF-8 character over U+007F at `at`; 0 where there is none. */
function utf8Size(buffer: Buffer, at: number, end: number): number {
  const lead = buffer[at] ?? 0;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return size > 0 && at + size <= end && isUtf8(buffer.subarray(at, at + size)) ? size : 0;
}

function guessedAt(buffer: Buffer, at: number, end: number): { to: number; text: string } {
  const size = utf8Size(buffer, at, end);
  if (size > 0) return { to: at + size, text: buffer.toString('utf8', at, at + size) };
  return { to: at + 1, text: WINDOWS_1252[buffer[at] ?? 0] ?? '' };
}

/** The characters of bytes in no known set: valid UTF-8 sequences (one cut short harms no other), and other bytes as Windows-1252. */
export function* guessed(buffer: Buffer, start: number, end: number): Generator<Character> {
  for (let at = start; at < end; ) {
    const character = guessedAt(buffer, at, end);
    yield { from: at, to: character.to, text: character.text };
    at = character.to;
  }
}

/** A stateless set in which characters of one byte and of more are mixed. */
export interface Mixed {
  readonly decoder: TextDecoder;
  /** Its characters of two bytes. */
  readonly pairs: CodeElement;
  /** Bytes that the character at `at`, which is not ASCII, takes by its form. */
  size(buffer: Buffer, at: number): number;
}

/** GB18030 and its subset GBK. */
export const GB18030: Mixed = {
  decoder: new TextDecoder('gb18030', { ignoreBOM: true }),
  pairs: CHINESE,
  size(buffer, at) {
    const second = buffer[at + 1] ?? 0;
    if (isDigit(second)) return 4;
    return second >= 0x40 ? 2 : 1;
  },
};

/** What Japanese systems send as JIS X 0201 or without escape sequences. */
export const SHIFT_JIS: Mixed = {
  decoder: new TextDecoder('shift_jis', { ignoreBOM: true }),
  pairs: doubleByte('shift_jis'),
  size(buffer, at) {
    const lead = buffer[at] ?? 0;
    return lead < 0xa0 || lead >= 0xe0 ? 2 : 1;
  },
};

/** KS X 1001 as EUC and Windows send it. */
export const EUC_KR: Mixed = { decoder: new TextDecoder('euc-kr', { ignoreBOM: true }), pairs: KOREAN, size: () => 2 };

/** Big5 with the characters that Hong Kong added. */
export const BIG5: Mixed = { decoder: new TextDecoder('big5', { ignoreBOM: true }), pairs: doubleByte('big5'), size: () => 2 };

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** The characters of a value in a mixed set; bytes that are none of it are read as `guessed` reads them. */
export function* mixed(buffer: Buffer, start: number, end: number, set: Mixed): Generator<Character> {
  for (let at = start; at < end; ) {
    const text = (buffer[at] ?? 0) < 0x80 ? '' : readMixed(buffer, at, end, set);
    const character = text === '' ? guessedAt(buffer, at, end) : { to: at + set.size(buffer, at), text };
    yield { from: at, to: character.to, text: character.text };
    at = character.to;
  }
}

function readMixed(buffer: Buffer, at: number, end: number, set: Mixed): string {
  const size = set.size(buffer, at);
  if (at + size > end) return '';
  if (size === 2) return set.pairs.read(buffer[at] ?? 0, buffer[at + 1] ?? 0);
  return oneCharacter(set.decoder.decode(buffer.subarray(at, at + size)));
}
