import { crc32 } from 'node:zlib';

/**
 * The container of a pack: a zip (APPNOTE 6.3) of stored files without any freedom, so that whoever has the files can say what every byte of it
 * must be. What else could be in a zip (comments, extra fields, other times, bytes before or behind) would be a place to hide a change in.
 */

export interface PackFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** 1980-01-01 00:00, the first time that a zip can name. */
const TIME = 0x00210000;

/** What the headers of a file say of it. */
export interface FileHead {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
}

/** The one zip of these files, in this order. */
export function zipOf(files: readonly PackFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const head = { name, size: bytes.length, crc: crc32(bytes) };
    const local = localHeader(head);
    directory.push(directoryHeader(head, at));
    parts.push(local, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    at += local.length + bytes.length;
  }
  return Buffer.concat([...parts, directoryOf(directory, at)]);
}

/** What stands before the bytes of a file (APPNOTE 4.3.7). */
export function localHeader(head: FileHead): Buffer {
  return Buffer.concat([number4(0x04034b50), commonOf(head), Buffer.from(head.name, 'utf8')]);
}

/** What the directory says of a file whose local header begins at `at` (4.3.12). */
export function directoryHeader(head: FileHead, at: number): Buffer {
  return Buffer.concat([
    number4(0x02014b50),
    number2(20),
    commonOf(head),
    Buffer.alloc(10),
    number4(at),
    Buffer.from(head.name, 'utf8'),
  ]);
}

/** The directory, which begins at `at`, and the end of the zip (4.3.16). */
export function directoryOf(headers: readonly Buffer[], at: number): Buffer {
  const central = Buffer.concat(headers);
  const count = number2(headers.length);
  return Buffer.concat([
    central,
    number4(0x06054b50),
    Buffer.alloc(4),
    count,
    count,
    number4(central.length),
    number4(at),
    Buffer.alloc(2),
  ]);
}

/** What local header and directory say alike of a file: from the version that reads it to the length of its extra field. */
function commonOf({ name, size, crc }: FileHead): Buffer {
  const bytes = number4(size);
  return Buffer.concat([
    number2(20),
    Buffer.alloc(4),
    number4(TIME),
    number4(crc),
    bytes,
    bytes,
    number2(Buffer.byteLength(name)),
    Buffer.alloc(2),
  ]);
}

/** The files of a zip, read from its directory; null where it has none. What it says beside is for `zipOf` to compare. */
export function filesOf(zip: Buffer): PackFile[] | null {
  const end = zip.lastIndexOf(number4(0x06054b50));
  if (end < 0 || end + 22 > zip.length) return null;
  const files: PackFile[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > end || zip.readUInt32LE(at) !== 0x02014b50) return null;
    const size = zip.readUInt32LE(at + 24);
    const label = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 > zip.length) return null;
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({ name: zip.toString('utf8', at + 46, at + 46 + label), bytes: zip.subarray(start, start + size) });
    at += 46 + label + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function number2(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function number4(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
