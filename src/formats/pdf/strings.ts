import { dictOf, get, type PdfFile, resolve } from './file.ts';
import { textOf } from './text-string.ts';
import { type Dict, isKind, nameOf, type Value } from './values.ts';

/** Text that a file's objects say beside its pages. */
export interface Said {
  /** `info.Title`, `field`, `annotation`, `outline`, `object`. */
  readonly place: string;
  readonly text: string;
}

const MAX_DEPTH = 32;
/** Shorter strings identify nobody. */
const MIN_LENGTH = 3;
/** Entries of document information by the standard (§14.3.3); their names are no data, as those that somebody makes up may be. */
const INFO = new Set(['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer']);
/** Entries whose strings are keys, times, names of character collections, and what signs or encrypts. */
const TECHNICAL = new Set([
  'ID',
  'O',
  'U',
  'OE',
  'UE',
  'Perms',
  'CharSet',
  'Registry',
  'Ordering',
  'CreationDate',
  'ModDate',
  'M',
  'Lang',
  'DA',
  'DS',
  'Cert',
  'ByteRange',
  'CheckSum',
  'OutputConditionIdentifier',
  'RegistryName',
  'IRT',
  'NM',
  'IDTree',
  'Lookup',
]);

/** Every string of every object that reads as text, with what it is part of. */
export function* stringsOf(file: PdfFile): Generator<Said> {
  const info = resolve(file, file.trailer.entries.get('Info'));
  if (isKind(info, 'dict')) yield* infoOf(file, info);
  // A string that is an object of its own is told with what refers to it, if anything does.
  const all = [...file.objects.values()].sort((a, b) => Number(isKind(a.value, 'text')) - Number(isKind(b.value, 'text')));
  for (const { value } of all) {
    if (file.work.steps-- <= 0) {
      file.work.isShort = true;
      return;
    }
    const dict = isKind(value, 'stream') ? value.dict : value;
    if (value === info) continue;
    if (isKind(dict, 'dict')) yield* dictStrings(file, dict, placeOf(file, dict), 0);
    else yield* valueStrings(file, dict, 'object', 0);
  }
}

function* infoOf(file: PdfFile, info: Dict): Generator<Said> {
  for (const [key, value] of info.entries) {
    if (TECHNICAL.has(key)) continue;
    for (const { text } of valueStrings(file, resolve(file, value), '', 0))
      yield { place: INFO.has(key) ? `info.${key}` : 'info.other', text };
  }
}

function placeOf(file: PdfFile, { entries }: Dict): string {
  if (entries.has('FT') || (entries.has('T') && (entries.has('V') || entries.has('Kids')) && !entries.has('S'))) return 'field';
  if (entries.has('Rect') && nameOf(resolve(file, entries.get('Subtype'))) !== '') return 'annotation';
  if (entries.has('Title') && ['Parent', 'Next', 'Prev', 'Dest', 'A'].some((key) => entries.has(key))) return 'outline';
  return 'object';
}

function* dictStrings(file: PdfFile, dict: Dict, place: string, depth: number): Generator<Said> {
  if (nameOf(dict.entries.get('Type')) === 'Sig') return;
  for (const [key, value] of dict.entries) {
    if (TECHNICAL.has(key)) continue;
    // What a field asks for stands before what was filled in: it says what that is.
    const label = place === 'field' && key === 'V' ? labelOf(file, dict) : '';
    for (const { text } of valueStrings(file, isKind(value, 'ref') ? stringAt(file, value) : value, place, depth))
      yield { place, text: label === '' ? text : `${label}: ${text}` };
  }
}

function labelOf(file: PdfFile, dict: Dict): string {
  for (const key of ['TU', 'T']) {
    const value = get(file, dict, key);
    const text = isKind(value, 'text') ? textOf(value.bytes) : '';
    if (text !== '' && text.length <= 100) return text;
  }
  return '';
}

function stringAt(file: PdfFile, value: Value): Value {
  const found = resolve(file, value);
  return isKind(found, 'text') ? found : null;
}

/** Strings that are written here; what is referred to is an object of its own. */
function* valueStrings(file: PdfFile, value: Value, place: string, depth: number): Generator<Said> {
  if (depth > MAX_DEPTH) return;
  if (isKind(value, 'text')) {
    const text = textOf(value.bytes);
    if (text.length >= MIN_LENGTH && !/^D:\d{4}/.test(text)) yield { place, text };
  } else if (isKind(value, 'list')) {
    for (const item of value.items) yield* valueStrings(file, item, place, depth + 1);
  } else if (isKind(value, 'dict')) yield* dictStrings(file, value, place === 'object' ? placeOf(file, value) : place, depth + 1);
}

/** The file of an attachment (§7.11.4), with its name. */
export interface Attached {
  readonly name: string;
  readonly from: number;
  readonly value: Value;
}

/** Files that are attached to a document or to a note on a page. */
export function attachmentsOf(file: PdfFile): Attached[] {
  const found = new Map<number, Attached>();
  const add = (value: Value, name: string): void => {
    if (isKind(value, 'stream') && !found.has(value.from)) found.set(value.from, { name, from: value.from, value });
  };
  for (const { value } of file.objects.values()) {
    const dict = isKind(value, 'dict') ? value : null;
    const files = dict === null ? null : dictOf(file, dict.entries.get('EF'));
    if (dict === null || files === null) continue;
    for (const key of ['UF', 'F', 'DOS', 'Mac', 'Unix']) if (files.entries.has(key)) add(get(file, files, key), '');
  }
  for (const { value } of file.objects.values()) {
    if (isKind(value, 'stream') && nameOf(value.dict.entries.get('Type')) === 'EmbeddedFile') add(value, '');
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}
