import { type Body, CharClass, type Encapsulated, type Format, type Leaves, type Parsed } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { addressById, createAddressBook } from '../address-book.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { uncovered, withElided } from '../coverage.ts';
import { MAX_DECODED } from '../embedded/allowance.ts';
import { type Attachment, type Line, readPdf } from './read.ts';

/** Readers look for the header in the first 1024 bytes. */
const HEADER = 1024;

/**
 * PDF (ISO 32000): each line of text is a leaf. Lines have no bytes of their own, since they are put together of what the file deflates and sets
 * glyph by glyph. Path `page[2]` for the lines of the second page; the same for fields, notes and the like.
 */
export const pdf: Format = {
  name: 'pdf',

  sniff(bytes) {
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER)).indexOf('%PDF-');
    return at === 0 ? 1 : at > 0 ? 0.7 : 0;
  },

  parse(body: Body): Parsed[] {
    const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength);
    const { lines, attachments, unread } = readPdf(bytes, body.purse ?? { bytes: MAX_DECODED });
    const whole = { bytes: bytes.length, examined: bytes.length, unexamined: [] };
    const problems: Problem[] = unread.some(({ reason }) => reason === 'damaged')
      ? [{ code: 'pdf.objects', detail: 'the file holds no object that could be read' }]
      : [];
    const parsed: Parsed = {
      format: 'pdf',
      type: '',
      start: 0,
      end: bytes.length,
      leaves: pdfLeaves(lines, attachments),
      coverage: uncovered(whole, unread),
      identity: { values: [] },
      routing: { fields: {}, processing: '' },
      problems,
      documents: attachments.map((each, index): Encapsulated => {
        return { leaf: lines.length + index, bytes: each.bytes, spans: [{ start: each.start, end: each.end }] };
      }),
    };
    return withElided([parsed], body.elided);
  },
};

const book = createAddressBook('pdf', 0);
/** Names and versions of programs, which nobody types: no free text. */
const PROGRAMS = new Set(['info.Creator', 'info.Producer']);

function pdfLeaves(lines: readonly Line[], attachments: readonly Attachment[]): Leaves {
  const count = lines.length + attachments.length;
  const none = new Int32Array(count).fill(-1);
  const address = new Int32Array(count);
  const classes = new Uint16Array(count);
  lines.forEach(({ place, text }, leaf) => {
    const own = place.replace(/^revision(?:\[\d+\])?\./, '');
    address[leaf] = book.intern(own, 'pdf', PROGRAMS.has(own) ? 'program' : '', true);
    classes[leaf] = classesOf(text);
  });
  attachments.forEach((_, index) => {
    address[lines.length + index] = book.intern('attachment', 'pdf', '', true);
    classes[lines.length + index] = CharClass.sealed;
  });
  return {
    count,
    address,
    start: none,
    end: none,
    classes,
    addressOf: (leaf) => addressById(address[leaf] ?? -1),
    text: (leaf) => lines[leaf]?.text ?? '',
    path(leaf) {
      const line = lines[leaf];
      if (line === undefined) return numbered('attachment', attachments[leaf - lines.length]?.number ?? 1);
      return numbered(line.place, line.number);
    },
    spanOf: () => null,
  };
}

function numbered(place: string, number: number): string {
  return number > 1 ? `${place}[${number}]` : place;
}

function classesOf(text: string): number {
  let classes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    classes |= code < 0x80 ? (BYTE_CLASSES[code] ?? 0) : CharClass.high;
  }
  return classes;
}
