import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { sendDimse, sendStow } from '../../src/demo/dicom/send.ts';
import { createHospital } from '../../src/demo/hospital.ts';
import { sendHttp, sendMllp } from '../../src/demo/send.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { IncidentRow } from '../../src/policy/decision.ts';
import { postgresService } from '../setup/postgres.ts';
import { redisService } from '../setup/redis.ts';
import { portOf, startAgent } from '../support/agent.ts';

const FLOWS = new URL('../../src/demo/flows', import.meta.url).pathname;
const HOST = '127.0.0.1';
const hospital = createHospital({ start: Date.UTC(2026, 10, 24, 6) });

const closing: (() => Promise<unknown> | unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** The demo's day through a real agent; what an officer would then see, without what differs from run to run. */
async function incidentsOf(database: string | null, env: Record<string, string>): Promise<object[]> {
  const data = mkdtempSync(join(tmpdir(), 'cordon-engines-'));
  closing.push(() => rmSync(data, { recursive: true, force: true }));
  const agent = await startAgent({ data, env: { ...env, CORDON_FLOWS: FLOWS } });
  closing.push(() => agent.stop());
  const { messages } = hospital;
  const web = { url: `http://${HOST}:${portOf(agent, 'http')}`, key: agent.apiKey ?? '' };
  const ignored = (): void => undefined;
  await sendMllp(messages, { host: HOST, port: portOf(agent, 'mllp') }, ignored);
  await sendHttp(messages, web, ignored);
  await sendDimse(messages, { host: HOST, port: portOf(agent, 'dimse') }, ignored);
  await sendStow(messages, web, ignored);
  const ledger = await openLedger({
    ...(database === null ? { path: join(data, 'ledger.db') } : { url: database }),
    migrate: false,
  });
  closing.push(() => ledger.close());
  for (let waited = 0; (await ledger.messages.counts()).pending > 0; waited += 100) {
    if (waited > 120_000) throw new Error('messages are still pending');
    await sleep(100);
  }
  expect(await ledger.messages.counts()).toMatchObject({ total: messages.length, done: messages.length, failed: 0, flagged: 50 });
  const { rows } = await ledger.incidents.list({ limit: 200 });
  return rows
    .filter(({ reason }) => reason !== 'flow.silent')
    .map(seen)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

function seen({ reason, flow, source, destination, category, group, severity, state, messages, patients }: IncidentRow) {
  // A sender over HTTP is known by its API key, which each agent makes anew.
  const named = flow.replace(/key [0-9a-f]+/, 'key');
  return { key: `${reason}|${named}|${category}|${group}`, source, destination, severity, state, messages, patients };
}

it('the same day gives the same incidents on SQLite and on PostgreSQL with Redis', { timeout: 300_000 }, async () => {
  const [postgres, redis] = await Promise.all([postgresService(), redisService()]);
  closing.push(
    () => postgres.close(),
    () => redis.close(),
  );
  const embedded = await incidentsOf(null, {});
  const cluster = await incidentsOf(postgres.url, { DATABASE_URL: postgres.url, REDIS_URL: redis.url });
  expect(embedded).toHaveLength(18);
  expect(cluster).toEqual(embedded);
});
