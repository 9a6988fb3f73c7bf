import { isText } from '../embedded/kind.ts';
import { markupText } from '../embedded/markup.ts';
import { textRuns } from '../embedded/runs.ts';
import { decodeStream, filterNames, openPdf, type PdfFile, type Work } from './file.ts';
import type { Font } from './font.ts';
import { pagesOf, readForm, readPage } from './pages.ts';
import { attachmentsOf, stringsOf } from './strings.ts';
import { type Dict, isKind, nameOf, type Stream, type Value } from './values.ts';

/** A line of text in a document. */
export interface Line {
  /** `page`, `info.Title`, `field` … without its number. */
  readonly place: string;
  /** Which page, field or attachment, from 1; 0 where there are no several. */
  readonly number: number;
  readonly text: string;
}

/** Bytes of the file that were not read. */
export interface Unread {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

export interface Attachment {
  readonly number: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export interface PdfText {
  readonly lines: readonly Line[];
  readonly attachments: readonly Attachment[];
  readonly unread: readonly Unread[];
}

/** Operators, glyphs and objects of one file: a book of a thousand pages has some ten million. */
const MAX_STEPS = 40_000_000;
const MAX_LINES = 1_000_000;
/** Characters of all lines. */
const MAX_TEXT = 32 * 1024 * 1024;
/** Earlier revisions that are looked at. */
const MAX_REVISIONS = 4;

interface Gathering {
  readonly lines: Line[];
  readonly unread: Unread[];
  /** Lines told before: what an earlier revision, a form or a field says again is said once. */
  readonly seen: Set<string>;
  size: number;
  isFull: boolean;
}

/**
 * Reads the text of a PDF file: pages line by line, what its objects say (information, fields, notes, outline), metadata, and what earlier revisions
 * said that the last one does not. `purse` holds how many bytes may come of its filters. Never throws for what the bytes hold, and its work is bounded.
 */
export function readPdf(bytes: Buffer, purse: { bytes: number }, steps: number = MAX_STEPS): PdfText {
  const work: Work = { purse, steps, isShort: false };
  const file = openPdf(bytes, work);
  const all = { start: 0, end: bytes.length };
  if (file.isLocked) return { lines: [], attachments: [], unread: [{ ...all, reason: 'encrypted' }] };
  if (file.objects.size === 0) {
    // Text in it may stand in clear all the same.
    const lines = textRuns(bytes).map((text) => ({ place: 'object', number: 0, text }));
    return { lines, attachments: [], unread: [{ ...all, reason: 'damaged' }] };
  }
  const gathering: Gathering = { lines: [], unread: [], seen: new Set(), size: 0, isFull: false };
  const attached = attachmentsOf(file);
  const files = new Set(attached.map(({ from }) => from));
  readRevision(file, gathering, '', files);
  for (const [index, cut] of revisionsOf(bytes).entries()) {
    readRevision(openPdf(bytes.subarray(0, cut), work), gathering, index === 0 ? 'revision.' : `revision[${index + 1}].`, files);
  }
  const attachments = attached.flatMap(({ value }, index): Attachment[] =>
    isKind(value, 'stream') ? [{ number: index + 1, bytes: decodeStream(file, value), start: value.from, end: value.to }] : [],
  );
  if (work.isShort || gathering.isFull) gathering.unread.push({ ...all, reason: 'decoded-cap' });
  return { lines: gathering.lines, attachments, unread: gathering.unread };
}

/** Where earlier revisions end (§7.5.6): at each end mark that objects follow. The first ones and the last ones, where there are many. */
function revisionsOf(bytes: Buffer): number[] {
  const cuts: number[] = [];
  for (let at = bytes.indexOf('%%EOF'); at >= 0; at = bytes.indexOf('%%EOF', at + 5)) {
    if (bytes.indexOf(' obj', at) < 0) break;
    cuts.push(at + 5);
  }
  return cuts.length <= MAX_REVISIONS ? cuts : [...cuts.slice(0, 2), ...cuts.slice(2 - MAX_REVISIONS)];
}

function add(gathering: Gathering, place: string, number: number, text: string, always: boolean): void {
  if (text.trim() === '') return;
  if (!always && gathering.seen.has(text)) return;
  if (gathering.lines.length >= MAX_LINES || gathering.size > MAX_TEXT) {
    gathering.isFull = true;
    return;
  }
  gathering.seen.add(text);
  gathering.size += text.length;
  gathering.lines.push({ place, number, text });
}

function readRevision(file: PdfFile, gathering: Gathering, prefix: string, files: ReadonlySet<number>): void {
  const fonts = new Map<Value, Font>();
  const isLast = prefix === '';
  pagesOf(file).forEach((dict, index) => {
    const { lines, reason, spans } = readPage(file, dict, fonts);
    for (const line of lines) add(gathering, `${prefix}page`, index + 1, line, isLast);
    if (reason !== null) gathering.unread.push(...spans.map((span) => ({ ...span, reason })));
  });
  let number = 0;
  for (const { place, text } of stringsOf(file)) {
    const own = place.startsWith('info') ? 0 : ++number;
    for (const line of text.split(/[\r\n]+/)) add(gathering, prefix + place, own, line, false);
  }
  for (const { value } of file.objects.values()) {
    if (isKind(value, 'stream') && !files.has(value.from)) readOther(file, value, gathering, prefix, fonts);
  }
}

/** Streams that no page shows: metadata (XMP), forms' data (XFA), scripts, forms of the past. */
function readOther(file: PdfFile, stream: Stream, gathering: Gathering, prefix: string, fonts: Map<Value, Font>): void {
  if (isTechnical(file, stream.dict)) return;
  if (nameOf(stream.dict.entries.get('Subtype')) === 'Form') {
    for (const line of readForm(file, stream, fonts)) add(gathering, `${prefix}form`, 0, line, false);
    return;
  }
  const bytes = decodeStream(file, stream);
  if (bytes.length === 0 || !isText(bytes)) return;
  const text = bytes.toString('utf8');
  if (looksLikeContent(text)) return;
  const isXml = text.trimStart().startsWith('<');
  for (const line of (isXml ? metadataText(text) : text).split(/[\r\n]+/))
    add(gathering, `${prefix}metadata`, 0, line.trim(), false);
}

const ATTRIBUTE = /\s(?!xmlns)[\w-]{1,40}:[\w-]{1,60}="([^"]{3,10000})"/g;
const TECHNICAL_TEXT = /^(?:uuid:|xmp\.[dip]id:|\d{4}-\d\d-\d\dT|https?:\/\/(?:ns\.adobe|www\.w3|purl)\.)/;

