import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { leafOf } from '../../src/audit/leaf.ts';
import { fold, leafHash, nodeHash } from '../../src/audit/merkle.ts';
import type { AuditEntry } from '../../src/core/audit.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { acceptRow, DAY, flaggedRow, HOUR, NOON, scanRow } from '../ledger/rows.ts';

export function auditEntry(over: Partial<AuditEntry> = {}): AuditEntry {
  return { at: NOON, actor: 'Ada', role: 'officer', action: 'incident.move', object: 'incident:1', detail: {}, ...over };
}

/** The log of what people and keys do, on whatever engine. `group` gives its tests a ledger of their own. */
export function auditConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  group('audit: entries', (ledger) => {
    it('gives each entry its place, without gaps, whoever writes at once', async () => {
      const { audit } = ledger();
      expect(await audit.size()).toBe(0);
      expect(await audit.lastCheckpoint()).toBeNull();
      const entries = Array.from({ length: 23 }, (_, n) => auditEntry({ at: NOON + n, detail: { n, note: 'a\0b', none: null } }));
      const places = await Promise.all(entries.map((entry) => audit.append(entry)));
      expect(places.toSorted((a, b) => a - b)).toEqual(entries.map((_, n) => n));
      expect(await audit.size()).toBe(23);
      const records = await audit.entries({ start: 0, end: 23 }, 100);
      expect(records.map(({ detail }) => detail)).toEqual(
        places.map((_, n) => ({ n: places.indexOf(n), note: 'a�b', none: null })),
      );
    });

    it('keeps the leaf of each entry as it can be read again, and the tree over them', async () => {
      const { audit } = ledger();
      const records = await audit.entries({ start: 0, end: 23 }, 100);
      const leaves = await audit.leaves({ start: 0, end: 23 });
      expect(leaves).toEqual(records.map(leafOf));
      const naive = (from: number, to: number): Buffer => {
        if (to - from === 1) return leaves[from] ?? leafHash(Buffer.of());
        const half = 2 ** Math.floor(Math.log2(to - from - 1));
        return nodeHash(naive(from, from + half), naive(from + half, to));
      };
      const ends = Array.from({ length: 23 }, (_, n) => n + 1);
      expect(await audit.hashes(ends.map((end) => ({ start: 0, end })))).toEqual(ends.map((end) => naive(0, end)));
      expect(
        fold(
          await audit.hashes([
            { start: 0, end: 16 },
            { start: 16, end: 23 },
          ]),
        ),
      ).toEqual(naive(0, 23));
    });

    it('lists the latest first, of one person, of one object, of a kind of action, page by page', async () => {
      const { audit } = ledger();
      await audit.append(auditEntry({ at: NOON + HOUR, actor: 'key:lab', object: 'incident:2' }));
      await audit.append(auditEntry({ at: NOON + 2 * HOUR, actor: 'key:lab', object: 'incident:3' }));
      const places = async (filter: Parameters<typeof audit.list>[0]) => (await audit.list(filter)).map(({ seq }) => seq);
      expect(await places({ limit: 3 })).toEqual([24, 23, 22]);
      expect(await places({ limit: 3, before: 22 })).toEqual([21, 20, 19]);
      expect(await places({ actor: 'key:lab', limit: 10 })).toEqual([24, 23]);
      expect(await places({ object: 'incident:2', limit: 10 })).toEqual([23]);
      await audit.append(auditEntry({ at: NOON + 2 * HOUR, actor: 'key:lab', action: 'incidents.read' }));
      await audit.append(auditEntry({ at: NOON + 2 * HOUR, actor: 'key:lab', action: 'signin' }));
      expect(await places({ action: 'incident', limit: 3 })).toEqual([25, 24, 23]);
      expect(await places({ action: 'incident', limit: 3, before: 23 })).toEqual([22, 21, 20]);
      expect(await places({ action: 'incident.move', limit: 2 })).toEqual([24, 23]);
      expect(await places({ action: 'incident', actor: 'key:lab', limit: 10 })).toEqual([25, 24, 23]);
      expect(await places({ action: 'signin', object: 'incident:2', limit: 10 })).toEqual([]);
      expect(await places({ action: 'zzz\0', limit: 10 })).toEqual([]);
      expect(await audit.placesOf(NOON + HOUR, NOON + 2 * HOUR)).toEqual({ start: 23, end: 24 });
      expect(await audit.placesOf(NOON - HOUR, NOON)).toBeNull();
    });

    it('keeps checkpoints as they were first saved', async () => {
      const { audit } = ledger();
      const of = (size: number, at: number) => ({ size, at, note: `note of ${size}\n` });
      for (const checkpoint of [of(3, NOON), of(7, NOON + HOUR), of(9, NOON + 2 * HOUR)]) await audit.saveCheckpoint(checkpoint);
      await audit.saveCheckpoint({ ...of(9, NOON + 2 * HOUR), note: 'another\n' });
      expect(await audit.lastCheckpoint()).toEqual(of(9, NOON + 2 * HOUR));
      expect(await audit.checkpoints(NOON + HOUR, NOON + 2 * HOUR)).toEqual([of(3, NOON), of(7, NOON + HOUR)]);
      expect(await audit.checkpoints(0, NOON)).toEqual([]);
    });
  });

  group('audit: acts with their entry', (ledger) => {
    const account = (id: string) => ({ id, name: `Kim ${id}`, role: 'officer', password: null, at: NOON }) as const;
    const logged = async () => (await ledger().audit.list({ limit: 10 })).map(({ action, object }) => `${action} ${object}`);

    it('are one commit: where one fails, the other is not there', async () => {
      const { accounts } = ledger().logged(auditEntry({ action: 'account.add', object: 'account:a' }));
      expect(await accounts.add(account('a'))).toBe(true);
      expect(await logged()).toEqual(['account.add account:a']);
      const gone = ledger().logged(auditEntry({ action: 'reveal.approve', object: 'reveal:none' })).reveals;
      const move = { to: 'approved', by: { user: 'b', name: 'B' }, at: NOON, openFor: 1 } as const;
      await expect(gone.move('none', move)).rejects.toMatchObject({ code: 'ledger.conflict' });
      // What the log cannot take (a name that is a number) takes the act with it.
      const unfit = ledger().logged(auditEntry({ action: 'account.add', object: 'account:b', detail: { 1: 'x' } })).accounts;
      await expect(unfit.add(account('b'))).rejects.toThrow('is a number');
      expect(await ledger().accounts.byId('b')).toBeNull();
      expect(await logged()).toEqual(['account.add account:a']);
    });

    it('leave none where nothing changed, and one for several writes', async () => {
      const entry = auditEntry({ action: 'account.role', object: 'account:a' });
      const { accounts } = ledger().logged(entry);
      expect(await accounts.setRole('a', 'officer')).toBe(false);
      expect(await accounts.setRole('none', 'officer')).toBe(false);
      expect(await logged()).toHaveLength(1);
      const act = {
        id: 'act',
        actor: 'Ada',
        at: NOON,
        change: { kind: 'comment', text: 'x' },
        items: [{ id: 'no', from: 'open' }],
      } as const;
      expect(await ledger().logged(entry).desk.act(act)).toMatchObject({ done: [] });
      expect(await logged()).toHaveLength(1);
      expect(await accounts.setRole('a', 'admin')).toBe(true);
      expect(await accounts.disable('a', NOON)).toBe(true);
      expect(await logged()).toEqual(['account.role account:a', 'account.add account:a']);
    });
  });

  group('audit: retention', (ledger) => {
    it('lets go of what old entries say, and of no leaf', async () => {
      const { audit, retention } = ledger();
      const old = Date.UTC(2020, 0, 15);
      for (let n = 0; n < 5; n++) await audit.append(auditEntry({ at: old + n }));
      await audit.append(auditEntry());
      const span = { start: 0, end: 6 };
      const before = await audit.hashes([span]);
      await retention.dropBefore(NOON);
      const [kept, note, ...more] = await audit.entries({ start: 0, end: 10 }, 10);
      expect([kept?.seq, more]).toEqual([5, []]);
      // The log says itself what went.
      const detail = { before: Date.UTC(2026, 10), entries: 5, through: 4 };
      expect(note).toMatchObject({ seq: 6, actor: 'system', action: 'audit.retain', object: 'audit-log', detail });
      expect(await audit.hashes([span])).toEqual(before);
      await retention.dropBefore(NOON);
      expect(await audit.append(auditEntry())).toBe(7);
    });
  });

  group('reviews of periods', (ledger) => {
    it('counts a period by day, flow and what became of its messages', async () => {
      const { messages, period } = ledger();
      const rows = [0, 1, 2, 30].map((hours) => acceptRow({ id: uuidAt(NOON + hours * HOUR), receivedAt: NOON + hours * HOUR }));
      for (const row of rows) await messages.accept(row);
      const [first, second] = rows.map(({ id }) => id);
      await messages.saveScan(flaggedRow(first ?? ''));
      await messages.saveScan(scanRow(second ?? '', { unexamined: [{ start: 0, end: 9, reason: 'budget' }], examined: 20 }));
      const counts = await period.counts(NOON, NOON + DAY);
      expect(counts.map(({ day, state, verdict, partly, messages: n }) => [day, state, verdict, partly, n])).toEqual(
        expect.arrayContaining([
          ['2026-11-24', 'pending', null, false, 1],
          ['2026-11-24', 'done', 'flagged', false, 1],
          ['2026-11-24', 'done', 'permitted', true, 1],
        ]),
      );
      const { bytes } = acceptRow();
      const coverage = { messages: 3, scanned: 2, pending: 1, failed: 0, flagged: 1, quarantined: 0, partlyExamined: 1 };
      expect(await period.coverage(NOON, NOON + DAY)).toMatchObject({ ...coverage, bytes: 3 * bytes });
      expect(await period.coverage(NOON + DAY, NOON + 2 * DAY)).toMatchObject({ messages: 1, pending: 1 });
      expect(await period.coverage(0, NOON)).toMatchObject({ messages: 0, bytes: 0 });
      const acts = await period.acts({ from: 0, to: Number.MAX_SAFE_INTEGER }, null, 10);
      expect(acts.map(({ action, from, to }) => [action, from, to])).toEqual([['opened', null, 'open']]);
      expect(await period.acts({ from: 0, to: Number.MAX_SAFE_INTEGER }, acts[0] ?? null, 10)).toEqual([]);
    });

    it('keeps what a reviewer signed, with the coverage of then, and puts it on the audit log', async () => {
      const { reviews, audit } = ledger();
      const signed = { at: NOON + DAY, actor: 'Ada', role: 'officer', from: NOON, to: NOON + DAY } as const;
      const review = await reviews.sign({ ...signed, outcome: 'nothing-further', note: 'queue and map looked at' });
      expect(review).toMatchObject({ ...signed, coverage: { messages: 3, scanned: 2 } });
      expect(await reviews.list(NOON - DAY, NOON, 10)).toEqual([]);
      expect(await reviews.list(NOON + HOUR, NOON + 2 * HOUR, 10)).toEqual([review]);
      const [entry] = await audit.list({ object: `review:${review.id}`, limit: 5 });
      const detail = { from: NOON, to: NOON + DAY, outcome: 'nothing-further', note: review.note, messages: 3, scanned: 2 };
      expect(entry).toMatchObject({ at: NOON + DAY, actor: 'Ada', role: 'officer', action: 'review.sign', detail });
    });
  });
}

/** A UUIDv7 of that time: retention and reports find messages by it. */
function uuidAt(at: number): string {
  return uuid({ msecs: at });
}
