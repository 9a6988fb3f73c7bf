import { decrypted, decryptionOf } from './encryption.ts';
import { FILTERS, type Filtered, unLzw, unpredict } from './filters.ts';
import { isSpace, openLexer, readValue, skipSpace } from './lexer.ts';
import { type Dict, EMPTY_DICT, isKind, nameOf, numberOf, type Stream, type Value } from './values.ts';

/** What reading a file may still cost. */
export interface Work {
  /** Bytes that may still come of filters. */
  readonly purse: { bytes: number };
  /** Operators, glyphs and objects that may still be looked at. */
  steps: number;
  /** Whether something was left out for want of the above. */
  isShort: boolean;
}

/** An indirect object, and where it stands in the file (that of its object stream, where it is in one). */
export interface Defined {
  readonly id: number;
  readonly at: number;
  readonly value: Value;
}

export interface PdfFile {
  readonly bytes: Buffer;
  /** Of objects that are defined more than once, the last. */
  readonly objects: ReadonlyMap<number, Defined>;
  /** The entries of all trailers, later ones over earlier ones. */
  readonly trailer: Dict;
  /** Encrypted, and a password is needed. */
  readonly isLocked: boolean;
  readonly work: Work;
  /** Decoded streams by where they begin. */
  readonly decoded: Map<number, Buffer>;
}

const MAX_OBJECTS = 500_000;
/** A stream may become so many times as long; what compresses better is a bomb or a blank page. */
const MAX_RATIO = 200;
const RATIO_FREE = 1024 * 1024;
/** Streams are decoded again rather than kept past that. */
const KEPT = 8 * 1024 * 1024;
const MAX_FILTERS = 8;
/** A key is made for every string, however short: as much work as so many steps. */
const DECRYPT_COST = 50;
const OBJ = Buffer.from('obj');
const ENDSTREAM = Buffer.from('endstream');

/**
 * Opens a file by looking for its objects, and not by its cross-reference table: a table may be damaged, and what it leaves out (earlier
 * revisions, deleted objects) is in the bytes all the same.
 */
export function openPdf(bytes: Buffer, work: Work): PdfFile {
  const objects = new Map<number, Defined>();
  const streams: Defined[] = [];
  let trailer = new Map<string, Value>();
  const lengths = wholeNumbers(bytes);
  for (let at = bytes.indexOf(OBJ); at >= 0; ) {
    const id = objectNumber(bytes, at);
    if (id < 0 || objects.size >= MAX_OBJECTS || work.steps-- <= 0) {
      at = bytes.indexOf(OBJ, at + 3);
      continue;
    }
    const { value, end } = readObject(bytes, at + 3, lengths);
    const defined = { id, at, value };
    objects.set(id, defined);
    if (isKind(value, 'stream')) {
      streams.push(defined);
      if (nameOf(value.dict.entries.get('Type')) === 'XRef') trailer = new Map([...trailer, ...value.dict.entries]);
    }
    at = bytes.indexOf(OBJ, end);
  }
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 7)) {
    const value = readValue(openLexer(bytes, at + 7), true);
    if (isKind(value, 'dict')) trailer = new Map([...trailer, ...value.entries]);
  }
  const isLocked = trailer.has('Encrypt') && !unlock(objects, streams, trailer, work);
  const file: PdfFile = { bytes, objects, trailer: { kind: 'dict', entries: trailer }, isLocked, work, decoded: new Map() };
  // Nothing in a file that needs a password can be unpacked.
  if (!isLocked) for (const stream of streams) unpackObjects(file, stream, objects);
  return file;
}

/** Decrypts the objects of a file that needs no password; false where it needs one. */
function unlock(objects: Map<number, Defined>, streams: Defined[], trailer: ReadonlyMap<string, Value>, work: Work): boolean {
  const given = trailer.get('Encrypt');
  const lock = isKind(given, 'ref') ? objects.get(given.id)?.value : given;
  const ids = trailer.get('ID');
  const first = isKind(ids, 'list') ? ids.items[0] : undefined;
  const decrypt = isKind(lock, 'dict') ? decryptionOf(lock, isKind(first, 'text') ? first.bytes : Buffer.alloc(0)) : null;
  if (decrypt === null) return false;
  const paid = (bytes: Buffer, id: number): Buffer => {
    work.steps -= DECRYPT_COST;
    if (work.steps >= 0) return decrypt(bytes, id);
    work.isShort = true;
    return Buffer.alloc(0);
  };
  const open = (defined: Defined): Defined => ({ ...defined, value: decrypted(defined.value, defined.id, paid) });
  for (const [id, defined] of objects) if (defined.value !== lock) objects.set(id, open(defined));
  streams.splice(0, streams.length, ...streams.map(open));
  return true;
}

