import { CordonError } from '../../core/errors.ts';
import type { Entry } from './spool.ts';
import { directoryHeader, directoryOf, localHeader } from './zip.ts';

/** A zip without extensions has four bytes for a place in it (APPNOTE 4.4.24). */
const MOST = 0xffff_ffff;
/** More than a header and the directory take. */
const HEADERS = 64 * 1024;

/** The same bytes as `zipOf`, each file as it comes. Throws `usage` where they would not fit into a zip. */
export async function* zipChunks(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let at = 0;
  for await (const entry of entries) {
    if (at + entry.size > MOST - HEADERS) throw new CordonError('usage', 'a pack holds 4 GiB at most: ask for a shorter period');
    const local = localHeader(entry);
    directory.push(directoryHeader(entry, at));
    yield local;
    yield* entry.bytes();
    at += local.length + entry.size;
  }
  yield directoryOf(directory, at);
}
