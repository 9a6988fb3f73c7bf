import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, createInflateRaw } from 'node:zlib';
import type { FileHead } from './zip.ts';

/** One file of a pack: its head can be told before its bytes. */
export interface Entry extends FileHead {
  /** Of its bytes, hex. */
  readonly sha256: string;
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A file that rests outside of memory until it was written. */
export interface SpooledEntry extends Entry {
  /** Lets go of it. */
  close(): Promise<void>;
}

/** Text that is taken at once. */
const CHUNK = 64 * 1024;

/** A file that is held in memory: a small one. */
export function entryOf(name: string, content: string | Uint8Array): Entry {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return {
    name,
    size: bytes.length,
    crc: crc32(bytes),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: () => [bytes],
  };
}

/**
 * Rows as NDJSON. A zip says how long a file is, and its checksum, before its bytes, so all rows are gone through first: deflated, into a file without a name
 * that ends with the process. Memory stays flat however many there are.
 */
export async function spooled(name: string, rows: AsyncIterable<unknown>): Promise<SpooledEntry> {
  const file = await unnamedFile();
  const hash = createHash('sha256');
  let size = 0;
  let crc = 0;
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of textOf(rows)) {
      hash.update(chunk);
      crc = crc32(chunk, crc);
      size += chunk.length;
      yield chunk;
    }
  }
  try {
    await pipeline(Readable.from(measured()), createDeflateRaw({ level: 1 }), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) await file.writeFile(chunk);
    });
  } catch (error) {
    await file.close();
    throw error;
  }
  return { name, size, crc, sha256: hash.digest('hex'), bytes: () => inflated(file), close: () => file.close() };
}

async function unnamedFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `cordon-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

async function* textOf(rows: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}

function inflated(file: FileHandle): AsyncIterable<Uint8Array> {
  const inflate = createInflateRaw();
  // What fails on the way ends the stream with its error, which the reader gets.
  return pipe(file.createReadStream({ start: 0, autoClose: false }), inflate, () => undefined);
}
