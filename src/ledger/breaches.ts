import { type Answers, AnswersSchema } from '../breach/assessment.ts';
import { CordonError } from '../core/errors.ts';
import type { Answer, Argument, OperationName } from './operations.ts';
import type { BreachAssessmentsTable } from './reveal-schema.ts';
import { type Builder, type Executor, once } from './statement.ts';

/** One version of an incident's breach assessment. None is ever changed: what is said anew is the next one. */
export interface BreachAssessment {
  readonly incident: string;
  /** From 1. */
  readonly version: number;
  readonly saved: { readonly user: string; readonly name: string; readonly at: number };
  /** With its conclusion, under the name of `saved`; else a draft. */
  readonly signed: boolean;
  readonly answers: Answers;
}

export interface BreachStore {
  /** Keeps the next version. Throws `ledger.conflict` where somebody kept that one meanwhile. The same twice is once. */
  save(assessment: BreachAssessment): Promise<void>;
  /** Of an incident, the newest first. */
  versions(incident: string, limit: number): Promise<readonly BreachAssessment[]>;
}

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

interface Parts {
  readonly db: Builder;
  readonly reader: Executor;
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
}

export function breachStore({ db, reader, call }: Parts): BreachStore {
  return {
    save: (assessment) => call('saveAssessment', assessment),
    versions: async (incident, limit) => (await reader.all(once(versionsOf(db, incident, limit)))).map(toAssessment),
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
