import { expect, it } from 'vitest';
import type { Evidence, EvidencePeriod, KnownEvidence, Outcome } from '../../src/core/evidence.ts';
import type { EvidenceFilter } from '../../src/ledger/evidence/store.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { DAY, HOUR, NOON } from '../ledger/rows.ts';

/** Evidence of encryption, on whatever engine. `group` gives its tests a ledger of their own. */
export function evidenceConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  group('evidence', (ledger) => {
    const row = (over: Partial<Evidence> = {}): Evidence => ({
      target: 'tls:registry.example:6661',
      check: 'version',
      profile: 'rfc9325',
      section: '3.1.1',
      outcome: 'proven',
      how: 'probed',
      facts: { versions: ['TLSv1.2', 'TLSv1.3'], compression: false, days: 7 },
      reason: null,
      at: NOON,
      expires: NOON + DAY,
      ...over,
    });

    const known = (over: Partial<KnownEvidence> = {}): KnownEvidence => ({ ...row(over), since: over.at ?? NOON, ...over });
    const ALWAYS = { from: 0, to: NOON + 1000 * DAY, limit: 1000 };

    it('keeps of each check the newest statement', async () => {
      const { evidence } = ledger();
      const suites = { check: 'suites', outcome: 'failed', reason: 'it takes RC4: take it out' } as const;
      const alone = { target: 'vault', check: 'volume', profile: null, section: '', how: 'observed' } as const;
      await evidence.save([row(), row(suites), row(alone)]);
      await evidence.save([row({ at: NOON - 1, outcome: 'failed' })]);
      expect(await evidence.list('tls:registry.example:6661')).toEqual([known(suites), known()]);
      const later = { at: NOON + HOUR, outcome: 'unknown', facts: {}, reason: 'no answer' } as const;
      await evidence.save([row(later)]);
      expect(await evidence.list()).toEqual([known(suites), known(later), known(alone)]);
      expect(await evidence.list('tls:nobody:1')).toEqual([]);
    });

    it('keeps since when an outcome holds, and what held before it', async () => {
      const { evidence } = ledger();
      const target = 's3://films/';
      const at = (hours: number, over: Partial<Evidence> = {}) =>
        row({ target, at: NOON + hours * HOUR, expires: NOON + (hours + 24) * HOUR, ...over });
      const rows = [
        at(0),
        // Confirmed before it expired: the same period, by what was said last.
        at(23, { facts: { days: 8 } }),
        at(30, { outcome: 'failed', reason: 'no longer' }),
        at(40),
        // Confirmed after a lapse of an instant: a period of its own.
        at(64),
      ];
      const periods = [
        { ...at(23, { facts: { days: 8 } }), since: NOON, ended: NOON + 30 * HOUR },
        { ...at(30, { outcome: 'failed', reason: 'no longer' }), since: NOON + 30 * HOUR, ended: NOON + 40 * HOUR },
        { ...at(40), since: NOON + 40 * HOUR, ended: NOON + 64 * HOUR },
        { ...at(64), since: NOON + 64 * HOUR, ended: null },
      ];
      for (const saved of rows) await evidence.save([saved]);
      expect((await evidence.history({ ...ALWAYS, target })).rows).toEqual(periods);
      // Again, at once and one by one, as after a commit that nobody knows of.
      await evidence.save(rows);
      for (const saved of rows) await evidence.save([saved]);
      expect(await evidence.history({ ...ALWAYS, target })).toEqual({ rows: periods, next: null });
      expect(await evidence.list(target)).toEqual([{ ...at(64), since: NOON + 64 * HOUR }]);
      const during = async (from: number, to: number) =>
        (await evidence.history({ target, from: NOON + from * HOUR, to: NOON + to * HOUR, limit: 10 })).rows;
      expect(await during(-2, -1)).toEqual([]);
      expect(await during(-2, 0)).toEqual(periods.slice(0, 1));
      expect(await during(29, 29)).toEqual(periods.slice(0, 1));
      expect(await during(30, 30)).toEqual(periods.slice(1, 2));
      expect(await during(29, 63)).toEqual(periods.slice(0, 3));
      expect(await during(99, 100)).toEqual(periods.slice(3));
    });

    it('says the same of a save of all rows as of one save a row', async () => {
      const { evidence } = ledger();
      const outcomes = ['proven', 'proven', 'failed', 'failed', 'unknown', 'proven'] as const;
      const of = (target: string) => outcomes.map((outcome, hour) => row({ target, outcome, at: NOON + hour * HOUR }));
      await evidence.save(of('volume:/one'));
      for (const saved of of('volume:/two')) await evidence.save([saved]);
      const told = async (target: string) =>
        (await evidence.history({ ...ALWAYS, target })).rows.map(({ outcome, since, ended }) => ({ outcome, since, ended }));
      expect(await told('volume:/one')).toHaveLength(4);
      expect(await told('volume:/one')).toEqual(await told('volume:/two'));
    });

    it('pages through periods in one order, each of them once', async () => {
      const { evidence } = ledger();
      const targets = Array.from({ length: 40 }, (_, index) => `file:/pages/${index}`);
      for (const [turn, outcome] of (['proven', 'failed', 'proven', 'unknown'] as const).entries()) {
        const at = NOON + turn * HOUR;
        await evidence.save(targets.flatMap((target) => ['a', 'b'].map((check) => row({ target, check, outcome, at }))));
      }
      // More of one check than are read at a time.
      for (let turn = 0; turn < 1200; turn += 100) {
        await evidence.save(
          Array.from({ length: 100 }, (_, index) =>
            row({
              target: 'file:/pages/9',
              check: 'a',
              outcome: index % 2 === 0 ? 'failed' : 'proven',
              at: NOON + DAY + turn + index,
              expires: NOON + 9 * DAY,
            }),
          ),
        );
      }
      const all: EvidencePeriod[] = [];
      let cursor: string | undefined;
      do {
        const page = await evidence.history({ ...ALWAYS, limit: 37, ...(cursor === undefined ? {} : { cursor }) });
        if (page.next !== null) expect(page.rows).toHaveLength(37);
        all.push(...page.rows);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      const paged = all.filter(({ target }) => target.startsWith('file:/pages/'));
      const places = paged.map(({ target, check, since }) => `${target} ${check} ${since}`);
      expect(places).toHaveLength(40 * 2 * 4 + 1200);
      expect(places).toEqual([...new Set(places)].sort());
      expect(paged.filter(({ ended }) => ended === null)).toHaveLength(80);
      await expect(evidence.history({ ...ALWAYS, cursor: 'WzEsIngiXQ' })).rejects.toMatchObject({ code: 'usage' });
    });

    it('tells what was known at an instant, and counts it', async () => {
      const { evidence } = ledger();
      const of = (target: string, check: string, hour: number, over: Partial<Evidence> = {}) =>
        row({ target, check, profile: 'iti-19', at: NOON + hour * HOUR, expires: NOON + hour * HOUR + DAY, ...over });
      await evidence.save([
        of('tls:as-of:1', 'suites', 0, { outcome: 'failed' }),
        of('tls:as-of:1', 'suites', 10),
        of('tls:as-of:1', 'version', 0),
        of('tls:as-of:1', 'version', 2),
        of('tls:as-of:1', 'dicom', 0, { outcome: 'not_applicable' }),
        of('tlsa', 'volume', 5, { outcome: 'claimed' }),
        of('leg:as-of', 'version', 30, { outcome: 'failed' }),
      ]);
      const at = async (hour: number, filter: EvidenceFilter & { outcome?: Outcome } = {}) => {
        const { rows } = await evidence.asOf({ profile: 'iti-19', ...filter, at: NOON + hour * HOUR, limit: 10 });
        return rows.map(({ target, check, outcome, ended }) => `${target} ${check} ${outcome} ${ended === null}`);
      };
      const tallied = async (hour: number, filter: EvidenceFilter = {}) => {
        const counts: Record<string, number> = {};
        for (const { kind, profile, outcome, rows } of await evidence.tally({
          profile: 'iti-19',
          ...filter,
          at: NOON + hour * HOUR,
        })) {
          const name = `${kind} ${profile} ${outcome}`;
          counts[name] = (counts[name] ?? 0) + rows;
        }
        return counts;
      };
      expect(await at(-1)).toEqual([]);
      expect(await tallied(-1)).toEqual({});
      const [dicom, version] = ['tls:as-of:1 dicom not_applicable true', 'tls:as-of:1 version proven true'];
      const [bad, good] = ['tls:as-of:1 suites failed false', 'tls:as-of:1 suites proven true'];
      expect(await at(0)).toEqual([dicom, bad, version]);
      expect(await at(9)).toEqual([dicom, bad, version, 'tlsa volume claimed true']);
      expect(await at(10, { kind: 'transit' })).toEqual([dicom, good, version]);
      expect(await at(10, { kind: 'rest' })).toEqual(['tlsa volume claimed true']);
      expect(await at(9, { outcome: 'failed' })).toEqual([bad]);
      expect(await at(9, { check: 'version' })).toEqual([version]);
      expect(await at(9, { profile: 'none' })).toEqual([]);
      expect(await tallied(9)).toEqual({
        'transit iti-19 not_applicable': 1,
        'transit iti-19 failed': 1,
        'transit iti-19 proven': 1,
        'rest iti-19 claimed': 1,
      });
      expect(await at(30, { kind: 'transit', outcome: 'failed' })).toEqual(['leg:as-of version failed true']);
      // At its last instant a statement no longer holds.
      expect(await at(26, { outcome: 'unknown' })).toEqual([version]);
      expect(await tallied(34, { kind: 'transit' })).toEqual({
        'transit iti-19 not_applicable': 1,
        'transit iti-19 unknown': 2,
        'transit iti-19 failed': 1,
      });
      expect(await tallied(34, { target: 'tlsa' })).toEqual({ 'rest iti-19 unknown': 1 });
      const first = await evidence.asOf({ at: NOON + 9 * HOUR, profile: 'iti-19', limit: 3 });
      expect(first.rows).toHaveLength(3);
      const second = await evidence.asOf({ at: NOON + 9 * HOUR, profile: 'iti-19', limit: 3, cursor: first.next ?? '' });
      expect(second).toMatchObject({ rows: [{ target: 'tlsa' }], next: null });
    });

    it('gives a target to one who asks it, until the claim ends', async () => {
      const { evidence } = ledger();
      expect(await evidence.claim(['b', 'a', 'a'], NOON, NOON + 10)).toEqual(['b', 'a']);
      expect(await evidence.claim(['a', 'c'], NOON + 9, NOON + 20)).toEqual(['c']);
      expect(await evidence.claim(['a', 'b', 'c'], NOON + 10, NOON + 30)).toEqual(['a', 'b']);
      expect(await evidence.claim([], NOON + 10, NOON + 30)).toEqual([]);
      const many = Array.from({ length: 300 }, (_, index) => `many ${index}`);
      const shared = await Promise.all([1, 2, 3].map(() => evidence.claim(many, NOON + 10, NOON + 30)));
      expect(shared.flat().sort()).toEqual([...many].sort());
    });
  });
}
