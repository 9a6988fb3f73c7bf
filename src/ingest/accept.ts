import type { AcceptResult, AcceptRow, SealedChunk } from '../core/accept-row.ts';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Accept, Incoming, Provenance } from '../core/provenance.ts';
import type { MessageId } from '../core/vocabulary.ts';
import type { VaultQuota } from './limits.ts';

export interface AcceptDeps {
  /** Commits chunks, message row and outbox row in one transaction; resolves when they are durable. */
  save(row: AcceptRow): Promise<AcceptResult>;
  seal(bytes: Uint8Array, id: MessageId): Sealed | Promise<Sealed>;
  /** Keyed digest of everything sent: the kept bytes and the digest of the rest. */
  digest(bytes: Uint8Array, restDigest: string | null): string;
  /** Keyed HMAC of a text that tells one duplicate from another. */
  scopeHmac(text: string): string;
  /** The message header's control id (MSH-10 of the first MSH) and whether a format can read the bytes at all. */
  peek(bytes: Uint8Array): { readonly controlIdBytes: Uint8Array; readonly readable: boolean };
  readonly quota: VaultQuota;
  /** Wakes the workers. May fail: the sweeper finds what stays pending. */
  dispatch(ids: readonly MessageId[]): Promise<void>;
  onDispatchFailure(reason: string): void;
  /** A fresh UUIDv7. */
  newId(): MessageId;
}

export interface Sealed {
  readonly dataKey: string;
  readonly chunks: readonly SealedChunk[];
}

/**
 * What two messages must share to be one and the same (DESIGN §6.3): listener, peer (key, certificate or address; AE titles too), Cordon-Flow
 * and Cordon-Destination, and then the Idempotency-Key, or the protocol's own id and the content. As JSON, so that no two scopes collide.
 */
function scope(kind: 'key' | 'content', { listener, peer, association, claims }: Provenance, ...rest: readonly string[]): string {
  const who =
    peer.apiKey !== null
      ? ['key', peer.apiKey]
      : peer.certificate !== null
        ? ['certificate', peer.certificate]
        : ['address', peer.address];
  if (association !== undefined) who.push(association.calling, association.called);
  return JSON.stringify([kind, listener, who, claims.flow, claims.destination, ...rest]);
}

/**
 * Makes `accept`: seal, commit, and only then resolve. Nothing is parsed here beyond the header peek: what a message holds is the
 * scan's business, and the sender is waiting. Rejects with `vault.quota` or `ledger.unavailable` when nothing durable happened.
 */
export function createAccept(deps: AcceptDeps): Accept {
  const { save, seal, digest, scopeHmac, peek, quota, dispatch, onDispatchFailure, newId } = deps;

  async function row(message: Incoming, provenance: Provenance): Promise<AcceptRow> {
    const { controlIdBytes, readable } = peek(message.bytes);
    const content = digest(message.bytes, message.restDigest);
    const { idempotencyKey } = message;
    const id = newId();
    const { dataKey, chunks } = await seal(message.bytes, id);
    return {
      id,
      provenance,
      bytes: message.total,
      elided: message.elided,
      inflated: message.inflated,
      digest: content,
      duplicateKey: idempotencyKey === null ? null : scopeHmac(scope('key', provenance, idempotencyKey)),
      duplicateContent:
        message.whole && controlIdBytes.length > 0
          ? scopeHmac(scope('content', provenance, Buffer.from(controlIdBytes).toString('latin1'), content))
          : null,
      quarantined: !(message.whole && readable),
      problems: message.problems,
      dataKey,
      chunks,
    };
  }

  return async (message, provenance) => {
    if (quota.exceeded()) {
      throw new CordonError(
        'vault.quota',
        'the vault is at its quota: raise it, shorten retention, or free the disk, then senders come again',
      );
    }
    const accepted = await row(message, provenance);
    const result = await committed(save, accepted);
    if (!result.duplicate) {
      quota.add(accepted.chunks.reduce((sum, { data }) => sum + data.length, 0));
      dispatch([result.id]).catch((error: unknown) => onDispatchFailure(reasonOf(error)));
    }
    return { id: result.id, duplicate: result.duplicate, quarantined: accepted.quarantined };
  };
}

/** Whatever the ledger throws that is not classed already means that nothing is durable, and that the sender should come again. */
async function committed(save: AcceptDeps['save'], row: AcceptRow): Promise<AcceptResult> {
  try {
    return await save(row);
  } catch (error) {
    if (error instanceof CordonError && error.retry === 'transient') throw error;
    throw new CordonError('ledger.unavailable', `the ledger did not commit: ${reasonOf(error)}`, { cause: error });
  }
}
