import { guessLayout, type Layout, plausible, read16 } from './guess.ts';
import { inflateRaw } from './inflate.ts';
import { note, type Reading } from './reading.ts';
import type { Splice } from './splice.ts';
import { encodingOf } from './transfer-syntax.ts';
import { MIN_RUN, PREAMBLE_OWNER, runLeaves } from './values.ts';
import type { Walk } from './walk.ts';

/** What a deflated data set may become; past it nothing is examined. */
export const INFLATE_CAP = 64 * 1024 * 1024;

const PREAMBLE = 128;
const META_GROUP = 0x0002;
const COMMAND_GROUP = 0x0000;

const IMPLICIT: Layout = { explicit: false, bigEndian: false };
const EXPLICIT: Layout = { explicit: true, bigEndian: false };

/** Where the elements begin: after preamble and `DICM`, after `DICM` alone, or at once (PS3.10 §7.1). */
export function elementsBegin(bytes: Buffer): number {
  const isMark = (at: number): boolean => bytes.toString('latin1', at, at + 4) === 'DICM';
  return isMark(PREAMBLE) ? PREAMBLE + 4 : isMark(0) ? 4 : 0;
}

/** Reads what comes before the elements, and finds out with which kind of them the object begins. */
export function beginObject(walk: Walk): void {
  const { reading } = walk;
  const { buffer } = reading;
  const at = elementsBegin(buffer);
  if (at > PREAMBLE) {
    // Applications may use it (TIFF in two formats at once); text has no business there.
    runLeaves(reading, PREAMBLE_OWNER, 0, PREAMBLE, MIN_RUN);
    if (reading.columns.count > 0) note(reading, 'dicom.preamble', 'the preamble holds text', 0);
  }
  reading.at = at;
  const group = read16(buffer, at, false);
  if (group === META_GROUP && buffer.length >= at + 8) {
    walk.phase = 'meta';
    // Explicit by the standard (PS3.10 §7.1); early writers made it implicit.
    setLayout(
      reading,
      plausible(buffer, at, readable(reading), IMPLICIT) > plausible(buffer, at, readable(reading), EXPLICIT)
        ? IMPLICIT
        : EXPLICIT,
    );
  } else if (group === COMMAND_GROUP && plausible(buffer, at, readable(reading), IMPLICIT) > 0) {
    walk.phase = 'command';
    setLayout(reading, IMPLICIT);
  } else {
    beginData(walk);
  }
}

/** Goes over to the data set when a group is not of file meta information or of a command any more; true when it did. */
export function changesPhase(walk: Walk, group: number): boolean {
  if (group === (walk.phase === 'meta' ? META_GROUP : COMMAND_GROUP)) return false;
  beginData(walk);
  return true;
}

/** Kept bytes up to the first gap. */
function readable({ splice, gap, buffer }: Reading): number {
  return splice.gapAt[gap] ?? buffer.length;
}

function setLayout(reading: Reading, { explicit, bigEndian }: Layout): void {
  reading.explicit = explicit;
  reading.bigEndian = bigEndian;
}

function beginData(walk: Walk): void {
  const { reading, transferSyntax } = walk;
  walk.phase = 'data';
  const encoding = encodingOf(transferSyntax);
  if (encoding.deflated && walk.given === undefined) inflateHere(walk);
  const { buffer, at } = reading;
  const end = readable(reading);
  const guess = guessLayout(buffer, at, end);
  if (transferSyntax === '') {
    const layout = guess?.layout ?? EXPLICIT;
    note(
      reading,
      'dicom.transfer-syntax',
      `no transfer syntax says how the data set is encoded; it is read as ${nameOf(layout)}`,
      at,
    );
    setLayout(reading, layout);
    return;
  }
  setLayout(reading, encoding);
  if (guess !== null && guess.sure >= 2 && plausible(buffer, at, end, encoding) === 0) {
    note(
      reading,
      'dicom.encoding',
      `the data set is not encoded as its transfer syntax says; it is read as ${nameOf(guess.layout)}`,
      at,
    );
    setLayout(reading, guess.layout);
  }
}

function nameOf({ explicit, bigEndian }: Layout): string {
  return `${explicit ? 'explicit' : 'implicit'} VR ${bigEndian ? 'big' : 'little'} endian`;
}

/** Puts the inflated data set in place of its stream. What follows a complete stream stays after it. */
function inflateHere(walk: Walk): void {
  const { reading, nesting } = walk;
  const { buffer, at, splice } = reading;
  const end = readable(reading);
  if (at >= end || plausible(buffer, at, end, EXPLICIT) >= 3) return;
  const { bytes, consumed, outcome } = inflateRaw(buffer.subarray(at, end), walk.cap);
  if (outcome === 'broken')
    note(
      reading,
      'dicom.deflate',
      'the deflated data set is damaged or cut off; what could be inflated is read',
      at + reading.shift,
    );
  if (outcome === 'cap')
    note(
      reading,
      'dicom.deflate',
      `the data set inflates to more than ${walk.cap} bytes; the rest is not examined`,
      at + reading.shift,
    );
  const joined = Buffer.concat([
    buffer.subarray(0, at),
    bytes,
    outcome === 'complete' ? buffer.subarray(at + consumed, end) : Buffer.alloc(0),
  ]);
  const gaps = splice.gaps.slice(0, reading.gap);
  const inflated: Splice = {
    bytes: joined,
    size: joined.length + reading.shift,
    gaps,
    gapAt: splice.gapAt.slice(0, reading.gap),
  };
  reading.splice = inflated;
  reading.buffer = joined;
  reading.nextGap = Number.POSITIVE_INFINITY;
  walk.deflated = { from: at, consumed, outcome };
  nesting.end[0] = at + bytes.length + reading.shift;
}
