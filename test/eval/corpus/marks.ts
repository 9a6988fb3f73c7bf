import type { Label, Meaning } from './label.ts';

/**
 * Text that knows which parts of it are identifiers: a mark is a private-use character pair around the value, so templates, escaping
 * and joining leave it where it is. Bytes and spans are made at the end, in one place, whatever the character set.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
/** The number of a mark in two digits of base 4096, out of the way of the two above. */
const DIGITS = 0xe100;
const BASE = 0x1000;
const MARK = /\uE000..|\uE001/gsu;

export type Encoder = (text: string) => Uint8Array;

export const utf8: Encoder = (text) => Buffer.from(text, 'utf8');
export const latin1: Encoder = (text) => Buffer.from(text, 'latin1');
export const utf16: Encoder = (text) => Buffer.from(text, 'utf16le');

/** A value without contiguous bytes, as it will be labelled. */
export type Hidden = Pick<Label, 'path' | 'text'> & Meaning;

/** The marks of one file. */
export interface Sheet {
  /** Marks a value; an empty one stays empty. */
  mark(text: string, meaning: Meaning): string;
  meaning(number: number): Meaning;
  /** Labels of documents that lie encoded in this one. */
  readonly hidden: Hidden[];
}

export function createSheet(): Sheet {
  const meanings: Meaning[] = [];
  return {
    hidden: [],
    mark(text, meaning) {
      if (text === '') return '';
      const number = meanings.push(meaning) - 1;
      const digits = String.fromCharCode(DIGITS + Math.floor(number / BASE), DIGITS + (number % BASE));
      return `${OPEN}${digits}${text}${CLOSE}`;
    },
    meaning(number) {
      const meaning = meanings[number];
      if (meaning === undefined) throw new RangeError(`the sheet has no mark ${number}`);
      return meaning;
    },
  };
}

/** The text without its marks. */
export function plain(marked: string): string {
  return marked.replace(MARK, '');
}

/** Applies `change` to what is between marks, inside them and out. */
export function mapText(marked: string, change: (text: string) => string): string {
  let out = '';
  let from = 0;
  for (const match of marked.matchAll(MARK)) {
    out += change(marked.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + change(marked.slice(from));
}

/** One marked value with its bytes. */
export interface Placed {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function numberOf(mark: string): number {
  return (mark.charCodeAt(1) - DIGITS) * BASE + mark.charCodeAt(2) - DIGITS;
}

/** Numbers of the marks that open in a text. */
export function numbersIn(marked: string): number[] {
  return [...marked.matchAll(MARK)].filter(([mark]) => mark !== CLOSE).map(([mark]) => numberOf(mark));
}

/** Bytes of a marked text, and where its values lie in them. Marks may nest. Throws RangeError for a mark that is not closed. */
export function encode(marked: string, encoder: Encoder): { bytes: Uint8Array; placed: Placed[] } {
  const pieces: Uint8Array[] = [];
  const placed: Placed[] = [];
  const open: { number: number; start: number; text: string }[] = [];
  let size = 0;
  let from = 0;
  const take = (text: string): void => {
    const bytes = encoder(text);
    pieces.push(bytes);
    size += bytes.length;
    for (const each of open) each.text += text;
  };
  for (const match of marked.matchAll(MARK)) {
    take(marked.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[0] === CLOSE) {
      const last = open.pop();
      if (last === undefined) throw new RangeError('a mark closes that was not opened');
      placed.push({ number: last.number, start: last.start, end: size, text: last.text });
      continue;
    }
    open.push({ number: numberOf(match[0]), start: size, text: '' });
  }
  take(marked.slice(from));
  if (open.length > 0) throw new RangeError('a mark is not closed');
  return { bytes: Buffer.concat(pieces), placed };
}

/** Labels of a file whose bytes are the encoded text; `paths` by number of the mark, where the generator knows them. */
export function labelsOf(
  file: string,
  sheet: Sheet,
  placed: readonly Placed[],
  paths: ReadonlyMap<number, string> = new Map(),
): Label[] {
  const seen = placed.map(({ number, start, end, text }) => ({
    ...sheet.meaning(number),
    file,
    start,
    end,
    path: paths.get(number) ?? '',
    text,
  }));
  return [...seen, ...sheet.hidden.map((each) => ({ ...each, file, start: null, end: null }))];
}

/** Moves what is marked in an inner document to `hidden`: its bytes are about to be encoded. Path: the outer value's, where known. */
export function hide(sheet: Sheet, marked: string, path: string): string {
  for (const { number, text } of encode(marked, utf8).placed) {
    sheet.hidden.push({ ...sheet.meaning(number), kind: 'embedded', path, text });
  }
  return plain(marked);
}
