import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, test } from 'vitest';
import type { Evidence, KnownEvidence, Outcome } from '../../src/core/evidence.ts';
import { createProbes, dueAt, type ProbeDeps } from '../../workers/probe.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';

const START = Date.UTC(2026, 10, 26, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEVER = new AbortController().signal;

function row(target: string, at: number, outcome: Outcome = 'proven', life = HOUR): KnownEvidence {
  const what = { check: 'key', profile: null, section: '', how: 'probed', facts: {}, reason: null } as const;
  return { target, outcome, at, since: at, expires: at + life, ...what };
}

/** A ledger of evidence in memory that several processes share, a clock that tests move, and what was asked of which. */
function world() {
  const kept = new Map<string, KnownEvidence>();
  const claims = new Map<string, number>();
  const state = { now: START, asked: [] as string[], failures: [] as string[], outcome: 'proven' as Outcome };
  const evidence: ProbeDeps['evidence'] = {
    list: async (target) => [...kept.values()].filter((each) => each.target === target),
    save: async (rows) => {
      for (const each of rows) kept.set(`${each.target} ${each.check}`, { ...each, since: each.at });
    },
    claim: async (targets, now, until) => {
      const free = targets.filter((target) => (claims.get(target) ?? 0) <= now);
      for (const target of free) claims.set(target, until);
      return free;
    },
  };
  const probes = (targets: readonly string[], over: Partial<ProbeDeps> = {}) =>
    createProbes({
      evidence,
      targets,
      check: async (target) => {
        state.asked.push(target);
        return [row(target, state.now, state.outcome)];
      },
      limits: { lanes: 2, perSecond: 100_000, timeout: 2 * MINUTE },
      clock: () => state.now,
      onFailure: (target, reason) => state.failures.push(`${target}: ${reason}`),
      ...over,
    });
  return { kept, claims, state, probes };
}

const postgres = usePostgres();

it('checks are shared by two processes on one PostgreSQL: each target is asked once, and not again while its evidence holds', async () => {
  const { on } = await postgres.ledgers(2);
  const targets = Array.from({ length: 40 }, (_, index) => `kms:key-${index}`);
  const asked: string[] = [];
  const workers = on.map(({ evidence }) =>
    createProbes({
      evidence,
      targets,
      check: async (target) => {
        asked.push(target);
        return [row(target, START)];
      },
      limits: { lanes: 4, perSecond: 100_000, timeout: MINUTE },
      clock: () => START,
      onFailure: (target, reason) => asked.push(`${target}: ${reason}`),
    }),
  );
  await Promise.all(workers.map(({ round }) => round(NEVER)));
  expect(asked.sort()).toEqual([...targets].sort());
  expect(await on[0]?.evidence.list()).toHaveLength(40);
});

describe('checks that are due', () => {
  it('are made once for each target, and again at half the life of what they gave', async () => {
    const { probes, state, kept } = world();
    const { round } = probes(['a', 'b', 'c']);
    expect(await round(NEVER)).toBe(3);
    expect(state.asked.sort()).toEqual(['a', 'b', 'c']);
    expect([...kept.keys()].sort()).toEqual(['a key', 'b key', 'c key']);
    state.now += 29 * MINUTE;
    expect(await round(NEVER)).toBe(0);
    state.now += MINUTE;
    expect(await round(NEVER)).toBe(3);
  });

  it('are not made where the ledger has evidence that holds, after a restart as well', async () => {
    const { probes, state } = world();
    await probes(['a', 'b']).round(NEVER);
    expect(await probes(['a', 'b', 'c']).round(NEVER)).toBe(1);
    expect(state.asked).toHaveLength(3);
  });

  it('are shared by processes: what one has, others leave, and see when it is to be had again', async () => {
    const { probes, state } = world();
    const names = Array.from({ length: 50 }, (_, index) => `target-${index}`);
    const [one, other] = [probes(names), probes(names)];
    const asked = await Promise.all([one.round(NEVER), other.round(NEVER)]);
    expect(asked[0] + asked[1]).toBe(50);
    expect(new Set(state.asked).size).toBe(50);
    state.now += 3 * MINUTE;
    expect([await one.round(NEVER), await other.round(NEVER)]).toEqual([0, 0]);
  });

  it('are made by another process when the claim of one that died is over', async () => {
    const { probes, claims, state } = world();
    const { round } = probes(['a']);
    claims.set('a', state.now + MINUTE);
    expect(await round(NEVER)).toBe(0);
    state.now += 2 * MINUTE;
    expect(await round(NEVER)).toBe(1);
  });

  it('come sooner where nothing was proven, and each time in a row later', async () => {
    const { probes, state } = world();
    const { round } = probes(['a']);
    state.outcome = 'unknown';
    const waits: number[] = [];
    for (let waited = 0; waits.length < 5; state.now += MINUTE / 2) {
      if ((await round(NEVER)) === 1) {
        waits.push(waited);
        waited = 0;
      }
      waited += 0.5;
    }
    expect(waits).toEqual([0, 2.5, 5, 10, 20]);
    state.outcome = 'proven';
    state.now += 30 * MINUTE;
    expect(await round(NEVER)).toBe(1);
    state.now += 29 * MINUTE;
    expect(await round(NEVER)).toBe(0);
  });

  it('leave a proof where it could not be had again, until it ends', async () => {
    const { probes, state, kept } = world();
    const { round } = probes(['a']);
    await round(NEVER);
    state.outcome = 'unknown';
    state.now += 30 * MINUTE;
    expect(await round(NEVER)).toBe(1);
    expect(kept.get('a key')?.outcome).toBe('proven');
    state.now += 31 * MINUTE;
    expect(await round(NEVER)).toBe(1);
    expect(kept.get('a key')?.outcome).toBe('unknown');
  });

  it('are bounded where they hang, and never more at once than there are lanes', async () => {
    const { probes, state } = world();
    let [now, most] = [0, 0];
    const { round } = probes(['a', 'b', 'hangs', 'c', 'd'], {
      limits: { lanes: 2, perSecond: 100_000, timeout: 50 },
      async check(target) {
        most = Math.max(most, ++now);
        await sleep(target === 'hangs' ? 60_000 : 1, undefined, { ref: false });
        now--;
        return [row(target, state.now)];
      },
    });
    expect(await round(NEVER)).toBe(4);
    expect(state.failures).toEqual(['hangs: it had no answer within 0.05 s']);
    expect(most).toBe(2);
  });

  it('go on after one that broke off, which comes again, later and after the others', async () => {
    const { probes, state } = world();
    let broken = true;
    const { round } = probes(['bad', 'good'], {
      async check(target) {
        state.asked.push(target);
        if (target === 'bad' && broken) throw new Error('broken');
        return [row(target, state.now)];
      },
    });
    expect(await round(NEVER)).toBe(1);
    expect(state.failures).toEqual(['bad: broken']);
    broken = false;
    state.now += HOUR;
    state.asked = [];
    expect(await round(NEVER)).toBe(2);
    expect(state.asked).toEqual(['good', 'bad']);
  });

  it('end when they are told to, those that run too', async () => {
    const { probes, state } = world();
    const stop = new AbortController();
    const { round } = probes(['a', 'b', 'c'], {
      async check() {
        stop.abort();
        return new Promise(() => undefined);
      },
    });
    expect(await round(stop.signal)).toBe(0);
    expect(state.failures).toEqual([]);
    expect(await round(AbortSignal.abort())).toBe(0);
  });
});

test.each<[string, Evidence[], number, number]>([
  ['nothing', [], 0, 0],
  ['a proof of an hour', [row('a', START)], 0, START + HOUR / 2],
  ['what ends sooner', [row('a', START), row('a', START, 'proven', HOUR / 2)], 0, START + HOUR / 4],
  ['what stands for a year', [row('a', START, 'claimed', 365 * 24 * HOUR)], 0, START + 12 * HOUR],
  ['a failure', [row('a', START, 'failed', 24 * HOUR)], 0, START + HOUR],
  ['a failure again and again', [row('a', START, 'failed', 24 * HOUR)], 9, START + 12 * HOUR],
  ['a certificate that ends now', [row('a', START, 'proven', 1000)], 0, START + MINUTE],
])('%s is due', (_, rows, failures, due) => {
  expect(dueAt(rows, failures)).toBe(due);
});
