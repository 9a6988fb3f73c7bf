import type { Evidence } from '../core/evidence.ts';
import { fromJson } from './json.ts';
import { type Builder, type Executor, once } from './statement.ts';

/** Evidence of encryption. A few rows a target and day: nothing here is hot. */
export function evidenceWrites(db: Builder) {
  return {
    /** Each row takes the place of an older one of its target, check and profile; one that is newer stays. */
    async saveEvidence(x: Executor, rows: readonly Evidence[]): Promise<void> {
      for (const { target, check, profile, section, outcome, how, facts, reason, at, expires } of rows) {
        const said = { section, outcome, how, facts: JSON.stringify(facts), reason, at, expires };
        await x.run(
          once(
            db
              .insertInto('evidence')
              .values({ target, check_name: check, profile: profile ?? '', ...said })
              .onConflict((conflict) =>
                conflict.columns(['target', 'check_name', 'profile']).doUpdateSet(said).where('evidence.at', '<=', at),
              ),
          ),
        );
      }
    },
  };
}

export function evidenceReads(db: Builder) {
  return {
    /** Of one target, or of all; by target, check and profile. */
    async list(x: Executor, target: string | null): Promise<readonly Evidence[]> {
      const every = db.selectFrom('evidence').selectAll().orderBy('target').orderBy('check_name').orderBy('profile');
      const rows = await x.all(once(target === null ? every : every.where('target', '=', target)));
      return rows.map(({ check_name: check, profile, facts, ...row }) => ({
        ...row,
        check,
        profile: profile === '' ? null : profile,
        facts: fromJson<Evidence['facts']>(facts),
      }));
    },
  };
}
