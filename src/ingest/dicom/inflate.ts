import { createInflateRaw } from 'node:zlib';

/** What a deflated data set may grow to. The largest that are sent (segmentations) are a tenth of it. */
const MOST_INFLATED = 256 * 2 ** 20;
/** Each piece is a trip to another thread: pieces of 16 KiB, zlib's own size, were measured to take ten times as long. */
const PIECE = 512 * 1024;

/**
 * Inflates a deflated data set (PS3.5 A.5) piece by piece, each given to `add` before the next is made, so that memory stays flat
 * whatever the stream grows to. Resolves to the bytes of the stream that were read; null where it is damaged, cut off, grows past
 * the cap, or `add` wants no more: the caller then keeps it as it came, and the scan says so.
 */
export async function inflate(stream: Uint8Array, add: (piece: Uint8Array) => boolean): Promise<number | null> {
  const inflating = createInflateRaw({ chunkSize: PIECE });
  let size = 0;
  inflating.end(stream);
  try {
    for await (const piece of inflating) {
      if (!(piece instanceof Uint8Array)) throw new TypeError('zlib gives buffers');
      size += piece.length;
      if (size > MOST_INFLATED || !add(piece)) return null;
    }
  } catch (error) {
    if (isDataError(error)) return null;
    throw error;
  }
  return inflating.bytesWritten;
}

/** zlib's own codes: Z_DATA_ERROR, Z_BUF_ERROR (it ended too early), Z_NEED_DICT. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_(DATA|BUF|NEED)/.test(String(error.code));
}
