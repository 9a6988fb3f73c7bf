import { afterAll, beforeAll } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { NOON } from '../ledger/rows.ts';
import { type PostgresOptions, type PostgresService, postgresService } from '../setup/postgres.ts';

/** PostgreSQL for one test file, and ledgers on it that are closed after the file's tests. */
export function usePostgres(options: PostgresOptions = {}) {
  let service: PostgresService | null = null;
  const opened: Ledger[] = [];
  let template: Promise<string> | null = null;
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
  async function migrate(): Promise<string> {
    const url = await started().database();
    await (await openLedger({ url, migrate: true })).close();
    return url;
  }
  async function migrated(): Promise<string> {
    template ??= migrate();
    return started().database(await template);
  }
  return {
    service: started,
    /** The URL of a new database with all tables: a copy, which takes a fifth of what all the migrations do. */
    migrated,
    /** So many ledgers on one database, a new one with all tables if none is given, as so many processes have them. */
    async ledgers(count: number, given?: string): Promise<{ url: string; on: Ledger[] }> {
      const url = given ?? (await migrated());
      const on = await Promise.all(Array.from({ length: count }, () => openLedger({ url, migrate: true })));
      opened.push(...on);
      await on[0]?.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
      return { url, on };
    },
  };
}
