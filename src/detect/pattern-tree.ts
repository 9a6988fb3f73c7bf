import { type Cursor, isBackReference, takeAtom, takeOpening, takeQuantifier } from './pattern-syntax.ts';
import { ALL, EDGE, HIGH, has, NO_SYMBOL, SYMBOL_OF, type SymbolSet, setOf, TRAIL, unionOf } from './symbols.ts';

/** A regular expression, as far as the symbols that it matches tell (symbols.ts). */
export type Tree =
  | { readonly kind: 'one'; readonly of: SymbolSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'either'; readonly among: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number }
  | Around
  /** Any text. */
  | { readonly kind: 'any' };

/** Takes no characters: the symbols that may stand before it and behind it, and the text that stands before it or comes next; null where that is not told. */
export interface Around {
  readonly kind: 'around';
  readonly before: SymbolSet;
  readonly ahead: SymbolSet;
  readonly behind: Tree | null;
  readonly coming: Tree | null;
}

interface Reader extends Cursor {
  readonly flags: 'u' | 'iu';
}

/** Reads a regular expression of JavaScript (flag `u`) that compiles. Null where it holds what this reader does not know: flags in groups. */
export function treeOf(source: string, ignoreCase: boolean): Tree | null {
  const reader: Reader = { source, at: 0, flags: ignoreCase ? 'iu' : 'u' };
  const tree = readAlternatives(reader);
  return reader.at < source.length ? null : tree;
}

const NOTHING: Around = { kind: 'around', before: ALL, ahead: ALL, behind: null, coming: null };
const BEGINNING: Around = { ...NOTHING, before: setOf([EDGE]) };
const END: Around = { ...NOTHING, ahead: setOf([EDGE]) };
const SECOND_HALF: SymbolSet = setOf([TRAIL]);

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
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'sequence', parts };
}

function readAtom(reader: Reader): Tree | null {
  const head = reader.source[reader.at];
  if (head === '(') return readGroup(reader);
  if (head === '^' || head === '$') {
    reader.at++;
    return head === '^' ? BEGINNING : END;
  }
  const text = takeAtom(reader);
  if (text === undefined) return null;
  if (text === '\\b' || text === '\\B') return NOTHING;
  return isBackReference(text) ? { kind: 'any' } : { kind: 'one', of: setOfAtom(text, reader.flags) };
}

function readGroup(reader: Reader): Tree | null {
  const opening = takeOpening(reader);
  if (opening === null) return null;
  const from = reader.at;
  const inner = readAlternatives(reader);
  if (inner === null || reader.source[reader.at] !== ')') return null;
  const content = reader.source.slice(from, reader.at);
  reader.at++;
  switch (opening) {
    case '(?=':
      return { ...NOTHING, ahead: firstOf(inner) ?? ALL, coming: inner };
    case '(?<=':
      return { ...NOTHING, before: lastOf(inner) ?? ALL, behind: inner };
    case '(?!':
      return { ...NOTHING, ahead: allowed(content, reader.flags) };
    case '(?<!':
      return { ...NOTHING, before: allowed(content, reader.flags) };
    default:
      return inner;
  }
}

/** The symbols that whatever `tree` matches begins with; null where it may match without taking a character, so that anything may come. */
function firstOf(tree: Tree): SymbolSet | null {
  return edgeOf(
    tree,
    (of) => of,
    ({ ahead }) => (isEnd(ahead) ? ahead : null),
    (parts) => parts,
  );
}

/** The symbols that whatever `tree` matches ends in; null where it may match without taking a character, so that anything may stand before. */
function lastOf(tree: Tree): SymbolSet | null {
  // A character outside the first plane ends in its second half.
  return edgeOf(
    tree,
    (of) => (has(of, HIGH) ? unionOf(of, SECOND_HALF) : of),
    ({ before }) => (isEnd(before) ? before : null),
    (parts) => parts.toReversed(),
  );
}

function isEnd([low, high]: SymbolSet): boolean {
  const [, end] = END.ahead;
  return low === 0 && high === end;
}

function edgeOf(
  tree: Tree,
  taken: (of: SymbolSet) => SymbolSet,
  around: (at: Around) => SymbolSet | null,
  inOrder: (parts: readonly Tree[]) => readonly Tree[],
): SymbolSet | null {
  const edge = (of: Tree): SymbolSet | null => edgeOf(of, taken, around, inOrder);
  switch (tree.kind) {
    case 'one':
      return taken(tree.of);
    case 'any':
      return null;
    case 'around':
      return around(tree);
    case 'repeat':
      return tree.least === 0 ? null : edge(tree.part);
    case 'either': {
      let all = NO_SYMBOL;
      for (const one of tree.among) {
        const found = edge(one);
        if (found === null) return null;
        all = unionOf(all, found);
      }
      return all;
    }
    case 'sequence': {
      let all = NO_SYMBOL;
      for (const part of inOrder(tree.parts)) {
        const found = edge(part);
        if (found !== null) return unionOf(all, found);
        // It may be left out: what it begins with, or what comes behind it.
        const left = part.kind === 'repeat' ? edge(part.part) : part.kind === 'around' ? NO_SYMBOL : null;
        if (left === null) return null;
        all = unionOf(all, left);
      }
      return null;
    }
  }
}

/** What hangs on more than the character that is looked at: anchors, boundaries, looks around, and what a group held before. */
const HANGS_ON_MORE = /[$^]|\\[bB1-9k]|\(\?<?[=!]/;

/** The symbols that a negative look around lets stand beside a match: not those whose characters it forbids, one and all, whatever comes next. */
function allowed(content: string, flags: string): SymbolSet {
  if (HANGS_ON_MORE.test(content.replace(/\[\^?(?:\\[\s\S]|[^\]\\])*\]|\\[^bB1-9k]/g, ''))) return ALL;
  const key = `${flags} !${content}`;
  const known = met.get(key);
  if (known !== undefined) return known;
  const one = new RegExp(`^(?:${content})$`, flags);
  const may = [HIGH, TRAIL, EDGE];
  for (let code = 0; code < 128; code++) if (!one.test(String.fromCharCode(code))) may.push(SYMBOL_OF[code] ?? 0);
  const of = setOf(may);
  met.set(key, of);
  return of;
}

/** Atoms come again by the hundred, in the patterns of all packs. */
const met = new Map<string, SymbolSet>();

/** A character, class or escape: what of ASCII it matches is tried, and of what lies outside it is taken to match something unless it plainly can't. */
function setOfAtom(text: string, flags: 'u' | 'iu'): SymbolSet {
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
