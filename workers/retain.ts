import type { VaultStore } from '../src/ledger/ledger.ts';

/**
 * Drops bodies whose time is over, in slices so that accepts go on between them, then shreds the data keys that seal nothing any
 * more. Bodies of messages that are not flagged never wait for it: saving the scan drops them. Returns how many bodies and keys went.
 */
export async function retain(
  vault: Pick<VaultStore, 'dropExpired' | 'shredKeys'>,
  now: number,
): Promise<{ bodies: number; keys: number }> {
  let bodies = 0;
  for (let more = true; more; ) {
    const slice = await vault.dropExpired(now);
    bodies += slice.bodies;
    more = slice.more;
  }
  return { bodies, keys: await vault.shredKeys(now) };
}
