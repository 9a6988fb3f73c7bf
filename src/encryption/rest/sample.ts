import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, opendir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Outcome } from '../../core/evidence.ts';
import { HEAD_BYTES, recogniseClear } from './clear.ts';
import { type Finding, failed, notApplicable, unknown } from './evidence-row.ts';

/** Files that are read, and entries of folders that are looked at for them. */
const FILES = 50;
const ENTRIES = 2000;

/** Names that claim encryption of the file itself. */
const CLAIMING = new Set(['.gpg', '.pgp', '.age', '.enc', '.aes', '.encrypted', '.crypt', '.p7m', '.jwe']);

interface Sampled {
  readonly claims: boolean;
  readonly format: string | null;
}

/**
 * Check `sample`: the first bytes of a file, or of some files of a folder. It can only disprove. What is read on a volume that is proven comes
 * decrypted, so that clear bytes there say nothing, unless the file claims by its name to be encrypted itself. File names are in no fact.
 */
export async function checkSample(path: string, volume: Outcome, signal: AbortSignal): Promise<Finding> {
  const found: Sampled[] = [];
  let refused = 0;
  try {
    for await (const file of filesUnder(path, signal)) {
      const format = await headFormat(file);
      if (format.read) found.push({ claims: CLAIMING.has(extname(file).toLowerCase()), format: format.name });
      else refused++;
      if (found.length >= FILES) break;
    }
  } catch {
    return unknown('sample', 'the path may not be read: run this as who may, or ask for less');
  }
  return judge(found, refused, volume);
}

function judge(found: readonly Sampled[], refused: number, volume: Outcome): Finding {
  const clear = found.filter((one) => one.format !== null);
  const lies = clear.filter((one) => one.claims).length;
  const formats = [...new Set(clear.flatMap(({ format }) => (format === null ? [] : [format])))].sort();
  const facts = { files: found.length, clear: clear.length, formats, notRead: refused };
  if (lies > 0)
    return failed('sample', `contradiction: ${lies} files that claim by their name to be encrypted are in clear`, facts);
  if (clear.length > 0 && volume === 'proven')
    return notApplicable('sample', 'files are read through the volume, which decrypts them', facts);
  const text = `${clear.length} of ${found.length} files are in clear (${formats.join(', ')})`;
  if (clear.length > 0 && volume === 'failed')
    return failed('sample', `${text}, on a volume that does not encrypt. Put them on LUKS, or encrypt them`, facts);
  if (clear.length > 0) return unknown('sample', `${text}, and whether the volume below encrypts them is not known`, facts);
  if (found.length === 0) return unknown('sample', refused > 0 ? 'no file may be read' : 'no file is there to look at', facts);
  return unknown('sample', 'nothing in clear was recognised, which proves no encryption', facts);
}

/** Plain files at or below a path, shallow ones first. Links are not followed: they may lead elsewhere. */
async function* filesUnder(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const top = await stat(path);
  if (top.isFile()) yield path;
  const folders = top.isDirectory() ? [path] : [];
  let entries = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for await (const entry of entriesOf(folder, folder === path)) {
      if (signal.aborted || ++entries > ENTRIES) return;
      if (entry.isFile()) yield join(folder, entry.name);
      else if (entry.isDirectory()) folders.push(join(folder, entry.name));
    }
  }
}

/** A folder further down that may not be opened is passed by; the first one must be readable. */
async function* entriesOf(folder: string, required: boolean): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (required) throw error;
  }
}

async function headFormat(path: string): Promise<{ read: boolean; name: string | null }> {
  let handle: FileHandle | null = null;
  try {
    // Not blocking: between the listing and now, a pipe may have taken the file's place.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { read: true, name: recogniseClear(buffer.subarray(0, bytesRead)) };
  } catch {
    return { read: false, name: null };
  } finally {
    await handle?.close();
  }
}
