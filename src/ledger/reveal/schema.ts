import type { RevealState } from '../../reveal/reveal.ts';

/** The tables of migration 0013 as Kysely sees them. */
export interface RevealSchema {
  reveals: RevealsTable;
  breach_assessments: BreachAssessmentsTable;
}

export interface RevealsTable {
  id: string;
  incident: string;
  message: string;
  /** Number of the finding in its message. */
  finding: number;
  reason: string;
  asked_user: string;
  asked_name: string;
  asked_at: number;
  state: RevealState;
  decided_user: string | null;
  decided_name: string | null;
  decided_at: number | null;
  until: number;
}

export interface BreachAssessmentsTable {
  incident: string;
  version: number;
  saved_user: string;
  saved_name: string;
  saved_at: number;
  signed: number;
  /** json: Answers */
  answers: string;
}