/** What XML says in elements and, as RDF may, in attributes; times and numbers that programs make for themselves are left out. */
function metadataText(xml: string): string {
  const attributes = [...xml.matchAll(ATTRIBUTE)].map(([, value = '']) => value);
  return [...markupText(xml.replace(/></g, '>\n<')).split('\n'), ...attributes]
    .map((text) => text.trim())
    .filter((text) => text.length > 2 && !TECHNICAL_TEXT.test(text) && !text.startsWith('xpacket'))
    .join('\n');
}

/** Streams that hold no text of their own: pictures, fonts, tables, and what has been unpacked. */
function isTechnical(file: PdfFile, dict: Dict): boolean {
  const { entries } = dict;
  const type = nameOf(entries.get('Type'));
  const subtype = nameOf(entries.get('Subtype'));
  if (['ObjStm', 'XRef', 'CMap', 'Pattern', 'Halftone'].includes(type) || subtype === 'Image') return true;
  if (['Type1C', 'CIDFontType0C', 'OpenType'].includes(subtype)) return true;
  if (
    ['Length1', 'Length2', 'FunctionType', 'ShadingType', 'Alternate', 'CMapName', 'PatternType'].some((key) => entries.has(key))
  )
    return true;
  return filterNames(file, dict).some((name) => ['DCTDecode', 'JPXDecode', 'CCITTFaxDecode', 'JBIG2Decode'].includes(name));
}

/** Content of a page and maps of characters: what they say is read where they are used. */
function looksLikeContent(text: string): boolean {
  const head = text.slice(0, 4096);
  return /\bbegincmap\b/.test(head) || /(?:^|\s)(?:BT|cm|re|Tf|q|gs|Do|d[01]|RG|rg|BDC)\s/.test(head.slice(0, 1024));
}
