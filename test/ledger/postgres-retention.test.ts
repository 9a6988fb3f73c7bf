import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { checkLedger } from '../../src/ledger/check.ts';
import { incidentReads } from '../../src/ledger/incidents/incidents.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openBulk } from '../../src/ledger/maintain.ts';
import { messageReads } from '../../src/ledger/messages/messages.ts';
import { postgresBuilder } from '../../src/ledger/postgres/builder.ts';
import { LOCK_WRITING } from '../../src/ledger/postgres/locks.ts';
import { partitionsFrom } from '../../src/ledger/postgres/partitions.ts';
import { seedLedger } from '../../src/ledger/seed/seed.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, DAY, flaggedRow, NOON } from './rows.ts';

const { ledgers } = usePostgres();
afterAll(removeFolders);

const MAY = Date.UTC(2020, 4);
const JUNE = Date.UTC(2020, 5);

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The tables that rows of messages lie in, with how many, but for those that have none. */
function places(url: string): Promise<Record<string, number>> {
  return withClient(url, async (client) => {
    const rows: { place: string; n: string }[] = [];
    for (const table of ['messages', 'findings', 'message_slots']) {
      const found = await client.query<{ place: string; n: string }>(
        `SELECT tableoid::regclass::text AS place, count(*) AS n FROM ${table} GROUP BY 1 ORDER BY 1`,
      );
      rows.push(...found.rows);
    }
    return Object.fromEntries(rows.map((row) => [row.place, Number(row.n)]));
  });
}

async function flagged(ledger: Ledger | undefined, at: number): Promise<string> {
  const id = uuid({ msecs: at });
  await ledger?.messages.accept(acceptRow({ id, receivedAt: at, duplicateContent: `content ${id}`, duplicateKey: `key ${id}` }));
  await ledger?.messages.saveScan(flaggedRow(id, { scannedAt: at }));
  return id;
}

