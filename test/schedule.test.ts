import { afterAll, expect, it, vi } from 'vitest';
import { restChecks, transitChecks } from '../src/checks.ts';
import { openLedger } from '../src/ledger/open.ts';
import type { Location } from '../src/policy/location.ts';
import { compileRegister } from '../src/policy/register.ts';
import { startSchedule } from '../src/schedule.ts';
import { freshFolder, removeFolders } from './ledger/folder.ts';

afterAll(removeFolders);

const nothing = { name: 'nothing', check: async () => [] };

it('a place that is described while the agent runs is looked at without a restart, and one that is taken back no more', {
  timeout: 60_000,
}, async () => {
  const ledger = await openLedger({ path: `${freshFolder()}/ledger.db`, migrate: true });
  const register = compileRegister([]);
  const looked: number[] = [];
  const schedule = await startSchedule({
    ledger,
    register,
    locations: new Map(),
    checks: {
      transit: transitChecks(register, nothing),
      rest: (places) => {
        looked.push(places.size);
        return restChecks(places, nothing, Date.now);
      },
    },
    learn: () => {},
    scan: async () => null,
    ruleset: () => 'none',
    registry: { poll: async () => {}, keep: 1 },
    retention: 86_400_000,
    channels: [],
    clock: Date.now,
    log: () => {},
  });
  try {
    const attested = {
      by: 'security@hospital.example',
      what: 'disk encryption',
      reference: 'T-1',
      at: '2026-01-01',
      expires: '2099-12-31',
    };
    const location: Location = {
      id: 'attic',
      title: 'Attic',
      type: 'database',
      owner: 'ops@hospital.example',
      verify: [],
      attested: [attested],
    };
    await ledger.places.save({ location, by: 'key:ops', at: 0 });
    await vi.waitFor(
      async () => expect((await ledger.evidence.list('location:attic')).map(({ outcome }) => outcome)).toEqual(['claimed']),
      {
        timeout: 20_000,
        interval: 50,
      },
    );
    await ledger.places.remove('attic');
    await vi.waitFor(() => expect(looked.at(-1)).toBe(0), { timeout: 20_000, interval: 50 });
    // They are made anew where something changed, and not with each round.
    expect(looked.length).toBeLessThanOrEqual(3);
  } finally {
    await schedule.close();
    await ledger.close();
  }
});
