import { type CMap, codesOf, readCMap } from './cmap.ts';
import { decodeStream, dictOf, get, listOf, type PdfFile, resolve } from './file.ts';
import { baseEncoding, glyphText } from './glyphs.ts';
import { glyphCharacters } from './truetype.ts';
import { type Dict, isKind, nameOf, numberOf, type Value } from './values.ts';

/** A character of a string that is shown. */
export interface Glyph {
  readonly code: number;
  /** Empty where it stands for nothing. */
  readonly text: string;
  /** Advance in text space, for a font of size 1. */
  readonly width: number;
  /** Code 32 of one byte, to which word spacing applies (ISO 32000-1 §9.3.3). */
  readonly isSpace: boolean;
  /** Nothing says which character it is. */
  readonly isUnknown: boolean;
}

export interface Font {
  glyphs(bytes: Buffer): Glyph[];
}

const NO_MAP: CMap = { spaces: [], texts: new Map(), cids: [] };

/** Reads a font. One that is missing or damaged is read as if it were Helvetica. */
export function readFont(file: PdfFile, value: Value | undefined): Font {
  const dict = dictOf(file, value);
  return nameOf(get(file, dict, 'Subtype')) === 'Type0' ? compositeFont(file, dict) : simpleFont(file, dict);
}

function mapOf(file: PdfFile, value: Value): CMap {
  return isKind(value, 'stream') ? readCMap(decodeStream(file, value)) : NO_MAP;
}

/** Type1, TrueType and Type3: one byte a character. */
function simpleFont(file: PdfFile, dict: Dict): Font {
  const { texts } = mapOf(file, get(file, dict, 'ToUnicode'));
  const { characters, unknown } = simpleEncoding(file, dict);
  const first = numberOf(get(file, dict, 'FirstChar'));
  const widths = listOf(file, dict.entries.get('Widths')).map((width) => numberOf(resolve(file, width), Number.NaN));
  const isType3 = nameOf(get(file, dict, 'Subtype')) === 'Type3';
  const matrix = listOf(file, dict.entries.get('FontMatrix'));
  const scale = isType3 ? Math.abs(numberOf(resolve(file, matrix[0]), 0.001)) : 0.001;
  const table = Array.from({ length: 256 }, (_, code): Glyph => {
    const text = texts.get(code) ?? characters[code] ?? '';
    const width = (widths[code - first] ?? Number.NaN) * scale;
    return {
      code,
      text: clean(text),
      width: Number.isFinite(width) ? width : guessedWidth(text),
      isSpace: code === 32,
      isUnknown: !texts.has(code) && unknown.has(code),
    };
  });
  return { glyphs: (bytes) => [...bytes].flatMap((code) => table[code] ?? []) };
}

const SYMBOLIC = 4;

/** Characters by code, and the codes of which nobody knows what they are. */
function simpleEncoding(file: PdfFile, dict: Dict): { characters: readonly string[]; unknown: ReadonlySet<number> } {
  const encoding = get(file, dict, 'Encoding');
  const unknown = new Set<number>();
  const descriptor = dictOf(file, dict.entries.get('FontDescriptor'));
  const isType3 = nameOf(get(file, dict, 'Subtype')) === 'Type3';
  const embedded = isType3 || ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.entries.has(key));
  const base = isKind(encoding, 'name') ? encoding.name : nameOf(get(file, dictOf(file, encoding), 'BaseEncoding'));
  const isOwn = base === '' && embedded && (isType3 || (numberOf(get(file, descriptor, 'Flags')) & SYMBOLIC) !== 0);
  const font = nameOf(get(file, dict, 'BaseFont'));
  if (/^(?:Symbol|ZapfDingbats|Wingdings)/.test(font.replace(/^[A-Z]{6}\+/, ''))) return { characters: [], unknown };
  const isTrueType = nameOf(get(file, dict, 'Subtype')) === 'TrueType';
  const characters = [...baseEncoding(base === '' && isTrueType ? 'WinAnsiEncoding' : base)];
  if (isOwn) {
    // A font with an encoding of its own may put anything anywhere; a Type 1 program says what.
    const named = programEncoding(file, descriptor);
    for (let code = 0; code < 256; code++) {
      const text = named.get(code) ?? null;
      if (text === null) unknown.add(code);
      else characters[code] = text;
    }
  }
  let code = 0;
  for (const item of listOf(file, dictOf(file, encoding).entries.get('Differences'))) {
    const each = resolve(file, item);
    if (typeof each === 'number') code = each;
    if (!isKind(each, 'name')) continue;
    const text = glyphText(each.name);
    if (code >= 0 && code < 256) {
      characters[code] = text ?? '';
      if (text === null) unknown.add(code);
      else unknown.delete(code);
    }
    code++;
  }
  return { characters, unknown };
}

/** `dup 58 /period put` in the part of a Type 1 program that is in clear (Adobe Type 1 Font Format §2.2). */
const NAMED_CODE = /\bdup\s{1,4}(\d{1,3})\s{0,4}\/([^\s/]{1,60})\s{1,4}put\b/g;
const CLEAR_PART = 64 * 1024;

