import type { IdentifierKind } from '../../lineage/identifier.ts';

/** An identifier by its token, and what it is. */
export interface KnownIdentifier {
  readonly token: string;
  readonly kind: IdentifierKind | null;
}

/** A place in the order in which identifiers were learnt. */
export interface LearntAfter {
  readonly at: number;
  readonly token: string;
}

/** Fingerprint of a token (src/registry/print.ts) that left a set: `patient`, or the name of a cohort. */
export interface GoneIdentifier {
  readonly at: number;
  readonly print: string;
  readonly part: string;
}

export interface CohortMember extends KnownIdentifier {
  readonly cohort: string;
}

/** Identifiers of patients as flows that teach showed them, and named sets of patients: tokens and nothing else. */
export interface RegistryStore {
  /** How many tokens were learnt. */
  size(): Promise<number>;
  /** Learnt tokens after one, in their order; each once, however many bear it. */
  learnt(after: string, limit: number): Promise<readonly KnownIdentifier[]>;
  /** Tokens that were learnt since, in the order of time. */
  since(after: LearntAfter, limit: number): Promise<readonly (KnownIdentifier & { readonly at: number })[]>;
  /** What left since, milliseconds. What left more than a week ago is not told any more. */
  gone(since: number): Promise<readonly GoneIdentifier[]>;
  /** Removes identifiers that nobody taught since `before`, in slices, and what has been told of as gone for a week. Returns how many. */
  drop(before: number, now: number): Promise<number>;
  /** Members of all cohorts after a place, in its order, or those that were added since (milliseconds). */
  members(
    after: { readonly cohort: string; readonly token: string },
    limit: number,
    since?: number,
  ): Promise<readonly CohortMember[]>;
  /** How many identifiers each cohort has. */
  cohorts(): Promise<ReadonlyMap<string, number>>;
  /** Returns how many were not in it before. */
  enter(cohort: string, members: readonly KnownIdentifier[], at: number): Promise<number>;
  /** Returns how many were in it. */
  leave(cohort: string, tokens: readonly string[], at: number): Promise<number>;
}
