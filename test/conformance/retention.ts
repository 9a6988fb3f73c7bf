import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import type { Answers } from '../../src/breach/assessment.ts';
import type { Evidence } from '../../src/core/evidence.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { acceptRow, cause, DAY, flaggedRow, HOUR, scanRow } from '../ledger/rows.ts';

const MAY = Date.UTC(2020, 4);
const JUNE = Date.UTC(2020, 5);
const JULY = Date.UTC(2020, 6);

const SILENT = { text: '', risk: null };
const UNANSWERED: Answers = {
  discovered: '2020-05-01',
  people: 0,
  residentsOfOneState: null,
  delay: null,
  factors: { nature: SILENT, recipient: SILENT, acquired: SILENT, mitigated: SILENT },
  exception: null,
  exceptionWhy: '',
  ciphertextAlone: false,
  conclusion: null,
  why: '',
};

type Over = Parameters<typeof acceptRow>[0];

/** A message of that time: its id says when, and its row. */
async function accepted(ledger: Ledger, at: number, over: Over = {}): Promise<string> {
  const row = acceptRow({ id: uuid({ msecs: at }), receivedAt: at, ...over });
  await ledger.messages.accept(row);
  return row.id;
}

async function flagged(ledger: Ledger, at: number, key: string, over: Over = {}): Promise<string> {
  const id = await accepted(ledger, at, over);
  await ledger.messages.saveScan(flaggedRow(id, { scannedAt: at, keepBodyUntil: at + 30 * DAY }, [cause({ key })]));
  return id;
}

async function incident(ledger: Ledger, key: string) {
  return (await ledger.incidents.list({ limit: 100 })).rows.find((row) => row.key === key) ?? null;
}

/**
 * What goes when, on every engine. `group` makes an empty ledger for each group of tests; months have tables of their own where `months` says so
 * and the engine knows of months, and else rest with all others.
 */
