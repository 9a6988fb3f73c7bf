import { afterEach, describe, expect, it } from 'vitest';
import { CordonError, type ErrorCode } from '../../src/core/errors.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import { createDataKeys, type DataKeys } from '../../src/ledger/vault/data-keys.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { DAY, NOON } from './rows.ts';

afterEach(removeFolders);

interface Trial {
  readonly keys: DataKeys;
  /** What wrapping is refused with from now on; null: it works. */
  refuse(code: ErrorCode | null): void;
  readonly asked: () => number;
}

async function trial(): Promise<Trial> {
  const file = openFileKeyring(`${freshFolder()}/keyring.json`, true);
  let refusal: ErrorCode | null = null;
  let asked = 0;
  const keyring: Keyring = {
    ...file,
    wrap(dataKey) {
      asked++;
      return refusal === null ? file.wrap(dataKey) : Promise.reject(new CordonError(refusal, 'the keyring refuses'));
    },
  };
  const keys = await createDataKeys({ bindKeyring: async () => undefined, saveDataKey: async () => undefined }, keyring);
  return {
    keys,
    refuse(code) {
      refusal = code;
    },
    asked: () => asked,
  };
}

describe('data keys while a key service is away', () => {
  it('go on over midnight with the key of the day before, and change when it is back', async () => {
    const { keys, refuse, asked } = await trial();
    const yesterday = await keys.current(NOON);
    refuse('keyring.unavailable');
    expect(await keys.current(NOON + DAY)).toBe(yesterday);
    const before = asked();
    // Nobody waits for it for each message.
    for (let i = 1; i < 30; i++) expect(await keys.current(NOON + DAY + i * 1000)).toBe(yesterday);
    expect(asked()).toBe(before);
    expect(await keys.current(NOON + DAY + 30_000)).toBe(yesterday);
    expect(asked()).toBe(before + 1);
    refuse(null);
    const today = await keys.current(NOON + DAY + 60_000);
    expect(today.id).toMatch(/^dk-2026-11-25-/);
    expect(await keys.current(NOON + DAY + 60_001)).toBe(today);
  });

  it('serve all who ask at once', async () => {
    const { keys, refuse, asked } = await trial();
    const yesterday = await keys.current(NOON);
    refuse('keyring.unavailable');
    expect(await Promise.all([1, 2, 3].map((i) => keys.current(NOON + DAY + i)))).toEqual([yesterday, yesterday, yesterday]);
    expect(asked()).toBe(2);
  });

  it('end an hour before that day does: an older key may be shredded', async () => {
    const { keys, refuse } = await trial();
    await keys.current(NOON);
    refuse('keyring.unavailable');
    await keys.current(NOON + DAY);
    await expect(keys.current(NOON + 1.49 * DAY)).rejects.toMatchObject({ code: 'keyring.unavailable' });
    await expect(keys.current(NOON + 2 * DAY)).rejects.toMatchObject({ code: 'keyring.unavailable', retry: 'transient' });
    refuse(null);
    expect((await keys.current(NOON + 2 * DAY + 1)).id).toMatch(/^dk-2026-11-26-/);
  });

  it('are not there where none was made before', async () => {
    const { keys, refuse } = await trial();
    refuse('keyring.unavailable');
    await expect(keys.current(NOON)).rejects.toMatchObject({ code: 'keyring.unavailable' });
  });

  it.each(['ledger.unavailable', 'keyring.invalid'] as const)('do not go on after %s', async (code) => {
    const { keys, refuse } = await trial();
    await keys.current(NOON);
    refuse(code);
    await expect(keys.current(NOON + DAY)).rejects.toMatchObject({ code });
  });
});
