import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { CordonError, reasonOf } from '../core/errors.ts';

/** Whether anything is there, a dangling link included. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Makes the file, 0600 in a 0700 folder, complete or not at all. A link and not a rename: of two processes that start at once, one makes the
 * keyring and the other reads it.
 */
export function createFile(path: string, content: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, content);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!exists(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(path);
}

function writeDraft(path: string, content: object): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(content, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}

/** The name of a new file is durable only after its folder is. */
function syncFolder(path: string): void {
  const handle = openSync(dirname(path), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts `content` in the place of the file, complete or not at all. */
export function replaceFile(path: string, content: object): void {
  const draft = writeDraft(path, content);
  renameSync(draft, path);
  syncFolder(path);
}

/**
 * The JSON of a keyring file that nobody else may use. Throws `keyring.missing`, `keyring.permissions` (wider than 0600, or another's
 * file) or `keyring.invalid` (no JSON).
 */
export function readPrivateJson(path: string): unknown {
  checkPermissions(path);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // A JSON error quotes the text it could not read: key material must not reach a log.
    const reason = error instanceof SyntaxError ? 'it is no JSON' : reasonOf(error);
    throw new CordonError('keyring.invalid', `${path}: cannot be read (${reason}). Restore it from its backup`);
  }
}

function checkPermissions(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new CordonError('keyring.missing', `${path}: no such keyring`);
  if (!stat.isFile()) throw new CordonError('keyring.permissions', `${path}: must be a plain file, and is not (a link?)`);
  const own = process.getuid?.() ?? stat.uid;
  if (stat.uid !== own && own !== 0) {
    throw new CordonError('keyring.permissions', `${path}: belongs to another user. Run: chown ${own} ${path}`);
  }
  if ((stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
    throw new CordonError('keyring.permissions', `${path}: others may use it (mode ${mode}). Run: chmod 600 ${path}`);
  }
}
