import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LedgerPlace } from '../../src/ledger/open.ts';
import { type PostgresOptions, type PostgresService, postgresService } from '../setup/postgres.ts';
import { type RedisService, redisService } from '../setup/redis.ts';
import { type AgentOptions, freshData, type RunningAgent, startAgent } from './agent.ts';
import { type Counts, type LedgerOf, openTestLedger, settled } from './ledger.ts';
import { type OpenedBody, openBodies } from './vault.ts';

/** The engines that one process runs on, and those of a cluster. */
export const PAIRS = ['SQLite and the queue in process', 'PostgreSQL and Redis'] as const;
export type Pair = (typeof PAIRS)[number];

/** Agents on one pair of engines. Each data folder has a ledger of its own, the same from start to start. */
export interface Engines {
  start(options?: AgentOptions): Promise<RunningAgent>;
  /** What points an agent, or a command, at the engines of a data folder. */
  env(data: string): Promise<Readonly<Record<string, string>>>;
  /** The ledger of a data folder whose agent was started once. */
  place(data: string): LedgerPlace;
  ledger(data: string): Promise<Ledger>;
  settled(of: LedgerOf, patience?: number): Promise<Counts>;
  bodies(data: string): Promise<OpenedBody[]>;
  /** Ends every agent that was started here, and removes its folder. */
  stopAll(): Promise<void>;
  /** The services of the second pair; throw on the first. Nobody else uses them, so a test may break them. */
  postgres(): PostgresService;
  redis(): RedisService;
}

/** Engines for the tests of one `describe`, which ends them. */
export function useEngines(pair: Pair, options: PostgresOptions = {}): Engines {
  const cluster = pair === 'PostgreSQL and Redis';
  const agents: RunningAgent[] = [];
  const folders = new Set<string>();
  const databases = new Map<string, string>();
  let services: readonly [PostgresService, RedisService] | null = null;
  beforeAll(async () => {
    if (cluster) services = await Promise.all([postgresService({ ...options, private: true }), redisService({ private: true })]);
  });
  afterAll(async () => {
    await stopAll();
    for (const service of services ?? []) await service.close();
  });

  function started(): readonly [PostgresService, RedisService] {
    if (services === null) throw new Error('PostgreSQL and Redis are started before the tests of their pair, and only then');
    return services;
  }
  async function env(data: string): Promise<Readonly<Record<string, string>>> {
    if (!cluster) return {};
    const [postgres, redis] = started();
    const url = databases.get(data) ?? (await postgres.database());
    databases.set(data, url);
    return { DATABASE_URL: url, REDIS_URL: redis.url };
  }
  function place(data: string): LedgerPlace {
    if (!cluster) return { path: join(data, 'ledger.db') };
    const url = databases.get(data);
    if (url === undefined) throw new Error(`no agent was started with ${data}`);
    return { url };
  }
  async function stopAll(): Promise<void> {
    for (const agent of agents.splice(0)) await agent.stop();
    for (const data of folders) rmSync(data, { recursive: true, force: true });
    folders.clear();
  }
  return {
    async start(asked = {}) {
      const data = asked.data ?? freshData();
      folders.add(data);
      const agent = await startAgent({ ...asked, data, env: { ...(await env(data)), ...asked.env } });
      agents.push(agent);
      return agent;
    },
    env,
    place,
    ledger: (data) => openTestLedger(place(data)),
    settled: (of, patience) => settled(typeof of === 'string' ? place(of) : of, patience),
    bodies: (data) => openBodies(data, place(data)),
    stopAll,
    postgres: () => started()[0],
    redis: () => started()[1],
  };
}
