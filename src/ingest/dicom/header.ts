import type { Encoding } from '../../formats/dicom/transfer-syntax.ts';
import { lengthBytes } from '../../formats/dicom/vr.ts';

/** The header of a data element, an item or a delimiter (PS3.5 §7.1, §7.5). */
export interface Header {
  /** Group and element as one number, `0x7fe00010`. */
  readonly tag: number;
  /** Empty in implicit VR, and for items and delimiters. */
  readonly vr: string;
  /** Bytes of the value; UNDEFINED where a delimiter ends it. */
  readonly length: number;
  /** Bytes of the header itself. */
  readonly size: number;
}

export const UNDEFINED = 0xffffffff;
export const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;
/** Every header is at least this long; `headerSize` needs as many. */
export const SHORTEST = 8;

/** Size of the header that starts with these eight bytes; 0 where they start none (no VR where there has to be one). */
export function headerSize(bytes: Uint8Array, encoding: Encoding): 0 | 8 | 12 {
  if (!encoding.explicit || groupOf(bytes, encoding.bigEndian) === 0xfffe) return 8;
  const form = lengthBytes(bytes[4] ?? 0, bytes[5] ?? 0);
  return form === 0 ? 0 : form === 2 ? 8 : 12;
}

/** Reads a header from the `headerSize` bytes that it has. */
export function readHeader(bytes: Uint8Array, encoding: Encoding): Header {
  const { bigEndian, explicit } = encoding;
  const group = groupOf(bytes, bigEndian);
  const tag = group * 0x10000 + read16(bytes, 2, bigEndian);
  const size = bytes.length;
  if (!explicit || group === 0xfffe) return { tag, vr: '', length: read32(bytes, 4, bigEndian), size };
  const vr = String.fromCharCode(bytes[4] ?? 0, bytes[5] ?? 0);
  return { tag, vr, length: size === 12 ? read32(bytes, 8, bigEndian) : read16(bytes, 6, bigEndian), size };
}

// By hand: a view on the bytes for each of a million elements costs more than all the rest.
function read16(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  return bigEndian ? first * 0x100 + second : second * 0x100 + first;
}

function read32(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const first = read16(bytes, at, bigEndian);
  const second = read16(bytes, at + 2, bigEndian);
  return bigEndian ? first * 0x10000 + second : second * 0x10000 + first;
}

const groupOf = (bytes: Uint8Array, bigEndian: boolean): number => read16(bytes, 0, bigEndian);

/**
 * How the data set that starts with these eight bytes is encoded. Files are found whose transfer syntax says otherwise, or is missing:
 * a VR where one would be, and which byte of a low group number is the zero one, tell more than the declaration.
 */
export function shownEncoding(bytes: Uint8Array, declared: Encoding): Encoding {
  const explicit = lengthBytes(bytes[4] ?? 0, bytes[5] ?? 0) !== 0;
  const [first = 0, second = 0] = bytes;
  const bigEndian = first === 0 && second !== 0 ? explicit : first !== 0 && second === 0 ? false : declared.bigEndian && explicit;
  return { explicit, bigEndian, deflated: false };
}

/** The longest value that a bare data set may start with; a longer one makes it no data set. */
const LONGEST_FIRST = 4096;

/**
 * The encoding of a data set without preamble and file meta information, from its first eight bytes; null where they start none: it
 * would start with group 0008, as every object does, or with group 0002.
 */
export function bareEncoding(bytes: Uint8Array): Encoding | null {
  const encoding = shownEncoding(bytes, { explicit: true, bigEndian: false, deflated: false });
  const group = groupOf(bytes, encoding.bigEndian);
  if (group !== 0x0008 && group !== 0x0002) return null;
  if (encoding.explicit) return encoding;
  return readHeader(bytes, encoding).length <= LONGEST_FIRST ? encoding : null;
}
