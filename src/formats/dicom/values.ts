import { isUtf8 } from 'node:buffer';
import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { growColumns, PLACE_WIDTH } from '../columns.ts';
import { PREAMBLE_ADDRESS, RAW_ADDRESS } from './addresses.ts';
import type { TextReader } from './charset.ts';
import { MAX_LEAVES, Mode, note, PREAMBLE_NODE, RAW_NODE, type Reading } from './reading.ts';
import { LOCALIZED } from './vr.ts';
import { VR_NAMES } from './vr-code.ts';

/** Which element's value it is. */
export interface Owner {
  tag: number;
  node: number;
  vr: number;
  address: number;
}

export const RAW_OWNER: Owner = { tag: 0, node: RAW_NODE, vr: 0, address: RAW_ADDRESS };
export const PREAMBLE_OWNER: Owner = { tag: 0, node: PREAMBLE_NODE, vr: 0, address: PREAMBLE_ADDRESS };

const NUL = 0x00;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const ESC = 0x1b;

/** Set beside the class of a byte that ends a value or a part of one. */
const ENDS = 0x8000;
const CLASSES = Uint16Array.from(BYTE_CLASSES);
CLASSES[ESC] = CharClass.escape;
CLASSES[NUL] = ENDS;
const SINGLE_CLASSES = Uint16Array.from(CLASSES);
CLASSES[BACKSLASH] = ENDS;

/** Values told apart in one element; what comes after them is one leaf. Contours (DS) hold a hundred thousand, which identify nobody. */
const MAX_VALUES = 4096;
/** From here on binary gives one leaf for every COARSE bytes: runs of noise must not become a leaf each. */
const FINE_LEAVES = 1 << 20;
const COARSE = 1 << 16;
/** Characters in a row before binary is taken for text. */
export const MIN_RUN = 4;

/** VRs whose backslashes may be halves of characters, by code. */
const IS_LOCALIZED = VR_NAMES.map((name) => LOCALIZED.has(name) || name === 'UN');

function emit(reading: Reading, owner: Owner, from: number, to: number, value: number, classes: number, mode: Mode): void {
  const { columns } = reading;
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.address[leaf] = owner.address;
  columns.start[leaf] = from;
  columns.end[leaf] = to;
  columns.classes[leaf] = classes;
  const slot = leaf * PLACE_WIDTH;
  const { place } = columns;
  place[slot] = owner.tag;
  place[slot + 1] = owner.node;
  place[slot + 2] = value;
  place[slot + 3] = owner.vr;
  place[slot + 4] = mode;
}

/** Whether there is still room for leaves; there is a problem from the moment when there is none. */
export function isFull(reading: Reading): boolean {
  return reading.columns.count >= MAX_LEAVES;
}

/**
 * A value that is a document of another format, as one leaf: what is read of it are leaves of its own (formats/embedded). Its bytes are told in
 * `documents`, without the padding that makes their number even (PS3.5 §7.1.1).
 */
export function documentLeaf(reading: Reading, owner: Owner, from: number, to: number): void {
  let end = to;
  while (end > from && reading.buffer[end - 1] === NUL) end--;
  if (end === from) return;
  reading.documents.push({ leaf: reading.columns.count, from, to: end });
  emit(reading, owner, from, end, 1, CharClass.sealed, Mode.run);
}

/** What documents of other formats begin with: PDF, ZIP, gzip, RTF, XML, HL7 v2. */
const BEGINNINGS = ['%PDF-', 'PK\x03\x04', '\x1f\x8b\x08', '{\\rtf', '<?xml', '<Clinical', 'MSH|', 'FHS|', 'BHS|'].map((text) =>
  Buffer.from(text, 'latin1'),
);

/** Whether a binary value begins like a document. */
export function beginsDocument(buffer: Buffer, from: number, to: number): boolean {
  return BEGINNINGS.some((mark) => to - from > mark.length && buffer.subarray(from, from + mark.length).equals(mark));
}

function trimmed(buffer: Buffer, from: number, to: number): number {
  let end = to;
  while (end > from && (buffer[end - 1] === SPACE || buffer[end - 1] === NUL)) end--;
  return end;
}

/**
 * The values of an element of text as leaves: separated by backslashes unless `single`, without their padding (PS3.5 §6.2). What stands
 * after a NUL inside a value, where C strings end, is a leaf of its own.
 */
export function textLeaves(reading: Reading, owner: Owner, reader: TextReader, from: number, to: number, single: boolean): void {
  const { buffer } = reading;
  const last = trimmed(buffer, from, to);
  if (!single && reader.isMultiByteUnsafe && IS_LOCALIZED[owner.vr] === true) {
    splitByReader(reading, owner, reader, from, last);
    return;
  }
  const table = single ? SINGLE_CLASSES : CLASSES;
  let value = 1;
  let start = from;
  let classes = 0;
  for (let at = from; at < last; at++) {
    const entry = table[buffer[at] as number] as number;
    if (entry !== ENDS || value >= MAX_VALUES) {
      classes |= entry === ENDS ? CharClass.other : entry;
      continue;
    }
    part(reading, owner, start, at, value, classes);
    if (buffer[at] === NUL) noteNul(reading);
    else value++;
    start = at + 1;
    classes = 0;
  }
  if (last > start) emit(reading, owner, start, last, value, classes, Mode.text);
}