/** The number before ` 0 obj`; -1 where `obj` is none. */
function objectNumber(bytes: Buffer, at: number): number {
  const [afterGeneration, generation] = digitsBefore(bytes, at);
  if (generation < 0) return -1;
  const [, id] = digitsBefore(bytes, afterGeneration);
  return id;
}

/** Where the digits begin that stand before `at`, white space between, and their value; -1 where there are none. */
function digitsBefore(bytes: Buffer, at: number): [number, number] {
  let end = at;
  while (end > 0 && isSpace(bytes[end - 1])) end--;
  let start = end;
  while (start > 0 && end - start < 10 && (bytes[start - 1] ?? 0) >= 0x30 && (bytes[start - 1] ?? 0) <= 0x39) start--;
  return start === end || end === at ? [at, -1] : [start, Number(bytes.toString('latin1', start, end))];
}

function readObject(bytes: Buffer, at: number, lengths: ReadonlyMap<number, number>): { value: Value; end: number } {
  const lexer = openLexer(bytes, at);
  const value = readValue(lexer, true) ?? null;
  if (!isKind(value, 'dict')) return { value: isKind(value, 'operator') ? null : value, end: Math.max(lexer.at, at) };
  skipSpace(lexer);
  if (bytes.toString('latin1', lexer.at, lexer.at + 6) !== 'stream') return { value, end: lexer.at };
  let from = lexer.at + 6;
  if (bytes[from] === 13) from++;
  if (bytes[from] === 10) from++;
  const to = streamEnd(bytes, from, value, lengths);
  return { value: { kind: 'stream', dict: value, from, to }, end: to };
}

/** By its length where the stream ends there, else by the word that ends it. */
function streamEnd(bytes: Buffer, from: number, { entries }: Dict, lengths: ReadonlyMap<number, number>): number {
  const given = entries.get('Length');
  const length = isKind(given, 'ref') ? (lengths.get(given.id) ?? -1) : numberOf(given, -1);
  const stated = from + length;
  if (length >= 0 && stated <= bytes.length) {
    let at = stated;
    while (at < stated + 4 && isSpace(bytes[at])) at++;
    if (bytes.subarray(at, at + ENDSTREAM.length).equals(ENDSTREAM)) return stated;
  }
  const end = bytes.indexOf(ENDSTREAM, from);
  if (end < 0) return bytes.length;
  if (bytes[end - 1] === 10) return bytes[end - 2] === 13 ? end - 2 : end - 1;
  return bytes[end - 1] === 13 ? end - 1 : end;
}

/** Objects that are a whole number: lengths of streams are often written so, and may come after them. */
function wholeNumbers(bytes: Buffer): Map<number, number> {
  const found = new Map<number, number>();
  for (let at = bytes.indexOf(OBJ); at >= 0; at = bytes.indexOf(OBJ, at + 3)) {
    const number = /^\s{1,4}(\d{1,10})\s{1,4}endobj/.exec(bytes.toString('latin1', at + 3, at + 32))?.[1];
    const id = number === undefined ? -1 : objectNumber(bytes, at);
    if (id >= 0) found.set(id, Number(number));
  }
  return found;
}

