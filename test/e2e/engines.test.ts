import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { sendDimse, sendStow } from '../../src/demo/dicom/send.ts';
import { createHospital } from '../../src/demo/hospital.ts';
import { sendHttp, sendMllp } from '../../src/demo/send.ts';
import type { IncidentRow } from '../../src/policy/decision.ts';
import { freshData, portOf, type RunningAgent } from '../support/agent.ts';
import { plantedValues } from '../support/demo-values.ts';
import { PAIRS, useEngines } from '../support/engines.ts';
import { searchFolder } from '../support/leak-search.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

const FLOWS = new URL('../../src/demo/flows', import.meta.url).pathname;
const LOCATIONS = new URL('../../src/demo/locations', import.meta.url).pathname;
const HOST = '127.0.0.1';
const hospital = createHospital({ start: Date.UTC(2026, 10, 24, 6) });
/** What must be nowhere: identifiers of the hospital's patients, and of the one in `oru`. */
const values = [
  ...plantedValues(hospital.patients),
  'Quillfeather',
  'QUILLFEATHER',
  'Marisol',
  '418 Larkspur',
  '19620303',
  '5550142',
];

/** A server that tells of everything that it is told, and recycles nothing of its write-ahead log. */
const TALKATIVE = ['log_statement=all', 'log_min_error_statement=debug5', 'wal_keep_size=4GB'];
/** Whatever length a parameter has (postgresql.org/docs/15/runtime-config-logging.html). */
const WITH_PARAMETERS = ['log_parameter_max_length=-1', 'log_parameter_max_length_on_error=-1'];

const seenOn = new Map<string, object[]>();

async function send(agent: RunningAgent): Promise<void> {
  const { messages } = hospital;
  const web = { url: `http://${HOST}:${portOf(agent, 'http')}`, key: agent.apiKey ?? '' };
  const ignored = (): void => undefined;
  await sendMllp(messages, { host: HOST, port: portOf(agent, 'mllp') }, ignored);
  await sendHttp(messages, web, ignored);
  await sendDimse(messages, { host: HOST, port: portOf(agent, 'dimse') }, ignored);
  await sendStow(messages, web, ignored);
}

/** An incident as an officer sees it, without what differs from run to run. */
function seen({ reason, flow, source, destination, category, group, severity, state, messages, patients }: IncidentRow) {
  // A sender over HTTP is known by its API key, which each agent makes anew.
  const named = flow.replace(/key [0-9a-f]+/, 'key');
  return { key: `${reason}|${named}|${category}|${group}`, source, destination, severity, state, messages, patients };
}

describe.each(PAIRS)("the demo's day through a real agent on %s", { timeout: 480_000 }, (pair) => {
  const engines = useEngines(pair, { settings: [...TALKATIVE, ...WITH_PARAMETERS] });
  const data = freshData();
  let agent: RunningAgent;

  it('is all scanned, and flags what was planted', async () => {
    agent = await engines.start({ data, env: { CORDON_FLOWS: FLOWS, CORDON_LOCATIONS: LOCATIONS } });
    await send(agent);
    const total = hospital.messages.length;
    expect(await engines.settled(data, 360_000)).toMatchObject({ total, done: total, failed: 0, flagged: 50 });
    const ledger = await engines.ledger(data);
    const { rows } = await ledger.incidents.list({ limit: 200 });
    await ledger.close();
    const incidents = rows.filter(({ reason }) => reason !== 'flow.silent').map(seen);
    expect(incidents).toHaveLength(18);
    seenOn.set(
      pair,
      incidents.sort((one, other) => (one.key < other.key ? -1 : 1)),
    );
  });

  if (pair === 'PostgreSQL and Redis') {
    it('leaves nothing of a person in an error of the server that quotes rows', async () => {
      const refuse = 'ADD CONSTRAINT refused CHECK (false) NOT VALID';
      const place = engines.place(data);
      const client = new Client({ connectionString: 'url' in place ? place.url : '' });
      await client.connect();
      for (const table of ['findings', 'incidents']) await client.query(`ALTER TABLE ${table} ${refuse}`);
      const sender = await mllpClient(portOf(agent, 'mllp'));
      expect(await sender.send(oru('90001', 5))).toContain('MSA|AA|90001');
      await vi.waitFor(() => expect(serverLog()).toMatch(/Failing row contains \(/), { timeout: 60_000, interval: 200 });
      // And in one about the message itself, which its sender is told nothing of.
      await client.query(`ALTER TABLE messages ${refuse}`);
      const again = await mllpClient(portOf(agent, 'mllp'));
      await expect(again.send(oru('90002', 5))).rejects.toThrow('closed');
      for (const table of ['findings', 'incidents', 'messages'])
        await client.query(`ALTER TABLE ${table} DROP CONSTRAINT refused`);
      await client.end();
    });
  }

  it('leaves no value of a person in anything that it wrote', async () => {
    // What it printed belongs to what it wrote.
    writeFileSync(join(data, 'printed.txt'), agent.lines.join('\n'));
    const folders = [data, ...(await writtenByServices())];
    const known = ['flow.unregistered', 'cordon-'];
    const found = (await Promise.all(folders.map((folder) => searchFolder(folder, [...values, ...known])))).flat();
    expect(found.filter(({ value }) => value < values.length)).toEqual([]);
    // The search sees what is there: incidents in tables, log and write-ahead log, keys in both of Redis' files.
    const files = [...new Set(found.map(({ file }) => file))];
    const expected =
      pair === 'PostgreSQL and Redis' ? [/\/pg_wal\//, /\/base\//, /server\.log$/, /\.aof$/, /\.rdb$/] : [/\/ledger\.db/];
    for (const pattern of expected) expect(files).toContainEqual(expect.stringMatching(pattern));
  });

  /** The folders of the services, after each has written all that it knows. */
  async function writtenByServices(): Promise<readonly string[]> {
    if (pair !== 'PostgreSQL and Redis') return [];
    const postgres = new Client({ connectionString: engines.postgres().url });
    await postgres.connect();
    await postgres.query('CHECKPOINT');
    await postgres.end();
    const redis = new Redis(engines.redis().url);
    // Compressed text would hide from the search.
    await redis.config('SET', 'rdbcompression', 'no');
    await redis.save();
    await redis.quit();
    return [engines.postgres().folder, engines.redis().folder].filter((folder) => folder !== null);
  }

  const serverLog = (): string => readFileSync(join(engines.postgres().folder ?? '', 'server.log'), 'latin1');
});

it('gives the same incidents on both pairs of engines', () => {
  const [embedded, cluster] = PAIRS.map((pair) => seenOn.get(pair));
  expect(embedded).toHaveLength(18);
  expect(cluster).toEqual(embedded);
});
