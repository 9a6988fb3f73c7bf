import { rmSync } from 'node:fs';
import { join } from 'node:path';
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

/** Private services of this run, which commit as they do in earnest: what `servers` is false for needs none. */
export async function benchEngines(servers: boolean): Promise<BenchEngines> {
  const postgres = servers ? await postgresService({ private: true, settings: ['fsync=on', 'shared_buffers=128MB'] }) : null;
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
