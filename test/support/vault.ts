import { join } from 'node:path';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { PendingMessage } from '../../src/ledger/ledger.ts';
import { type LedgerPlace, openReader } from '../../src/ledger/open.ts';
import { createDataKeyReader } from '../../src/ledger/vault/data-keys.ts';
import { open } from '../../src/ledger/vault/seal.ts';
import { openTestLedger } from './ledger.ts';

export interface OpenedBody extends Pick<PendingMessage, 'provenance' | 'elided' | 'inflated' | 'quarantined'> {
  readonly type: string | null;
  readonly bytes: Buffer;
}

/** What the vault holds of each message, opened by the keyring of a data folder, in the order of arrival; bodies that were dropped are left out. */
export async function openBodies(data: string, place: LedgerPlace): Promise<OpenedBody[]> {
  const ledger = await openTestLedger(place);
  const { rows } = await ledger.messages.list({ limit: 200 });
  await ledger.close();
  const reader = await openReader(place);
  try {
    const keyOf = createDataKeyReader(async (id) => reader.dataKey(id), openFileKeyring(join(data, 'keyring.json'), false));
    const bodies: OpenedBody[] = [];
    for (const { id, type } of rows.toReversed()) {
      const message = await reader.load(id);
      if (message === null) continue;
      const { provenance, elided, inflated, quarantined } = message;
      const bytes = Buffer.from(open(message.chunks, await keyOf(message.dataKey), id));
      bodies.push({ type, provenance, elided, inflated, quarantined, bytes });
    }
    return bodies;
  } finally {
    await reader.close();
  }
}
