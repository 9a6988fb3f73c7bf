import type { Answers } from '../../breach/assessment.ts';

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
