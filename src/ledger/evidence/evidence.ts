import type { Evidence, KnownEvidence } from '../../core/evidence.ts';
import { fromJson } from '../json.ts';
import type { EvidenceHistoryTable, EvidenceTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';

/** Rows of one statement, largest first: few sizes, so that few statements are kept prepared. */
const SIZES = [64, 16, 4, 1] as const;

/** Evidence of encryption: some 50,000 statements an hour, nearly all of which confirm what is known. */
export function evidenceWrites(db: Builder) {
  /** What is known of the targets. Targets may repeat. */
  const known = (targets: readonly string[]) =>
    once(
      db
        .selectFrom('evidence')
        .selectAll()
        .where('target', 'in', [...targets]),
    );

  const put = (rows: readonly EvidenceTable[]) =>
    once(
      db
        .insertInto('evidence')
        .values([...rows])
        .onConflict((conflict) =>
          conflict.columns(['target', 'check_name', 'profile']).doUpdateSet((eb) => ({
            section: eb.ref('excluded.section'),
            outcome: eb.ref('excluded.outcome'),
            how: eb.ref('excluded.how'),
            facts: eb.ref('excluded.facts'),
            reason: eb.ref('excluded.reason'),
            since: eb.ref('excluded.since'),
            at: eb.ref('excluded.at'),
            expires: eb.ref('excluded.expires'),
          })),
        ),
    );

  return {
    /** Reads, decides and writes a slice of the rows at a time: one batch of the ledger writes at a time, on either engine. */
    async saveEvidence(x: Executor, rows: readonly Evidence[]): Promise<void> {
      for (let start = 0; start < rows.length; start += 512) {
        const slice = rows.slice(start, start + 512).map(toRow);
        const newest = new Map<string, EvidenceTable>();
        for (const targets of inSizes([...new Set(slice.map(({ target }) => target))])) {
          for (const row of await x.all(known(targets))) newest.set(keyOf(row), row);
        }
        const changed = new Map<string, EvidenceTable>();
        const ended: EvidenceHistoryTable[] = [];
        for (const row of slice) {
          const key = keyOf(row);
          const former = newest.get(key);
          const next = succeed(former, row);
          if (next === null) continue;
          newest.set(key, next);
          changed.set(key, next);
          if (former !== undefined && former.since < next.since) ended.push({ ...former, ended: next.since });
        }
        for (const some of inSizes([...changed.values()])) await x.run(put(some));
        for (const some of inSizes(ended)) await x.run(once(db.insertInto('evidence_history').values([...some])));
      }
    },
    /**
     * A claim that was lost with its answer is nobody's until it ends: asking a target later is better than asking it twice. Claims that ended go.
     */
    async claimTargets(
      x: Executor,
      claim: { targets: readonly string[]; now: number; until: number },
    ): Promise<readonly string[]> {
      await x.run(once(db.deleteFrom('evidence_claims').where('until', '<=', claim.now)));
      const targets = [...new Set(claim.targets)];
      const had = new Set<string>();
      for (const some of inSizes(targets)) {
        const insert = db
          .insertInto('evidence_claims')
          .values(some.map((target) => ({ target, until: claim.until })))
          .onConflict((conflict) => conflict.doNothing())
          .returning('target');
        for (const { target } of await x.all(once(insert))) had.add(target);
      }
      return targets.filter((target) => had.has(target));
    },
  };
}

/** What is known after a statement; null where it says nothing new, being older than what is known. */
function succeed(former: EvidenceTable | undefined, row: EvidenceTable): EvidenceTable | null {
  if (former === undefined) return row;
  if (row.at < former.at) return null;
  return row.outcome === former.outcome && row.at < former.expires ? { ...row, since: former.since } : row;
}

function inSizes<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = [];
  let start = 0;
  for (const size of SIZES) {
    for (; rows.length - start >= size; start += size) pieces.push(rows.slice(start, start + size));
  }
  return pieces;
}

/** What tells a check of a target under a profile from others. */
export function keyOf({ target, check_name, profile }: Pick<EvidenceTable, 'target' | 'check_name' | 'profile'>): string {
  return `${target}\0${check_name}\0${profile}`;
}

function toRow({ target, check, profile, section, outcome, how, facts, reason, at, expires }: Evidence): EvidenceTable {
  const said = { section, outcome, how, facts: JSON.stringify(facts), reason, since: at, at, expires };
  return { target, check_name: check, profile: profile ?? '', ...said };
}

export function toKnown({ check_name: check, profile, facts, ...row }: EvidenceTable): KnownEvidence {
  return { ...row, check, profile: profile === '' ? null : profile, facts: fromJson<Evidence['facts']>(facts) };
}

export function evidenceReads(db: Builder) {
  return {
    /** Of one target, or of all; by target, check and profile. */
    async list(x: Executor, target: string | null): Promise<readonly KnownEvidence[]> {
      const every = db.selectFrom('evidence').selectAll().orderBy('target').orderBy('check_name').orderBy('profile');
      const rows = await x.all(once(target === null ? every : every.where('target', '=', target)));
      return rows.map(toKnown);
    },
  };
}
