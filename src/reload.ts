import { SYSTEM } from './core/audit.ts';
import type { Clock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { type ReloadOutcome, type Rules, type RulesInForce, rulesDigest } from './rules-in-force.ts';
import type { SiteRules } from './site-rules.ts';

export interface ReloadDeps {
  readonly rules: RulesInForce;
  /** Reads the folders again and proves what is there, beside the event loop: senders wait for answers meanwhile. */
  readonly read: () => Promise<SiteRules>;
  /** Whoever has rules of its own: the threads that scan. Told after the ledger knows of them. */
  readonly tell: (rules: Rules) => void;
  readonly ledger: Pick<Ledger, 'audit' | 'desk'>;
  /** What this process does of a cluster. */
  readonly part: string;
  readonly count: (outcome: ReloadOutcome) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Rules that take the place of those in force while the process runs. What does not load changes nothing: the old rules judge on, and the log and
 * /metrics say so. One attempt at a time: who asks during one gets another after it, since a folder may have changed behind what it had read.
 * Never rejects.
 */
export function createReload(deps: ReloadDeps): () => Promise<ReloadOutcome> {
  let running: Promise<ReloadOutcome> | null = null;
  let next: Promise<ReloadOutcome> | null = null;
  const run = (): Promise<ReloadOutcome> => {
    running = attempt(deps).finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running === null) return run();
    next ??= running.then(() => {
      next = null;
      return run();
    });
    return next;
  };
}

async function attempt(deps: ReloadDeps): Promise<ReloadOutcome> {
  const { count, log, rules } = deps;
  let outcome: ReloadOutcome;
  try {
    outcome = await reload(deps);
  } catch (error) {
    outcome = 'failed';
    log('error', 'rules not reloaded: those from before stay in force', { reason: reasonOf(error), digest: rules.digest() });
  }
  count(outcome);
  return outcome;
}

/** First on the audit log, then in force: what judges a message must be found there. */
async function reload({ rules, read, tell, ledger, part, clock, log }: ReloadDeps): Promise<ReloadOutcome> {
  const { warnings, ...next } = await read();
  for (const warning of warnings) log('warn', 'overlay entry does nothing', { warning });
  const [before, digest] = [rules.digest(), rulesDigest(next)];
  if (digest === before) {
    log('info', 'rules unchanged', { digest });
    return 'unchanged';
  }
  const at = clock();
  const names = next.packs.map(({ name }) => name);
  await ledger.desk.knowPacks(names, at);
  const detail = { part, packs: digest, before };
  await ledger.audit.append({ at, actor: SYSTEM, role: SYSTEM, action: 'rules.reload', object: 'agent', detail });
  rules.put(next);
  tell(next);
  log('info', 'rules reloaded', { digest, before, packs: names.length, overlays: next.overlays.length });
  return 'reloaded';
}
