import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { acceptRow, cause, flaggedRow, NOON } from './rows.ts';

const { service, ledgers } = usePostgres({ private: true });

/** Ends every session of the ledgers, as a failover or an operator does. */
async function endSessions(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cordon'",
  );
  await client.end();
}

/** A sender: delivers until it is answered, as engines do. Says how often it was told to come again, and by what. */
async function deliver(write: () => Promise<unknown>, refusals: unknown[]): Promise<void> {
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      refusals.push(error);
      if (!(error instanceof CordonError) || error.retry !== 'transient') throw error;
      await wait(20);
    }
  }
}

/** Senders with one message after the other, each accepted and then scanned, while `trouble` happens. */
async function load(on: readonly Ledger[], trouble: () => Promise<void>): Promise<{ accepted: string[]; refusals: unknown[] }> {
  const accepted: string[] = [];
  const refusals: unknown[] = [];
  let over = false;
  const sender = async (ledger: Ledger, name: string): Promise<void> => {
    for (let number = 0; !over; number++) {
      const content = `${name}-${number}`;
      await deliver(async () => {
        // A sender that comes again is another call, with another id: the duplicate rule has to find the first one.
        const { id } = await ledger.messages.accept(acceptRow({ duplicateContent: content, receivedAt: NOON + number }));
        accepted.push(id);
        await ledger.messages.saveScan(flaggedRow(id));
      }, refusals);
    }
  };
  const senders = on.flatMap((ledger, index) => Array.from({ length: 8 }, (_, lane) => sender(ledger, `${index}-${lane}`)));
  await wait(300);
  try {
    await trouble();
    await wait(300);
  } finally {
    over = true;
  }
  await Promise.all(senders);
  return { accepted, refusals };
}

/** Every acknowledged message is there once, scanned once, and counted once. */
async function expectWhole(ledger: Ledger | undefined, accepted: readonly string[]): Promise<void> {
  const distinct = new Set(accepted);
  const kept = await Promise.all([...distinct].map((id) => ledger?.messages.get(id)));
  expect(kept.filter((row) => row?.state !== 'done')).toEqual([]);
  const total = distinct.size;
  expect(await ledger?.messages.counts()).toMatchObject({ total, done: total, flagged: total, pending: 0 });
  expect(await ledger?.incidents.list({ limit: 5 })).toMatchObject({ rows: [{ key: cause().key, messages: total }] });
}

it('loses nothing, and recovers by itself, when its sessions are ended under load', async () => {
  const { url, on } = await ledgers(2);
  const { accepted, refusals } = await load(on, async () => {
    for (let round = 0; round < 10; round++) {
      await endSessions(url);
      await wait(50);
    }
  });
  expect(refusals.length).toBeGreaterThan(0);
  expect(new Set(refusals.map((error) => (error instanceof CordonError ? error.code : String(error))))).toEqual(
    new Set(['ledger.unavailable']),
  );
  await expectWhole(on[0], accepted);
});

it('loses nothing when the server restarts, and while it refuses connections', async () => {
  const { on } = await ledgers(2);
  const { accepted, refusals } = await load(on, async () => {
    await service().restart();
    await wait(300);
    await service().refuse(1000);
  });
  expect(refusals.length).toBeGreaterThan(0);
  await on[0]?.ping();
  await expectWhole(on[1], accepted);
});

it('tells the sender to come again when another process stands still with the lock, and goes on without it', async () => {
  const { url, on } = await ledgers(1);
  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query('BEGIN');
  await other.query(`SELECT pg_advisory_xact_lock(${0x4352444e}, 2)`);
  await expect(on[0]?.ping()).rejects.toMatchObject({ code: 'ledger.unavailable', retry: 'transient' });
  expect(await on[0]?.messages.counts()).toMatchObject({ total: 0 });
  await other.query('ROLLBACK');
  await other.end();
  await on[0]?.ping();
});
