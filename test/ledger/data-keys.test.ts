import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import { boundKeyring, openFileReader, openLedger } from '../../src/ledger/open.ts';
import { createDataKeyReader, createDataKeys } from '../../src/ledger/vault/data-keys.ts';
import { open, seal } from '../../src/ledger/vault/seal.ts';
import { retain } from '../../workers/retain.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, DAY, flaggedRow, NOON } from './rows.ts';

afterEach(removeFolders);

function freshKeyring(): Keyring {
  return openFileKeyring(`${freshFolder()}/keyring.json`, true);
}

describe('data keys', () => {
  it('are one for a UTC day, kept wrapped, and open what they sealed in a reader of their own', async () => {
    const path = `${freshFolder()}/ledger.db`;
    const keyring = freshKeyring();
    const ledger = await openLedger({ path, migrate: true });
    const keys = await createDataKeys(ledger.vault, keyring);
    const [one, two] = await Promise.all([keys.current(NOON), keys.current(NOON + 1000)]);
    expect(one).toBe(two);
    expect(one?.id).toMatch(/^dk-2026-11-24-[0-9a-f]{12}$/);
    const next = await keys.current(NOON + DAY);
    expect(next.id).toMatch(/^dk-2026-11-25-/);
    const wrapped = (await ledger.vault.dataKey(one.id))?.wrapped ?? '';
    expect(wrapped).not.toContain(one.key.export().toString('base64url'));

    const body = Buffer.from('MSH|^~\\&|synthetic');
    const row = acceptRow({ dataKey: one.id });
    await ledger.messages.accept({ ...row, chunks: seal(body, one.key, row.id) });
    const reader = openFileReader(path);
    const keyOf = createDataKeyReader((id) => reader.dataKey(id), keyring);
    const loaded = reader.load(row.id);
    expect(Buffer.from(open(loaded?.chunks ?? [], await keyOf(loaded?.dataKey ?? ''), row.id))).toEqual(body);
    expect(await keyOf(one.id)).toBe(await keyOf(one.id));
    expect(reader.load('none')).toBeNull();
    await expect(keyOf('dk-none')).rejects.toMatchObject({ code: 'vault.missing' });
    reader.close();
    await ledger.close();
  });

  it('refuse a keyring that the ledger was not made with, before anything is written with it', async () => {
    const path = `${freshFolder()}/ledger.db`;
    const ledger = await openLedger({ path, migrate: true });
    expect(await boundKeyring({ path })).toBeNull();
    const keyring = freshKeyring();
    await createDataKeys(ledger.vault, keyring);
    expect(await boundKeyring({ path })).toBe(keyring.id);
    await expect(createDataKeys(ledger.vault, freshKeyring())).rejects.toMatchObject({ code: 'keyring.unknown-key' });
    await ledger.close();
    expect(await boundKeyring({ path: `${path}.none` })).toBeNull();
  });

  it('are made anew after the ledger could not keep one', async () => {
    let attempts = 0;
    const keys = await createDataKeys(
      {
        bindKeyring: async () => undefined,
        saveDataKey: async () => {
          attempts++;
          if (attempts === 1) throw new Error('the disk is full');
        },
      },
      freshKeyring(),
    );
    await expect(keys.current(NOON)).rejects.toThrow('full');
    expect((await keys.current(NOON)).id).toMatch(/^dk-/);
  });

  it('remember no more than sixty-four', async () => {
    const keyring = freshKeyring();
    const wrapped = await keyring.wrap(Buffer.alloc(32, 1));
    let looked = 0;
    const keyOf = createDataKeyReader(() => {
      looked++;
      return { wrapped };
    }, keyring);
    for (let number = 0; number < 65; number++) await keyOf(`dk-${number}`);
    await keyOf('dk-64');
    expect(looked).toBe(65);
    await keyOf('dk-0');
    expect(looked).toBe(66);
  });

  it('leave no trace of a wrapped key in the files once it is shredded', async () => {
    const folder = freshFolder();
    const path = `${folder}/ledger.db`;
    const ledger = await openLedger({ path, migrate: true });
    const keys = await createDataKeys(ledger.vault, freshKeyring());
    const { id } = await keys.current(NOON);
    const wrapped = (await ledger.vault.dataKey(id))?.wrapped ?? expect.fail('no key');
    const row = acceptRow({ dataKey: id });
    await ledger.messages.accept(row);
    await ledger.messages.saveScan(flaggedRow(row.id, { keepBodyUntil: NOON + DAY }));
    const traces = (): number =>
      readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(wrapped.slice(20, 60))).length;
    expect(traces()).toBeGreaterThan(0);
    expect(await retain(ledger, NOON + 3 * DAY, 2196 * DAY)).toMatchObject({ bodies: 1, keys: 1 });
    expect(traces()).toBe(0);
    await ledger.close();
  });
});
