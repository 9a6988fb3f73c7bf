import { afterAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { type LedgerPlace, openLedger, openReader } from '../../src/ledger/open.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, NOON, scanRow } from './rows.ts';

const { service } = usePostgres();
const opened: Ledger[] = [];

afterAll(async () => {
  for (const ledger of opened) await ledger.close();
  removeFolders();
});

it.each<[string, () => LedgerPlace | Promise<LedgerPlace>]>([
  ['SQLite', () => ({ path: `${freshFolder()}/ledger.db` })],
  ['PostgreSQL', async () => ({ url: await service().database() })],
])(
  '%s reads small messages at once, as `load` reads them, and leaves large ones and those that are gone to it',
  async (_, make) => {
    const place = await make();
    const ledger = await openLedger({ ...place, migrate: true });
    opened.push(ledger);
    await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
    const rows = [acceptRow(), acceptRow({ body: Buffer.alloc(100_000, 65) }), acceptRow(), acceptRow({ body: Buffer.alloc(0) })];
    const [first, large, gone, empty] = rows.map(({ id }) => id);
    const bare = acceptRow({ chunks: [] });
    for (const row of [...rows, bare]) await ledger.messages.accept(row);
    await ledger.messages.saveScan(scanRow(gone ?? ''));
    const reader = await openReader(place);
    try {
      const read = await reader.ahead([...rows, bare].map(({ id }) => id).concat('none'));
      expect([...read.keys()].toSorted()).toEqual([first, empty, bare.id].toSorted());
      expect(read.get(first ?? '')).toEqual(await reader.load(first ?? ''));
      expect(read.get(bare.id)?.chunks).toEqual([]);
      expect(read.has(large ?? '')).toBe(false);
    } finally {
      await reader.close();
    }
  },
);
