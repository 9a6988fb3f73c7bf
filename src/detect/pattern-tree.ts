import { type Cursor, isBackReference, takeAtom, takeOpening, takeQuantifier } from './pattern-syntax.ts';
import { EDGE, HIGH, SYMBOL_OF, TRAIL } from './text-starts.ts';

/** Symbols (text-starts.ts): bits 0 to 31, and 32 to 63. */
export type SymbolSet = readonly [low: number, high: number];

/** A regular expression, as far as the symbols that it matches tell. */
export type Tree =
  | { readonly kind: 'one'; readonly of: SymbolSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'either'; readonly among: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number }
  /** Takes no characters: the symbols that may stand before it, and what has to come next; null where that is not told. */
  | { readonly kind: 'around'; readonly before: SymbolSet; readonly ahead: Tree | null }
  /** Any text. */
  | { readonly kind: 'any' };

interface Reader extends Cursor {
  readonly flags: 'u' | 'iu';
}

/** Reads a regular expression of JavaScript (flag `u`) that compiles. Null where it holds what this reader does not know: flags in groups. */
export function treeOf(source: string, ignoreCase: boolean): Tree | null {
  const reader: Reader = { source, at: 0, flags: ignoreCase ? 'iu' : 'u' };
  const tree = readAlternatives(reader);
  return reader.at < source.length ? null : tree;
}

export const ALL: SymbolSet = [-1, -1];
type Around = Extract<Tree, { kind: 'around' }>;
const NOTHING: Around = { kind: 'around', before: ALL, ahead: null };
const BEGINNING = { kind: 'around', before: setOf([EDGE]), ahead: null } satisfies Around;
/** Of a character outside the first plane. */
export const SECOND_HALF: SymbolSet = setOf([TRAIL]);

function setOf(symbols: readonly number[]): SymbolSet {
  const set: [number, number] = [0, 0];
  for (const symbol of symbols) set[symbol < 32 ? 0 : 1] |= 1 << (symbol & 31);
  return set;
}

export function has(set: SymbolSet, symbol: number): boolean {
  return (set[symbol < 32 ? 0 : 1] & (1 << (symbol & 31))) !== 0;
}

export function unionOf(one: SymbolSet, other: SymbolSet): SymbolSet {
  return [one[0] | other[0], one[1] | other[1]];
}

export function commonOf(one: SymbolSet, other: SymbolSet): SymbolSet {
  return [one[0] & other[0], one[1] & other[1]];
}

function readAlternatives(reader: Reader): Tree | null {
  const among: Tree[] = [];
  for (;;) {
    const one = readSequence(reader);
    if (one === null) return null;
    among.push(one);
    if (reader.source[reader.at] !== '|') return among.length === 1 ? one : { kind: 'either', among };
    reader.at++;
  }
}

function readSequence(reader: Reader): Tree | null {
  const parts: Tree[] = [];
  while (reader.at < reader.source.length && reader.source[reader.at] !== '|' && reader.source[reader.at] !== ')') {
    const part = readAtom(reader);
    if (part === null) return null;
    const { least, most } = takeQuantifier(reader);
    parts.push(least === 1 && most === 1 ? part : { kind: 'repeat', part, least, most });
  }
  return { kind: 'sequence', parts };
}

function readAtom(reader: Reader): Tree | null {
  const head = reader.source[reader.at];
  if (head === '(') return readGroup(reader);
  if (head === '^' || head === '$') {
    reader.at++;
    return head === '^' ? BEGINNING : NOTHING;
  }
  const text = takeAtom(reader);
  if (text === undefined) return null;
  if (text === '\\b' || text === '\\B') return NOTHING;
  return isBackReference(text) ? { kind: 'any' } : { kind: 'one', of: symbolsOf(text, reader.flags) };
}

