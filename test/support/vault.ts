import { join } from 'node:path';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { createDataKeyReader } from '../../src/ledger/data-keys.ts';
import type { PendingMessage } from '../../src/ledger/ledger.ts';
import { openFileReader } from '../../src/ledger/open.ts';
import { open } from '../../src/ledger/seal.ts';
import { openTestLedger } from './ledger.ts';

export interface OpenedBody extends Pick<PendingMessage, 'provenance' | 'elided' | 'inflated' | 'quarantined'> {
  readonly type: string | null;
  readonly bytes: Buffer;
}

/** What the vault of a data folder holds of each message, in the order of arrival; bodies that were dropped are left out. */
export async function openBodies(data: string): Promise<OpenedBody[]> {
  const ledger = await openTestLedger(data);
  const { rows } = await ledger.messages.list({ limit: 200 });
  await ledger.close();
  const reader = openFileReader(join(data, 'ledger.db'));
  try {
    const keyOf = createDataKeyReader((id) => reader.dataKey(id), openFileKeyring(join(data, 'keyring.json'), false));
    const bodies: OpenedBody[] = [];
    for (const { id, type } of rows.toReversed()) {
      const message = reader.load(id);
      if (message === null) continue;
      const { provenance, elided, inflated, quarantined } = message;
      const bytes = Buffer.from(open(message.chunks, await keyOf(message.dataKey), id));
      bodies.push({ type, provenance, elided, inflated, quarantined, bytes });
    }
    return bodies;
  } finally {
    reader.close();
  }
}
