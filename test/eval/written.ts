import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATEGORIES, type Category, SUBJECTS, type Subject } from '../../src/core/vocabulary.ts';
import { type CorpusFile, FORMATS, type Label } from './corpus/label.ts';

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
export function writtenFile(name: string, style: string, marked: string): CorpusFile {
  const charset = CHARSET.exec(marked);
  const encode = charset === null ? (text: string) => Buffer.from(text, 'utf8') : encoderOf(charset[1] ?? '');
  const isHl7 = extname(name) === '.hl7';
  const body = marked.slice(charset?.[0].length ?? 0);
  const source = isHl7 ? `${body.trim().replaceAll('\n', '\r')}\r` : body;
  const parts: Buffer[] = [];
  const labels: Label[] = [];
  let size = 0;
  let at = 0;
  const add = (text: string): void => {
    const bytes = encode(text);
    parts.push(bytes);
    size += bytes.length;
  };
  for (const found of source.matchAll(MARK)) {
    const [whole, text = '', category = '', subject = 'patient'] = found;
    add(source.slice(at, found.index));
    const start = size;
    add(text);
    labels.push(labelOf(name, text, { start, end: size }, [categoryOf(name, category), subjectOf(name, subject)]));
    at = found.index + whole.length;
  }
  add(source.slice(at));
  return { name, format: FORMATS[extname(name)] ?? 'text', style, bytes: Buffer.concat(parts), labels };
}

/** Numbers that people tell apart differently: an NHS number is a record number to one writer and a national one to the next. */
const NUMBERS: readonly Category[] = ['mrn', 'account', 'health-plan', 'ssn', 'license', 'unique-id', 'device-id', 'vehicle'];
const ALIKE: readonly (readonly Category[])[] = [NUMBERS, ['phone', 'fax'], ['street', 'geo'], ['url', 'photo', 'mrn', 'email']];

/** Of clinicians, institutions and machines people differ over what is an identifier: these count neither way. */
const OPTIONAL: ReadonlySet<Subject> = new Set(['provider', 'facility', 'equipment']);

function labelOf(
  file: string,
  text: string,
  span: { readonly start: number; readonly end: number },
  [category, subject]: readonly [Category, Subject],
): Label {
  const also = ALIKE.flatMap((alike) => (alike.includes(category) ? alike : []));
  const optional = OPTIONAL.has(subject);
  return { file, ...span, path: '', category, subject, kind: 'text', also, text, ...(optional ? { optional } : {}) };
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

/** Bytes of a text in a set of one byte a character. Throws TypeError for a character that the set has not. */
function encoderOf(charset: string): (text: string) => Buffer {
  const decoder = new TextDecoder(charset.replace(/^iso8859-/, 'iso-8859-'));
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code] as const));
  return (text) =>
    Buffer.from(
      Array.from(text, (character) => {
        const code = codes.get(character);
        if (code === undefined) throw new TypeError(`${charset} has no ${character}`);
        return code;
      }),
    );
}