function readGroup(reader: Reader): Tree | null {
  const opening = takeOpening(reader);
  if (opening === null) return null;
  const from = reader.at;
  const inner = readAlternatives(reader);
  if (inner === null || reader.source[reader.at] !== ')') return null;
  const content = reader.source.slice(from, reader.at);
  reader.at++;
  if (opening === '(?=') return { ...NOTHING, ahead: inner };
  if (opening === '(?<=') return { ...NOTHING, before: lastOf(inner) ?? ALL };
  if (opening === '(?<!') return { ...NOTHING, before: allowed(content, reader.flags) };
  if (opening === '(?!') return { ...NOTHING, ahead: { kind: 'one', of: allowed(content, reader.flags) } };
  return inner;
}

/** The symbols that whatever `tree` matches ends in; null where it may match without taking a character, so that anything may stand before. */
function lastOf(tree: Tree): SymbolSet | null {
  switch (tree.kind) {
    case 'one':
      // A character outside the first plane ends in its second half.
      return has(tree.of, HIGH) ? unionOf(tree.of, SECOND_HALF) : tree.of;
    case 'any':
      return null;
    case 'around':
      return tree.before === BEGINNING.before ? tree.before : null;
    case 'repeat':
      return tree.least === 0 ? null : lastOf(tree.part);
    case 'either': {
      let all: SymbolSet = [0, 0];
      for (const one of tree.among) {
        const last = lastOf(one);
        if (last === null) return null;
        all = unionOf(all, last);
      }
      return all;
    }
    case 'sequence':
      return lastOfSequence(tree.parts);
  }
}

function lastOfSequence(parts: readonly Tree[]): SymbolSet | null {
  let all: SymbolSet = [0, 0];
  for (const part of parts.toReversed()) {
    const last = lastOf(part);
    if (last !== null) return unionOf(all, last);
    // It may be left out: what it ends in, or what stands before it.
    const taken = part.kind === 'repeat' ? lastOf(part.part) : part.kind === 'around' ? ([0, 0] as const) : null;
    if (taken === null) return null;
    all = unionOf(all, taken);
  }
  return null;
}

/** What hangs on more than the character that is looked at: anchors, boundaries, looks around, and what a group held before. */
const HANGS_ON_MORE = /[$^]|\\[bB1-9k]|\(\?<?[=!]/;

/** The symbols that a negative look around lets stand beside a match: not those whose characters it forbids, one and all, whatever comes next. */
function allowed(content: string, flags: string): SymbolSet {
  if (HANGS_ON_MORE.test(content.replace(/\[\^?(?:\\[\s\S]|[^\]\\])*\]|\\[^bB1-9k]/g, ''))) return ALL;
  const one = new RegExp(`^(?:${content})$`, flags);
  const may = [HIGH, TRAIL, EDGE];
  for (let code = 0; code < 128; code++) if (!one.test(String.fromCharCode(code))) may.push(SYMBOL_OF[code] ?? 0);
  return setOf(may);
}

/** Atoms come again by the hundred, in the patterns of all packs. */
const met = new Map<string, SymbolSet>();

/** A character, class or escape: what of ASCII it matches is tried, and of what lies outside it is taken to match something unless it plainly can't. */
function symbolsOf(text: string, flags: 'u' | 'iu'): SymbolSet {
  const key = `${flags} ${text}`;
  const known = met.get(key);
  if (known !== undefined) return known;
  const one = new RegExp(`^${text}$`, flags);
  const symbols = isAscii(text, flags) ? [] : [HIGH];
  for (let code = 0; code < 128; code++) if (one.test(String.fromCharCode(code))) symbols.push(SYMBOL_OF[code] ?? 0);
  const of = setOf(symbols);
  met.set(key, of);
  return of;
}

/** Characters as they stand, and classes of such. Where case does not count ſ and the sign of the kelvin are letters of ASCII, and a range may hold them. */
function isAscii(text: string, flags: string): boolean {
  if (flags.includes('i') && (/[ks]/i.test(text) || (text.startsWith('[') && text.includes('-')))) return false;
  return /^(?:\[(?!\^)(?:\\[^pPsSwWDuxc]|[^\\\u0080-\u{10ffff}])+\]|\\[^pPsSwWDBuxc]|[^.\\[\u0080-\u{10ffff}])$/u.test(text);
}
