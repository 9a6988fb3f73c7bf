import type { Parsed } from '../../core/format.ts';
import { rawParsed } from '../text/raw.ts';
import { openSource } from '../text/source.ts';
import { type Allowance, deeper, MAX_DEPTH } from './allowance.ts';
import { gunzip, type Unpacked, unzip, unzlib } from './archive.ts';
import { kindOf } from './kind.ts';
import { looksLikeMarkup, markupText } from './markup.ts';
import { isRtf, rtfText } from './rtf.ts';
import { textRuns } from './runs.ts';

/** Parses bytes by themselves, under what is left of an allowance. */
export type ParseInner = (bytes: Buffer, allowance: Allowance) => Parsed[];

/** What was read of a document. */
export interface Opened {
  /** `prefix`: where inside the document it lies, `entry[2]`. */
  readonly parts: readonly {
    readonly prefix: string;
    readonly parsed: Parsed;
    /** Its spans are those of the document's bytes: nothing was unpacked or rewritten. */
    readonly asIs?: boolean;
  }[];
  /** Why not all of it was read; empty where it was. */
  readonly reasons: readonly string[];
}

/** Reads a document by what its bytes are: unpacks what is compressed, and parses what is there. */
export function readDocument(bytes: Buffer, allowance: Allowance, parse: ParseInner): Opened {
  const kind = kindOf(bytes);
  switch (kind) {
    case 'gzip':
      return readUnpacked([gunzip(bytes, allowance)], allowance, parse);
    case 'zlib': {
      const made = unzlib(bytes, allowance);
      // Two bytes say little: where nothing comes of it, it was none.
      return made.bytes.length === 0 ? runsOf(bytes, 'encapsulated') : readUnpacked([made], allowance, parse);
    }
    case 'zip':
      return readUnpacked(unzip(bytes, allowance), allowance, parse);
    case 'image':
      return runsOf(bytes, 'image');
    case 'media':
    case 'office':
    case 'binary':
      return runsOf(bytes, 'encapsulated');
    case 'text':
      return readText(bytes, allowance, parse);
    default:
      return { parts: parse(bytes, deeper(allowance)).map((parsed) => ({ prefix: '', parsed, asIs: true })), reasons: [] };
  }
}

function readUnpacked(files: readonly Unpacked[], allowance: Allowance, parse: ParseInner): Opened {
  if (allowance.depth >= MAX_DEPTH) return { parts: [], reasons: ['too-deep'] };
  const parts: { prefix: string; parsed: Parsed }[] = [];
  const reasons: string[] = [];
  const isOffice = files.some(({ name }) => name === '[Content_Types].xml' || name === 'content.xml');
  files.forEach(({ name, bytes, reason }, index) => {
    if (reason !== null) reasons.push(reason);
    if (bytes.length === 0) return;
    const inner = isOffice ? readPart(name, bytes, allowance, parse) : readDocument(bytes, deeper(allowance), parse);
    const own = files.length === 1 ? '' : index === 0 ? 'entry' : `entry[${index + 1}]`;
    for (const { prefix, parsed } of inner.parts) parts.push({ prefix: [own, prefix].filter(Boolean).join('/'), parsed });
    reasons.push(...inner.reasons);
  });
  return { parts, reasons };
}

/** Of a path in an archive its end says what it is. */
const LONGEST_NAME = 256;

/** A part of an office document (ECMA-376, OpenDocument): its markup says how it looks and cuts words; pictures in it are decoration. */
function readPart(name: string, bytes: Buffer, allowance: Allowance, parse: ParseInner): Opened {
  const kind = kindOf(bytes);
  if (
    kind === 'image' ||
    kind === 'media' ||
    /(?:theme|styles|settings|fontTable|Content_Types)[^/]*\.xml$/.test(name.slice(-LONGEST_NAME))
  ) {
    return { parts: [], reasons: [] };
  }
  if (kind === 'text' && /\.(?:xml|rels)$/.test(name)) return linesOf(markupText(openSource(bytes).buffer.toString('utf8')));
  return readDocument(bytes, deeper(allowance), parse);
}

/** Text that is written in a markup for how it looks is read without it; any other by its format. */
function readText(bytes: Buffer, allowance: Allowance, parse: ParseInner): Opened {
  if (isRtf(bytes)) {
    const { text, hasPicture } = rtfText(bytes);
    return { parts: linesOf(text).parts, reasons: hasPicture && text.trim() === '' ? ['image-only'] : [] };
  }
  if (looksLikeMarkup(bytes)) {
    const text = Buffer.from(markupText(openSource(bytes).buffer.toString('utf8')));
    return { parts: parse(text, deeper(allowance)).map((parsed) => ({ prefix: '', parsed })), reasons: [] };
  }
  return { parts: parse(bytes, deeper(allowance)).map((parsed) => ({ prefix: '', parsed, asIs: true })), reasons: [] };
}

/** The text in a binary that can't be read: it may name somebody in clear, and the rest stays unread. */
function runsOf(bytes: Buffer, reason: string): Opened {
  return { parts: linesOf(textRuns(bytes).join('\n')).parts, reasons: [reason] };
}

function linesOf(text: string): Opened {
  if (text.trim() === '') return { parts: [], reasons: [] };
  const source = openSource(Buffer.from(text));
  return { parts: [{ prefix: '', parsed: rawParsed(source, 0, source.buffer.length, []) }], reasons: [] };
}
