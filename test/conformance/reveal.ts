import { expect, it } from 'vitest';
import type { Answers } from '../../src/breach/assessment.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { BreachAssessment } from '../../src/ledger/reveal/breach-store.ts';
import type { Reveal, RevealMove } from '../../src/reveal/reveal.ts';
import { HOUR, NOON } from '../ledger/rows.ts';

const DANA = { user: 'u-dana', name: 'Dana' };
const KIM = { user: 'u-kim', name: 'Kim' };
const LEE = { user: 'u-lee', name: 'Lee' };

/** Reveals and breach assessments, on whatever engine. */
export function revealConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  group('reveals', (ledger) => {
    const asked = (id: string, over: Partial<Reveal> = {}): Reveal => ({
      id,
      incident: 'i1',
      message: 'm1',
      finding: 0,
      reason: 'to tell the clinic which chart',
      asked: { ...DANA, at: NOON },
      state: 'asked',
      decided: null,
      until: NOON + 24 * HOUR,
      ...over,
    });
    const approve = (by = KIM, at = NOON + 1): RevealMove => ({ to: 'approved', by, at, openFor: 600_000 });

    it('keeps a question once, and lists what waits until its time is over', async () => {
      const { reveals } = ledger();
      const later = asked('r2', { until: NOON + 25 * HOUR, incident: 'i2' });
      await reveals.ask(asked('r1'));
      await reveals.ask(asked('r1'));
      await reveals.ask(later);
      expect(await reveals.live('asked', NOON, 10)).toEqual([asked('r1'), later]);
      expect(await reveals.live('asked', NOON, 1)).toEqual([asked('r1')]);
      expect(await reveals.live('asked', NOON + 24 * HOUR, 10)).toEqual([later]);
      expect(await reveals.ofIncident('i1', 10)).toEqual([asked('r1')]);
      expect(await reveals.get('nobody')).toBeNull();
    });

    it('lets one of two who decide at once decide, and never who asked', async () => {
      const { reveals } = ledger();
      await reveals.ask(asked('race'));
      await expect(reveals.move('race', approve(DANA))).rejects.toMatchObject({ code: 'usage' });
      const both = await Promise.allSettled([reveals.move('race', approve(KIM)), reveals.move('race', approve(LEE))]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const kept = await reveals.get('race');
      expect(kept).toMatchObject({ state: 'approved', until: NOON + 1 + 600_000 });
      expect(await reveals.live('approved', NOON + 600_000, 10)).toEqual([kept]);
      expect(await reveals.live('approved', NOON + 1 + 600_000, 10)).toEqual([]);
      // The answer was lost, and the same person asks again.
      const by = kept?.decided?.user === KIM.user ? KIM : LEE;
      expect(await reveals.move('race', approve(by))).toEqual(kept);
      await expect(reveals.move('race', { ...approve(by), to: 'denied' })).rejects.toMatchObject({ code: 'ledger.conflict' });
    });

    it('lets go of what was over before a month, decided or not, and of nothing else', async () => {
      const { reveals, retention } = ledger();
      const [may, june] = [Date.UTC(2020, 4), Date.UTC(2020, 5)];
      const old = (id: string, at: number) => asked(id, { asked: { ...DANA, at: at - 1 }, until: at });
      for (const [id, at] of [
        ['waited', june - 1],
        ['open', may],
        ['recent', june],
      ] as const)
        await reveals.ask(old(id, at));
      await reveals.move('open', { ...approve(KIM, may - 1), openFor: HOUR });
      for (let n = 0; n < 200; n++) await reveals.ask(old(`old-${n}`, may));
      await retention.dropBefore(june + HOUR);
      expect([await reveals.get('waited'), await reveals.get('open'), await reveals.get('old-199')]).toEqual([null, null, null]);
      expect(await reveals.get('recent')).toMatchObject({ id: 'recent', state: 'asked' });
    });

    it('knows nothing of a reveal that is not there', async () => {
      await expect(ledger().reveals.move('nobody', approve())).rejects.toMatchObject({ code: 'ledger.conflict' });
    });
  });

  group('breach assessments', (ledger) => {
    const factor = { text: '', risk: null };
    const answers: Answers = {
      discovered: '2026-11-24',
      people: 12,
      residentsOfOneState: null,
      delay: null,
      factors: { nature: factor, recipient: factor, acquired: factor, mitigated: factor },
      exception: null,
      exceptionWhy: '',
      ciphertextAlone: false,
      conclusion: null,
      why: '',
    };
    const version = (number: number, over: Partial<BreachAssessment> = {}): BreachAssessment => ({
      incident: 'i1',
      version: number,
      saved: { ...DANA, at: NOON + number },
      signed: false,
      answers,
      ...over,
    });

    it('keeps every version, each once', async () => {
      const { breaches } = ledger();
      const signed = version(2, { signed: true, answers: { ...answers, conclusion: 'breach', why: 'it is' } });
      await breaches.save(version(1));
      await breaches.save(version(1));
      await breaches.save(signed);
      expect(await breaches.versions('i1', 10)).toEqual([signed, version(1)]);
      expect(await breaches.versions('i1', 1)).toEqual([signed]);
      expect(await breaches.versions('other', 10)).toEqual([]);
    });

    it('takes no version that is there already, or that leaves one out', async () => {
      const { breaches } = ledger();
      await breaches.save(version(1, { incident: 'i2' }));
      const late = version(1, { incident: 'i2', saved: { ...KIM, at: NOON } });
      await expect(breaches.save(late)).rejects.toMatchObject({ code: 'ledger.conflict' });
      await expect(breaches.save(version(3, { incident: 'i2' }))).rejects.toMatchObject({ code: 'ledger.conflict' });
    });
  });
}