function noteNul(reading: Reading): void {
  note(reading, 'dicom.nul', 'a value goes on after a NUL, where some readers stop', reading.element);
}

/** What stands before a separator; its own padding was counted among its classes, so they are made anew without it. */
function part(reading: Reading, owner: Owner, from: number, to: number, value: number, classes: number): void {
  const end = trimmed(reading.buffer, from, to);
  if (end === from) return;
  emit(reading, owner, from, end, value, end === to ? classes : classesOf(reading.buffer, from, end), Mode.text);
}

function splitByReader(reading: Reading, owner: Owner, reader: TextReader, from: number, to: number): void {
  const { buffer } = reading;
  const cuts = reader.splitValues(buffer, from, to, 'LO');
  let start = from;
  for (let value = 1; value <= cuts.length + 1; value++) {
    const end = value > MAX_VALUES ? to : (cuts[value - 1] ?? to);
    for (let first = start; first < end; ) {
      const nul = buffer.indexOf(NUL, first);
      const stop = nul < 0 || nul > end ? end : nul;
      part(reading, owner, first, stop, value, classesOf(buffer, first, stop));
      if (stop < end && trimmed(buffer, stop, end) > stop) noteNul(reading);
      first = stop + 1;
    }
    if (end === to) return;
    start = end + 1;
  }
}

function classesOf(buffer: Buffer, from: number, to: number): number {
  let classes = 0;
  for (let at = from; at < to; at++) classes |= SINGLE_CLASSES[buffer[at] ?? 0] ?? 0;
  return classes & ENDS ? (classes & ~ENDS) | CharClass.other : classes;
}

/** Text or not, by byte: 1 a printable character or white space of a line, 2 a byte over 0x7F. */
const PRINTABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte > 0x7f) return 2;
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d ? 1 : 0;
});

/** Whether a value of no known VR reads as text from end to end: padding aside, nothing in it but characters, most of them ASCII or UTF-8. */
export function looksLikeText(buffer: Buffer, from: number, to: number): boolean {
  const end = trimmed(buffer, from, to);
  let high = 0;
  for (let at = from; at < end; at++) {
    const kind = PRINTABLE[buffer[at] ?? 0] ?? 0;
    if (kind === 0 && buffer[at] !== ESC) return false;
    if (kind === 2) high++;
  }
  if (end === from || high === 0) return end > from;
  return (end - from >= 6 && high * 2 <= end - from) || isUtf8(buffer.subarray(from, end));
}

/** The runs of text in binary as leaves, one byte a character or UTF-16LE, of at least `least` characters. */
export function runLeaves(reading: Reading, owner: Owner, from: number, to: number, least: number): void {
  // What was spliced out lies between bytes that do not belong together.
  let start = from;
  for (const at of reading.splice.gapAt) {
    if (at <= start || at >= to) continue;
    runs(reading, owner, start, at, least);
    start = at;
  }
  runs(reading, owner, start, to, least);
}

function runs(reading: Reading, owner: Owner, from: number, to: number, least: number): void {
  const { buffer, columns } = reading;
  let at = from;
  while (at < to && columns.count < FINE_LEAVES) {
    const kind = PRINTABLE[buffer[at] as number];
    if (kind === 0) {
      at++;
      continue;
    }
    const wide = wideEnd(buffer, at, to, least);
    let end = wide > at ? wide : narrowEnd(buffer, at, to);
    // The last byte before a NUL may be the first one of UTF-16.
    if (wide === at && end - 1 > at && buffer[end] === NUL && wideEnd(buffer, end - 1, to, least) > end - 1) end--;
    if (wide > at) emit(reading, owner, at, end, 1, classesOf(buffer, at, end) | CharClass.escape, Mode.wide);
    else if (end - at >= least) emit(reading, owner, at, end, 1, classesOf(buffer, at, end), Mode.run);
    at = Math.max(end, at + 1);
  }
  for (; at < to; at += COARSE) {
    const end = Math.min(at + COARSE, to);
    emit(reading, owner, at, end, 1, classesOf(buffer, at, end), Mode.run);
  }
}

function wideEnd(buffer: Buffer, at: number, to: number, least: number): number {
  let end = at;
  while (end + 1 < to && PRINTABLE[buffer[end] as number] !== 0 && buffer[end + 1] === 0) end += 2;
  return end - at >= least * 2 ? end : at;
}

/** Where a run from `at` ends. A byte over 0x7F belongs to it as part of UTF-8, or as a letter of an 8-bit set between ASCII letters. */
function narrowEnd(buffer: Buffer, at: number, to: number): number {
  let end = at;
  while (end < to) {
    const kind = PRINTABLE[buffer[end] as number];
    if (kind === 0) break;
    const size = kind === 1 ? 1 : highSize(buffer, end, at, to);
    if (size === 0) break;
    end += size;
  }
  return end;
}

function highSize(buffer: Buffer, at: number, from: number, to: number): number {
  const lead = buffer[at] ?? 0;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size > 0 && at + size <= to && continues(buffer, at + 1, at + size)) return size;
  return lead >= 0xc0 && at > from && isLetter(buffer[at - 1]) && at + 1 < to && isLetter(buffer[at + 1]) ? 1 : 0;
}

function continues(buffer: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (((buffer[at] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
