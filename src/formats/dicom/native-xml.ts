import type { Body, Format, Parsed } from '../../core/format.ts';
import type { Character } from '../characters.ts';
import { withElided } from '../coverage.ts';
import { entityAt } from '../text/entities.ts';
import { openSource } from '../text/source.ts';
import { transcodeCharacters } from '../text/transcoded.ts';
import { plain } from '../text/utf8.ts';
import { xml } from '../xml/format.ts';
import { dataSetsIn } from './json.ts';

/** How far into a body its root is looked for. */
const SNIFF = 1024;
/** A larger body is read as XML: keeping where each character came from takes more than the body. */
const MAX_BODY = 16 * 1024 * 1024;
const BEGINS = new Set([0x3c, 0xef, 0x20, 0x0a, 0x0d]);
const ROOT = /^(?:\xef\xbb\xbf)?\s{0,80}(?:<\?xml[^<>]{0,200}\?>\s{0,80})?<NativeDicomModel[\s>]/;

/** Data sets in the Native DICOM Model (PS3.19 §A.1), as WADO-RS answers `application/dicom+xml`: read as the same in JSON (json.ts), so that it has the places of the object. */
export const dicomXml: Format = {
  name: 'dicom',

  sniff(bytes) {
    // Few bodies begin with a tag, a mark or a blank; nothing else is looked at.
    if (!BEGINS.has(bytes[0] ?? 0) || bytes.length > MAX_BODY) return 0;
    return ROOT.test(openSource(bytes.subarray(0, SNIFF)).buffer.toString('latin1')) ? 0.97 : 0;
  },

  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const written = source.transcoded ? null : writtenOf(source.buffer.toString('latin1'));
    const parsed = written === null ? null : dataSetsIn(transcodeCharacters(source, charactersOf(source.buffer, written)));
    // What is no such model after all, or says more than that knows, is read as XML that nobody types.
    return parsed === null ? xml.parse(body) : withElided(parsed, body.elided);
  },
};

