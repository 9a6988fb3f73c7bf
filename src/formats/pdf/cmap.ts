import { openLexer, readValue } from './lexer.ts';
import { isKind, type Value } from './values.ts';

/** A character map (ISO 32000-1 §9.7.5, §9.10.3): how the bytes of a string fall into codes, and what the codes mean. */
export interface CMap {
  /** Sizes in bytes of codes and the ranges they lie in; empty where the map says nothing. */
  readonly spaces: readonly { readonly size: number; readonly low: number; readonly high: number }[];
  /** Characters by code (ToUnicode). */
  readonly texts: ReadonlyMap<number, string>;
  /** Numbers of glyphs (CIDs) by ranges of codes, in their order. */
  readonly cids: readonly { readonly low: number; readonly high: number; readonly cid: number }[];
}

/** No font has more glyphs; a map with more is not read further. */
const MAX_CODES = 70_000;
const MAX_OPERATORS = 1_000_000;

/** Reads a map. What is no map gives an empty one. */
export function readCMap(bytes: Buffer): CMap {
  const spaces: { size: number; low: number; high: number }[] = [];
  const texts = new Map<number, string>();
  const cids: { low: number; high: number; cid: number }[] = [];
  const lexer = openLexer(bytes);
  let operands: Value[] = [];
  for (let step = 0; step < MAX_OPERATORS && texts.size < MAX_CODES && cids.length < MAX_CODES; step++) {
    const value = readValue(lexer, false);
    if (value === undefined) break;
    if (!isKind(value, 'operator')) {
      operands.push(value);
      continue;
    }
    if (value.name === 'endcodespacerange') {
      for (let at = 0; at + 1 < operands.length; at += 2) {
        const [low, high] = [operands[at], operands[at + 1]];
        if (isKind(low, 'text') && isKind(high, 'text'))
          spaces.push({ size: low.bytes.length, low: codeOf(low), high: codeOf(high) });
      }
    } else if (value.name === 'endbfchar') {
      for (let at = 0; at + 1 < operands.length; at += 2) texts.set(codeOf(operands[at]), unicodeOf(operands[at + 1], 0));
    } else if (value.name === 'endbfrange') addRanges(texts, operands);
    else if (value.name === 'endcidrange' || value.name === 'endcidchar') addCids(cids, operands, value.name === 'endcidchar');
    operands = [];
  }
  return { spaces, texts, cids: cids.sort((a, b) => a.low - b.low) };
}

function codeOf(value: Value | undefined): number {
  if (!isKind(value, 'text')) return -1;
  let code = 0;
  for (const byte of value.bytes.subarray(0, 4)) code = code * 256 + byte;
  return code;
}

/** UTF-16BE, its last unit counted up. */
function unicodeOf(value: Value | undefined, add: number): string {
  if (!isKind(value, 'text')) return '';
  const { bytes } = value;
  if (bytes.length === 1) return String.fromCharCode((bytes[0] ?? 0) + add);
  const units: number[] = [];
  for (let at = 0; at + 1 < Math.min(bytes.length, 64); at += 2) units.push(bytes.readUInt16BE(at));
  const last = units.length - 1;
  if (last >= 0) units[last] = (units[last] ?? 0) + add;
  return String.fromCharCode(...units);
}

function addRanges(texts: Map<number, string>, operands: readonly Value[]): void {
  for (let at = 0; at + 2 < operands.length; at += 3) {
    const [low, high, target] = [codeOf(operands[at]), codeOf(operands[at + 1]), operands[at + 2]];
    if (low < 0) continue;
    for (let code = low; code <= high && texts.size < MAX_CODES; code++) {
      texts.set(code, isKind(target, 'list') ? unicodeOf(target.items[code - low], 0) : unicodeOf(target, code - low));
      if (code - low > 0xffff) break;
    }
  }
}

function addCids(cids: { low: number; high: number; cid: number }[], operands: readonly Value[], single: boolean): void {
  const width = single ? 2 : 3;
  for (let at = 0; at + width - 1 < operands.length; at += width) {
    const low = codeOf(operands[at]);
    const cid = operands[at + width - 1];
    if (low >= 0 && typeof cid === 'number') cids.push({ low, high: single ? low : codeOf(operands[at + 1]), cid });
  }
}

/** Cuts a string into codes by a map's ranges; `size` bytes each where it has none. */
export function codesOf(bytes: Buffer, { spaces }: Pick<CMap, 'spaces'>, size: number): number[] {
  const codes: number[] = [];
  const usable = spaces.filter((space) => space.size > 0 && space.size <= 4);
  const [only] = usable;
  const fixed = usable.every((space) => space.size === only?.size);
  for (let at = 0; at < bytes.length; ) {
    let taken = fixed ? (only?.size ?? size) : 0;
    let code = 0;
    if (taken === 0) {
      for (let length = 1; length <= 4 && taken === 0; length++) {
        code = code * 256 + (bytes[at + length - 1] ?? 0);
        if (usable.some((space) => space.size === length && code >= space.low && code <= space.high)) taken = length;
      }
      if (taken === 0) taken = Math.min(...usable.map((space) => space.size));
    }
    code = 0;
    for (let byte = 0; byte < taken; byte++) code = code * 256 + (bytes[at + byte] ?? 0);
    codes.push(code);
    at += taken;
  }
  return codes;
}
