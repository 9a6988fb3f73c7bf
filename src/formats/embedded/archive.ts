import { inflateRaw } from '../dicom/inflate.ts';
import { type Allowance, inflateCap, spend } from './allowance.ts';

/** One file of an archive, or what a compressed value holds. */
export interface Unpacked {
  /** Empty where the container names nothing. Decides how the bytes are read, and is never shown. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Why not all of it is there; null where it is. */
  readonly reason: 'decoded-cap' | 'damaged' | 'encrypted' | 'encapsulated' | null;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const MAX_ENTRIES = 1000;
/** The end record and its comment (APPNOTE 4.3.16). */
const MAX_END = 22 + 0xffff;

/** A gzip member (RFC 1952); further members are read as well. */
export function gunzip(bytes: Buffer, allowance: Allowance): Unpacked {
  const pieces: Buffer[] = [];
  let reason: Unpacked['reason'] = null;
  for (let at = 0; at < bytes.length && bytes[at] === 0x1f && bytes[at + 1] === 0x8b && pieces.length < MAX_ENTRIES; ) {
    const body = gzipBody(bytes, at);
    const { consumed, ...made } = inflate(bytes.subarray(body), allowance);
    pieces.push(made.bytes);
    reason ??= made.reason;
    if (reason !== null) break;
    at = body + consumed + 8;
  }
  return { name: '', bytes: Buffer.concat(pieces), reason: pieces.length === 0 ? 'damaged' : reason };
}

function gzipBody(bytes: Buffer, start: number): number {
  const flags = bytes[start + 3] ?? 0;
  let at = start + 10;
  if ((flags & 4) !== 0 && at + 2 <= bytes.length) at += 2 + bytes.readUInt16LE(at);
  for (const text of [8, 16]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    at = end < 0 ? bytes.length : end + 1;
  }
  return Math.min((flags & 2) !== 0 ? at + 2 : at, bytes.length);
}

/** A zlib stream (RFC 1950). */
export function unzlib(bytes: Buffer, allowance: Allowance): Unpacked {
  return inflate(bytes.subarray(2), allowance);
}

function inflate(stream: Buffer, allowance: Allowance): Unpacked & { consumed: number } {
  const { bytes, consumed, outcome } = inflateRaw(stream, inflateCap(allowance, stream.length));
  spend(allowance, bytes.length);
  return { name: '', bytes, consumed, reason: outcome === 'complete' ? null : outcome === 'cap' ? 'decoded-cap' : 'damaged' };
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly local: number;
}

/** The files of a ZIP archive (APPNOTE 6.3), by its directory, or one after the other where that is missing. */
export function unzip(bytes: Buffer, allowance: Allowance): Unpacked[] {
  const directory = centralEntries(bytes);
  const entries = directory.length > 0 ? directory : localEntries(bytes);
  const files: Unpacked[] = [];
  for (const entry of entries.slice(0, MAX_ENTRIES)) {
    if (entry.name.endsWith('/')) continue;
    files.push(unpack(bytes, entry, allowance));
  }
  if (entries.length > MAX_ENTRIES) files.push({ name: '', bytes: Buffer.alloc(0), reason: 'decoded-cap' });
  return files.length > 0 ? files : [{ name: '', bytes: Buffer.alloc(0), reason: 'damaged' }];
}

function centralEntries(bytes: Buffer): Entry[] {
  const end = endRecord(bytes);
  if (end < 0) return [];
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === CENTRAL && entries.length <= MAX_ENTRIES) {
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('latin1', at + 46, at + 46 + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      local: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function endRecord(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - MAX_END); at--) {
    if (bytes[at] === 0x50 && bytes.readUInt32LE(at) === END) return at;
  }
  return -1;
}

function localEntries(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  const mark = Buffer.from('PK\x03\x04', 'latin1');
  for (let at = bytes.indexOf(mark); at >= 0 && at + 30 <= bytes.length; at = bytes.indexOf(mark, at + 4)) {
    if (entries.length > MAX_ENTRIES) break;
    const nameLength = bytes.readUInt16LE(at + 26);
    entries.push({
      name: bytes.toString('latin1', at + 30, at + 30 + nameLength),
      flags: bytes.readUInt16LE(at + 6),
      method: bytes.readUInt16LE(at + 8),
      packed: bytes.readUInt32LE(at + 18),
      local: at,
    });
  }
  return entries;
}

function unpack(bytes: Buffer, { name, flags, method, packed, local }: Entry, allowance: Allowance): Unpacked {
  const nothing = Buffer.alloc(0);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) return { name, bytes: nothing, reason: 'damaged' };
  if ((flags & 1) !== 0) return { name, bytes: nothing, reason: 'encrypted' };
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (method === 8) {
    // Written as a stream, the size is only known after the data; the deflate stream knows its own end.
    const end = packed > 0 ? Math.min(from + packed, bytes.length) : bytes.length;
    return { ...inflate(bytes.subarray(from, end), allowance), name };
  }
  if (method !== 0) return { name, bytes: nothing, reason: 'encapsulated' };
  const stored = bytes.subarray(from, from + packed);
  const fits = spend(allowance, stored.length);
  return {
    name,
    bytes: fits ? stored : nothing,
    reason: !fits ? 'decoded-cap' : stored.length < packed ? 'damaged' : null,
  };
}