const PIECE =
  /<(\/?)([A-Za-z]{1,40})((?:\s{1,80}[\w:.-]{1,60}\s{0,8}=\s{0,8}(?:"[^"<]{0,2000}"|'[^'<]{0,2000}'))*)\s{0,80}(\/?)>|<\?xml[^<>]{0,200}\?>|\s+|[^<]+/y;
const ATTRIBUTE = /([\w:.-]{1,60})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;

/** Elements of the model, and those in which each may stand. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  NativeDicomModel: [''],
  DicomAttribute: ['NativeDicomModel', 'Item'],
  Item: ['DicomAttribute'],
  Value: ['DicomAttribute'],
  InlineBinary: ['DicomAttribute'],
  BulkData: ['DicomAttribute'],
  PersonName: ['DicomAttribute'],
  Alphabetic: ['PersonName'],
  Ideographic: ['PersonName'],
  Phonetic: ['PersonName'],
  FamilyName: ['Alphabetic', 'Ideographic', 'Phonetic'],
  GivenName: ['Alphabetic', 'Ideographic', 'Phonetic'],
  MiddleName: ['Alphabetic', 'Ideographic', 'Phonetic'],
  NamePrefix: ['Alphabetic', 'Ideographic', 'Phonetic'],
  NameSuffix: ['Alphabetic', 'Ideographic', 'Phonetic'],
};
/** Components of a name in their order (PS3.5 §6.2.1). */
const COMPONENTS = ['FamilyName', 'GivenName', 'MiddleName', 'NamePrefix', 'NameSuffix'];
/** Attributes as the model has them. */
const SAID: Readonly<Record<string, RegExp>> = {
  tag: /^[\dA-Fa-f]{8}$/,
  vr: /^[A-Z]{2}$/,
  keyword: /^[A-Za-z\d]{0,64}$/,
  number: /^[1-9]\d{0,8}$/,
  xmlns: /^http:\/\/dicom\.nema\.org\/[\w./]{0,80}$/,
  'xml:space': /^preserve$/,
  privateCreator: /^[^"\\&]{0,64}$/,
  uri: /^[^"\\&]{0,2000}$/,
  uuid: /^[\dA-Fa-f-]{36}$/,
};
/** Elements whose text is a value. */
const VALUES = new Set(['Value', 'InlineBinary', ...COMPONENTS]);

interface Open {
  readonly name: string;
  readonly at: number;
  /** Members, values or components that it has so far. */
  count: number;
}

/** A stretch of the XML, or JSON that stands for none of it, at an offset. */
type Written = { readonly from: number; readonly to: number } | { readonly at: number; readonly text: string };

/** What the same is in JSON, each value where the XML has it; null where the XML has anything that the model does not know. */
function writtenOf(text: string): Written[] | null {
  const out: Written[] = [];
  const open: Open[] = [{ name: '', at: 0, count: 0 }];
  /** Where the last value ended: a name ends there, and not with its element. */
  let end = 0;
  PIECE.lastIndex = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  for (let at = PIECE.lastIndex; at < text.length; at = PIECE.lastIndex) {
    const found = PIECE.exec(text);
    const inner = open.at(-1);
    if (found === null || inner === undefined) return null;
    const [piece, slash, name, attributes = '', empty] = found;
    if (name === undefined) {
      if (VALUES.has(inner.name)) {
        end = at + piece.length;
        out.push({ from: at, to: end });
      } else if (!/^(?:\s+|<\?xml[^>]*>)$/.test(piece)) return null;
    } else if (slash === '/') {
      if (inner.name !== name) return null;
      out.push({ at: Math.max(end, inner.at), text: closing(inner) });
      open.pop();
    } else {
      const said = attributesOf(attributes, at + 1 + name.length);
      const begun = said === null || INSIDE[name]?.includes(inner.name) !== true ? null : opening(inner, name, said, at);
      if (begun === null) return null;
      const next = { name, at, count: 0 };
      out.push(...begun);
      if (empty === '/') out.push({ at, text: closing(next) });
      else open.push(next);
    }
  }
  return open.length === 1 ? out : null;
}

interface Said {
  readonly value: string;
  readonly from: number;
}

/** Attributes by their names; null where there is one that the model does not have, or has otherwise. */
function attributesOf(written: string, begin: number): ReadonlyMap<string, Said> | null {
  const said = new Map<string, Said>();
  for (const { 0: whole, 1: name = '', 2: double, 3: single, index } of written.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? '';
    if (SAID[name]?.test(value) !== true) return null;
    said.set(name, { value, from: begin + index + whole.length - 1 - value.length });
  }
  return said;
}

/** What an element begins with; null where it is not the next of its kind. */
function opening(parent: Open, name: string, said: ReadonlyMap<string, Said>, at: number): Written[] | null {
  const number = said.get('number');
  if (number !== undefined && Number(number.value) !== parent.count + 1) return null;
  const json = (text: string): Written => ({ at, text });
  const quoted = ({ value, from }: Said): Written[] => [
    { at: from, text: '"' },
    { from, to: from + value.length },
    { at: from + value.length, text: '"' },
  ];
  const place = COMPONENTS.indexOf(name);
  if (place >= 0) {
    const skipped = place - parent.count;
    parent.count = place;
    return skipped < 0 ? null : [json('^'.repeat(skipped))];
  }
  const first = parent.count++ === 0;
  switch (name) {
    case 'NativeDicomModel':
      return first ? [json('{')] : null;
    case 'DicomAttribute': {
      const [tag, creator] = [said.get('tag')?.value, said.get('privateCreator')];
      if (tag === undefined) return null;
      const vr = said.get('vr')?.value;
      const own = `${first ? '' : ','}"${tag}":{${vr === undefined ? '' : `"vr":"${vr}",`}"Value":[`;
      return creator === undefined
        ? [json(own)]
        : [json(own.replace('"Value":[', '"privateCreator":')), ...quoted(creator), json(',"Value":[')];
    }
    case 'Value':
    case 'InlineBinary':
      return [json(first ? '"' : ',"')];
    case 'BulkData': {
      const uri = said.get('uri');
      return [json(first ? '' : ','), ...(uri === undefined ? [json('""')] : quoted(uri))];
    }
    case 'PersonName':
    case 'Item':
      return [json(first ? '{' : ',{')];
    default:
      return [json(`${first ? '' : ','}"${name}":"`)];
  }
}

function closing({ name }: Open): string {
  switch (name) {
    case 'NativeDicomModel':
    case 'PersonName':
    case 'Item':
      return '}';
    case 'DicomAttribute':
      return ']}';
    case 'BulkData':
      return '';
    default:
      return COMPONENTS.includes(name) ? '' : '"';
  }
}

function* charactersOf(buffer: Buffer, written: readonly Written[]): Generator<Character> {
  for (const one of written) {
    if ('at' in one) {
      if (one.text !== '') yield { from: one.at, to: one.at, text: one.text };
    } else yield* stringOf(buffer, one.from, one.to);
  }
}

const OTHERWISE = /&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[A-Za-z]\w{1,9});|["\\\u0000-\u001f]/g;

/** Characters of a value as a string of JSON has them. */
function* stringOf(buffer: Buffer, from: number, to: number): Generator<Character> {
  let at = from;
  for (const { 0: whole, index } of buffer.toString('latin1', from, to).matchAll(OTHERWISE)) {
    yield* plain(buffer, at, from + index);
    at = from + index + whole.length;
    const character = whole.length === 1 ? whole : (entityAt(whole, 0)?.character ?? whole);
    yield { from: from + index, to: at, text: character < ' ' ? ' ' : JSON.stringify(character).slice(1, -1) };
  }
  yield* plain(buffer, at, to);
}
