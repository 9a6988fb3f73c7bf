import type { Clock } from '../src/core/clock.ts';
import { reasonOf } from '../src/core/errors.ts';
import type { Evidence } from '../src/core/evidence.ts';
import { createPacer } from '../src/encryption/transit/pacer.ts';
import type { EvidenceStore } from '../src/ledger/evidence/store.ts';
import { worthKeeping } from '../src/policy/evidence.ts';

const MINUTE = 60_000;
/** Evidence that stands for long is had again this often nevertheless: policies and places are edited. */
const LONGEST = 12 * 60 * MINUTE;
/** Where a check broke off or gave nothing, and nothing says how long its evidence would live. */
const BROKEN = 15 * MINUTE;
/** Targets that are picked at a time of all that are due: then others may be more urgent. */
const PICKED = 64;

export interface ProbeLimits {
  /** Checks at once. */
  readonly lanes: number;
  /** Checks that begin in a second. */
  readonly perSecond: number;
  /** Milliseconds for one check. */
  readonly timeout: number;
}

export interface ProbeDeps {
  readonly evidence: Pick<EvidenceStore, 'list' | 'save' | 'claim'>;
  /** What evidence calls them, each once. Only these are asked. */
  readonly targets: Iterable<string>;
  check(target: string, signal: AbortSignal): Promise<readonly Evidence[]>;
  readonly limits: ProbeLimits;
  readonly clock: Clock;
  /** Told of a check that broke off; its evidence ends by itself. */
  onFailure(target: string, reason: string): void;
}

export interface Probes {
  /** Asks all that are due, and those that become due meanwhile. Resolves with how many it asked, when none is left or `signal` says so. */
  round(signal: AbortSignal): Promise<number>;
}

/** When a target comes next (milliseconds), and how often in a row it could not be proven. */
interface Turn {
  due: number;
  failures: number;
}

/**
 * Has evidence again before it ends. What this process knows of a target is when it comes next, and no more: its evidence is read from the ledger when
 * that time has come. There it shows where another process was first, and a claim keeps others away while it is asked.
 */
export function createProbes({ evidence, targets, check, limits, clock, onFailure }: ProbeDeps): Probes {
  const turns = new Map<string, Turn>();
  for (const target of targets) turns.set(target, { due: 0, failures: 0 });

  /** Those that could be proven come first: many that hang must not let the proofs of others end. */
  function pick(): string[] {
    const now = clock();
    const due = [...turns].filter(([, turn]) => turn.due <= now);
    due.sort(([, a], [, b]) => a.failures - b.failures || a.due - b.due);
    return due.slice(0, PICKED).map(([target]) => target);
  }

  async function turnOf(target: string, turn: Turn, pace: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    const kept = await evidence.list(target);
    turn.due = dueAt(kept, 0);
    if (turn.due > clock()) return false;
    turn.due = Number.POSITIVE_INFINITY;
    if (!(await pace())) return false;
    const now = clock();
    const until = now + limits.timeout;
    if ((await evidence.claim([target], now, until)).length === 0) {
      turn.due = until;
      return false;
    }
    const had = await bounded((within) => check(target, within), limits.timeout, signal);
    await evidence.save(worthKeeping(kept, had, clock()));
    turn.failures = had.length > 0 && had.every(isGood) ? 0 : turn.failures + 1;
    // Whatever the clock of a verifier says, no target is asked again at once.
    turn.due = Math.max(clock() + MINUTE, had.length > 0 ? dueAt(had, turn.failures - 1) : clock() + BROKEN);
    return true;
  }

  return {
    async round(signal) {
      const pacer = createPacer({ perSecond: limits.perSecond, connections: Number.POSITIVE_INFINITY });
      let picked: string[] = [];
      let asked = 0;
      const lane = async (): Promise<void> => {
        while (!signal.aborted) {
          if (picked.length === 0) picked = pick();
          const target = picked.shift();
          const turn = target === undefined ? undefined : turns.get(target);
          if (target === undefined || turn === undefined) return;
          turn.due = Number.POSITIVE_INFINITY;
          try {
            if (await turnOf(target, turn, () => pacer.next(signal), signal)) asked++;
          } catch (error) {
            turn.failures++;
            turn.due = clock() + Math.max(limits.timeout, Math.min(LONGEST, MINUTE * 2 ** turn.failures));
            if (!signal.aborted) onFailure(target, reasonOf(error));
          }
        }
      };
      await Promise.all(Array.from({ length: limits.lanes }, lane));
      return asked;
    },
  };
}

const isGood = ({ outcome }: Evidence): boolean => outcome !== 'unknown' && outcome !== 'failed';

/**
 * When evidence is to be had again: half its life after it was had, so that a try that fails leaves time for others. What is not proven is
 * looked at sooner, after a twenty-fourth of it, and each time in a row after twice as long. Milliseconds; 0 without evidence.
 */
export function dueAt(rows: readonly Evidence[], failures: number): number {
  if (rows.length === 0) return 0;
  return Math.min(
    ...rows.map((row) => {
      const life = Math.max(0, row.expires - row.at);
      const half = Math.min(life / 2, LONGEST);
      const patience = isGood(row) ? half : Math.min(half, (life / 24) * 2 ** Math.max(0, failures));
      return row.at + Math.max(MINUTE, patience);
    }),
  );
}

/** Ends a check that does not look at its signal, too. */
async function bounded<T>(run: (signal: AbortSignal) => Promise<T>, timeout: number, stop: AbortSignal): Promise<T> {
  // Not AbortSignal.any with AbortSignal.timeout: each would stay in memory until its time is over, for every target of a round.
  const within = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const end = (reason: string): void => {
    within.abort();
    reject(new Error(reason));
  };
  const stopped = (): void => end('it was stopped');
  const timer = setTimeout(() => end(`it had no answer within ${timeout / 1000} s`), timeout);
  stop.addEventListener('abort', stopped, { once: true });
  if (stop.aborted) stopped();
  try {
    return await Promise.race([run(within.signal), late]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', stopped);
    // Without a listener left nobody waits for it.
    late.catch(() => undefined);
  }
}
