import type { Incoming } from '../core/provenance.ts';
import { createElider, type Elider } from './dicom/elide.ts';
import { type FileMeta, fileHeader } from './dicom/meta.ts';
import type { InFlight, Limits } from './limits.ts';

/** An object on its way from the socket to the ledger. */
export interface StoredObject {
  add(chunk: Buffer): void;
  /** The object as a file, or null when there was no room for it. Its bytes stay accounted until `release`. */
  take(): Promise<Incoming | null>;
  /** Gives back what it took of the room for messages in flight. */
  release(): void;
}

/**
 * Gathers an object as a file (PS3.10 §7.1): a header made from what the association says, and the data set as it comes, without its
 * pixel data.
 */
export function createStoredObject(meta: FileMeta, limits: Limits, inFlight: InFlight): StoredObject {
  let body: Elider | null = createElider(limits);
  let taken = 0;

  function account(held: number): void {
    if (held > taken && !inFlight.take(held - taken)) {
      // The rest is read and thrown away: the sender expects an answer after its last byte.
      body = null;
      inFlight.give(taken);
      taken = 0;
      return;
    }
    if (held < taken) inFlight.give(taken - held);
    taken = held;
  }

  function add(chunk: Buffer): void {
    if (body === null) return;
    body.add(chunk);
    account(body.held);
  }

  add(fileHeader(meta));
  return {
    add,
    async take() {
      if (body === null) return null;
      const collected = await body.take();
      account(collected.bytes.length);
      return body === null ? null : { ...collected, idempotencyKey: null, whole: true, problems: [] };
    },
    release() {
      body = null;
      inFlight.give(taken);
      taken = 0;
    },
  };
}
