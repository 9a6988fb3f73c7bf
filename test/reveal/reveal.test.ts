import { describe, expect, it } from 'vitest';
import { mayLook, moveReveal, type Reveal, type RevealMove, standingReveal } from '../../src/reveal/reveal.ts';

const DANA = { user: 'u-dana', name: 'Dana' };
const KIM = { user: 'u-kim', name: 'Kim' };

const asked: Reveal = {
  id: 'r1',
  incident: 'i1',
  message: 'm1',
  finding: 0,
  reason: 'which clinic to call',
  asked: { ...DANA, at: 0 },
  state: 'asked',
  decided: null,
  until: 1000,
};
const move = (to: RevealMove['to'], by = KIM, at = 10): RevealMove => ({ to, by, at, openFor: 100 });

describe('a reveal', () => {
  it('is open to its asker alone, from the approval for as long as it was opened', () => {
    const open = moveReveal(asked, move('approved'));
    expect(open).toMatchObject({ state: 'approved', decided: { ...KIM, at: 10 }, until: 110 });
    expect(mayLook(open, DANA.user, 109)).toBe(true);
    expect(mayLook(open, DANA.user, 110)).toBe(false);
    expect(mayLook(open, KIM.user, 50)).toBe(false);
    expect(mayLook(asked, DANA.user, 5)).toBe(false);
    expect(standingReveal(open, 110)).toBe('expired');
  });

  it('is never decided by who asked, under whatever name', () => {
    for (const to of ['approved', 'denied'] as const) {
      expect(() => moveReveal(asked, move(to, DANA))).toThrow(expect.objectContaining({ code: 'usage' }));
      expect(() => moveReveal(asked, move(to, { user: DANA.user, name: 'Somebody else' }))).toThrow(/another person/);
    }
  });

  it('is withdrawn by who asked, and by nobody else', () => {
    expect(moveReveal(asked, move('withdrawn', DANA))).toMatchObject({ state: 'withdrawn', until: 10 });
    expect(() => moveReveal(asked, move('withdrawn', KIM))).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each(['approved', 'denied', 'withdrawn'] as const)('goes nowhere from %s', (to) => {
    const over = moveReveal(asked, move(to, to === 'withdrawn' ? DANA : KIM));
    for (const next of [move('approved'), move('denied'), move('withdrawn', DANA)]) {
      expect(() => moveReveal(over, { ...next, at: 11 })).toThrow(expect.objectContaining({ code: 'ledger.conflict' }));
    }
  });

  it('that nobody decided in time has expired, and stays so', () => {
    expect(standingReveal(asked, 999)).toBe('asked');
    expect(standingReveal(asked, 1000)).toBe('expired');
    expect(() => moveReveal(asked, move('approved', KIM, 1000))).toThrow(/expired/);
  });
});