/** The objects of an object stream (§7.5.7). What the file defines after it goes before. */
function unpackObjects(file: PdfFile, { at, value }: Defined, objects: Map<number, Defined>): void {
  if (!isKind(value, 'stream') || nameOf(value.dict.entries.get('Type')) !== 'ObjStm') return;
  const bytes = decodeStream(file, value);
  const first = numberOf(value.dict.entries.get('First'));
  const count = Math.min(numberOf(value.dict.entries.get('N')), MAX_OBJECTS);
  const header = openLexer(bytes, 0, Math.min(first, bytes.length));
  for (let index = 0; index < count && file.work.steps-- > 0; index++) {
    const id = readValue(header, false);
    const offset = readValue(header, false);
    if (typeof id !== 'number' || typeof offset !== 'number') return;
    const known = objects.get(id);
    if ((known !== undefined && known.at > at) || objects.size >= MAX_OBJECTS) continue;
    objects.set(id, { id, at, value: readValue(openLexer(bytes, first + offset), true) ?? null });
  }
}

/** What a reference leads to; anything else is itself. */
export function resolve({ objects }: PdfFile, value: Value | undefined): Value {
  let found = value ?? null;
  for (let step = 0; step < 16 && isKind(found, 'ref'); step++) found = objects.get(found.id)?.value ?? null;
  return isKind(found, 'ref') ? null : found;
}

export function get(file: PdfFile, dict: Dict, key: string): Value {
  return resolve(file, dict.entries.get(key));
}

/** A dictionary, or that of a stream; empty where the value is neither. */
export function dictOf(file: PdfFile, value: Value | undefined): Dict {
  const found = resolve(file, value);
  if (isKind(found, 'dict')) return found;
  return isKind(found, 'stream') ? found.dict : EMPTY_DICT;
}

export function listOf(file: PdfFile, value: Value | undefined): readonly Value[] {
  const found = resolve(file, value);
  return isKind(found, 'list') ? found.items : [];
}

/** Names of the filters that make pictures: what they give is no text. */
const PICTURES = new Set(['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode']);

export function filterNames(file: PdfFile, dict: Dict): string[] {
  const given = resolve(file, dict.entries.get('Filter') ?? dict.entries.get('F'));
  if (isKind(given, 'list')) return given.items.map((item) => nameOf(resolve(file, item)));
  return isKind(given, 'name') ? [given.name] : [];
}

/** A stream's bytes without its filters; what a damaged one still gives. Empty for pictures and for filters that nobody knows. */
export function decodeStream(file: PdfFile, stream: Stream): Buffer {
  const known = file.decoded.get(stream.from);
  if (known !== undefined) return known;
  const { work } = file;
  const stored = file.bytes.subarray(stream.from, stream.to);
  const raw = stream.decrypt === undefined ? stored : stream.decrypt(stored);
  const names = filterNames(file, stream.dict);
  const parameters = resolve(file, stream.dict.entries.get('DecodeParms') ?? stream.dict.entries.get('DP'));
  let bytes = raw;
  for (const [index, name] of names.slice(0, MAX_FILTERS).entries()) {
    if (name === 'Crypt') continue;
    if (PICTURES.has(name)) return Buffer.alloc(0);
    const own = dictOf(
      file,
      isKind(parameters, 'list') ? parameters.items[index] : index === 0 || names.length === 1 ? parameters : undefined,
    );
    const cap = Math.min(work.purse.bytes, Math.max(RATIO_FREE, bytes.length * MAX_RATIO));
    const made = applyFilter(file, name, bytes, cap, own);
    if (made === null) return Buffer.alloc(0);
    if (made.outcome === 'cap') work.isShort = true;
    work.purse.bytes -= made.bytes.length;
    bytes = unpredicted(file, made.bytes, own);
  }
  if (bytes.length <= KEPT) file.decoded.set(stream.from, bytes);
  return bytes;
}

function applyFilter(file: PdfFile, name: string, bytes: Buffer, cap: number, parameters: Dict): Filtered | null {
  if (name === 'LZWDecode' || name === 'LZW') return unLzw(bytes, cap, numberOf(get(file, parameters, 'EarlyChange'), 1) !== 0);
  return FILTERS.get(name)?.(bytes, cap) ?? null;
}

function unpredicted(file: PdfFile, bytes: Buffer, parameters: Dict): Buffer {
  const of = (key: string, otherwise: number): number => numberOf(get(file, parameters, key), otherwise);
  const predictor = of('Predictor', 1);
  if (predictor < 2) return bytes;
  return unpredict(bytes, { predictor, colors: of('Colors', 1), bits: of('BitsPerComponent', 8), columns: of('Columns', 1) });
}
