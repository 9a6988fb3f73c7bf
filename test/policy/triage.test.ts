import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../src/core/vocabulary.ts';
import { isHeld, ROWS_A_DAY, triage, type Waiting } from '../../src/policy/triage.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

const waiting = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    severity: fc.constantFrom(...SEVERITIES),
    openedAt: fc.integer({ min: NOW - 1e9, max: NOW }),
    unconfirmed: fc.boolean(),
    shadowUntil: fc.option(fc.integer({ min: NOW - 1e6, max: NOW + 1e6 })),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);
const today = fc.integer({ min: 0, max: 15 });

describe('triage', () => {
  const of = (all: readonly Waiting[], already: number) => {
    const ids = new Set(triage(NOW, all, already));
    return { admitted: all.filter(({ id }) => ids.has(id)), left: all.filter(({ id }) => !ids.has(id)), ids };
  };

  it('admits what is critical, whatever the day had and whatever is new', () => {
    fc.assert(
      fc.property(waiting, today, (all, already) => {
        expect(of(all, already).left.filter(({ severity }) => severity === 'critical')).toEqual([]);
      }),
    );
  });

  it('admits of the rest no more than the day has room for, and leaves no room unused', () => {
    fc.assert(
      fc.property(waiting, today, (all, already) => {
        const { admitted } = of(all, already);
        const others = admitted.filter(({ severity }) => severity !== 'critical').length;
        const could = all.filter((each) => each.severity !== 'critical' && !isHeld(each, NOW)).length;
        expect(others).toBe(Math.min(could, Math.max(0, ROWS_A_DAY - already)));
      }),
    );
  });

  it('leaves none that is graver than one it admits, and of equals none that is open for longer', () => {
    fc.assert(
      fc.property(waiting, today, (all, already) => {
        const { admitted, left } = of(all, already);
        const key = ({ severity, openedAt }: Waiting) => SEVERITIES.indexOf(severity) * 1e13 - openedAt;
        const worstLeft = Math.max(...left.filter((each) => !isHeld(each, NOW)).map(key));
        for (const each of admitted) expect(key(each)).toBeGreaterThanOrEqual(worstLeft);
      }),
    );
  });

  it('keeps what is in shadow out until its time is over, and what nothing confirms, and does not depend on the order of what waits', () => {
    fc.assert(
      fc.property(waiting, today, (all, already) => {
        const { admitted } = of(all, already);
        expect(admitted.filter((each) => isHeld(each, NOW))).toEqual([]);
        expect(triage(NOW, [...all].reverse(), already)).toEqual(triage(NOW, all, already));
      }),
    );
  });
});
