import { afterAll, beforeAll } from 'vitest';
import { openLedger } from '../../src/ledger/open.ts';
import { ledgerConformance } from '../conformance/ledger.ts';
import { type PostgresService, postgresService } from '../setup/postgres.ts';

let service: PostgresService;
beforeAll(async () => {
  service = await postgresService();
});
afterAll(() => service.close());

ledgerConformance('PostgreSQL', async () => openLedger({ url: await service.database(), migrate: true }));
