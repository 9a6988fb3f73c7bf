import { expect, it } from 'vitest';
import { openReader } from '../../src/ledger/open.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { acceptRow, scanRow } from './rows.ts';

const { ledgers } = usePostgres();

it('reads small messages at once, as `load` reads them, and leaves large ones and those that are gone to it', async () => {
  const { url, on } = await ledgers(1);
  const rows = [acceptRow(), acceptRow({ body: Buffer.alloc(100_000, 65) }), acceptRow(), acceptRow({ body: Buffer.alloc(0) })];
  const [first, large, gone, empty] = rows.map(({ id }) => id);
  const bare = acceptRow({ chunks: [] });
  for (const row of [...rows, bare]) await on[0]?.messages.accept(row);
  await on[0]?.messages.saveScan(scanRow(gone ?? ''));
  const reader = await openReader({ url });
  try {
    const read = await reader.ahead?.([...rows, bare].map(({ id }) => id).concat('none'));
    expect([...(read?.keys() ?? [])].toSorted()).toEqual([first, empty, bare.id].toSorted());
    expect(read?.get(first ?? '')).toEqual(await reader.load(first ?? ''));
    expect(read?.get(bare.id)?.chunks).toEqual([]);
    expect(read?.has(large ?? '')).toBe(false);
  } finally {
    await reader.close();
  }
});