describe('months', () => {
  it('go as tables, with their slots, and what waits stays in the default partition', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    await ledger?.retention.ahead(MAY);
    await flagged(ledger, MAY + DAY);
    const waiting = acceptRow({ id: uuid({ msecs: MAY }), receivedAt: MAY, duplicateKey: 'k', duplicateContent: 'c' });
    await ledger?.messages.accept(waiting);
    await flagged(ledger, JUNE);
    expect(await places(url)).toEqual({
      messages_2020_05: 2,
      messages_2020_06: 1,
      findings_2020_05: 1,
      findings_2020_06: 1,
      message_slots: 6,
    });
    expect(await ledger?.retention.dropBefore(JUNE)).toEqual({ messages: 1, incidents: 0, pending: 1, failed: 0 });
    expect(await places(url)).toEqual({ messages_rest: 1, messages_2020_06: 1, findings_2020_06: 1, message_slots: 4 });
    const gone = await withClient(url, (client) => client.query("SELECT to_regclass('messages_2020_05') AS name"));
    expect(gone.rows).toEqual([{ name: null }]);
  });

  it('are dropped by one of several processes, and nothing is counted twice', async () => {
    const { url, on } = await ledgers(3);
    await on[0]?.retention.ahead(MAY);
    for (let day = 0; day < 5; day++) await flagged(on[0], MAY + day * DAY);
    await flagged(on[0], JUNE);
    await Promise.all(on.map((ledger) => ledger.retention.dropBefore(JUNE)));
    expect(await places(url)).toMatchObject({ messages_2020_06: 1, message_slots: 2 });
    expect(await on[0]?.messages.counts()).toMatchObject({ total: 1, done: 1, flagged: 1 });
  });

  it('stay for the next round when somebody reads them for longer than a moment', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    await ledger?.retention.ahead(MAY);
    await flagged(ledger, MAY);
    await withClient(url, async (reader) => {
      await reader.query('BEGIN; SELECT count(*) FROM messages');
      await expect(ledger?.retention.dropBefore(JUNE)).rejects.toMatchObject({ code: 'ledger.unavailable', retry: 'transient' });
      expect(await ledger?.messages.counts()).toMatchObject({ total: 1 });
      // Nothing was done for nothing: the month was not even read.
      expect(await places(url)).toMatchObject({ messages_2020_05: 1, message_slots: 2 });
      await ledger?.messages.accept(acceptRow());
      await reader.query('COMMIT');
    });
    expect(await ledger?.retention.dropBefore(JUNE)).toMatchObject({ messages: 1 });
    expect(await ledger?.messages.counts()).toMatchObject({ total: 1, pending: 1 });
  });

  it('that an earlier round took out of the ledger, and then died, go with the next, slots and tally and all', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    await ledger?.retention.ahead(MAY);
    const id = await flagged(ledger, MAY);
    await flagged(ledger, JUNE);
    await ledger?.messages.accept(acceptRow({ id: uuid({ msecs: MAY }), receivedAt: MAY }));
    await withClient(url, (client) =>
      client.query(`
        UPDATE messages SET state = 'failed' WHERE state = 'pending';
        DELETE FROM outbox;
        UPDATE tally SET failed = 1;
        DELETE FROM incident_messages WHERE message = '${id}';
        ALTER TABLE messages DETACH PARTITION messages_2020_05;
        ALTER TABLE findings DETACH PARTITION findings_2020_05;
      `),
    );
    expect(await ledger?.retention.dropBefore(JUNE)).toMatchObject({ messages: 2, failed: 0 });
    expect(await places(url)).toEqual({ messages_2020_06: 1, findings_2020_06: 1, message_slots: 2 });
    expect(await ledger?.messages.counts()).toMatchObject({ total: 1, done: 1, flagged: 1, failed: 0, pending: 0 });
  });

  it('of many pages go whole, and accepts need not wait for them to be read', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    await ledger?.retention.ahead(MAY);
    const id = await flagged(ledger, MAY);
    await withClient(url, async (client) => {
      await client.query(`
        CREATE TEMP TABLE one AS SELECT * FROM messages WHERE id = '${id}';
        DO $$ DECLARE made one; BEGIN
          SELECT * INTO made FROM one;
          FOR n IN 1..2500 LOOP
            made.id := '${id.slice(0, -6)}' || lpad(n::text, 6, '0');
            made.duplicate_content := 'c' || n;
            made.duplicate_key := 'k' || n;
            INSERT INTO messages SELECT made.*;
          END LOOP;
        END $$;
        UPDATE tally SET total = total + 2500, done = done + 2500, flagged = flagged + 2500;
      `);
    });
    const dropped = ledger?.retention.dropBefore(JUNE);
    await ledger?.messages.accept(acceptRow());
    expect(await dropped).toMatchObject({ messages: 2501 });
    expect(await places(url)).not.toHaveProperty('message_slots');
    expect(await ledger?.messages.counts()).toMatchObject({ total: 1, done: 0, flagged: 0, pending: 1 });
  });

  it('of which too much rests are left without the lock that accepts need', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    await ledger?.retention.ahead(MAY);
    const id = await flagged(ledger, JUNE + DAY);
    await withClient(url, async (client) => {
      await client.query(`
        DROP TABLE messages_2020_05, findings_2020_05;
        INSERT INTO findings SELECT '${uuid({ msecs: MAY })}', n, rule, pack, category, subject, path, start_byte, end_byte, confidence,
          severity, mask, token FROM findings, generate_series(1, 10001) AS n WHERE message = '${id}';
        CREATE TABLE messages_2020_05 (LIKE messages);
      `);
      await client.query(`BEGIN; ${LOCK_WRITING}`);
      await ledger?.retention.ahead(MAY);
      await client.query('ROLLBACK; DROP TABLE messages_2020_05');
    });
    await ledger?.retention.ahead(MAY);
    expect(await places(url)).toMatchObject({ findings_rest: 10_001, findings_2020_06: 1 });
    const made = await withClient(url, (client) => client.query("SELECT to_regclass('messages_2020_05') IS NOT NULL AS made"));
    expect(made.rows).toEqual([{ made: true }]);
    // A month with one of its two tables does not go as tables, and does not stand in the way.
    expect(await ledger?.retention.dropBefore(JUNE)).toMatchObject({ messages: 0 });
  });

  it('that come after all that were made take what rests, slots and findings and all', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    const id = await flagged(ledger, MAY);
    expect(await places(url)).toEqual({ messages_rest: 1, findings_rest: 1, message_slots: 2 });
    await ledger?.retention.ahead(MAY);
    expect(await places(url)).toEqual({ messages_2020_05: 1, findings_2020_05: 1, message_slots: 2 });
    const again = acceptRow({ duplicateContent: `content ${id}` });
    expect(await ledger?.messages.accept(again)).toMatchObject({ id, duplicate: true });
    await flagged(ledger, MAY + DAY);
    expect(await ledger?.retention.dropBefore(JUNE)).toMatchObject({ messages: 2 });
    expect(await places(url)).toEqual({});
  });

  it('are pruned by a look-up of a message, and by those of its findings', async () => {
    const { url, on } = await ledgers(1);
    const id = await flagged(on[0], NOON);
    const messages = messageReads(postgresBuilder());
    const month = `2026_${new Date(NOON).toISOString().slice(5, 7)}`;
    const plans = await withClient(url, async (client) => {
      const ran: string[] = [];
      const x = {
        run: () => 0,
        get: () => undefined,
        async all<Row>({ sql, parameters }: { sql: string; parameters: readonly unknown[]; row?: Row }): Promise<Row[]> {
          const { rows } = await client.query<Record<string, string>>(`EXPLAIN ${sql}`, [...parameters]);
          ran.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
          return [];
        },
      };
      await messages.findings(x, id);
      await messages.load({ ...x, get: async (bound) => (await x.all(bound))[0] }, id);
      await messages.get({ ...x, get: async (bound) => (await x.all(bound))[0] }, id);
      await incidentReads(postgresBuilder()).samples(x, 'none', 10);
      return ran;
    });
    const partitions = plans.slice(0, 3).map((plan) => new Set(plan.match(/(messages|findings)_(\d{4}_\d{2}|rest)(?=\s|$)/gm)));
    expect(partitions.map((names) => [...names])).toEqual([[`findings_${month}`], [`messages_${month}`], [`messages_${month}`]]);
    expect(plans[3]).toMatch(/Index (Only )?Scan/);
  });
});

