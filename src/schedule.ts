import { probe } from '../workers/probe.ts';
import { type Retained, retain } from '../workers/retain.ts';
import { watch } from '../workers/watch.ts';
import type { Clock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import type { Verifier } from './core/evidence.ts';
import type { TransitTarget } from './encryption/transit/verifier.ts';
import type { VaultQuota } from './ingest/limits.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import type { Register } from './policy/register.ts';

const QUOTA_EVERY = 5_000;
const WATCH_EVERY = 30_000;
const RETAIN_EVERY = 60_000;
const PROBE_EVERY = 60_000;

export interface ScheduleDeps {
  readonly ledger: Ledger;
  readonly register: Register;
  /** Asks the endpoints that policies name. */
  readonly verifier: Verifier<TransitTarget>;
  /** Milliseconds that rows of messages are kept. */
  readonly retention: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tasks that run again and again; `close` waits for what runs. */
export interface Schedule {
  close(): Promise<void>;
}

/** Measures the vault for whoever takes messages: other processes fill it too, and retention empties it. */
export function startQuotaWatch({ ledger, quota, log }: { ledger: Ledger; quota: VaultQuota; log: Log }): Schedule {
  return { close: repeat('quota', QUOTA_EVERY, log, async () => quota.measured(await ledger.vault.size())) };
}

/** What workers do beside scanning; a round that is still running is not started twice. Where several do it, once is enough and twice harmless. */
export function startSchedule({ ledger, register, verifier, retention, clock, log }: ScheduleDeps): Schedule {
  const since = clock();
  const ending = new AbortController();
  const onFailure = (endpoint: string, reason: string): void => log('warn', 'probe failed', { endpoint, reason });
  const logRetained = retentionLog(log);
  const tasks = [
    repeat('watch', WATCH_EVERY, log, async () => {
      await watch({ ledger, register, since }, clock());
    }),
    repeat('probe', PROBE_EVERY, log, async () => {
      const asked = await probe({ ledger, register, verifier, onFailure }, clock(), ending.signal);
      if (asked > 0) log('info', 'probed', { endpoints: asked });
    }),
    repeat('retain', RETAIN_EVERY, log, async () => {
      logRetained(await retain(ledger, clock(), retention));
    }),
  ];
  return {
    async close() {
      ending.abort();
      await Promise.all(tasks.map((stop) => stop()));
    },
  };
}

/** What went, and what should have gone: the latter when it changes, not with every round. */
function retentionLog(log: Log): (retained: Retained) => void {
  let known = '0 0';
  return ({ bodies, keys, messages, incidents, pending, failed }) => {
    if (bodies + keys + messages + incidents > 0) log('info', 'retained', { bodies, keys, messages, incidents });
    const held = `${pending} ${failed}`;
    if (held !== known && pending > 0) {
      log('error', 'messages past ledger.retention were never scanned: they are kept', { pending });
    }
    if (held !== known && failed > 0) {
      log('warn', 'messages past ledger.retention could not be scanned: close their incidents to let them go', { failed });
    }
    known = held;
  };
}

function repeat(name: string, interval: number, log: Log, run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  const round = (): void => {
    running ??= run()
      .catch((error: unknown) => log('error', `${name} failed`, { reason: reasonOf(error) }))
      .finally(() => {
        running = null;
      });
  };
  round();
  const timer = setInterval(round, interval);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
