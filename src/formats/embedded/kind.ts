import { isUtf8 } from 'node:buffer';

/**
 * What the first bytes of a decoded value say it is. What a sender declares (ED.2 and ED.3, a MIME type) is not asked: it is often wrong,
 * and a wrong one must not hide anything.
 */
export type Kind = 'pdf' | 'gzip' | 'zlib' | 'zip' | 'image' | 'media' | 'dicom' | 'office' | 'text' | 'binary';

const MARKS: readonly (readonly [Kind, number, string])[] = [
  ['zip', 0, 'PK\x03\x04'],
  ['gzip', 0, '\x1f\x8b\x08'],
  ['dicom', 128, 'DICM'],
  ['dicom', 0, 'DICM'],
  ['image', 0, '\xff\xd8\xff'],
  ['image', 0, '\x89PNG\r\n\x1a\n'],
  ['image', 0, 'GIF8'],
  ['image', 0, 'II*\0'],
  ['image', 0, 'MM\0*'],
  ['image', 0, '\0\0\0\fjP  '],
  ['image', 0, '\xff\x4f\xff\x51'],
  ['image', 8, 'WEBP'],
  ['image', 4, 'ftypheic'],
  // Word, Excel and Outlook before 2007: their text stands in clear, mostly (MS-CFB §2.2).
  ['office', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['media', 0, 'OggS'],
  ['media', 0, 'ID3'],
  ['media', 4, 'ftyp'],
  ['media', 0, 'RIFF'],
  ['media', 0, '\x1aE\xdf\xa3'],
];

/** Readers of PDF look for its header in the first 1024 bytes (ISO 32000-1 §7.5.2 and its implementation notes). */
const PDF_HEADER = 1024;
/** Bytes looked at to tell text from binary. */
const SAMPLE = 64 * 1024;

/** Tells what bytes are; `text` is anything that reads as characters (UTF-8, UTF-16, an 8-bit set), whatever its format. */
export function kindOf(bytes: Buffer): Kind {
  for (const [kind, at, mark] of MARKS) if (isMark(bytes, at, mark)) return kind;
  if (bytes.subarray(0, PDF_HEADER).includes('%PDF-')) return 'pdf';
  // A bitmap's header says how large the file is.
  if (bytes.length > 26 && isMark(bytes, 0, 'BM') && bytes.readUInt32LE(2) === bytes.length) return 'image';
  if (isText(bytes)) return 'text';
  return isZlib(bytes) ? 'zlib' : 'binary';
}

function isMark(bytes: Buffer, at: number, mark: string): boolean {
  return bytes.length >= at + mark.length && bytes.toString('latin1', at, at + mark.length) === mark;
}

/** RFC 1950 §2.2: method 8, a window of at most 32 KiB, and a header that is a multiple of 31. */
function isZlib(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return bytes.length >= 8 && (first & 0x8f) === 0x08 && ((first << 8) | second) % 31 === 0 && (second & 0x20) === 0;
}

/** 0: no character of a text; 1: a character of ASCII or white space; 2: a byte over 0x7F. VT and FS frame a message (MLLP). */
const CHARACTER = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte > 0x7f) return 2;
  return byte >= 0x20 ? (byte === 0x7f ? 0 : 1) : [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c].includes(byte) ? 1 : 0;
});

/** Whether bytes read as characters from end to end (of their first 64 KiB). Few bytes have to be plainer: chance makes text of them now and then. */
export function isText(bytes: Buffer): boolean {
  const sample = bytes.length > SAMPLE ? bytes.subarray(0, SAMPLE) : bytes;
  if (sample.length === 0) return false;
  let high = 0;
  for (const byte of sample) {
    const kind = CHARACTER[byte];
    if (kind === 0) return isUtf16(sample);
    if (kind === 2) high++;
  }
  if (high === 0) return true;
  // A character may be cut where the sample ends.
  const utf8 = isUtf8(sample) || (bytes.length > SAMPLE && [1, 2, 3].some((cut) => isUtf8(sample.subarray(0, SAMPLE - cut))));
  if (utf8) return sample.length >= 64 || high * 3 <= sample.length;
  return sample.length >= 16 && high * 5 <= sample.length;
}

function isUtf16(sample: Buffer): boolean {
  const marked = (sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff);
  const pairs = sample.length >> 1;
  if (pairs < 6) return false;
  const zeros = [0, 0];
  let plain = 0;
  for (let at = 0; at < pairs * 2; at++) {
    if (sample[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
    else if (CHARACTER[sample[at] ?? 0] === 1) plain++;
  }
  const [even = 0, odd = 0] = zeros;
  const oneSided = Math.max(even, odd) * 10 >= pairs * 6 && Math.min(even, odd) * 50 <= pairs;
  return (marked || oneSided) && plain * 10 >= pairs * 6;
}
