import { availableParallelism } from 'node:os';
import { consume } from '../workers/consume.ts';
import type { PoolOptions, ScanPool } from '../workers/pool.ts';
import { type Config, keyringPath } from './config.ts';
import type { Clock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import { ledgerPlace } from './data-folder.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import type { Queue } from './queue/queue.ts';
import type { Feed } from './registry/feed.ts';
import { does, type Role } from './roles.ts';
import type { RuleFile } from './rule-files.ts';
import type { Rules } from './rules-in-force.ts';

/** Milliseconds without a message after which nobody is taken to wait for an answer. */
const QUIET = 250;

/** When messages are taken. */
export interface Taken {
  now(): void;
  /** Whether none was taken for a while. */
  isQuiet(): boolean;
}

export function createTaken(): Taken {
  let last = Number.NEGATIVE_INFINITY;
  return {
    now() {
      last = performance.now();
    },
    isQuiet: () => performance.now() - last > QUIET,
  };
}

interface PoolParts {
  readonly config: Config;
  readonly role: Role;
  readonly rules: Rules;
  readonly flows: readonly RuleFile[];
  readonly taken: Taken;
}

/** Threads as configured; where that leaves a core to those who wait for answers, one more works while nobody does. */
export function poolOptions({ config, role, rules, flows, taken }: PoolParts): Omit<PoolOptions, 'onCrash'> {
  const { threads, timeLimit, memoryLimit } = config.scan;
  // Who only scans can't tell whether somebody waits for another process of the same machine.
  const helps = does(role, 'ingest') && threads < availableParallelism();
  return {
    threads,
    timeLimit,
    memoryLimit: Math.floor(memoryLimit / 2 ** 20),
    ...(helps ? { helps: () => taken.isQuiet() } : {}),
    data: {
      ledger: ledgerPlace(config),
      keyringPath: keyringPath(config),
      ...rules,
      flows,
      retention: config.vault.retention,
      testNames: config.cohorts.testNames,
    },
  };
}

interface WorkParts {
  readonly queue: Queue;
  readonly pool: ScanPool;
  readonly ledger: Ledger;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly log: Log;
}

/** Scans from when the registry is loaded on, half a minute for ten million identifiers; messages are taken meanwhile. */
export function startWork({ queue, pool, ledger, feed, clock, log }: WorkParts): void {
  const work = (): void =>
    consume({
      queue,
      pool,
      ledger,
      clock,
      onSaved: ({ lineage }) => feed.saved(lineage?.tokens ?? []),
      onFailure: (id, code, detail, attempts) => log('warn', 'scan failed', { id, code, detail, attempts }),
    });
  // Without all of it fewer findings are known to be a patient's, and none is missed.
  void feed
    .load()
    .catch((error: unknown) => log('error', 'the registry was not loaded', { reason: reasonOf(error) }))
    .then(work);
}
