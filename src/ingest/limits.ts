import { CordonError } from '../core/errors.ts';

/** Sizes in bytes, per message. */
export interface Limits {
  /** What is kept of a message; the rest is counted and digested. */
  readonly limit: number;
  /** Past this the rest is read and thrown away. */
  readonly hardLimit: number;
}

/** Throws `config.invalid` unless 0 < limit ≤ hardLimit. */
export function checkedLimits(limits: Limits): Limits {
  const { limit, hardLimit } = limits;
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new CordonError('config.invalid', `CORDON_LIMIT: ${limit} is no number of bytes over 0`);
  }
  if (!Number.isSafeInteger(hardLimit) || hardLimit < limit) {
    throw new CordonError(
      'config.invalid',
      `CORDON_HARD_LIMIT: ${hardLimit} is under CORDON_LIMIT (${limit}); raise it or lower the limit`,
    );
  }
  return limits;
}

/**
 * Bytes of messages in memory between a socket and the ledger, over all listeners of the process. Listeners take what they keep and
 * give it back once it is committed or dropped. Sealing copies, so about twice this much is in use at worst.
 */
export interface InFlight {
  /** False when there is no room: nothing was taken, and the listener sheds (DESIGN §6.3, "ledger or disk unavailable"). */
  take(bytes: number): boolean;
  give(bytes: number): void;
  readonly bytes: number;
}

export function createInFlight(budget: number): InFlight {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > budget) return false;
      taken += bytes;
      return true;
    },
    give(bytes) {
      taken -= bytes;
    },
    get bytes() {
      return taken;
    },
  };
}

/**
 * The vault's quota without a read per message: the last measured size and what was accepted since. Measure every few seconds
 * (`retain` drops bodies meanwhile), or the sum only grows.
 */
export interface VaultQuota {
  /** The size of the sealed bodies as the ledger says it now. */
  measured(bytes: number): void;
  /** Sealed bytes that were just committed. */
  add(bytes: number): void;
  exceeded(): boolean;
}

export function createVaultQuota(quota: number): VaultQuota {
  let size = 0;
  return {
    measured(bytes) {
      size = bytes;
    },
    add(bytes) {
      size += bytes;
    },
    exceeded: () => size >= quota,
  };
}
