import { AnswersSchema } from '../../breach/assessment.ts';
import { CordonError } from '../../core/errors.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { BreachAssessment } from './breach-store.ts';
import type { BreachAssessmentsTable } from './schema.ts';

export function breachWrites(db: Builder) {
  return {
    async saveAssessment(x: Executor, assessment: BreachAssessment): Promise<void> {
      const row = toRow(assessment);
      const newest = await x.get(once(versionsOf(db, assessment.incident, 1)));
      if (newest?.version === row.version && isSame(newest, row)) return;
      if (row.version !== (newest?.version ?? 0) + 1) {
        throw new CordonError(
          'ledger.conflict',
          `version ${row.version} of the assessment is there already: somebody saved it meanwhile. Reload the page`,
        );
      }
      await x.run(once(db.insertInto('breach_assessments').values(row)));
    },
  };
}

export function breachReads(db: Builder) {
  return {
    async versions(x: Executor, incident: string, limit: number): Promise<readonly BreachAssessment[]> {
      return (await x.all(once(versionsOf(db, incident, limit)))).map(toAssessment);
    },
  };
}

function versionsOf(db: Builder, incident: string, limit: number) {
  return db.selectFrom('breach_assessments').selectAll().where('incident', '=', incident).orderBy('version', 'desc').limit(limit);
}

function isSame(one: BreachAssessmentsTable, other: BreachAssessmentsTable): boolean {
  return one.saved_user === other.saved_user && one.saved_at === other.saved_at && one.answers === other.answers;
}

function toRow({ incident, version, saved, signed, answers }: BreachAssessment): BreachAssessmentsTable {
  return {
    incident,
    version,
    saved_user: saved.user,
    saved_name: saved.name,
    saved_at: saved.at,
    signed: signed ? 1 : 0,
    answers: JSON.stringify(answers),
  };
}

function toAssessment(row: BreachAssessmentsTable): BreachAssessment {
  return {
    incident: row.incident,
    version: row.version,
    saved: { user: row.saved_user, name: row.saved_name, at: row.saved_at },
    signed: row.signed === 1,
    answers: AnswersSchema.parse(JSON.parse(row.answers)),
  };
}