export function retentionConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  for (const months of [true, false]) {
    group(`retention, months ${months ? 'made ahead' : 'not made'}`, (ledger) => {
      it('drops the months before the one that the time falls in, with all that hangs on their messages', async () => {
        const { messages, incidents, retention, vault } = ledger();
        if (months) await retention.ahead(MAY);
        await vault.saveDataKey('dk-may', 'keyring.wrapped', MAY);
        const content = { duplicateContent: 'content', duplicateKey: 'key' };
        const first = await flagged(ledger(), MAY, 'both', { dataKey: 'dk-may', ...content });
        const last = await flagged(ledger(), JUNE - 1, 'old');
        const clean = await accepted(ledger(), MAY + DAY);
        await messages.saveScan(scanRow(clean, { unexamined: [{ start: 0, end: 3, reason: 'charset' }] }));
        const kept = await flagged(ledger(), JUNE, 'both');
        const bodies = await vault.size();

        expect(await retention.dropBefore(JUNE - 1)).toEqual({ messages: 0, incidents: 0, pending: 0, failed: 0 });
        expect(await messages.get(first)).not.toBeNull();
        expect(await retention.dropBefore(JULY - 1)).toEqual({ messages: 3, incidents: 0, pending: 0, failed: 0 });

        for (const id of [first, last, clean]) {
          expect(await messages.get(id)).toBeNull();
          expect(await messages.load(id)).toBeNull();
          expect(await messages.findings(id)).toEqual([]);
        }
        expect(await messages.findings(kept)).toHaveLength(1);
        expect((await messages.list({ limit: 10 })).rows.map((row) => row.id)).toEqual([kept]);
        expect(await messages.counts()).toMatchObject({ total: 1, done: 1, flagged: 1, pending: 0, unexaminedMessages: 0 });
        expect(await vault.size()).toBe(bodies / 3);
        // Its bodies were to be kept for longer than their rows: their keys go as any other.
        expect(await vault.shredKeys(JULY)).toBe(1);
        expect(await vault.dataKey('dk-may')).toBeNull();

        // Nobody closed them: they keep what was counted.
        const old = await incident(ledger(), 'old');
        expect(old).toMatchObject({ state: 'open', messages: 1, patients: 1, lastMessage: null, lastSeen: JUNE - 1 });
        expect(await incidents.samples(old?.id ?? '', 10)).toEqual([]);
        const both = await incident(ledger(), 'both');
        expect(both).toMatchObject({ state: 'open', messages: 2, lastMessage: kept });
        expect((await incidents.samples(both?.id ?? '', 10)).map((sample) => sample.message)).toEqual([kept]);

        // What is gone is no duplicate of anything.
        const again = acceptRow(content);
        expect(await messages.accept(again)).toEqual({ id: again.id, duplicate: false, keyReused: false });
        expect(await messages.accept(acceptRow(content))).toMatchObject({ id: again.id, duplicate: true });
        expect(await retention.dropBefore(JULY - 1)).toMatchObject({ messages: 0 });
      });

      it('keeps what was never scanned, and drops it when it was', async () => {
        const { messages, retention } = ledger();
        const row = acceptRow({
          id: uuid({ msecs: MAY }),
          receivedAt: MAY,
          duplicateContent: 'waiting',
          duplicateKey: 'waiting',
        });
        if (months) await retention.ahead(MAY);
        await messages.accept(row);
        const total = (await messages.counts()).total;
        expect(await retention.dropBefore(JULY)).toMatchObject({ messages: 1, pending: 1, failed: 0 });
        expect(await messages.counts()).toMatchObject({ total: total - 1 });
        expect((await messages.load(row.id))?.chunks).toHaveLength(1);
        expect(await messages.pending(JUNE, 10)).toEqual([row.id]);
        expect(await messages.accept({ ...row, id: uuid() })).toMatchObject({ id: row.id, duplicate: true });
        await messages.saveScan(flaggedRow(row.id, {}, [cause({ key: 'late' })]));
        expect(await retention.dropBefore(JULY)).toEqual({ messages: 1, incidents: 0, pending: 0, failed: 0 });
        expect(await messages.get(row.id)).toBeNull();
        expect(await incident(ledger(), 'late')).toMatchObject({ messages: 1, lastMessage: null });
      });

      it('keeps what could not be scanned until its incident is closed', async () => {
        const { messages, incidents, retention } = ledger();
        const id = await accepted(ledger(), MAY);
        for (let attempt = 0; attempt < 3; attempt++) {
          await messages.fail(id, { code: 'scan.failed', detail: '' }, MAY);
        }
        const unscannable = 'quarantined|unscannable|mllp';
        expect(await retention.dropBefore(JUNE)).toMatchObject({ pending: 0, failed: 1 });
        expect(await messages.get(id)).toMatchObject({ state: 'failed' });
        const raised = await incident(ledger(), unscannable);
        const decision = { to: 'resolved', actor: 'dana', note: '', until: null, at: MAY + HOUR } as const;
        await incidents.transition(raised?.id ?? '', 'open', decision);
        const { total } = await messages.counts();
        expect(await retention.dropBefore(JUNE)).toEqual({ messages: 1, incidents: 1, pending: 0, failed: 0 });
        expect(await messages.counts()).toMatchObject({ failed: 0, total: total - 1 });
        expect(await incident(ledger(), unscannable)).toBeNull();
      });

      it('drops periods of evidence that ended before, and keeps what is known however old', async () => {
        const { evidence, retention } = ledger();
        const what = { profile: 'rfc9325', section: '', how: 'probed', facts: {}, reason: null } as const;
        // An hour each, of two outcomes by turns: more periods than one slice takes.
        const rows = Array.from({ length: 260 }, (_, n): Evidence => {
          const at = MAY - (260 - n) * HOUR;
          return {
            ...what,
            target: 'tls:a:1',
            check: 'version',
            outcome: n % 2 === 0 ? 'proven' : 'failed',
            at,
            expires: at + DAY,
          };
        });
        const late = { ...what, target: 'tls:a:1', check: 'version', outcome: 'unknown', at: JUNE, expires: JUNE + DAY } as const;
        const untouched = {
          ...what,
          target: 'tls:b:1',
          check: 'version',
          outcome: 'proven',
          at: MAY,
          expires: MAY + DAY,
        } as const;
        await evidence.save([...rows, late, untouched]);
        const periods = async (): Promise<number[]> =>
          (await evidence.history({ from: 0, to: JULY, limit: 1000 })).rows.map(({ since }) => since);
        expect(await periods()).toHaveLength(262);
        await retention.dropBefore(JUNE);
        // The last of May was ended in June.
        expect(await periods()).toEqual([MAY - HOUR, JUNE, MAY]);
        await retention.dropBefore(JULY);
        expect(await periods()).toEqual([JUNE, MAY]);
        expect(await evidence.list('tls:b:1')).toMatchObject([{ outcome: 'proven', at: MAY }]);
      });

      it('keeps a closed incident that a breach assessment is of', async () => {
        const { breaches, incidents, retention } = ledger();
        await flagged(ledger(), MAY, 'assessed');
        const { id = '' } = (await incident(ledger(), 'assessed')) ?? {};
        await incidents.transition(id, 'open', { to: 'resolved', actor: 'dana', note: '', until: null, at: MAY + HOUR });
        const saved = { user: 'dana', name: 'dana', at: MAY + HOUR };
        await breaches.save({ incident: id, version: 1, saved, signed: false, answers: UNANSWERED });
        expect(await retention.dropBefore(JULY)).toMatchObject({ incidents: 0 });
        expect(await incident(ledger(), 'assessed')).toMatchObject({ id, state: 'resolved' });
      });

      it('drops incidents that were closed, and that nothing was seen of and nobody touched since', async () => {
        const { incidents, retention } = ledger();
        const closed: [string, number, number][] = [
          ['all over', MAY, MAY + HOUR],
          ['closed later', MAY, JUNE],
          ['seen later', JUNE, MAY],
        ];
        for (const [key, seen, at] of closed) {
          await flagged(ledger(), seen, key);
          const { id = '' } = (await incident(ledger(), key)) ?? {};
          await incidents.transition(id, 'open', { to: 'false-positive', actor: 'dana', note: 'a test', until: null, at });
        }
        const over = await incident(ledger(), 'all over');
        expect(await retention.dropBefore(JUNE)).toMatchObject({ messages: 2, incidents: 1 });
        expect(await incident(ledger(), 'all over')).toBeNull();
        expect(await incidents.events(over?.id ?? '')).toEqual([]);
        expect(await incident(ledger(), 'closed later')).toMatchObject({ state: 'false-positive' });
        expect(await incident(ledger(), 'seen later')).toMatchObject({ state: 'false-positive' });
      });
    });
  }
}
