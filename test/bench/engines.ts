import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { LedgerPlace } from '../../src/ledger/open.ts';
import { postgresService } from '../setup/postgres.ts';
import { redisService } from '../setup/redis.ts';
import { freshData, type RunningAgent, startAgent } from '../support/agent.ts';

/** What an agent runs on: its ledger, and its queue. */
export type On = 'sqlite' | 'sqlite+redis' | 'postgres+redis';

export interface BenchAgent {
  readonly agent: RunningAgent;
  readonly place: LedgerPlace;
  stop(): Promise<void>;
}

export interface BenchEngines {
  /** An agent with a ledger of its own, in a process of its own: its senders are in this one. */
  start(on: On, env?: Readonly<Record<string, string>>): Promise<BenchAgent>;
  readonly redis: string;
  close(): Promise<void>;
}

const SETTINGS = ['fsync=on', 'shared_buffers=128MB', 'min_wal_size=2GB', 'max_wal_size=8GB'];
const SEGMENTS = 100;

/**
 * A server that has worked for a while writes its log into segments that it has already. A new one makes each when it is reached, 16 MB of zeros and a flush, and a
 * commit waits 40 to 60 ms for it: that would be measured, every second or two.
 */
async function fillLog(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (let segment = 0; segment < SEGMENTS; segment++) {
      await client.query("SELECT pg_logical_emit_message(false, 'bench', 'x')");
      await client.query('SELECT pg_switch_wal()');
    }
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/** Private services of this run, which commit as they do in earnest: what `servers` is false for needs none. */
export async function benchEngines(servers: boolean): Promise<BenchEngines> {
  const postgres = servers ? await postgresService({ private: true, settings: SETTINGS }) : null;
  if (postgres !== null) await fillLog(postgres.url);
  const redis = servers ? await redisService({ private: true }) : null;
  return {
    async start(on, env = {}) {
      const data = freshData();
      const database = on === 'postgres+redis' ? await postgres?.database() : undefined;
      const engines = {
        ...(database === undefined ? {} : { DATABASE_URL: database }),
        ...(on === 'sqlite' || redis === null ? {} : { REDIS_URL: redis.url }),
      };
      const agent = await startAgent({ data, env: { ...engines, ...env } });
      return {
        agent,
        place: database === undefined ? { path: join(data, 'ledger.db') } : { url: database },
        async stop() {
          await agent.stop();
          rmSync(data, { recursive: true, force: true });
        },
      };
    },
    redis: redis?.url ?? '',
    async close() {
      await postgres?.close();
      await redis?.close();
    },
  };
}
