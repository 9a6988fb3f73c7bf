import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import type { SealedChunk } from '../../core/accept-row.ts';
import { CordonError } from '../../core/errors.ts';
import type { MessageId } from '../../core/vocabulary.ts';

/** Bytes of a body that one chunk seals. */
export const CHUNK_BYTES = 1024 * 1024;

/** NIST SP 800-38D: 96-bit nonce, 128-bit tag. Random nonces are safe for 2^32 chunks under a key, and a key lives for one day. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Asking for random bytes costs a quarter of sealing a message: many nonces are asked for at once, and each is taken once. */
const nonces = Buffer.alloc(NONCE_BYTES * 256);
let taken = nonces.length;

function freshNonce(): Uint8Array {
  if (taken === nonces.length) {
    randomFillSync(nonces);
    taken = 0;
  }
  taken += NONCE_BYTES;
  return nonces.subarray(taken - NONCE_BYTES, taken);
}

/** Bytes that sealing adds to a body of this size. */
export function sealedSize(bytes: number): number {
  return bytes + Math.max(1, Math.ceil(bytes / CHUNK_BYTES)) * (NONCE_BYTES + TAG_BYTES);
}

/**
 * Seals a body in chunks of 1 MiB: AES-256-GCM, additional data = message id ‖ chunk number ‖ last flag, so that a chunk opens only
 * in its place in its message. An empty body is one empty chunk. Every chunk owns its memory: a view on a pooled Buffer would
 * take the whole pool, other people's bytes included, along to another thread.
 */
export function seal(body: Uint8Array, dataKey: KeyObject, id: MessageId): SealedChunk[] {
  const count = Math.max(1, Math.ceil(body.length / CHUNK_BYTES));
  const chunks: SealedChunk[] = [];
  for (let number = 0; number < count; number++) {
    const last = number === count - 1;
    const plain = body.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES);
    const nonce = freshNonce();
    const cipher = createCipheriv('aes-256-gcm', dataKey, nonce).setAAD(aadOf(id, number, last));
    const data = new Uint8Array(NONCE_BYTES + plain.length + TAG_BYTES);
    data.set(nonce, 0);
    data.set(cipher.update(plain), NONCE_BYTES);
    cipher.final();
    data.set(cipher.getAuthTag(), NONCE_BYTES + plain.length);
    chunks.push({ number, last, data });
  }
  return chunks;
}

/** The body again. Throws `vault.corrupt` where a chunk is missing, out of order, cut, changed, or of another message or key. */
export function open(chunks: readonly SealedChunk[], dataKey: KeyObject, id: MessageId): Uint8Array {
  const size = chunks.reduce((sum, chunk) => sum + Math.max(0, chunk.data.length - NONCE_BYTES - TAG_BYTES), 0);
  const body = new Uint8Array(size);
  let offset = 0;
  chunks.forEach((chunk, index) => {
    if (chunk.number !== index) throw corrupt(id, index, 'is missing or out of order');
    if (chunk.last !== (index === chunks.length - 1))
      throw corrupt(id, index, chunk.last ? 'is last, and others follow' : 'is not the last');
    const plain = openChunk(chunk, dataKey, id);
    body.set(plain, offset);
    offset += plain.length;
  });
  if (chunks.length === 0) throw corrupt(id, 0, 'is missing');
  return body;
}

function openChunk(chunk: SealedChunk, dataKey: KeyObject, id: MessageId): Uint8Array {
  const { data, number } = chunk;
  const end = data.length - TAG_BYTES;
  if (end < NONCE_BYTES) throw corrupt(id, number, 'is cut off');
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(aadOf(id, number, chunk.last))
      .setAuthTag(data.subarray(end));
    const plain = decipher.update(data.subarray(NONCE_BYTES, end));
    decipher.final();
    return plain;
  } catch (error) {
    throw corrupt(id, number, 'does not open: it was changed, or its key is another', error);
  }
}

function aadOf(id: MessageId, number: number, last: boolean): Buffer {
  const name = Buffer.from(id, 'utf8');
  const aad = Buffer.alloc(name.length + 5);
  name.copy(aad);
  aad.writeUInt32BE(number, name.length);
  aad.writeUInt8(last ? 1 : 0, name.length + 4);
  return aad;
}

function corrupt(id: MessageId, number: number, what: string, cause?: unknown): CordonError {
  return new CordonError('vault.corrupt', `message ${id}: sealed chunk ${number} ${what}. Restore the ledger from a backup`, {
    cause,
  });
}
