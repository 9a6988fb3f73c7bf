import { expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { IncidentCause } from '../../src/policy/decision.ts';
import type { Acceptance } from '../../src/policy/suppression.ts';
import { acceptRow, cause, DAY, flaggedRow, HOUR, NOON } from '../ledger/rows.ts';

/** How incidents fare whose matches a site's overlays suppress, on whatever engine. `group` gives its tests a ledger of their own. */
export function overlayConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  const acceptance: Acceptance = {
    entries: ['st-anna/no-fax'],
    until: NOON + 10 * DAY,
    note: 'overlay st-anna, entry no-fax by Dana: ticket 4711',
  };
  const suppressed = (key: string, over: Partial<Acceptance> = {}): IncidentCause =>
    cause({ key, accepted: { ...acceptance, ...over } });

  /** A message that shows a cause so long after noon. */
  async function show(ledger: Ledger, shown: IncidentCause, after = 0): Promise<void> {
    const row = acceptRow({ receivedAt: NOON + after });
    await ledger.messages.accept(row);
    await ledger.messages.saveScan(flaggedRow(row.id, { scannedAt: NOON + after }, [shown]));
  }
  async function of(ledger: Ledger, key: string) {
    const { rows } = await ledger.incidents.list({ limit: 200 });
    return rows.find((row) => row.key === key) ?? expect.fail(`there is no incident ${key}`);
  }
  async function history(ledger: Ledger, key: string): Promise<string[]> {
    const events = await ledger.incidents.events((await of(ledger, key)).id);
    return events.map(({ actor, action, to, note }) => [actor, action, to, note].join(' ').trim());
  }
  const ACCEPTED = `cordon accepted-risk accepted-risk ${acceptance.note}`;

  group('what overlays suppress', (ledger) => {
    it('opens as an accepted risk, with who answers for it, and counts its messages', async () => {
      await show(ledger(), suppressed('opens'));
      await show(ledger(), suppressed('opens'), HOUR);
      const row = await of(ledger(), 'opens');
      expect(row).toMatchObject({ state: 'accepted-risk', until: acceptance.until, messages: 2, desk: { due: null } });
      expect(await history(ledger(), 'opens')).toEqual(['cordon opened open', ACCEPTED]);
    });

    it('comes back by itself when the entry ends', async () => {
      await show(ledger(), suppressed('ends', { until: NOON + HOUR }));
      await ledger().incidents.expire(NOON + HOUR - 1);
      expect(await of(ledger(), 'ends')).toMatchObject({ state: 'accepted-risk' });
      await ledger().incidents.expire(NOON + HOUR);
      expect(await of(ledger(), 'ends')).toMatchObject({ state: 'open', until: null });
      expect((await of(ledger(), 'ends')).desk.due).not.toBeNull();
      expect((await history(ledger(), 'ends')).at(-1)).toBe('cordon reopened open the time of the accepted risk is over');
      await show(ledger(), cause({ key: 'ends' }), 2 * HOUR);
      expect(await of(ledger(), 'ends')).toMatchObject({ state: 'open', messages: 2 });
    });

    it('comes back with the first message that is not suppressed, and then waits for a person', async () => {
      await show(ledger(), suppressed('other'));
      await show(ledger(), cause({ key: 'other' }), HOUR);
      expect(await of(ledger(), 'other')).toMatchObject({ state: 'open', until: null });
      expect((await history(ledger(), 'other')).at(-1)).toBe(
        'cordon reopened open not all of it is what st-anna/no-fax suppresses',
      );
      await show(ledger(), suppressed('other'), 2 * HOUR);
      expect(await of(ledger(), 'other')).toMatchObject({ state: 'open', messages: 3 });
    });

    it('does not settle what somebody has yet to settle, nor what is no incident', async () => {
      await show(ledger(), cause({ key: 'waits' }));
      await show(ledger(), suppressed('waits'), HOUR);
      expect(await of(ledger(), 'waits')).toMatchObject({ state: 'open', messages: 2 });
      const { id } = await of(ledger(), 'waits');
      const step = { actor: 'officer', note: 'a form without a patient', until: null, at: NOON + HOUR };
      await ledger().incidents.transition(id, 'open', { ...step, to: 'false-positive' });
      await show(ledger(), suppressed('waits'), 2 * HOUR);
      expect(await of(ledger(), 'waits')).toMatchObject({ state: 'false-positive', messages: 3 });
    });

    it('is accepted where it was resolved, in place of opening it again', async () => {
      await show(ledger(), cause({ key: 'mended' }));
      const { id } = await of(ledger(), 'mended');
      await ledger().incidents.transition(id, 'open', {
        to: 'resolved',
        actor: 'officer',
        note: '',
        until: null,
        at: NOON + HOUR,
      });
      await show(ledger(), suppressed('mended'), 2 * HOUR);
      expect(await of(ledger(), 'mended')).toMatchObject({
        state: 'accepted-risk',
        until: acceptance.until,
        desk: { due: null },
      });
      expect((await history(ledger(), 'mended')).at(-1)).toBe(ACCEPTED);
    });

    it('is accepted for longer where the entry was', async () => {
      await show(ledger(), suppressed('longer'));
      await show(ledger(), suppressed('longer', { until: NOON + 30 * DAY }), HOUR);
      await show(ledger(), suppressed('longer'), 2 * HOUR);
      expect(await of(ledger(), 'longer')).toMatchObject({ state: 'accepted-risk', until: NOON + 30 * DAY });
      expect(await history(ledger(), 'longer')).toHaveLength(3);
    });

    it('leaves to a person the end that the person set', async () => {
      await show(ledger(), cause({ key: 'person' }));
      const { id } = await of(ledger(), 'person');
      const step = { actor: 'officer', note: 'the vendor mends it', at: NOON };
      await ledger().incidents.transition(id, 'open', { ...step, to: 'accepted-risk', until: NOON + DAY });
      await show(ledger(), suppressed('person'), HOUR);
      expect(await of(ledger(), 'person')).toMatchObject({ state: 'accepted-risk', until: NOON + DAY });
    });
  });
}
