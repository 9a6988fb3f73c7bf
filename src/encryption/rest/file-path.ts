import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of `file:/data`, of `file:data` from the working folder, or of a URL `file:///data%20one`; null where it is none of this machine. */
export function filePathOf(target: string): string | null {
  if (!/^file:./.test(target)) return null;
  if (!target.startsWith('file://')) return resolve(target.slice('file:'.length));
  try {
    return fileURLToPath(target);
  } catch {
    // A host that is not this one, or an escape that is none: no path, whichever it is.
    return null;
  }
}
