import type { RetentionStore, RowsDropped, VaultStore } from '../src/ledger/ledger.ts';

export interface Retained extends RowsDropped {
  readonly bodies: number;
  readonly keys: number;
}

/**
 * Drops bodies whose time is over, then rows of messages that are older than `keep` (milliseconds), by the month, all in slices so that
 * accepts go on between them; then shreds the data keys that seal nothing any more. Bodies of messages that are not flagged never wait for it:
 * saving the scan drops them. Makes the months to come, too. Returns how much went, and what should have gone and was never scanned.
 */
export async function retain(
  { vault, retention }: { vault: Pick<VaultStore, 'dropExpired' | 'shredKeys'>; retention: RetentionStore },
  now: number,
  keep: number,
): Promise<Retained> {
  let bodies = 0;
  for (let more = true; more; ) {
    const slice = await vault.dropExpired(now);
    bodies += slice.bodies;
    more = slice.more;
  }
  let rows: RowsDropped;
  let keys: number;
  try {
    rows = await retention.dropBefore(now - keep);
  } finally {
    // Who reads a month for long keeps it from going; keys and the months to come do not wait for that.
    keys = await vault.shredKeys(now);
    await retention.ahead(now);
  }
  return { ...rows, bodies, keys };
}
