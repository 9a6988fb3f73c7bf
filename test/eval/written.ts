import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATEGORIES, type Category, SUBJECTS, type Subject } from '../../src/core/vocabulary.ts';
import { singleByte } from './corpus/charsets.ts';
import { type CorpusFile, FORMATS, type Meaning } from './corpus/label.ts';
import { createSheet, encode, labelsOf, utf8 } from './corpus/marks.ts';

const FOLDER = fileURLToPath(new URL('./written', import.meta.url));

/** Files that may be looked at, and those that no detector is tuned on. */
export const PARTS = ['train', 'held'] as const;
export type Part = (typeof PARTS)[number];

/** The hand-written files of a part (written/README.md). Throws TypeError where a mark names what is no category or subject. */
export function* writtenFiles(part: Part): Generator<CorpusFile> {
  for (const [folder, style] of foldersOf(part)) {
    for (const name of readdirSync(folder).toSorted()) yield writtenFile(name, style, readFileSync(join(folder, name), 'utf8'));
  }
}

function foldersOf(part: Part): (readonly [folder: string, style: string])[] {
  const folder = join(FOLDER, part);
  if (part === 'held') return [[folder, part]];
  return readdirSync(folder)
    .toSorted()
    .map((style) => [join(folder, style), style] as const);
}

const MARK = /\[\[(.*?)\|\|([a-z-]+)(?:\|\|([a-z]+))?\]\]/gs;
const CHARSET = /^#charset (\S+)\n/;

/** One file of a marked text: its bytes without the marks, and where what they mark stands in them. */
export function writtenFile(name: string, style: string, written: string): CorpusFile {
  const charset = CHARSET.exec(written);
  const body = written.slice(charset?.[0].length ?? 0);
  const source = extname(name) === '.hl7' ? `${body.trim().replaceAll('\n', '\r')}\r` : body;
  const sheet = createSheet();
  const marked = source.replace(MARK, (_whole, text: string, category: string, subject = 'patient') =>
    sheet.mark(text, meaningOf(name, category, subject)),
  );
  const { bytes, placed } = encode(marked, charset === null ? utf8 : singleByte(charset[1] ?? ''));
  return { name, format: FORMATS[extname(name)] ?? 'text', style, bytes, labels: labelsOf(name, sheet, placed) };
}

/** Numbers that people tell apart differently: an NHS number is a record number to one writer and a national one to the next. */
const NUMBERS: readonly Category[] = ['mrn', 'account', 'health-plan', 'ssn', 'license', 'unique-id', 'device-id', 'vehicle'];
const ALIKE: readonly (readonly Category[])[] = [NUMBERS, ['phone', 'fax'], ['street', 'geo'], ['url', 'photo', 'mrn', 'email']];

/** Of clinicians, institutions and machines people differ over what is an identifier: these count neither way. */
const OPTIONAL: ReadonlySet<Subject> = new Set(['provider', 'facility', 'equipment']);

function meaningOf(file: string, of: string, whose: string): Meaning {
  const [category, subject] = [categoryOf(file, of), subjectOf(file, whose)];
  const also = ALIKE.flatMap((alike) => (alike.includes(category) ? alike : []));
  return { category, subject, kind: 'text', also, ...(OPTIONAL.has(subject) ? { optional: true } : {}) };
}

function categoryOf(file: string, name: string): Category {
  const found = CATEGORIES.find((category) => category === name);
  if (found === undefined) throw new TypeError(`${file}: "${name}" is no category`);
  return found;
}

function subjectOf(file: string, name: string): Subject {
  const found = SUBJECTS.find((subject) => subject === name);
  if (found === undefined) throw new TypeError(`${file}: "${name}" is no subject`);
  return found;
}
