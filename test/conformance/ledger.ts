import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { acceptRow, cause, DAY, FLOW, finding, flaggedRow, HOUR, NOON, scanRow } from '../ledger/rows.ts';
import { accountsConformance } from './accounts.ts';
import { auditConformance } from './audit.ts';
import { batchConformance } from './batch.ts';
import { deskConformance } from './desk.ts';
import { devicesConformance } from './devices.ts';
import { evidenceConformance } from './evidence.ts';
import { exportsConformance } from './exports.ts';
import { lineageConformance } from './lineage.ts';
import { overlayConformance } from './overlays.ts';
import { registryConformance } from './registry.ts';
import { rescanConformance } from './rescan.ts';
import { retentionConformance } from './retention.ts';
import { revealConformance } from './reveal.ts';

/** What every ledger does, whatever engine keeps it. `create` makes an empty one for each group of tests. */
export function ledgerConformance(name: string, create: () => Promise<Ledger>): void {
  describe(`ledger: ${name}`, () => {
    const group = (title: string, tests: (ledger: () => Ledger) => void): unknown =>
      describe(title, () => {
        let ledger: Ledger | null = null;
        beforeAll(async () => {
          ledger = await create();
          await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
        });
        afterAll(async () => {
          await ledger?.close();
        });
        tests(() => {
          if (ledger === null) throw new Error('no ledger');
          return ledger;
        });
      });

    group('accept', (ledger) => {
      it('keeps a message, pending, with its body', async () => {
        const row = acceptRow({ body: Buffer.alloc(3 * 1024 * 1024, 65), problems: [{ code: 'frame.junk', detail: '3 bytes' }] });
        expect(await ledger().messages.accept(row)).toEqual({ id: row.id, duplicate: false, keyReused: false });
        const loaded = await ledger().messages.load(row.id);
        expect(loaded?.chunks).toHaveLength(3);
        const differ = loaded?.chunks.map((chunk, index) =>
          Buffer.compare(chunk.data, row.chunks[index]?.data ?? Buffer.alloc(0)),
        );
        expect(differ).toEqual([0, 0, 0]);
        expect(loaded?.provenance).toEqual(row.provenance);
        expect(loaded?.dataKey).toBe('dk-test');
        expect(await ledger().messages.pending(NOON + 1, 10)).toEqual([row.id]);
        expect(await ledger().messages.pending(NOON, 10)).toEqual([]);
        expect(await ledger().messages.get(row.id)).toMatchObject({
          state: 'pending',
          listener: 'mllp',
          peer: '10.0.0.7',
          bytes: row.bytes,
          verdict: null,
          bodyKept: true,
          problems: [{ code: 'frame.junk', detail: '3 bytes' }],
        });
      });

      it('keeps what was left out of a body and where it was inflated', async () => {
        const elided = [{ start: 400, end: 900, reason: 'pixel-data' }];
        const inflated = { start: 332, size: 77 };
        const deflated = acceptRow({ receivedAt: NOON + HOUR, elided, inflated });
        const plain = acceptRow({ receivedAt: NOON + HOUR, elided });
        for (const row of [deflated, plain]) await ledger().messages.accept(row);
        expect(await ledger().messages.load(deflated.id)).toMatchObject({ elided, inflated });
        expect(await ledger().messages.load(plain.id)).toMatchObject({ elided });
        expect(await ledger().messages.load(plain.id)).not.toHaveProperty('inflated');
      });

      it('lists pending messages oldest first, up to the limit', async () => {
        const rows = [3, 1, 2].map((hour) => acceptRow({ receivedAt: NOON - hour * HOUR }));
        for (const row of rows) await ledger().messages.accept(row);
        const [third, first, second] = rows.map((row) => row.id);
        expect(await ledger().messages.pending(NOON, 2)).toEqual([third, second]);
        expect(await ledger().messages.pending(NOON, 10)).toEqual([third, second, first]);
      });

      it('does not know what it never got', async () => {
        expect(await ledger().messages.load('none')).toBeNull();
        expect(await ledger().messages.get('none')).toBeNull();
        expect(await ledger().messages.findings('none')).toEqual([]);
      });

      it('refuses a body sealed with a key that it does not have, and keeps nothing of it', async () => {
        const row = acceptRow({ dataKey: 'dk-unknown' });
        await expect(ledger().messages.accept(row)).rejects.toMatchObject({ code: 'vault.missing' });
        expect(await ledger().messages.get(row.id)).toBeNull();
      });

      it('keeps the others of a batch when one of them is refused', async () => {
        const rows = Array.from({ length: 20 }, (_, index) => acceptRow(index === 7 ? { dataKey: 'dk-unknown' } : {}));
        const answers = await Promise.allSettled(rows.map((row) => ledger().messages.accept(row)));
        expect(answers.map((answer) => answer.status === 'rejected')).toEqual(rows.map((_, index) => index === 7));
        const kept = await Promise.all(rows.map((row) => ledger().messages.get(row.id)));
        expect(kept.map((row) => row === null)).toEqual(rows.map((_, index) => index === 7));
      });
    });

    group('duplicates', (ledger) => {
      it('are found by content, counted, and stored once', async () => {
        const first = acceptRow({ duplicateContent: 'content-1' });
        await ledger().messages.accept(first);
        const again = acceptRow({ duplicateContent: 'content-1' });
        expect(await ledger().messages.accept(again)).toEqual({ id: first.id, duplicate: true, keyReused: false });
        expect(await ledger().messages.get(again.id)).toBeNull();
        expect(await ledger().messages.counts()).toMatchObject({ total: 1, duplicates: 1 });
      });

      it('are found by key, with the same digest', async () => {
        const first = acceptRow({ duplicateKey: 'key-1', digest: 'same' });
        await ledger().messages.accept(first);
        const again = acceptRow({ duplicateKey: 'key-1', digest: 'same' });
        expect(await ledger().messages.accept(again)).toEqual({ id: first.id, duplicate: true, keyReused: false });
      });

      it('are no duplicates with the same key and another body; a retry of that one is', async () => {
        const first = acceptRow({ duplicateKey: 'key-2', digest: 'one' });
        const other = acceptRow({ duplicateKey: 'key-2', digest: 'two' });
        const third = acceptRow({ duplicateKey: 'key-2', digest: 'three' });
        await ledger().messages.accept(first);
        expect(await ledger().messages.accept(other)).toEqual({ id: other.id, duplicate: false, keyReused: true });
        expect(await ledger().messages.accept(third)).toEqual({ id: third.id, duplicate: false, keyReused: true });
        expect((await ledger().messages.get(other.id))?.problems.map((problem) => problem.code)).toEqual(['key.reused']);
        const retry = acceptRow({ duplicateKey: 'key-2', digest: 'two' });
        expect(await ledger().messages.accept(retry)).toEqual({ id: other.id, duplicate: true, keyReused: false });
      });

      it('are found by content under another key too', async () => {
        const first = acceptRow({ duplicateKey: 'key-3', duplicateContent: 'content-3', digest: 'x' });
        const again = acceptRow({ duplicateKey: 'key-4', duplicateContent: 'content-3', digest: 'x' });
        await ledger().messages.accept(first);
        expect(await ledger().messages.accept(again)).toMatchObject({ id: first.id, duplicate: true });
      });

      it('are never found without key and content: the same junk twice is two messages', async () => {
        const before = (await ledger().messages.counts()).total;
        await ledger().messages.accept(acceptRow({ digest: 'junk' }));
        await ledger().messages.accept(acceptRow({ digest: 'junk' }));
        expect((await ledger().messages.counts()).total).toBe(before + 2);
      });

      it('are told from the same call again, whose answer was lost', async () => {
        const row = acceptRow({ duplicateContent: 'content-5' });
        const before = await ledger().messages.counts();
        expect(await ledger().messages.accept(row)).toEqual(await ledger().messages.accept(row));
        expect(await ledger().messages.counts()).toMatchObject({ total: before.total + 1, duplicates: before.duplicates });
      });

      it('are stored once when many come at once', async () => {
        const rows = Array.from({ length: 50 }, () => acceptRow({ duplicateContent: 'content-6' }));
        const answers = await Promise.all(rows.map((row) => ledger().messages.accept(row)));
        expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
        expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
      });
    });

    group('saveScan', (ledger) => {
      it('ends a clean message and drops its body', async () => {
        const row = acceptRow({ problems: [{ code: 'header.invalid', detail: 'Cordon-Leg' }] });
        await ledger().messages.accept(row);
        expect(await ledger().vault.size()).toBeGreaterThan(0);
        await ledger().messages.saveScan(scanRow(row.id, { problems: [{ code: 'segment.unknown', detail: 'line 3' }] }));
        expect(await ledger().vault.size()).toBe(0);
        expect(await ledger().messages.load(row.id)).toBeNull();
        expect(await ledger().messages.pending(NOON + DAY, 10)).toEqual([]);
        expect(await ledger().messages.get(row.id)).toMatchObject({
          state: 'done',
          scannedAt: NOON + 1000,
          format: 'hl7v2',
          type: 'ORU^R01',
          verdict: 'permitted',
          flow: 'lab-registry',
          examined: 26,
          bodyKept: false,
          problems: [
            { code: 'header.invalid', detail: 'Cordon-Leg' },
            { code: 'segment.unknown', detail: 'line 3' },
          ],
        });
      });

      it('keeps findings and body of a flagged message', async () => {
        const row = acceptRow();
        await ledger().messages.accept(row);
        const findings = [finding(), finding({ path: 'PID-5.1', start: null, end: null, mask: 'AAA', category: 'name' })];
        await ledger().messages.saveScan(flaggedRow(row.id, { findings }));
        expect(await ledger().messages.findings(row.id)).toEqual(findings);
        expect((await ledger().messages.load(row.id))?.chunks).toHaveLength(1);
        expect(await ledger().messages.get(row.id)).toMatchObject({
          verdict: 'flagged',
          reasons: ['content.category'],
          bodyKept: true,
        });
      });

      it('twice, and at once, leaves the same rows as once', async () => {
        const row = acceptRow();
        await ledger().messages.accept(row);
        await ledger().messages.saveScan(flaggedRow(row.id));
        const look = async () => ({
          message: await ledger().messages.get(row.id),
          findings: await ledger().messages.findings(row.id),
          counts: await ledger().messages.counts(),
          incidents: await ledger().incidents.list({ limit: 10 }),
          flows: await ledger().flows.list(),
          use: await ledger().flows.use(),
          activity: await ledger().flows.activity('lab-registry', { hour: NOON, day: NOON }),
          size: await ledger().vault.size(),
        });
        const before = await look();
        await Promise.all([ledger().messages.saveScan(flaggedRow(row.id)), ledger().messages.saveScan(flaggedRow(row.id))]);
        await ledger().messages.saveScan(flaggedRow(row.id, { scannedAt: NOON + 5000 }));
        expect(await look()).toEqual(before);
      });

      it('of a message that is not there does nothing', async () => {
        await ledger().messages.saveScan(scanRow('none'));
        expect(await ledger().messages.get('none')).toBeNull();
      });

      it('counts what there is', async () => {
        const before = await ledger().messages.counts();
        const rows = [acceptRow(), acceptRow({ quarantined: true }), acceptRow(), acceptRow()];
        for (const row of rows) await ledger().messages.accept(row);
        const [a, b, c] = rows.map((row) => row.id);
        await ledger().messages.saveScan(flaggedRow(a ?? ''));
        await ledger().messages.saveScan(scanRow(b ?? '', { unexamined: [{ start: 0, end: 5, reason: 'undecodable' }] }));
        await ledger().messages.saveScan(scanRow(c ?? '', { reasons: ['quarantined'] }));
        expect(await ledger().messages.counts()).toEqual({
          total: before.total + 4,
          pending: before.pending + 1,
          done: before.done + 3,
          failed: before.failed,
          flagged: before.flagged + 1,
          quarantined: before.quarantined + 2,
          duplicates: before.duplicates,
          unexaminedMessages: before.unexaminedMessages + 1,
        });
      });
    });

    group('fail', (ledger) => {
      const problem = { code: 'scan.crashed', detail: 'a thread died of it' };

      it('gives up at the third attempt, and keeps the message, quarantined', async () => {
        const row = acceptRow();
        await ledger().messages.accept(row);
        expect(await ledger().messages.fail(row.id, problem, NOON)).toBe(1);
        expect(await ledger().messages.fail(row.id, problem, NOON)).toBe(2);
        expect(await ledger().messages.pending(NOON + 1, 10)).toEqual([row.id]);
        expect(await ledger().messages.fail(row.id, problem, NOON)).toBe(3);
        expect(await ledger().messages.pending(NOON + 1, 10)).toEqual([]);
        expect(await ledger().messages.get(row.id)).toMatchObject({
          state: 'failed',
          quarantined: true,
          bodyKept: true,
          problems: [problem, problem, problem],
        });
        expect(await ledger().messages.fail(row.id, problem, NOON)).toBe(3);
        expect(await ledger().messages.counts()).toMatchObject({ failed: 1, quarantined: 1, pending: 0 });
        // In the same commit: a process that dies in between would leave a message that nobody is told of.
        expect((await ledger().incidents.list({ limit: 5 })).rows).toMatchObject([
          {
            key: 'quarantined|unscannable|mllp',
            reason: 'quarantined',
            severity: 'high',
            flow: 'mllp',
            source: '10.0.0.7',
            messages: 0,
          },
        ]);
      });

      it('yields to a scan that comes through after all', async () => {
        const [failed] = (await ledger().messages.list({ limit: 1 })).rows;
        await ledger().messages.saveScan(scanRow(failed?.id ?? ''));
        expect(await ledger().messages.counts()).toMatchObject({ failed: 0, done: 1, quarantined: 1, pending: 0 });
      });

      it('leaves a message that is done as it is', async () => {
        const row = acceptRow();
        await ledger().messages.accept(row);
        expect(await ledger().messages.fail(row.id, problem, NOON)).toBe(1);
        await ledger().messages.saveScan(scanRow(row.id));
        expect(await ledger().messages.fail(row.id, problem, NOON)).toBe(0);
        expect(await ledger().messages.get(row.id)).toMatchObject({ state: 'done', problems: [problem] });
        expect(await ledger().messages.fail('none', problem, NOON)).toBe(0);
      });
    });

    group('list', (ledger) => {
      it('pages through messages newest first, each once, equal times included', async () => {
        const rows = Array.from({ length: 25 }, (_, index) => acceptRow({ receivedAt: NOON + Math.floor(index / 4) }));
        await Promise.all(rows.map((row) => ledger().messages.accept(row)));
        for (const [index, row] of rows.entries()) {
          await ledger().messages.saveScan(index % 5 === 0 ? flaggedRow(row.id) : scanRow(row.id));
        }
        const walk = async (filter: { verdict?: 'flagged'; flow?: string }): Promise<string[]> => {
          const seen: string[] = [];
          for (let cursor: string | null | undefined; cursor !== null; ) {
            const page = await ledger().messages.list({ ...filter, limit: 4, ...(cursor === undefined ? {} : { cursor }) });
            seen.push(...page.rows.map((row) => row.id));
            cursor = page.next;
          }
          return seen;
        };
        const expected = rows
          .toSorted((a, b) => b.provenance.receivedAt - a.provenance.receivedAt || (a.id < b.id ? 1 : -1))
          .map((row) => row.id);
        const flagged = new Set(rows.filter((_, index) => index % 5 === 0).map((row) => row.id));
        expect(await walk({})).toEqual(expected);
        expect(await walk({ verdict: 'flagged' })).toEqual(expected.filter((id) => flagged.has(id)));
        expect(await walk({ flow: 'lab-registry' })).toEqual(expected);
        expect(await walk({ flow: 'another' })).toEqual([]);
      });

      it.each(['', 'x', 'WzEsMl0', 'bm9uZQ'])('refuses the cursor "%s"', async (cursor) => {
        await expect(ledger().messages.list({ limit: 4, cursor })).rejects.toMatchObject({ code: 'usage' });
      });
    });

    group('incidents', (ledger) => {
      const only = async () => {
        const { rows } = await ledger().incidents.list({ limit: 10 });
        expect(rows).toHaveLength(1);
        return rows[0] ?? expect.fail('no incident');
      };
      const flag = async (
        receivedAt: number,
        over: Parameters<typeof flaggedRow>[1] = {},
        causes = [cause()],
      ): Promise<string> => {
        const row = acceptRow({ receivedAt });
        await ledger().messages.accept(row);
        await ledger().messages.saveScan(flaggedRow(row.id, { scannedAt: receivedAt + 1000, ...over }, causes));
        return row.id;
      };

      it('open at the first fact, and count messages and distinct patients', async () => {
        await flag(NOON, { patients: ['k1.a'] });
        await flag(NOON + HOUR, { patients: ['k1.b', 'k1.a'] });
        const last = await flag(NOON + 2 * HOUR, { patients: ['k1.a'] });
        expect(await only()).toMatchObject({
          key: 'content|lab-registry|ssn|ZPI',
          reason: 'content.category',
          flow: 'lab-registry',
          source: FLOW.source,
          destination: FLOW.destination,
          category: 'ssn',
          group: 'ZPI',
          severity: 'high',
          state: 'open',
          messages: 3,
          patients: 2,
          firstSeen: NOON,
          lastSeen: NOON + 2 * HOUR,
          until: null,
          lastMessage: last,
        });
        const { id } = await only();
        expect((await ledger().incidents.events(id)).map((event) => event.action)).toEqual(['opened']);
        const samples = await ledger().incidents.samples(id, 2);
        expect(samples.map((sample) => sample.at)).toEqual([NOON + 2 * HOUR, NOON + HOUR]);
        expect(samples[0]).toMatchObject({ message: last, type: 'ORU^R01', finding: finding() });
      });

      it('take an earlier fact without going back in time, and a graver one', async () => {
        const { lastMessage } = await only();
        await flag(NOON - HOUR, {}, [cause({ severity: 'critical' })]);
        expect(await only()).toMatchObject({
          messages: 4,
          severity: 'critical',
          firstSeen: NOON - HOUR,
          lastSeen: NOON + 2 * HOUR,
          lastMessage,
        });
        await flag(NOON, {}, [cause({ severity: 'low' })]);
        expect(await only()).toMatchObject({ severity: 'critical' });
      });

      it('move as the state machine allows, with a history', async () => {
        const { id } = await only();
        const step = { actor: 'officer', note: '', until: null, at: NOON + 3 * HOUR };
        expect(await ledger().incidents.transition(id, 'open', { ...step, to: 'acknowledged' })).toMatchObject({
          state: 'acknowledged',
        });
        await expect(ledger().incidents.transition(id, 'open', { ...step, to: 'resolved' })).rejects.toMatchObject({
          code: 'ledger.conflict',
        });
        await expect(ledger().incidents.transition(id, 'acknowledged', { ...step, to: 'false-positive' })).rejects.toMatchObject({
          code: 'usage',
        });
        await expect(ledger().incidents.transition('none', 'open', { ...step, to: 'resolved' })).rejects.toMatchObject({
          code: 'ledger.conflict',
        });
        await ledger().incidents.transition(id, 'acknowledged', { ...step, to: 'resolved', note: 'channel mended' });
        expect((await ledger().incidents.events(id)).at(-1)).toMatchObject({
          at: NOON + 3 * HOUR,
          actor: 'officer',
          action: 'resolved',
          from: 'acknowledged',
          to: 'resolved',
          note: 'channel mended',
          until: null,
        });
        expect(await ledger().incidents.count(['open', 'acknowledged'])).toBe(0);
        expect(await ledger().incidents.count(['resolved'], { flow: 'lab-registry', severity: 'critical' })).toBe(1);
        expect(await ledger().incidents.count(['resolved'], { flow: 'another' })).toBe(0);
      });

      it('come back when a resolved cause is seen again', async () => {
        await flag(NOON + 4 * HOUR);
        const { id, state } = await only();
        expect(state).toBe('open');
        expect((await ledger().incidents.events(id)).at(-1)).toMatchObject({ action: 'reopened', from: 'resolved', to: 'open' });
      });

      it('stay as an accepted risk until its time, then come back', async () => {
        const { id, messages } = await only();
        const until = NOON + 2 * DAY;
        const risk = { to: 'accepted-risk', actor: 'officer', note: 'until the upgrade', until, at: NOON + 5 * HOUR } as const;
        await ledger().incidents.transition(id, 'open', risk);
        await flag(NOON + 6 * HOUR);
        expect(await only()).toMatchObject({ state: 'accepted-risk', until, messages: messages + 1 });
        expect(await ledger().incidents.expire(until - 1)).toBe(0);
        expect(await ledger().incidents.expire(until)).toBe(1);
        expect(await ledger().incidents.expire(until)).toBe(0);
        expect(await only()).toMatchObject({ state: 'open', until: null });
      });

      it('can be raised without a message, and a later sign of it is the same incident', async () => {
        const silent = cause({
          key: 'silent|lab-registry',
          reason: 'flow.silent',
          category: null,
          group: null,
          severity: 'medium',
          matches: [],
        });
        const facts = { source: 'LIS', destination: 'REG' };
        await ledger().incidents.raise(silent, { ...facts, at: NOON });
        await ledger().incidents.raise(silent, { ...facts, at: NOON });
        await ledger().incidents.raise(silent, { ...facts, at: NOON + HOUR });
        const { rows } = await ledger().incidents.list({ limit: 10, severity: 'medium' });
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatchObject({
          reason: 'flow.silent',
          messages: 0,
          firstSeen: NOON,
          lastSeen: NOON + HOUR,
          lastMessage: null,
        });
        expect(await ledger().incidents.samples(rows[0]?.id ?? '', 5)).toEqual([]);
        expect(await ledger().incidents.get(rows[0]?.id ?? '')).toEqual(rows[0]);
        expect(await ledger().incidents.get('none')).toBeNull();
      });

      it('are listed gravest first, then as last seen, in pages', async () => {
        for (const [index, severity] of (['low', 'high', 'medium', 'high', 'low', 'critical'] as const).entries()) {
          await flag(NOON + index, {}, [cause({ key: `content|x|${index}`, flow: 'x', severity })]);
        }
        const seen: string[] = [];
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await ledger().incidents.list({
            limit: 2,
            flow: 'x',
            states: ['open', 'acknowledged'],
            ...(cursor === undefined ? {} : { cursor }),
          });
          seen.push(...page.rows.map((row) => `${row.severity} ${row.lastSeen - NOON}`));
          cursor = page.next;
        }
        expect(seen).toEqual(['critical 5', 'high 3', 'high 1', 'medium 2', 'low 4', 'low 0']);
        expect((await ledger().incidents.list({ limit: 5, states: ['false-positive'] })).rows).toEqual([]);
      });
    });

    group('flows', (ledger) => {
      it('remember who sent what, when, and about how many patients', async () => {
        const send = async (receivedAt: number, patients: readonly string[]): Promise<void> => {
          const row = acceptRow({ receivedAt });
          await ledger().messages.accept(row);
          await ledger().messages.saveScan(scanRow(row.id, { patients }));
        };
        await send(NOON, ['k1.a']);
        await send(NOON + 2 * HOUR, ['k1.b', 'k1.a']);
        await send(NOON - DAY, ['k1.c']);
        expect(await ledger().flows.list()).toEqual([{ ...FLOW, firstSeen: NOON - DAY, lastSeen: NOON + 2 * HOUR, messages: 3 }]);
        const since = (hour: number, day: number) => ledger().flows.activity('lab-registry', { hour, day });
        expect(await since(NOON, NOON)).toEqual({ lastHeard: NOON + 2 * HOUR, messages: 2, patients: 2 });
        expect(await since(NOON + HOUR, NOON)).toMatchObject({ messages: 1 });
        expect(await since(NOON - DAY, NOON - DAY)).toMatchObject({ messages: 3, patients: 3 });
        expect(await ledger().flows.activity('unheard', { hour: NOON, day: NOON })).toEqual({
          lastHeard: null,
          messages: 0,
          patients: 0,
        });
        expect(await ledger().flows.use()).toEqual([
          { key: FLOW.key, type: 'ORU^R01', category: 'name', subject: 'patient', messages: 3 },
        ]);
        expect((await ledger().flows.use(NOON))[0]?.messages).toBe(2);
        expect(await ledger().flows.carried([FLOW.key, 'other'], NOON - DAY)).toEqual([
          { category: 'name', subject: 'patient', permitted: true, messages: 3 },
        ]);
        expect((await ledger().flows.carried([FLOW.key], NOON))[0]?.messages).toBe(2);
        expect(await ledger().flows.carried([], 0)).toEqual([]);
        // Of three messages on two days once, however many keys are asked for.
        const many = Array.from({ length: 2500 }, (_, index) => `other ${index}`);
        const kind = { key: FLOW.key, type: 'ORU^R01', category: 'name', subject: 'patient' };
        expect(await ledger().flows.kinds([...many, FLOW.key])).toEqual([kind]);
        expect(await ledger().flows.kinds(many)).toEqual([]);
        expect(await ledger().flows.kinds([])).toEqual([]);
      });

      it('count a category once for a body, however many of its messages carry it', async () => {
        const row = acceptRow();
        await ledger().messages.accept(row);
        const { decision } = scanRow(row.id);
        const twice = [...decision.summary, ...decision.summary];
        await ledger().messages.saveScan(scanRow(row.id, { type: 'ADT^A01', decision: { ...decision, summary: twice } }));
        expect((await ledger().flows.use()).find((use) => use.type === 'ADT^A01')?.messages).toBe(1);
      });

      it('in shadow open nothing, and count what they would have', async () => {
        for (const receivedAt of [NOON, NOON + HOUR]) {
          const row = acceptRow({ receivedAt });
          await ledger().messages.accept(row);
          const { decision } = scanRow(row.id);
          await ledger().messages.saveScan(scanRow(row.id, { decision: { ...decision, shadowed: [cause()] } }));
        }
        expect(await ledger().incidents.count(['open'])).toBe(0);
        expect(await ledger().flows.shadowed()).toEqual([
          {
            key: 'content|lab-registry|ssn|ZPI',
            flow: 'lab-registry',
            reason: 'content.category',
            category: 'ssn',
            group: 'ZPI',
            severity: 'high',
            messages: 2,
            lastSeen: NOON + HOUR,
          },
        ]);
      });
    });

    group('vault', (ledger) => {
      it('belongs to one keyring', async () => {
        await ledger().vault.bindKeyring('one');
        await ledger().vault.bindKeyring('one');
        await expect(ledger().vault.bindKeyring('two')).rejects.toMatchObject({ code: 'keyring.unknown-key' });
      });

      it('keeps a data key as it was first saved', async () => {
        await ledger().vault.saveDataKey('dk-1', 'wrapped-1', NOON);
        await ledger().vault.saveDataKey('dk-1', 'wrapped-2', NOON);
        expect(await ledger().vault.dataKey('dk-1')).toEqual({ wrapped: 'wrapped-1' });
        expect(await ledger().vault.dataKey('none')).toBeNull();
      });

      it('drops bodies when their time is over, then the keys that seal nothing', async () => {
        const old = acceptRow({ dataKey: 'dk-1' });
        const young = acceptRow();
        await ledger().messages.accept(old);
        await ledger().messages.accept(young);
        await ledger().messages.saveScan(flaggedRow(old.id, { keepBodyUntil: NOON + DAY }));
        await ledger().messages.saveScan(flaggedRow(young.id, { keepBodyUntil: NOON + 9 * DAY }));
        const both = await ledger().vault.size();
        expect(await ledger().vault.dropExpired(NOON + DAY - 1)).toEqual({ bodies: 0, more: false });
        expect(await ledger().vault.dropExpired(NOON + DAY)).toEqual({ bodies: 1, more: false });
        expect(await ledger().vault.size()).toBe(both / 2);
        expect(await ledger().messages.load(old.id)).toBeNull();
        expect((await ledger().messages.get(old.id))?.bodyKept).toBe(false);
        expect(await ledger().messages.findings(old.id)).toHaveLength(1);
        // Of yesterday: an accept that began before midnight may still be on its way.
        expect(await ledger().vault.shredKeys(NOON + DAY)).toBe(0);
        expect(await ledger().vault.shredKeys(NOON + 2 * DAY)).toBe(1);
        expect(await ledger().vault.dataKey('dk-1')).toBeNull();
        expect(await ledger().vault.dataKey('dk-test')).not.toBeNull();
      });

      it('forgets after 35 days who was seen on which day, on every flow', async () => {
        const policies = ['a', 'b', 'c'];
        for (const policy of policies) {
          for (const receivedAt of [NOON, NOON + DAY]) {
            const { id } = await ledger().messages.accept(acceptRow({ receivedAt }));
            const row = scanRow(id, { patients: [`k1.${receivedAt}`] });
            await ledger().messages.saveScan({ ...row, decision: { ...row.decision, flow: { ...FLOW, key: policy, policy } } });
          }
        }
        const patients = (policy: string, day: number) => ledger().flows.activity(policy, { hour: NOON, day });
        await ledger().vault.shredKeys(NOON + 36 * DAY);
        for (const policy of policies) expect(await patients(policy, NOON)).toMatchObject({ messages: 2, patients: 1 });
        await ledger().vault.shredKeys(NOON + 37 * DAY);
        for (const policy of policies) expect(await patients(policy, NOON)).toMatchObject({ messages: 2, patients: 0 });
      });
    });

    retentionConformance(group);

    group('access', (ledger) => {
      it('keeps hashes of API keys, by scope, until they are revoked', async () => {
        await ledger().access.createKey({ id: 'a', name: 'engine', hash: 'hash-a', scope: 'ingest', at: NOON });
        await ledger().access.createKey({ id: 'b', name: 'siem', hash: 'hash-b', scope: 'read', at: NOON + 1 });
        expect(await ledger().access.keyByHash('hash-a')).toEqual({ id: 'a', name: 'engine', scope: 'ingest' });
        expect(await ledger().access.keyByHash('none')).toBeNull();
        expect(await ledger().access.revokeKey('a', NOON + 2)).toBe(true);
        expect(await ledger().access.revokeKey('a', NOON + 3)).toBe(false);
        expect(await ledger().access.revokeKey('none', NOON + 3)).toBe(false);
        expect(await ledger().access.keyByHash('hash-a')).toBeNull();
        expect(await ledger().access.listKeys()).toEqual([
          { id: 'a', name: 'engine', scope: 'ingest', createdAt: NOON, revokedAt: NOON + 2 },
          { id: 'b', name: 'siem', scope: 'read', createdAt: NOON + 1, revokedAt: null },
        ]);
      });
    });

    group('health', (ledger) => {
      it('answers a ping with a commit, and nothing after it is closed', async () => {
        await ledger().ping();
        const row = acceptRow();
        const last = ledger().messages.accept(row);
        await ledger().close();
        expect(await last).toMatchObject({ id: row.id });
        await expect(ledger().ping()).rejects.toMatchObject({ code: 'ledger.unavailable' });
        await expect(ledger().messages.get(row.id)).rejects.toMatchObject({ code: 'ledger.unavailable' });
      });
    });
    batchConformance(group);
    accountsConformance(group);
    deskConformance(group);
    overlayConformance(group);
    evidenceConformance(group);
    devicesConformance(group);
    lineageConformance(group);
    registryConformance(group);
    exportsConformance(group);
    auditConformance(group);
    revealConformance(group);
    rescanConformance(group);
  });
}
