import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createElider } from '../ingest/dicom/elide.ts';
import type { Collected } from '../ingest/keep.ts';

const PIECE = 4 * 2 ** 20;
/** Nobody waits for a file, and whoever names one wants all of it read. */
const NO_LIMITS = { limit: Number.MAX_SAFE_INTEGER, hardLimit: Number.MAX_SAFE_INTEGER };
const STANDARD_INPUT = 0;

/**
 * Reads a file (`-`: standard input) as a listener takes it in: without the pixel data and the large binary values of a DICOM object,
 * so that an object of gigabytes needs little memory. Rejects as node:fs does where it cannot be read.
 */
export async function readBody(file: string): Promise<Collected> {
  const descriptor = file === '-' ? STANDARD_INPUT : openSync(file, 'r');
  try {
    const elider = createElider(NO_LIMITS);
    const piece = Math.min(PIECE, Math.max(64 * 1024, fstatSync(descriptor).size));
    let buffer = Buffer.allocUnsafe(piece);
    for (;;) {
      const read = readSync(descriptor, buffer);
      if (read === 0) break;
      const before = elider.held;
      elider.add(buffer.subarray(0, read));
      // What is kept may be a view on the buffer; while pixels go by nothing is.
      if (elider.held !== before) buffer = Buffer.allocUnsafe(piece);
    }
    return await elider.take();
  } finally {
    if (descriptor !== STANDARD_INPUT) closeSync(descriptor);
  }
}