describe('ledger check', () => {
  const silent = { start: (): void => undefined, step: (): void => undefined };

  it('finds a ledger on PostgreSQL whole, after months were dropped too, and then what is wrong', async () => {
    const { url, on } = await ledgers(1);
    const [ledger] = on;
    if (ledger === undefined) throw new Error('no ledger');
    const keyring = openFileKeyring(`${freshFolder()}/keyring.json`, true);
    const bulk = await openBulk({ url }, NOON - 30 * DAY);
    await seedLedger(bulk, keyring, { messages: 60, incidents: 6, days: 30, now: NOON, step: () => undefined });
    await bulk.close();
    await ledger.retention.ahead(MAY);
    await flagged(ledger, MAY);
    await ledger.retention.dropBefore(JUNE);
    let bodies = 0;
    const found = await checkLedger({ url }, keyring, { ...silent, step: () => void bodies++ });
    expect(found).toMatchObject({ messages: 60, pending: 0, bodies, problems: [] });
    expect(bodies).toBeGreaterThan(5);

    await withClient(url, (client) =>
      client.query(`
        UPDATE tally SET flagged = flagged + 1;
        UPDATE chunks SET data = '\\x00' WHERE message = (SELECT min(message) FROM chunks);
        DELETE FROM messages WHERE id = (SELECT max(message) FROM findings);
        INSERT INTO message_slots VALUES ('c', 'slot', 'nobody');
      `),
    );
    const problems = (await checkLedger({ url }, keyring, silent)).problems.join('\n');
    expect(problems).toMatch(/flagged messages: the ledger says \d+, and has \d+/);
    expect(problems).toMatch(/sealed chunk 0 is cut off/);
    expect(problems).toMatch(/a row of findings refers to one of messages that is not there/);
    expect(problems).toMatch(/a row of message_slots refers to one of messages that is not there/);
  });
});

it('months ahead have a statement that moves what rests, for messages and findings', () => {
  const [messages, findings] = partitionsFrom(MAY);
  expect(messages?.move.join(';')).toMatch(
    /DISABLE TRIGGER free_slots.*ENABLE TRIGGER free_slots.*ATTACH PARTITION messages_2020_05/s,
  );
  expect(findings?.move.join(';')).not.toContain('TRIGGER');
});
