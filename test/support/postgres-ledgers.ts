import { afterAll, beforeAll } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { NOON } from '../ledger/rows.ts';
import { type PostgresOptions, type PostgresService, postgresService } from '../setup/postgres.ts';

/** PostgreSQL for one test file, and ledgers on it that are closed after the file's tests. */
export function usePostgres(options: PostgresOptions = {}) {
  let service: PostgresService | null = null;
  const opened: Ledger[] = [];
  beforeAll(async () => {
    service = await postgresService(options);
  });
  afterAll(async () => {
    for (const ledger of opened) await ledger.close();
    await service?.close();
  });
  const started = (): PostgresService => {
    if (service === null) throw new Error('PostgreSQL is started before the tests, not before the file');
    return service;
  };
  return {
    service: started,
    /** So many ledgers on one new database, as so many processes have them. */
    async ledgers(count: number): Promise<{ url: string; on: Ledger[] }> {
      const url = await started().database();
      const on = await Promise.all(Array.from({ length: count }, () => openLedger({ url, migrate: true })));
      opened.push(...on);
      await on[0]?.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
      return { url, on };
    },
  };
}
