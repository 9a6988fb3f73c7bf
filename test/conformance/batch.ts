import { expect, it } from 'vitest';
import type { AcceptRow } from '../../src/core/accept-row.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { acceptRow, cause, finding, flaggedRow, HOUR, NOON, scanRow } from '../ledger/rows.ts';

/** Calls that are made at once share a commit and its statements: what they leave is what they leave one after the other. */
export function batchConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  group('calls at once', (ledger) => {
    const plain = Array.from({ length: 20 }, (_, index) =>
      acceptRow({ duplicateContent: `c${index}`, duplicateKey: `k${index}` }),
    );
    const ids = plain.map(({ id }) => id);
    const hex = (of: Pick<AcceptRow, 'chunks'> | null | undefined) =>
      of?.chunks.map(({ data }) => Buffer.from(data).toString('hex'));
    const body = async (id = '') => hex(await ledger().messages.load(id));

    it('accept what is new, and find the rest wherever it came', async () => {
      const accept = (row: AcceptRow) => ledger().messages.accept(row);
      const other = acceptRow({ duplicateKey: 'k3', digest: 'other' });
      const results = await Promise.all([
        ...plain.map(accept),
        ...plain.slice(0, 1).map(accept),
        accept(acceptRow({ duplicateContent: 'c1' })),
        accept(acceptRow({ duplicateKey: 'k2', digest: plain[2]?.digest ?? '' })),
        accept(other),
        accept(acceptRow({ duplicateKey: 'k3', digest: 'other' })),
      ]);
      const answer = (id: string | undefined, duplicate: boolean, keyReused = false) => ({ id, duplicate, keyReused });
      expect(results).toEqual([
        ...ids.map((id) => answer(id, false)),
        answer(ids[0], false),
        answer(ids[1], true),
        answer(ids[2], true),
        answer(other.id, false, true),
        answer(other.id, true),
      ]);
      expect(await ledger().messages.counts()).toMatchObject({ total: 21, pending: 21, duplicates: 3 });
      const sealed = [...plain, other].flatMap(({ chunks }) => chunks.map(({ data }) => data.length));
      expect(await ledger().vault.size()).toBe(sealed.reduce((sum, size) => sum + size, 0));
      expect(await body(other.id)).toEqual(hex(other));
    });

    it('fail alone where one of them cannot be kept', async () => {
      const good = acceptRow();
      const results = await Promise.allSettled([
        ledger().messages.accept(good),
        ledger().messages.accept(acceptRow({ dataKey: 'dk-none' })),
      ]);
      expect(results[0]).toMatchObject({ status: 'fulfilled' });
      expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'vault.missing' } });
      expect(await ledger().messages.counts()).toMatchObject({ total: 22 });
    });

    it('count scans, incidents, patients and flows as if they came one by one', async () => {
      const causes = (index: number) => [cause({ key: `x${index % 2}` }), ...(index % 5 === 0 ? [cause({ key: 'all' })] : [])];
      const scans = ids.map((id, index) =>
        index < 10
          ? flaggedRow(id, { patients: ['k1.same', `k1.${index}`], scannedAt: NOON + index }, causes(index))
          : scanRow(id, { patients: ['k1.same'], unexamined: [{ start: 0, end: 1, reason: 'undecodable' }] }),
      );
      await Promise.all([...scans, ...scans.slice(5, 15)].map((scan) => ledger().messages.saveScan(scan)));
      expect(await ledger().messages.counts()).toMatchObject({ done: 20, pending: 2, flagged: 10, unexaminedMessages: 10 });
      const { rows } = await ledger().incidents.list({ limit: 10 });
      const facts = rows.map(({ key, messages, patients, state }) => ({ key, messages, patients, state }));
      expect(facts.toSorted((a, b) => a.key.localeCompare(b.key))).toEqual([
        { key: 'all', messages: 2, patients: 3, state: 'open' },
        { key: 'x0', messages: 5, patients: 6, state: 'open' },
        { key: 'x1', messages: 5, patients: 6, state: 'open' },
      ]);
      for (const { id } of rows) expect((await ledger().incidents.events(id)).map(({ action }) => action)).toEqual(['opened']);
      expect(await ledger().flows.list()).toMatchObject([{ messages: 20, firstSeen: NOON, lastSeen: NOON }]);
      expect(await ledger().flows.use()).toMatchObject([{ category: 'name', subject: 'patient', messages: 20 }]);
      const policy = (await ledger().flows.list())[0]?.policy ?? '';
      const since = { hour: NOON - HOUR, day: NOON };
      expect(await ledger().flows.activity(policy, since)).toEqual({ lastHeard: NOON, messages: 20, patients: 11 });
      expect(await ledger().messages.findings(ids[0] ?? '')).toHaveLength(1);
      expect(await body(ids[0])).toEqual(hex(plain[0]));
      expect(await ledger().messages.load(ids[19] ?? '')).toBeNull();
      expect(await ledger().messages.pending(NOON + 1, 10)).toHaveLength(2);
    });

    it('reopen an incident once, after what was decided of it', async () => {
      const { messages, incidents } = ledger();
      const find = async () => (await incidents.list({ limit: 10 })).rows.find(({ key }) => key === 'all');
      const before = await find();
      const resolved = { to: 'resolved', actor: 'dana', note: '', until: null, at: NOON + HOUR } as const;
      await incidents.transition(before?.id ?? '', 'open', resolved);
      const rows = Array.from({ length: 4 }, (_, index) => acceptRow({ receivedAt: NOON + 2 * HOUR + index }));
      await Promise.all(rows.map((row) => messages.accept(row)));
      await Promise.all(
        rows.map(({ id }) => messages.saveScan(flaggedRow(id, { patients: ['k1.same'] }, [cause({ key: 'all' })]))),
      );
      expect(await find()).toMatchObject({ state: 'open', messages: 6, patients: 3, lastMessage: rows[3]?.id });
      expect((await incidents.events(before?.id ?? '')).map(({ action }) => action)).toEqual(['opened', 'resolved', 'reopened']);
    });

    it('count a message once for an incident whose keys the ledger holds as one', async () => {
      const { messages, incidents } = ledger();
      const rows = Array.from({ length: 3 }, () => acceptRow());
      await Promise.all(rows.map((row) => messages.accept(row)));
      const causes = ['odd|a\0b', 'odd|a\ud800b', 'odd|a\uFFFDb'].map((key) => cause({ key }));
      await Promise.all(rows.map(({ id }) => messages.saveScan(flaggedRow(id, {}, causes))));
      const odd = (await incidents.list({ limit: 10 })).rows.filter(({ key }) => key.startsWith('odd'));
      expect(odd).toMatchObject([{ messages: 3, patients: 1 }]);
      expect((await incidents.events(odd[0]?.id ?? '')).map(({ action }) => action)).toEqual(['opened']);
    });

    it('leave the same where one of them fails', async () => {
      const { messages, incidents, vault } = ledger();
      const counts = await messages.counts();
      const size = await vault.size();
      const [one, two, bad] = [
        acceptRow({ duplicateContent: 'same' }),
        acceptRow({ duplicateKey: 'new' }),
        acceptRow({ dataKey: 'dk-none' }),
      ];
      const [again, key] = [acceptRow({ duplicateContent: 'same' }), acceptRow({ duplicateKey: 'new', digest: 'another' })];
      const results = await Promise.allSettled([bad, one, two, again, key, one].map((row) => messages.accept(row)));
      expect(results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.code))).toEqual([
        'vault.missing',
        { id: one.id, duplicate: false, keyReused: false },
        { id: two.id, duplicate: false, keyReused: false },
        { id: one.id, duplicate: true, keyReused: false },
        { id: key.id, duplicate: false, keyReused: true },
        { id: one.id, duplicate: false, keyReused: false },
      ]);
      const kept = [one, two, key].flatMap(({ chunks }) => chunks).reduce((sum, { data }) => sum + data.length, 0);
      expect(await vault.size()).toBe(size + kept);
      // A finding without its rule cannot be kept.
      const broken = flaggedRow(two.id, { findings: [finding({ rule: JSON.parse('null') })] }, [cause({ key: 'guarded' })]);
      const scans = await Promise.allSettled(
        [flaggedRow(one.id, {}, [cause({ key: 'guarded' })]), broken, flaggedRow(key.id, {}, [cause({ key: 'guarded' })])].map(
          (scan) => messages.saveScan(scan),
        ),
      );
      expect(scans.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const guarded = (await incidents.list({ limit: 20 })).rows.find((row) => row.key === 'guarded');
      expect(guarded).toMatchObject({ messages: 2, patients: 1 });
      expect((await incidents.events(guarded?.id ?? '')).map(({ action }) => action)).toEqual(['opened']);
      expect(await messages.counts()).toMatchObject({
        total: counts.total + 3,
        done: counts.done + 2,
        duplicates: counts.duplicates + 1,
        flagged: counts.flagged + 2,
      });
    });
  });
}
