/** Bytes from the beginning that tell a format. */
export const HEAD_BYTES = 4096;

/** Shorter than this, random bytes could be text by chance. */
const MIN_TEXT = 64;

type Recognise = (bytes: Buffer) => boolean;

/** Formats whose beginning nobody mistakes for ciphertext: each needs 24 bits or more to fit. */
const FORMATS: readonly (readonly [name: string, is: Recognise])[] = [
  // PS3.10 7.1: 128 bytes of preamble, then the prefix.
  ['DICOM', (bytes) => ascii(bytes, 128, 4) === 'DICM'],
  // HL7 v2.5.1 2.5.4: the segment that begins a message, batch or file, and five encoding characters; MLLP's start byte may be before it.
  ['HL7', (bytes) => /^\x0b?(MSH|BHS|FHS)[^\w\s][^\w\s]{2,5}/.test(ascii(bytes, 0, 16))],
  ['SQLite', (bytes) => ascii(bytes, 0, 16) === 'SQLite format 3\0'],
  ['PDF', (bytes) => ascii(bytes, 0, 5) === '%PDF-'],
  // RFC 1952 2.3.1: deflate, and the three reserved flags are zero.
  ['gzip', (bytes) => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0x1f8b08 && ((bytes[3] ?? 0xff) & 0xe0) === 0],
  // APPNOTE 4.3.7 and 4.4.4: bit 0 says that the entry is encrypted.
  ['ZIP', (bytes) => ascii(bytes, 0, 4) === 'PK\x03\x04' && ((bytes[6] ?? 1) & 1) === 0],
  ['PNG', (bytes) => ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['JPEG', (bytes) => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff && (bytes[3] ?? 0) >= 0xc0],
];

/** What says of itself that it is encrypted: it may be text, and is not clear. */
const SEALED = /^(-----BEGIN PGP MESSAGE|-----BEGIN AGE ENCRYPTED|age-encryption\.org\/|Salted__|\$ANSIBLE_VAULT;)/;
const SEALED_JSON = /"(ciphertext|sops|encrypted_key|recipients)"\s*:/;

/**
 * The format of data that lies in clear, by its first bytes (`HEAD_BYTES` are enough); null where nothing was recognised, which proves
 * nothing: compressed data looks as random as ciphertext does (7.996 and 7.997 bits a byte were measured).
 */
export function recogniseClear(head: Uint8Array): string | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const found = FORMATS.find(([, is]) => is(bytes));
  if (found !== undefined) return found[0];
  const text = textOf(bytes);
  if (text === null || SEALED.test(text) || SEALED_JSON.test(text)) return null;
  if (/^\s*[{[]\s*(["{[\]}]|-?\d|true|false|null)/.test(text)) return 'JSON';
  if (/^\s*<(\?xml|!DOCTYPE|[A-Za-z][\w:.-]*[\s/>])/.test(text)) return 'XML';
  return isProse(text) ? 'text' : null;
}

function ascii(bytes: Buffer, start: number, length: number): string {
  return bytes.toString('latin1', start, start + length);
}

/** The bytes as UTF-8 without control characters; null where they are not that. A character may be cut off at the end. */
function textOf(bytes: Buffer): string | null {
  if (bytes.length < MIN_TEXT) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** Words with blanks between: ciphertext in base64 or hexadecimal has lines, but no words. */
function isProse(text: string): boolean {
  const words = text.split(/[\s|^,;~&]+/).filter((word) => word !== '');
  const short = words.filter((word) => word.length <= 20).length;
  return words.length >= 8 && short / words.length > 0.8;
}
