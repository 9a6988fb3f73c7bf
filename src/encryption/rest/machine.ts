import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from 'node:fs';

/** What the checks of volumes read of Linux. Each answer is null where a thing is not there or may not be read. */
export interface Machine {
  text(path: string): string | null;
  /** The first bytes of a device or file. */
  head(path: string, bytes: number): Buffer | null;
  names(folder: string): readonly string[] | null;
  /** The path without links. */
  real(path: string): string | null;
}

/** This machine. /proc and /sys answer from memory: these reads wait for no disk. */
export const thisMachine: Machine = {
  text: (path) => orNull(() => readFileSync(path, 'utf8')),
  head: (path, bytes) => orNull(() => readHead(path, bytes)),
  names: (folder) => orNull(() => readdirSync(folder).sort()),
  real: (path) => orNull(() => realpathSync(path)),
};

/** Whatever the error is, the caller makes `unknown` of it: there is nothing to tell apart. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function readHead(path: string, bytes: number): Buffer {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.subarray(0, readSync(handle, buffer, 0, bytes, 0));
  } finally {
    closeSync(handle);
  }
}
