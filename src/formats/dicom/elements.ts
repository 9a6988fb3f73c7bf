import { elementAddress, itemContext } from './addresses.ts';
import { standardVr, tagOf, tagText } from './dictionary.ts';
import { isDuplicate } from './duplicates.ts';
import { looksLikeSequence, read16, read32, UNDEFINED } from './guess.ts';
import { IS_PIXELS, IS_UNKNOWN, Level } from './nesting.ts';
import { privateVr, reserve } from './private.ts';
import { hide, note, PIXEL_DATA, readerOf, skip } from './reading.ts';
import { beginsDocument, documentLeaf, looksLikeText, MIN_RUN, runLeaves, textLeaves } from './values.ts';
import { CODE_BY_BYTES, KIND_BY_CODE, Kind, LENGTH_BYTES, VR_SQ, VR_UN } from './vr-code.ts';
import { enter, isCut, isTooDeep, leftover, lose, readerHere, type Walk } from './walk.ts';

const CHARACTER_SET = tagOf(0x0008, 0x0005);
const TRANSFER_SYNTAX = tagOf(0x0002, 0x0010);
const ENCAPSULATED_DOCUMENT = tagOf(0x0042, 0x0011);
/** Float, double and ordinary pixel data; wherever it is nested, it is an image (PS3.3 C.7.6.24, C.7.6.25, C.7.6.3). */
const PIXELS: readonly number[] = [tagOf(0x7fe0, 0x0008), tagOf(0x7fe0, 0x0009), tagOf(0x7fe0, 0x0010)];

/** Reads the element at `reading.at`, of which `room` bytes are there before the data set or the bytes at hand end. */
export function readElement(walk: Walk, tag: number, room: number): void {
  const { reading, nesting, log } = walk;
  if (!readHeader(walk, tag, room)) {
    if (room < 12) leftover(walk, room);
    else lose(walk);
    return;
  }
  if (isDuplicate(log, nesting, tag)) {
    note(reading, 'dicom.duplicate', `${nameOf(tag)} occurs more than once in one data set or item`, reading.element);
  }
  if (walk.length === UNDEFINED) {
    readOpen(walk, tag);
    return;
  }
  const left = (nesting.end[nesting.depth] ?? 0) - reading.element - walk.head;
  if (walk.length > left) {
    if (!isCut(reading)) {
      const whole = (nesting.end[nesting.depth] ?? 0) === (nesting.end[0] ?? 0);
      if (whole)
        note(reading, 'dicom.truncated', `${nameOf(tag)} is longer than what is left; what is there is read`, reading.element);
      else
        note(
          reading,
          'dicom.length',
          `${nameOf(tag)} is longer than the item around it; it ends where that ends`,
          reading.element,
        );
    }
    walk.length = left;
  }
  reading.at += walk.head;
  readDefined(walk, tag);
}

/** A tag for a problem's text. What the dictionary lacks is not named: where bytes are out of step, a tag is a piece of a value. */
function nameOf(tag: number): string {
  return standardVr(tag) === 0 ? 'a data element outside the dictionary' : tagText(tag);
}

/** Reads VR, length and size of the header; false where it is none. */
function readHeader(walk: Walk, tag: number, room: number): boolean {
  const { reading, nesting } = walk;
  const { buffer, at, bigEndian } = reading;
  const code = CODE_BY_BYTES[((buffer[at + 4] as number) << 8) | (buffer[at + 5] as number)] as number;
  const left = (nesting.end[nesting.depth] ?? 0) - reading.element;
  if (reading.explicit && code !== 0) return explicitHeader(walk, code, room);
  if (reading.explicit) {
    if (!oddHeader(walk, tag, room, left)) return false;
    note(reading, 'dicom.vr', `${nameOf(tag)} has no valid VR`, reading.element);
    return true;
  }
  walk.length = read32(buffer, at + 4, bigEndian);
  walk.head = 8;
  walk.vr = standardVr(tag);
  if (walk.vr === 0) walk.vr = (tag & 0x10000) === 0 ? 0 : privateVr(reading.blocks, nesting.depth, tag) || VR_UN;
  if (walk.length === UNDEFINED || 8 + walk.length <= left) {
    if (walk.vr === 0) walk.vr = VR_UN;
    return true;
  }
  // Some writers put explicit elements into implicit data sets.
  if (code !== 0 && explicitHeader(walk, code, room) && walk.head + walk.length <= left) return true;
  walk.length = read32(buffer, at + 4, bigEndian);
  walk.head = 8;
  return walk.vr !== 0;
}

