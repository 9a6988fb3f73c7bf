import { expect, it } from 'vitest';
import type { DisclosureDecision, Transfer } from '../../src/core/transfer.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { monthOf } from '../../src/ledger/months.ts';
import { acceptRow, cause, DAY, FLOW, flaggedRow, HOUR, NOON, scanRow } from '../ledger/rows.ts';

const MIDNIGHT = NOON - 12 * HOUR;

/** What exports are made of, on whatever engine. `group` gives its tests a ledger of their own. */
export function exportsConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  group('exports', (ledger) => {
    async function scanned(
      receivedAt: number,
      patients: readonly string[],
      flagged = false,
      key: string = FLOW.key,
    ): Promise<void> {
      const row = acceptRow({ receivedAt });
      await ledger().messages.accept(row);
      const scan = flagged ? flaggedRow(row.id, { patients }) : scanRow(row.id, { patients });
      await ledger().messages.saveScan({ ...scan, decision: { ...scan.decision, flow: { ...FLOW, key } } });
    }
    async function all(from: number, to: number, limit = 100): Promise<Transfer[]> {
      const rows: Transfer[] = [];
      for (let month = monthOf(from); month < to; month = monthOf(month, 1)) {
        let cursor: string | undefined;
        do {
          const page = await ledger().exports.transfers({ month, from, to, limit, ...(cursor === undefined ? {} : { cursor }) });
          rows.push(...page.rows);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
      }
      return rows;
    }

    it('joins the messages of a patient on a flow and a day, whatever else was scanned with them', async () => {
      await Promise.all([
        scanned(NOON, ['k1.one', 'k1.two']),
        scanned(NOON - HOUR, ['k1.one'], true),
        scanned(NOON + HOUR, []),
        scanned(NOON + DAY, ['k1.one']),
        scanned(NOON + 10 * DAY, ['k1.one'], false, 'mllp|OTHER|LIS'),
      ]);
      const rows = await all(MIDNIGHT, NOON + 20 * DAY);
      expect(rows.map(({ flow, patient, day, messages, flagged }) => [flow, patient, day, messages, flagged])).toEqual([
        [FLOW.key, '', MIDNIGHT, 1, 0],
        [FLOW.key, 'k1.one', MIDNIGHT, 2, 1],
        [FLOW.key, 'k1.one', MIDNIGHT + DAY, 1, 0],
        [FLOW.key, 'k1.two', MIDNIGHT, 1, 0],
        ['mllp|OTHER|LIS', 'k1.one', MIDNIGHT + 10 * DAY, 1, 0],
      ]);
      expect(rows[1]).toEqual({
        day: MIDNIGHT,
        flow: FLOW.key,
        patient: 'k1.one',
        firstAt: NOON - HOUR,
        lastAt: NOON,
        messages: 2,
        flagged: 1,
        formats: ['hl7v2'],
        categories: ['name'],
        unpermitted: [],
        reasons: ['content.category'],
        sensitivities: [],
      });
      expect(await all(MIDNIGHT, NOON + 20 * DAY, 1)).toEqual(rows);
    });

    it('counts a message once, however often it is scanned', async () => {
      const row = acceptRow({ receivedAt: NOON + 40 * DAY });
      await ledger().messages.accept(row);
      for (let twice = 0; twice < 2; twice++) await ledger().messages.saveScan(flaggedRow(row.id, {}, [cause()]));
      expect(await all(NOON + 39 * DAY, NOON + 41 * DAY)).toMatchObject([{ messages: 1, flagged: 1 }]);
    });

    it('takes a transfer into the one period that its last message falls in', async () => {
      const at = NOON + 60 * DAY;
      for (const hours of [0, 2]) await scanned(at + hours * HOUR, ['k1.three']);
      expect(await all(at - HOUR, at + HOUR)).toEqual([]);
      expect(await all(at + HOUR, at + 2 * HOUR)).toEqual([]);
      expect(await all(at + 2 * HOUR, at + 3 * HOUR)).toHaveLength(1);
    });

    it('refuses a cursor that is none', async () => {
      await expect(
        ledger().exports.transfers({ month: monthOf(NOON), from: 0, to: NOON, limit: 1, cursor: 'WzEsIngiXQ' }),
      ).rejects.toMatchObject({ code: 'usage' });
    });

    it('keeps every decision, once', async () => {
      const decision: DisclosureDecision = {
        id: '019a0000-0000-7000-8000-000000000001',
        flow: FLOW.key,
        patient: '',
        decision: 'disclosure',
        exemption: null,
        purpose: 'reportable results',
        recipient: 'State registry',
        address: '1 Capitol Square',
        note: '',
        fromDay: MIDNIGHT,
        toDay: null,
        at: NOON,
        actor: 'officer',
      };
      const own = {
        ...decision,
        id: '019a0000-0000-7000-8000-000000000002',
        patient: 'k1.one',
        decision: 'exempt',
        exemption: 'individual',
        at: NOON + 1,
      } as const;
      for (const each of [decision, own, own]) await ledger().exports.decide(each);
      expect(await ledger().exports.decisions(FLOW.key, ['k1.one', 'k1.two'])).toEqual([decision, own]);
      expect(await ledger().exports.decisions(FLOW.key, ['k1.two'])).toEqual([decision]);
      expect(await ledger().exports.decisions('other', ['k1.one'])).toEqual([]);
    });

    it('lists incidents by id', async () => {
      const first = await ledger().exports.incidents('', 1);
      expect(first).toHaveLength(1);
      expect(await ledger().exports.incidents(first[0]?.id ?? '', 10)).toEqual([]);
    });

    it('lets go of the months that retention lets go of', async () => {
      const before = await all(MIDNIGHT, NOON + 70 * DAY);
      await ledger().retention.dropBefore(NOON + 20 * DAY);
      const left = await all(MIDNIGHT, NOON + 70 * DAY);
      expect(left).toEqual(before.filter(({ day }) => day >= monthOf(NOON + 20 * DAY)));
      expect(left.length).toBeLessThan(before.length);
    });
  });
}
