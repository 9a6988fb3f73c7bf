import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import type { Act, Change } from '../../src/ledger/desk/store.ts';
import type { IncidentFilter, Ledger } from '../../src/ledger/ledger.ts';
import { INCIDENT_STATES, type IncidentCause } from '../../src/policy/decision.ts';
import type { Exposure } from '../../src/policy/severity.ts';
import { acceptRow, cause, DAY, FLOW, flaggedRow, HOUR, NOON } from '../ledger/rows.ts';

/** How the desk handles incidents, on whatever engine. `group` gives its tests a ledger of their own. */
export function deskConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  const exposure: Exposure = { recipient: 'associate', data: 'identified', categories: ['name'], transit: 'proven' };
  const exposed = (key: string, over: Partial<Exposure> = {}): IncidentCause =>
    cause({ key, category: null, group: null, severity: 'low', exposure: { ...exposure, ...over } });

  /** One message that shows causes, received at a time, of some patients. */
  async function show(
    ledger: Ledger,
    causes: readonly IncidentCause[],
    { at = NOON, patients = ['k1.one'], destination = 'REG' } = {},
  ): Promise<void> {
    const row = acceptRow({ receivedAt: at });
    await ledger.messages.accept(row);
    const scan = flaggedRow(row.id, { patients, scannedAt: at }, causes);
    await ledger.messages.saveScan({ ...scan, decision: { ...scan.decision, flow: { ...FLOW, destination } } });
  }
  async function idOf(ledger: Ledger, key: string): Promise<string> {
    const { rows } = await ledger.incidents.list({ limit: 200 });
    return rows.find((row) => row.key === key)?.id ?? 'none';
  }
  const actions = async (ledger: Ledger, id: string) =>
    (await ledger.incidents.events(id)).map(({ action, note }) => (note === '' ? action : `${action}: ${note}`));
  const raised = (ledger: Ledger, key: string, over: Partial<IncidentCause> = {}, at = NOON) =>
    ledger.incidents.raise(cause({ key, reason: 'flow.silent', category: null, group: null, ...over }), {
      source: 'LIS',
      destination: 'REG',
      at,
    });

  group('severity', (ledger) => {
    it('grows with patients, with a leg in clear and with time, and says so', async () => {
      const one = exposed('grows');
      await show(ledger(), [one]);
      const id = await idOf(ledger(), 'grows');
      const severity = async () => (await ledger().incidents.get(id))?.severity;
      expect(await severity()).toBe('medium');
      const many = Array.from({ length: 500 }, (_, index) => `k1.${index}`);
      await show(ledger(), [one], { at: NOON + HOUR, patients: many });
      expect(await severity()).toBe('high');
      await show(ledger(), [exposed('grows', { transit: 'failed' })], { at: NOON + 2 * HOUR });
      expect(await severity()).toBe('critical');
      await show(ledger(), [one], { at: NOON + 3 * HOUR });
      expect(await severity()).toBe('high');
      await show(ledger(), [one], { at: NOON + DAY });
      expect(await ledger().incidents.get(id)).toMatchObject({ severity: 'critical', desk: { ongoing: true } });
      expect((await ledger().desk.round(NOON + DAY + HOUR)).lowered).toBe(0);
      expect((await ledger().desk.round(NOON + 2 * DAY)).lowered).toBe(1);
      expect(await ledger().incidents.get(id)).toMatchObject({ severity: 'high', desk: { ongoing: false } });
      expect(await actions(ledger(), id)).toEqual(
        expect.arrayContaining(['raised: medium became high', 'lowered: critical became high: not seen for a day']),
      );
      expect((await ledger().incidents.get(id))?.desk.due).toBe(NOON + 2 * HOUR + DAY);
    });
  });

  group('an accepted risk', (ledger) => {
    const accept = async (key: string) => {
      const id = await idOf(ledger(), key);
      const step = { actor: 'officer', note: 'the vendor mends it', at: NOON };
      await ledger().incidents.transition(id, 'open', { ...step, to: 'accepted-risk', until: 'change' });
      return id;
    };
    it.each([
      ['a category', { categories: ['ssn'] } satisfies Partial<Exposure>, 'REG', 'new category ssn'],
      ['a destination', {}, 'CLOUD', 'new destination CLOUD'],
      ['encryption', { transit: 'failed' } satisfies Partial<Exposure>, 'REG', 'encryption lost'],
    ])('holds for what was accepted, and comes back with %s', async (what, change, destination, why) => {
      await show(ledger(), [exposed(what)]);
      const id = await accept(what);
      await show(ledger(), [exposed(what)], { at: NOON + 9 * DAY });
      expect(await ledger().incidents.get(id)).toMatchObject({ state: 'accepted-risk', until: null, messages: 2 });
      await show(ledger(), [exposed(what, change)], { at: NOON + 10 * DAY, destination });
      expect(await ledger().incidents.get(id)).toMatchObject({ state: 'open', desk: { admittedAt: null } });
      expect(await actions(ledger(), id)).toContain(`reopened: more than was accepted: ${why}`);
    });
  });

  group('acts', (ledger) => {
    const act = (change: Change, items: Act['items'], over: Partial<Act> = {}): Act => ({
      ...{ id: uuid(), actor: 'officer', at: NOON + HOUR, change, items },
      ...over,
    });
    const resolve: Change = { kind: 'move', to: 'resolved', note: 'mended', until: null };
    const stateOf = async (id: string) => (await ledger().incidents.get(id))?.state;

    it('move many, each as a whole or not at all, and are taken back at once', async () => {
      await Promise.all(Array.from({ length: 250 }, (_, index) => raised(ledger(), `many ${index}`)));
      const { rows } = await ledger().incidents.list({ limit: 500, states: ['open'] });
      const items = rows.map(({ id }) => ({ id, from: 'open' as const }));
      const [first, second] = items.map(({ id }) => id);
      if (first === undefined || second === undefined) throw new Error('no incidents');
      await ledger().incidents.transition(first, 'open', { to: 'acknowledged', actor: 'b', note: '', until: null, at: NOON });
      const given = act(resolve, [...items, { id: 'nobody', from: 'open' }]);
      const refused = [
        { id: first, why: 'the incident is acknowledged by now, not open: reload it and decide again' },
        { id: 'nobody', why: 'there is no incident nobody' },
      ];
      expect(await ledger().desk.preview(given)).toMatchObject({ refused });
      expect(await stateOf(second)).toBe('open');
      const acted = await ledger().desk.act(given);
      expect(acted.refused).toEqual(refused);
      expect(acted.done).toHaveLength(249);
      // Sent again, after an answer that was lost.
      expect(await ledger().desk.act(given)).toEqual(acted);
      expect(await actions(ledger(), second)).toEqual(['opened', 'resolved: mended']);
      expect(await ledger().incidents.count(['resolved'])).toBe(249);
      expect((await ledger().incidents.get(second))?.desk.due).toBeNull();

      await ledger().desk.act(act({ kind: 'comment', text: 'noted' }, [{ id: second, from: 'open' }]));
      await raised(ledger(), 'many 7', {}, NOON + 2 * HOUR);
      const by = { id: uuid(), actor: 'officer', at: NOON + 3 * HOUR };
      const back = await ledger().desk.undo(given.id, by);
      expect(back.done).toHaveLength(248);
      expect(back.refused).toEqual([{ id: await idOf(ledger(), 'many 7'), why: 'it changed since: decide on it by itself' }]);
      expect(await ledger().desk.undo(given.id, by)).toEqual(back);
      expect(await ledger().incidents.count(['open'])).toBe(249);
      expect(await actions(ledger(), second)).toEqual(['opened', 'resolved: mended', 'commented: noted', 'undone: resolved']);
      expect((await ledger().incidents.get(second))?.desk.due).toBeGreaterThan(NOON);
      await expect(ledger().desk.undo('no-act', by)).rejects.toMatchObject({ code: 'ledger.conflict' });
    });

    it('give an incident to somebody, until a day, and take comments', async () => {
      await raised(ledger(), 'mine');
      const id = await idOf(ledger(), 'mine');
      const on = [{ id, from: 'open' }] as const;
      const assigned = act({ kind: 'assign', assignee: 'dana' }, on);
      await ledger().desk.act(assigned);
      await ledger().desk.act(act({ kind: 'due', due: NOON + 2 * DAY }, on));
      expect(await ledger().incidents.get(id)).toMatchObject({ desk: { assignee: 'dana', due: NOON + 2 * DAY, revision: 2 } });
      const listed = async (filter: IncidentFilter) =>
        (await ledger().incidents.list({ ...filter, limit: 300 })).rows.map(({ key }) => key);
      expect(await listed({ assignee: 'dana' })).toEqual(['mine']);
      expect(await listed({ assignee: null })).not.toContain('mine');
      expect(await listed({ overdueAt: NOON + 2 * DAY })).toEqual(['mine']);
      expect(await listed({ overdueAt: NOON + 2 * DAY - 1 })).toEqual([]);
      const by = { id: uuid(), actor: 'officer', at: NOON + 3 * HOUR };
      // The due day came after it.
      expect((await ledger().desk.undo(assigned.id, by)).refused).toHaveLength(1);
      await ledger().desk.act(act({ kind: 'assign', assignee: null }, on));
      expect(await actions(ledger(), id)).toEqual(['opened', 'assigned: dana', 'due', 'unassigned']);
    });

    it.each<[string, Change, number]>([
      ['no reason', { kind: 'move', to: 'false-positive', note: ' ', until: null }, 1],
      ['no end', { kind: 'move', to: 'accepted-risk', note: 'so', until: null }, 1],
      ['no words', { kind: 'comment', text: ' ' }, 1],
      ['more incidents than one act changes', resolve, 1001],
    ])('are refused as a whole with %s', async (_, change, count) => {
      const items = Array.from({ length: count }, (__, index) => ({ id: `x${index}`, from: 'open' as const }));
      await expect(ledger().desk.act(act(change, items))).rejects.toMatchObject({ code: 'usage' });
      await expect(ledger().desk.preview(act(change, items))).rejects.toMatchObject({ code: 'usage' });
    });
  });

  group('what needs somebody', (ledger) => {
    it('is ten new rows a day, all that is critical, and one row of what is new', async () => {
      for (let index = 0; index < 13; index++) {
        await raised(ledger(), `q${index}`, { severity: index < 2 ? 'high' : 'medium' }, NOON + index);
      }
      for (const key of ['new 1', 'new 2']) {
        await raised(ledger(), key, { reason: 'flow.unregistered', flow: key, severity: 'high' });
      }
      await raised(ledger(), 'worst', { reason: 'flow.unregistered', flow: 'new 3', severity: 'critical' });
      expect(await ledger().desk.queue(NOON, 50)).toMatchObject({
        total: 0,
        waiting: { critical: 1, high: 2, medium: 11, low: 0 },
        digest: { incidents: 2, flows: 2, until: NOON + 14 * DAY },
      });
      expect(await ledger().desk.round(NOON)).toMatchObject({ admitted: 11 });
      expect(await ledger().desk.round(NOON)).toMatchObject({ admitted: 0, notices: 0 });
      const queue = await ledger().desk.queue(NOON, 50);
      expect(queue.needing.slice(0, 4).map(({ key }) => key)).toEqual(['worst', 'q0', 'q1', 'q2']);
      expect(queue).toMatchObject({ total: 11, waiting: { critical: 0, high: 0, medium: 3 }, digest: { incidents: 2 } });
      // A new day has room again; a fortnight later nothing is new.
      expect(await ledger().desk.round(NOON + 14 * DAY)).toMatchObject({ admitted: 5, overdue: 5 });
      const later = await ledger().desk.queue(NOON + 14 * DAY, 50);
      expect(later).toMatchObject({ total: 16, digest: null, overdueTotal: 5 });
      expect(later.overdue[0]).toMatchObject({ key: 'worst' });
    });
  });

  const guess = (key: string) =>
    cause({
      ...{ key, category: 'name', severity: 'low', unconfirmed: true, flow: key },
      exposure: { recipient: 'none', data: 'identified', categories: ['name'], transit: null },
    });

  group('what nothing confirms', (ledger) => {
    it('is one row, whatever the number of its flows, and nobody is asked for it', async () => {
      for (const key of ['a', 'b', 'a']) await show(ledger(), [guess(key)], { patients: [] });
      expect(await ledger().desk.round(NOON)).toMatchObject({ admitted: 0, notices: 1 });
      expect(await ledger().desk.queue(NOON, 9)).toMatchObject({
        ...{ total: 0, digest: null, unconfirmed: { incidents: 2, flows: 2, messages: 3 } },
        waiting: { critical: 0, high: 0, medium: 0, low: 0 },
      });
      // That it goes on makes it no graver.
      await show(ledger(), [guess('a')], { at: NOON + 2 * DAY, patients: [] });
      expect(await ledger().desk.round(NOON + 60 * DAY)).toMatchObject({ admitted: 0, overdue: 0 });
      const { rows } = await ledger().incidents.list({ unconfirmed: true, limit: 9 });
      expect(rows.map(({ key, severity, desk }) => [key, severity, desk.due, desk.unconfirmed]).toSorted()).toEqual([
        ['a', 'low', null, true],
        ['b', 'low', null, true],
      ]);
    });
  });

  group('what was confirmed', (ledger) => {
    it('needs somebody as soon as a message confirms it', async () => {
      await show(ledger(), [guess('a')], { patients: [] });
      const id = await idOf(ledger(), 'a');
      const { unconfirmed: _, ...sure } = guess('a');
      await show(ledger(), [{ ...sure, severity: 'high' }], { at: NOON + HOUR });
      await show(ledger(), [guess('a')], { at: NOON + 2 * HOUR });
      expect(await ledger().incidents.get(id)).toMatchObject({
        ...{ severity: 'high', messages: 3 },
        desk: { unconfirmed: false, due: NOON + HOUR + 3 * DAY },
      });
      expect(await actions(ledger(), id)).toEqual(['opened', 'confirmed', 'raised: low became high']);
      expect(await ledger().desk.round(NOON + 2 * HOUR)).toMatchObject({ admitted: 1 });
      expect(await ledger().desk.queue(NOON + 2 * HOUR, 9)).toMatchObject({ total: 1, unconfirmed: null });
    });
  });

  group('what nothing confirms and somebody needs', (ledger) => {
    it('needs somebody anyway where it is critical, or somebody opened it again', async () => {
      await show(ledger(), [
        { ...guess('worst'), severity: 'critical', exposure: { ...exposure, recipient: 'none', data: 'sensitive' } },
      ]);
      await show(ledger(), [guess('mine')], { patients: [] });
      const id = await idOf(ledger(), 'mine');
      const by = { actor: 'officer', note: 'a name', at: NOON, until: null };
      await ledger().incidents.transition(id, 'open', { ...by, to: 'acknowledged' });
      await ledger().incidents.transition(id, 'acknowledged', { ...by, to: 'open' });
      expect(await ledger().desk.round(NOON)).toMatchObject({ admitted: 1 });
      const { needing } = await ledger().desk.queue(NOON, 9);
      expect(needing.map(({ key, desk }) => [key, desk.due === null])).toEqual([
        ['worst', false],
        ['mine', false],
      ]);
    });
  });

  group('packs', (ledger) => {
    it('that a ledger was begun with are new to nobody, later ones for a fortnight', async () => {
      await ledger().desk.knowPacks(['hipaa-safe-harbor'], NOON);
      await show(ledger(), [cause({ key: 'known' })]);
      await ledger().desk.knowPacks(['hipaa-safe-harbor', 'site'], NOON + DAY);
      const row = acceptRow({ receivedAt: NOON + DAY });
      await ledger().messages.accept(row);
      const scan = flaggedRow(row.id, {}, [cause({ key: 'site' })]);
      const [found] = scan.findings;
      if (found === undefined) throw new Error('no finding');
      await ledger().messages.saveScan({ ...scan, findings: [{ ...found, pack: 'site@0.1.0' }] });
      const { rows } = await ledger().incidents.list({ limit: 10 });
      const until = Object.fromEntries(rows.map(({ key, desk }) => [key, desk.shadowUntil]));
      expect(until).toEqual({ known: null, site: NOON + 15 * DAY });
    });
  });

  group('a search', (ledger) => {
    it('finds incidents by how their words begin, all of them', async () => {
      await raised(ledger(), 'a', { flow: 'lab-registry', reason: 'flow.silent' });
      await raised(ledger(), 'b', { flow: 'vendor-cloud', reason: 'flow.volume' });
      await show(ledger(), [cause({ key: 'c', flow: 'vendor-cloud', category: 'ssn' })], { destination: 'CLOUD' });
      const found = async (q: string) => (await ledger().incidents.list({ q, limit: 10 })).rows.map(({ key }) => key).sort();
      expect(await found('VEND')).toEqual(['b', 'c']);
      expect(await found('vend social sec')).toEqual(['c']);
      expect(await found('cloud')).toEqual(['b', 'c']);
      expect(await found('lab-reg')).toEqual(['a']);
      expect(await found("%' or _")).toEqual([]);
      expect(await found('  ')).toEqual(['a', 'b', 'c']);
      expect(await ledger().incidents.count(['open'], { q: 'vend', since: NOON, category: 'ssn' })).toBe(1);
    });
  });

  group('the queue', (ledger) => {
    it('counts what there is of each state, whatever it is narrowed to', async () => {
      for (const key of ['a', 'b', 'c']) await raised(ledger(), key, { flow: 'vendor-cloud', severity: 'high' });
      await raised(ledger(), 'd', { flow: 'lab-registry', severity: 'low' });
      const by = { actor: 'officer', at: NOON };
      const resolved = { ...by, to: 'resolved', note: '', until: null } as const;
      await ledger().incidents.transition(await idOf(ledger(), 'a'), 'open', resolved);
      const change: Change = { kind: 'assign', assignee: 'dana' };
      const items = [{ id: await idOf(ledger(), 'b'), from: 'open' } as const];
      await ledger().desk.act({ id: uuid(), ...by, change, items });
      const tally = async (filter: Omit<IncidentFilter, 'states'>) => {
        const counts = await ledger().incidents.tally(filter);
        expect([...counts.keys()]).toEqual(INCIDENT_STATES);
        return [...counts].filter(([, count]) => count > 0);
      };
      const counted: [Omit<IncidentFilter, 'states'>, number, number][] = [
        [{}, 3, 1],
        [{ q: 'vend cloud' }, 2, 1],
        [{ q: 'regis' }, 1, 0],
        [{ q: 'vendors' }, 0, 0],
        [{ q: 'vend', assignee: 'dana' }, 1, 0],
        [{ assignee: null }, 2, 1],
        [{ severity: 'high' }, 2, 1],
        [{ overdueAt: NOON + 400 * DAY }, 3, 0],
      ];
      for (const [filter, open, closed] of counted) {
        const states = [['open', open] as const, ['resolved', closed] as const];
        expect(await tally(filter)).toEqual(states.filter(([, count]) => count > 0));
      }
    });
  });

  group('notices', (ledger) => {
    it('are made once, delivered over each channel once, and tried again until they are given up', async () => {
      await raised(ledger(), 'told', { severity: 'high' });
      await raised(ledger(), 'not told', { severity: 'medium' });
      expect(await ledger().desk.round(NOON)).toMatchObject({ notices: 1 });
      const take = (now: number) =>
        ledger().desk.takeNotices({ channels: ['webhook', 'mail'], now, until: now + HOUR, limit: 10 });
      const taken = await take(NOON);
      expect(taken.map(({ kind, channel, incident }) => [kind, channel, incident?.key]).sort()).toEqual([
        ['incident', 'mail', 'told'],
        ['incident', 'webhook', 'told'],
      ]);
      expect(await take(NOON + 1)).toEqual([]);
      const [notice] = taken;
      if (notice === undefined) throw new Error('no notice');
      const settle = (channel: string, error: string, next: number | null) =>
        ledger().desk.settleNotice({ notice: notice.id, channel, error, next });
      await settle('webhook', '', null);
      await settle('mail', 'no answer', NOON + 2 * HOUR);
      expect(await take(NOON + HOUR)).toEqual([]);
      const again = await take(NOON + 2 * HOUR);
      expect(again).toMatchObject([{ id: notice.id, channel: 'mail', attempts: 1 }]);
      await settle('mail', 'the server refused it', null);
      expect(await take(NOON + DAY)).toEqual([]);
      expect(await ledger().desk.undelivered(10)).toMatchObject([
        { notice: notice.id, channel: 'mail', attempts: 2, next: null, error: 'the server refused it' },
      ]);
      // A channel of later is not told of what was before it.
      expect(await ledger().desk.takeNotices({ channels: ['other'], now: NOON + DAY, until: NOON + 2 * DAY, limit: 10 })).toEqual(
        [],
      );
    });

    it('say that something became graver, is overdue, or came new in a day', async () => {
      const { desk, incidents } = ledger();
      await raised(ledger(), 'not told', { severity: 'critical' }, NOON + HOUR);
      await raised(ledger(), 'new', { reason: 'flow.unregistered', flow: 'rogue' }, NOON + HOUR);
      const id = await idOf(ledger(), 'told');
      await desk.round(NOON + 3 * DAY);
      const taken = await desk.takeNotices({ channels: ['webhook'], now: NOON + 3 * DAY, until: NOON + 4 * DAY, limit: 10 });
      const said = taken.map(({ kind, incident, digest }) => `${kind} ${incident?.key ?? digest?.incidents}`).sort();
      expect(said).toEqual(['digest 1', 'incident not told', 'overdue not told', 'overdue told']);
      expect(await incidents.events(id)).toContainEqual(expect.objectContaining({ action: 'overdue', actor: 'cordon' }));
      expect(await desk.round(NOON + 3 * DAY + 1)).toMatchObject({ notices: 0 });
    });
  });
}