function programEncoding(file: PdfFile, descriptor: Dict): Map<number, string> {
  const found = new Map<number, string>();
  const program = get(file, descriptor, 'FontFile');
  if (!isKind(program, 'stream')) return found;
  const clear = decodeStream(file, program).toString('latin1', 0, CLEAR_PART);
  for (const [, code, name = ''] of clear.matchAll(NAMED_CODE)) {
    const text = glyphText(name);
    if (text !== null) found.set(Number(code), text);
  }
  return found;
}

/** Character sets of predefined CMaps (§9.7.5.2) whose codes are characters. */
const LEGACY: readonly (readonly [RegExp, string])[] = [
  [/^Uni\w+-(?:UCS2|UTF16)/, 'utf-16be'],
  [/RKSJ/, 'shift_jis'],
  [/^(?:GBK|GBKp|GBK2K|GB|GBpc)-?(?:EUC)?/, 'gb18030'],
  [/^(?:B5pc|ETen|ETenms|HKscs|CNS)/, 'big5'],
  [/^(?:KSC|KSCms|KSCpc)/, 'euc-kr'],
  [/^EUC-/, 'euc-jp'],
];

/** Type0: codes of several bytes, numbered glyphs. */
function compositeFont(file: PdfFile, dict: Dict): Font {
  const descendant = dictOf(file, listOf(file, dict.entries.get('DescendantFonts'))[0]);
  const encoding = get(file, dict, 'Encoding');
  const map = mapOf(file, encoding);
  const unicode = mapOf(file, get(file, dict, 'ToUnicode'));
  const name = nameOf(encoding);
  const legacy = LEGACY.find(([pattern]) => pattern.test(name))?.[1];
  const decoder = legacy === undefined || unicode.texts.size > 0 ? null : new TextDecoder(legacy);
  if (decoder !== null) return { glyphs: (bytes) => legacyGlyphs(decoder.decode(bytes)) };
  const descriptor = dictOf(file, descendant.entries.get('FontDescriptor'));
  const program = get(file, descriptor, 'FontFile2');
  const byGlyph = unicode.texts.size === 0 && isKind(program, 'stream') ? glyphCharacters(decodeStream(file, program)) : null;
  const spaces = map.spaces.length > 0 ? map : unicode;
  const widths = cidWidths(file, descendant);
  return {
    glyphs: (bytes) =>
      codesOf(bytes, spaces, 2).map((code): Glyph => {
        const cid = cidOf(map, code);
        const text = unicode.texts.get(code) ?? byGlyph?.get(cid);
        return { code, text: clean(text ?? ''), width: widths(cid), isSpace: false, isUnknown: text === undefined && code !== 0 };
      }),
  };
}

function legacyGlyphs(text: string): Glyph[] {
  return [...text].map((character) => ({
    code: character.charCodeAt(0),
    text: clean(character),
    width: character.charCodeAt(0) < 0x80 ? guessedWidth(character) : 1,
    isSpace: false,
    isUnknown: character === '\ufffd',
  }));
}

function cidOf({ cids }: CMap, code: number): number {
  let from = 0;
  for (let to = cids.length; from < to; ) {
    const middle = (from + to) >> 1;
    const range = cids[middle];
    if (range === undefined) break;
    if (code < range.low) to = middle;
    else if (code > range.high) from = middle + 1;
    else return range.cid + code - range.low;
  }
  return code;
}

const MAX_WIDTHS = 100_000;

/** Widths of numbered glyphs (§9.7.4.3). */
function cidWidths(file: PdfFile, descendant: Dict): (cid: number) => number {
  const given = listOf(file, descendant.entries.get('W'));
  const otherwise = numberOf(get(file, descendant, 'DW'), 1000) / 1000;
  const widths = new Map<number, number>();
  for (let at = 0; at + 1 < given.length && widths.size < MAX_WIDTHS; ) {
    const first = numberOf(resolve(file, given[at]));
    const next = resolve(file, given[at + 1]);
    if (isKind(next, 'list')) {
      for (const [index, width] of next.items.entries()) widths.set(first + index, numberOf(resolve(file, width)) / 1000);
      at += 2;
    } else {
      const width = numberOf(resolve(file, given[at + 2])) / 1000;
      for (let cid = first; cid <= numberOf(next) && widths.size < MAX_WIDTHS; cid++) widths.set(cid, width);
      at += 3;
    }
  }
  return (cid) => widths.get(cid) ?? otherwise;
}

/** A width for where the file gives none (the 14 standard fonts): near enough to tell a gap from a letter. */
function guessedWidth(text: string): number {
  if (text === '') return 0.5;
  if (/^[ijlIt.,:;'’|!()[\]/\\ f]$/.test(text)) return 0.28;
  if (/^[A-Z]$/.test(text)) return text === 'M' || text === 'W' ? 0.88 : 0.68;
  return text === 'm' || text === 'w' || text === '@' ? 0.8 : 0.54;
}

/** Ligatures as letters, and no controls: a name is looked for as it is written. */
function clean(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/\u00a0/g, ' ')
    .replace(/[\u0000-\u001f\u007f\u00ad\u200b-\u200f\ufeff\ufffd]/g, '');
}
