import { expect, it } from 'vitest';
import { migrationsAfter, SCHEMA_VERSION } from '../../src/ledger/migrate.ts';
import { first } from '../../src/ledger/migrations/0001-first.ts';

it('gives the steps that are missing, in order', () => {
  expect(migrationsAfter(0, 'x.db')[0]).toBe(first);
  expect(migrationsAfter(0, 'x.db').map((step) => step.version)).toEqual(
    Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1),
  );
  expect(migrationsAfter(SCHEMA_VERSION, 'x.db')).toEqual([]);
});

it('refuses a schema of the future', () => {
  expect(() => migrationsAfter(SCHEMA_VERSION + 1, 'x.db')).toThrow(
    expect.objectContaining({ code: 'ledger.schema', message: expect.stringContaining('x.db') }),
  );
});
