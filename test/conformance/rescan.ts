import { beforeAll, expect, it } from 'vitest';
import type { Ledger, ScanRow } from '../../src/ledger/ledger.ts';
import type { Rescan } from '../../src/ledger/rescan/store.ts';
import { acceptRow, cause, DAY, finding, flaggedRow, HOUR, NOON, scanRow } from '../ledger/rows.ts';

type Group = (title: string, tests: (ledger: () => Ledger) => void) => unknown;

const NAME = {
  rule: 'hipaa.name',
  category: 'name',
  path: 'NTE-3',
  start: 10,
  end: 15,
  mask: 'AAAA',
  token: 'k1.bmFtZQ',
} as const;
const nameCause = cause({ key: 'content|lab-registry|name|NTE', category: 'name', group: 'NTE', matches: [0] });

const ASKED: Rescan = {
  ...{ id: 'r-1', askedAt: NOON + DAY, state: 'running', since: 0, until: NOON + DAY, flow: null },
  ...{ place: null, holder: null, judged: 0, changed: 0, unsupported: 0, failed: 0 },
};

/** What messages are judged to be anew, on every engine. */
export function rescanConformance(group: Group): void {
  group('rescan', (ledger) => {
    /** A message that was judged: flagged for an SSN, by the rules `old`. */
    async function judged(over: Partial<ScanRow> = {}, receivedAt = NOON): Promise<string> {
      const row = acceptRow({ receivedAt });
      await ledger().messages.accept(row);
      await ledger().messages.saveScan(flaggedRow(row.id, { ruleset: 'old', ...over }));
      return row.id;
    }
    const byName = (id: string, over: Partial<ScanRow> = {}): ScanRow => ({
      ...flaggedRow(id, { findings: [finding(NAME)], ruleset: 'new', scannedAt: NOON + DAY, ...over }, [nameCause]),
    });
    const incidentsBy = async () => new Map((await ledger().incidents.list({ limit: 100 })).rows.map((row) => [row.key, row]));
    const counters = async () => ({
      messages: await ledger().messages.counts(),
      flows: await ledger().flows.list(),
      vault: await ledger().vault.size(),
      activity: await ledger().flows.activity('lab-registry', { hour: NOON, day: NOON }),
    });

    it('takes the place of the former judgement, and counts the message nowhere twice', async () => {
      const id = await judged();
      const before = await counters();
      expect(await ledger().rescans.save(byName(id))).toEqual({ saved: true, changed: false, unsupported: 1 });
      expect(await counters()).toEqual(before);
      const incidents = await incidentsBy();
      expect(incidents.get(nameCause.key)).toMatchObject({ messages: 1, patients: 1, state: 'open' });
      // What it was found for stays a fact, with the finding that shows it: nothing is silently closed.
      const former = incidents.get(cause().key);
      expect(former).toMatchObject({ messages: 1, state: 'open' });
      const samples = await ledger().incidents.samples(former?.id ?? '', 10);
      expect(samples.map((sample) => sample.finding?.rule)).toEqual(['hipaa.ssn']);
      const fresh = await ledger().incidents.samples(incidents.get(nameCause.key)?.id ?? '', 10);
      expect(fresh.map((sample) => sample.finding?.rule)).toEqual(['hipaa.name']);
      expect(
        (await ledger().rescans.count({ ...ASKED, until: NOON + 3650 * DAY, flow: 'lab-registry' })).map(
          ({ ruleset }) => ruleset,
        ),
      ).toEqual(['new']);
    });

    it('changes nothing when it is saved again', async () => {
      const id = await judged();
      await ledger().rescans.save(byName(id));
      const state = async () => [await counters(), await ledger().messages.findings(id), [...(await incidentsBy()).values()]];
      const before = await state();
      await ledger().rescans.save(byName(id));
      expect(await state()).toEqual(before);
    });

    it('keeps the numbers of findings that are made again, and gives new ones to others', async () => {
      const both = [finding(), finding({ path: 'ZPI-3', token: 'k1.b3RoZXI' })];
      const causes = [cause({ matches: [0, 1] })];
      const id = await judged({ findings: both, decision: flaggedRow('', {}, causes).decision });
      const [, second] = both;
      const findings = [finding(NAME), second ?? finding()];
      await ledger().rescans.save({ ...flaggedRow(id, { findings, ruleset: 'new' }, [cause({ matches: [1] }), nameCause]) });
      // The first SSN is made by no rule any more, and no fact rests on it; the other kept its number, the name has the next.
      expect((await ledger().messages.findings(id)).map(({ path }) => path)).toEqual(['ZPI-3', 'NTE-3']);
      const incident = (await incidentsBy()).get(cause().key);
      const samples = (await ledger().incidents.samples(incident?.id ?? '', 10)).filter(({ message }) => message === id);
      expect(samples.map((sample) => sample.finding?.path)).toEqual(['ZPI-3']);
    });

    it('keeps a finding that somebody asked to see', async () => {
      const id = await judged();
      const incident = (await incidentsBy()).get(cause().key)?.id ?? '';
      await ledger().reveals.ask({
        ...{ id: `reveal-${id}`, incident, message: id, finding: 0, reason: 'to call the patient' },
        ...{ asked: { user: 'u-dana', name: 'Dana', at: NOON }, state: 'asked', decided: null, until: NOON + DAY },
      });
      const other = finding({ path: 'ZPI-9', token: 'k1.b3RoZXI' });
      await ledger().rescans.save(flaggedRow(id, { findings: [other], ruleset: 'new' }));
      expect((await ledger().messages.findings(id)).map(({ path }) => path)).toEqual(['ZPI-2', 'ZPI-9']);
    });

    it('moves tallies by the difference, and keeps the body of what is no longer flagged for as long as it was to stay', async () => {
      const id = await judged();
      const before = await counters();
      const answer = await ledger().rescans.save(scanRow(id, { ruleset: 'new' }));
      expect(answer).toEqual({ saved: true, changed: true, unsupported: 1 });
      const after = await counters();
      expect(after.messages).toEqual({ ...before.messages, flagged: before.messages.flagged - 1 });
      expect(after.vault).toBe(before.vault);
      expect(await ledger().messages.get(id)).toMatchObject({ verdict: 'permitted', state: 'done', bodyKept: true });
      await ledger().rescans.save(byName(id));
      expect(await counters()).toEqual(before);
    });

    it('tells a flow of kinds that it was not known to carry, once', async () => {
      const id = await judged();
      const summary = [
        { category: 'name', subject: 'patient', count: 2, permitted: true },
        { category: 'fax', subject: 'patient', count: 1, permitted: false },
      ] as const;
      const row = byName(id);
      const next = { ...row, decision: { ...row.decision, summary } };
      const uses = async () => new Map((await ledger().flows.use()).map(({ category, messages }) => [category, messages]));
      const before = await uses();
      for (let time = 0; time < 2; time++) await ledger().rescans.save(next);
      const after = await uses();
      expect(after.get('fax')).toBe(1);
      expect(after.get('name')).toBe(before.get('name'));
    });

    it('gives a transfer what is known of it now, and no second message', async () => {
      const id = await judged({ patients: ['k1.dHJhbnNmZXI'] });
      const transfer = async () =>
        (await ledger().exports.transfers({ month: Date.UTC(2026, 10), from: 0, to: NOON + DAY, limit: 1000 })).rows.filter(
          ({ patient }) => patient === 'k1.dHJhbnNmZXI',
        );
      const [before] = await transfer();
      const row = byName(id, { patients: ['k1.dHJhbnNmZXI'] });
      const summary = [{ category: 'fax', subject: 'patient', count: 1, permitted: false }] as const;
      await ledger().rescans.save({ ...row, decision: { ...row.decision, summary } });
      const [after] = await transfer();
      expect(after).toMatchObject({ messages: before?.messages, flagged: before?.flagged });
      expect(after?.categories).toContain('fax');
    });

    it('does not touch what is pending, or has no body any more', async () => {
      const pending = acceptRow();
      const dropped = acceptRow();
      for (const row of [pending, dropped]) await ledger().messages.accept(row);
      await ledger().messages.saveScan(scanRow(dropped.id));
      const before = await counters();
      for (const { id } of [pending, dropped]) {
        expect(await ledger().rescans.save(byName(id))).toEqual({ saved: false, changed: false, unsupported: 0 });
      }
      expect(await counters()).toEqual(before);
    });

    it('judges for the first time what had been given up', async () => {
      const row = acceptRow();
      await ledger().messages.accept(row);
      for (let time = 0; time < 3; time++) await ledger().messages.fail(row.id, { code: 'scan.failed', detail: 'x' }, NOON);
      const before = await ledger().messages.counts();
      expect(await ledger().rescans.save(byName(row.id))).toMatchObject({ saved: true });
      const after = await ledger().messages.counts();
      expect(after).toMatchObject({ failed: before.failed - 1, done: before.done + 1, flagged: before.flagged + 1 });
    });
  });

  group('which messages a rescan takes', (ledger) => {
    const ids: string[] = [];
    beforeAll(async () => {
      for (const [index, hours] of [1, 3, 2, 4].entries()) {
        const row = acceptRow({ id: idAt(NOON + hours * HOUR, index), receivedAt: NOON + hours * HOUR });
        ids.push(row.id);
        await ledger().messages.accept(row);
        await ledger().messages.saveScan(flaggedRow(row.id, { keepBodyUntil: NOON + (30 + hours) * DAY }));
      }
      const clean = acceptRow();
      await ledger().messages.accept(clean);
      await ledger().messages.saveScan(scanRow(clean.id));
    });

    it('are those with a body, in the order in which it goes, from its place on', async () => {
      const first = await ledger().rescans.next({ ...ASKED, until: NOON + DAY }, 3);
      expect(first.map(({ message }) => message)).toEqual([ids[0], ids[2], ids[1]]);
      const rest = await ledger().rescans.next({ ...ASKED, place: first.at(-1) ?? null }, 3);
      expect(rest.map(({ message }) => message)).toEqual([ids[3]]);
    });

    it('are of a period, and of a flow', async () => {
      const period = { ...ASKED, since: NOON + 2 * HOUR, until: NOON + 4 * HOUR };
      expect((await ledger().rescans.next(period, 9)).map(({ message }) => message)).toEqual([ids[2], ids[1]]);
      expect(await ledger().rescans.next({ ...ASKED, flow: 'other' }, 9)).toEqual([]);
      expect(await ledger().rescans.count(period)).toEqual([{ flow: 'lab-registry', ruleset: 'ruleset-1', messages: 2 }]);
    });

    it('has one state, which one of several who change it at once changes', async () => {
      expect(await ledger().rescans.current()).toBeNull();
      expect(await ledger().rescans.swap(null, ASKED)).toBe(true);
      expect(await ledger().rescans.swap(null, { ...ASKED, id: 'r-2' })).toBe(false);
      const hold = (worker: string): Promise<boolean> =>
        ledger().rescans.swap(ASKED, { ...ASKED, holder: { worker, until: NOON } });
      expect((await Promise.all(['a', 'b', 'c'].map(hold))).filter((had) => had)).toHaveLength(1);
      expect(await ledger().rescans.current()).toMatchObject({ id: 'r-1', holder: { until: NOON } });
    });
  });
}

/** A UUIDv7 of that time. */
function idAt(at: number, number: number): string {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(number).padStart(12, '0')}`;
}
