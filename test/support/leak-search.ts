import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A planted value in a file. It names the needle by its number in `values`: the value itself stays out of test output. */
export interface Leak {
  readonly file: string;
  readonly value: number;
  readonly encoding: string;
  readonly offset: number;
}

/** Needles share their first bytes' window: the shortest form of a value of six characters is six bytes. */
const WINDOW = 6;
const TABLE_BITS = 22;
const TABLE_MASK = (1 << TABLE_BITS) - 1;

interface Needle {
  readonly bytes: Buffer;
  readonly value: number;
  readonly encoding: string;
}

/** The forms in which a value may have been written: as it is, in wide characters, in hex, inside base64. */
export function formsOf(value: string): { encoding: string; bytes: Buffer }[] {
  const utf8 = Buffer.from(value, 'utf8');
  const utf16le = Buffer.from(value, 'utf16le');
  const forms = [
    { encoding: 'utf-8', bytes: utf8 },
    { encoding: 'latin-1', bytes: Buffer.from(value, 'latin1') },
    { encoding: 'utf-16le', bytes: utf16le },
    { encoding: 'utf-16be', bytes: Buffer.from(utf16le).swap16() },
    { encoding: 'hex', bytes: Buffer.from(utf8.toString('hex')) },
    { encoding: 'HEX', bytes: Buffer.from(utf8.toString('hex').toUpperCase()) },
  ];
  for (const alignment of [0, 1, 2]) {
    const text = base64At(utf8, alignment);
    forms.push({ encoding: `base64+${alignment}`, bytes: Buffer.from(text) });
    const url = text.replaceAll('+', '-').replaceAll('/', '_');
    if (url !== text) forms.push({ encoding: `base64url+${alignment}`, bytes: Buffer.from(url) });
  }
  return forms;
}

/** What base64 of a text that holds the value after `alignment` (mod 3) other bytes must hold, whatever stands around it. */
function base64At(bytes: Buffer, alignment: number): string {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const bits = 8 * (alignment + bytes.length);
  return text.slice(Math.ceil((8 * alignment) / 6), Math.floor(bits / 6));
}

/** One pass, whatever the number of needles: the hash of each six-byte window is looked up in a bit table, then in a map. */
function compileNeedles(values: readonly string[]): { table: Uint8Array; byHash: Map<number, Needle[]>; longest: number } {
  const table = new Uint8Array(1 << TABLE_BITS);
  const byHash = new Map<number, Needle[]>();
  const seen = new Set<string>();
  let longest = 0;
  for (const [value, text] of values.entries()) {
    for (const { encoding, bytes } of formsOf(text)) {
      const key = bytes.toString('latin1');
      if (bytes.length < WINDOW || seen.has(key)) continue;
      seen.add(key);
      const hash = windowHash(bytes, 0);
      table[hash & TABLE_MASK] = 1;
      const same = byHash.get(hash);
      if (same === undefined) byHash.set(hash, [{ bytes, value, encoding }]);
      else same.push({ bytes, value, encoding });
      longest = Math.max(longest, bytes.length);
    }
  }
  return { table, byHash, longest };
}

function windowHash(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
  const second = (bytes[at + 3] ?? 0) | ((bytes[at + 4] ?? 0) << 8) | ((bytes[at + 5] ?? 0) << 16);
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/**
 * Looks through every file under `folder` for the values, in every form of `formsOf`. Values are expected to have six
 * characters or more; shorter ones throw RangeError, because chance finds them anywhere. A file that a running service removes meanwhile
 * is not there to be found.
 */
export async function searchFolder(folder: string, values: readonly string[]): Promise<Leak[]> {
  for (const [index, value] of values.entries()) {
    if ([...value].length < WINDOW) throw new RangeError(`value ${index} has fewer than ${WINDOW} characters`);
  }
  const needles = compileNeedles(values);
  const leaks: Leak[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    try {
      await searchFile(file, needles, (needle, offset) =>
        leaks.push({ file, value: needle.value, encoding: needle.encoding, offset }),
      );
    } catch (error) {
      if (existsSync(file)) throw error;
    }
  }
  return leaks;
}

async function searchFile(
  file: string,
  needles: ReturnType<typeof compileNeedles>,
  report: (needle: Needle, offset: number) => void,
): Promise<void> {
  const { longest } = needles;
  let held: Buffer = Buffer.alloc(0);
  /** Offset of `held` in the file, and of the first window that was not looked at. */
  let base = 0;
  let next = 0;
  const search = (to: number): void => {
    searchBytes(held, next - base, to, needles, (needle, at) => report(needle, base + at));
    next = Math.max(next, base + to);
  };
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream without encoding yields buffers');
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    // Windows whose needle (or the digits around it) might reach past the end wait for the next chunk.
    search(Math.max(0, held.length - longest - RUN));
    const drop = Math.max(0, next - base - RUN);
    base += drop;
    held = held.subarray(drop);
  }
  search(held.length);
}

function searchBytes(
  bytes: Buffer,
  from: number,
  to: number,
  { table, byHash }: ReturnType<typeof compileNeedles>,
  report: (needle: Needle, at: number) => void,
): void {
  const last = Math.min(to, bytes.length - WINDOW + 1);
  for (let at = from; at < last; at++) {
    const hash = windowHash(bytes, at);
    if (table[hash & TABLE_MASK] === 0) continue;
    for (const needle of byHash.get(hash) ?? []) {
      const end = at + needle.bytes.length;
      if (end <= bytes.length && needle.bytes.equals(bytes.subarray(at, end)) && !isChance(bytes, at, end, needle)) {
        report(needle, at);
      }
    }
  }
}

/** Length from which a run of hex digits is taken for a digest, an id or a clock reading. */
const RUN = 13;

/**
 * Eight digits stand by chance inside the digests, ids and clock readings of any log: digits within a longer run of hex digits
 * count only where the run begins with them, as a date does in a timestamp.
 */
function isChance(bytes: Buffer, start: number, end: number, { bytes: needle }: Needle): boolean {
  if (!needle.every((byte) => byte >= 0x30 && byte <= 0x39)) return false;
  let before = start;
  while (before > 0 && start - before < RUN && isHexDigit(bytes[before - 1] ?? 0)) before--;
  if (before === start) return false;
  let after = end;
  while (after < bytes.length && after - before < RUN && isHexDigit(bytes[after] ?? 0)) after++;
  return after - before >= RUN;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66) || byte === 0x2d;
}