function explicitHeader(walk: Walk, code: number, room: number): boolean {
  const { buffer, at, bigEndian } = walk.reading;
  const isLong = LENGTH_BYTES[code] === 4;
  if (isLong && room < 12) return false;
  walk.vr = code;
  walk.head = isLong ? 12 : 8;
  walk.length = isLong ? read32(buffer, at + 8, bigEndian) : read16(buffer, at + 6, bigEndian);
  return true;
}

/**
 * Where an explicit VR should be is none of the standard. Two letters are a VR to come, which has the long form (PS3.5 §6.2), or a
 * wrong one in the form of its neighbours; else it is an implicit element, or a header whose VR was wiped.
 */
function oddHeader(walk: Walk, tag: number, room: number, left: number): boolean {
  const { reading } = walk;
  const { buffer, at, bigEndian } = reading;
  const short = read16(buffer, at + 6, bigEndian);
  const known = standardVr(tag);
  walk.vr = known === 0 || known === VR_SQ ? VR_UN : known;
  if (isCapital(buffer[at + 4]) && isCapital(buffer[at + 5])) {
    const long = short === 0 && room >= 12 ? read32(buffer, at + 8, bigEndian) : UNDEFINED;
    walk.head = 12 + long <= left ? 12 : 8;
    walk.length = walk.head === 12 ? long : short;
    return walk.head + walk.length <= left;
  }
  const isNamed = known !== 0 || (tag & 0x10000) !== 0;
  walk.head = 8;
  walk.length = read32(buffer, at + 4, bigEndian);
  if (isNamed && walk.length === UNDEFINED) walk.vr = known === 0 ? VR_UN : known;
  if (isNamed && (walk.length === UNDEFINED || 8 + walk.length <= left)) return true;
  walk.length = short;
  return isNamed && 8 + short <= left;
}

function isCapital(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}

/** A value of undefined length: items of a sequence, or fragments (PS3.5 §7.5, §A.4). */
function readOpen(walk: Walk, tag: number): void {
  const { reading, nesting } = walk;
  const end = nesting.end[nesting.depth] ?? 0;
  const kind = KIND_BY_CODE[walk.vr];
  const from = reading.at + walk.head;
  const missing = reading.element + walk.head === reading.nextGap;
  const isPixels = PIXELS.includes(tag);
  if (isPixels || kind === Kind.binary || missing) {
    const address = isPixels ? 0 : elementAddress(nesting.context[nesting.depth] ?? 0, tag, walk.vr);
    reading.at = from;
    enter(walk, Level.fragments, true, end, tag, address, isPixels ? IS_PIXELS : 0);
    return;
  }
  // The body may end, or go on elsewhere, before the first item.
  if (Math.min(end, reading.nextGap) - reading.element - walk.head < 8) {
    reading.at = from;
    enterSequence(walk, tag, true, end, false, reading.bigEndian);
    return;
  }
  const big = isItem(reading.buffer, from, true);
  if (!big && !isItem(reading.buffer, from, false)) {
    lose(walk);
    return;
  }
  reading.at = from;
  enterSequence(walk, tag, true, end, walk.vr === VR_UN && reading.explicit, big);
}

function isItem(buffer: Buffer, at: number, bigEndian: boolean): boolean {
  const element = read16(buffer, at + 2, bigEndian);
  return read16(buffer, at, bigEndian) === 0xfffe && (element === 0xe000 || element === 0xe0dd);
}

function enterSequence(walk: Walk, tag: number, opens: boolean, end: number, unknown: boolean, bigEndian: boolean): void {
  const { reading, nesting } = walk;
  const context = itemContext(nesting.context[nesting.depth] ?? 0, tag);
  enter(walk, Level.sequence, opens, end, tag, context, unknown ? IS_UNKNOWN : 0);
  if (unknown) reading.explicit = false;
  reading.bigEndian = bigEndian;
}

/** A value of known length, its header passed; `walk.length` bytes of it are there, or were. */
function readDefined(walk: Walk, tag: number): void {
  const { reading, nesting } = walk;
  const { buffer } = reading;
  const from = reading.at;
  const kind = KIND_BY_CODE[walk.vr];
  if (kind === Kind.sequence) {
    enterSequence(walk, tag, false, reading.element + walk.head + walk.length, false, reading.bigEndian);
    return;
  }
  const isPixels = PIXELS.includes(tag);
  // Only values that begin like an item can be a sequence in disguise: UN (CP-246), or what the dictionary takes for something else.
  if (walk.length >= 8 && !isPixels && (kind === Kind.unknown || !reading.explicit) && mayBeSequence(walk, from)) {
    const big = isItem(buffer, from, true);
    enterSequence(walk, tag, false, reading.element + walk.head + walk.length, kind === Kind.unknown, big);
    return;
  }
  skip(reading, walk.length);
  const to = reading.at;
  if (tag === CHARACTER_SET && walk.phase === 'data') declareCharacters(walk, from, to);
  if (from === to) return;
  if (isPixels) {
    hide(reading, from, to, PIXEL_DATA);
    return;
  }
  if (kind === Kind.numeric) return;
  if (tag === TRANSFER_SYNTAX && walk.phase === 'meta' && walk.transferSyntax === '') {
    walk.transferSyntax = buffer.toString('latin1', from, Math.min(to, from + 64)).replace(/[ \0]+$/, '');
  }
  if ((tag & 0x10000) !== 0 && (tag & 0xff00) === 0) reserve(reading.blocks, nesting.depth, tag, buffer, from, to);
  readValue(walk, tag, walk.vr, from, to);
}

function mayBeSequence(walk: Walk, from: number): boolean {
  const { reading } = walk;
  const to = from + walk.length;
  if (reading.nextGap < reading.element + walk.head + walk.length || to > reading.buffer.length) return false;
  const big = isItem(reading.buffer, from, true);
  return (big || isItem(reading.buffer, from, false)) && looksLikeSequence(reading.buffer, from, to, big);
}

function declareCharacters(walk: Walk, from: number, to: number): void {
  const { reading, nesting, readers } = walk;
  const reader = readerOf(reading.buffer, from, to);
  readers[nesting.depth] = reader;
  if (!isTooDeep(walk)) reading.readers.set(nesting.node[nesting.depth] ?? 0, reader);
  if (reader.problem !== null) note(reading, reader.problem.code, reader.problem.detail, reading.element);
}

function readValue(walk: Walk, tag: number, vr: number, from: number, to: number): void {
  const { reading, nesting, owner } = walk;
  const kind = KIND_BY_CODE[vr];
  owner.tag = tag;
  owner.vr = vr;
  owner.node = nesting.node[nesting.depth] ?? 0;
  owner.address = elementAddress(nesting.context[nesting.depth] ?? 0, tag, vr);
  // Bytes that were left out in the middle of a text (over the limit): what is on both sides does not belong together.
  const isTorn = reading.splice.gaps.length > 0 && reading.splice.gapAt.some((at) => at > from && at < to);
  const isDocument =
    !isTorn &&
    to > from &&
    (tag === ENCAPSULATED_DOCUMENT ||
      ((kind === Kind.binary || kind === Kind.unknown) && beginsDocument(reading.buffer, from, to)));
  if (isDocument) {
    documentLeaf(reading, owner, from, to);
  } else if ((kind === Kind.text || kind === Kind.single) && !isTorn) {
    textLeaves(reading, owner, readerHere(walk), from, to, kind === Kind.single);
  } else if (kind === Kind.unknown && !isTorn) {
    readUnknown(walk, tag, from, to);
  } else {
    // Of a document that is torn, text is found where it stands in clear; what a PDF compresses is not.
    if (tag === ENCAPSULATED_DOCUMENT && !looksLikeText(reading.buffer, from, to)) hide(reading, from, to, 'encapsulated');
    runLeaves(reading, owner, from, to, MIN_RUN);
  }
}

/** UN: what the dictionary knows is read as that (PS3.5 §6.2.2 note 2), the rest by its looks. */
function readUnknown(walk: Walk, tag: number, from: number, to: number): void {
  const { reading, nesting, owner } = walk;
  const known = standardVr(tag) || privateVr(reading.blocks, nesting.depth, tag);
  const kind = known === 0 ? Kind.unknown : KIND_BY_CODE[known];
  if (kind === Kind.numeric) return;
  if (kind === Kind.text || kind === Kind.single || kind === Kind.binary) readValue(walk, tag, known, from, to);
  else if (looksLikeText(reading.buffer, from, to)) textLeaves(reading, owner, readerHere(walk), from, to, false);
  else runLeaves(reading, owner, from, to, MIN_RUN);
}
