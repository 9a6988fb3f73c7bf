/**
 * What is known of the encryption of one hop or one place. Unknown is never pass: what was denied, timed out or is hidden is `unknown`, with
 * its reason; what somebody states is `claimed`.
 */
export const OUTCOMES = ['proven', 'failed', 'unknown', 'claimed', 'not_applicable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How it was had: seen in traffic, asked of the target by us, or stated by somebody. An attestation is `claimed`, never `proven`. */
export const METHODS = ['observed', 'probed', 'attested'] as const;
export type Method = (typeof METHODS)[number];

export type Fact = string | number | boolean | null | readonly string[];

/** One statement, as `verify … --format ndjson` prints it (DESIGN §6.1). Holds inventory only: names, versions, suites, key ids. */
export interface Evidence {
  /** As asked for: `tls:pacs.example:2762`, `kms:alias/vault`, `s3://bucket/prefix`. */
  readonly target: string;
  /** What was looked at: `version`, `suites`, `certificate`, `key`, `bucket-encryption`, … */
  readonly check: string;
  /** The profile judged by (`rfc9325 sp800-52r2 dicom-b12 dicom-b13 iti-19`); null where the check stands for itself. */
  readonly profile: string | null;
  /** Section of the profile's standard: `3.1.1`; empty without a profile. */
  readonly section: string;
  readonly outcome: Outcome;
  readonly how: Method;
  readonly facts: Readonly<Record<string, Fact>>;
  /** Why it is not proven, and the way out, in a sentence; null where it is. Never a value of a message. */
  readonly reason: string | null;
  /** Milliseconds since the epoch. From `expires` on the outcome counts as `unknown`. */
  readonly at: number;
  readonly expires: number;
}

/** What is known, with since when. */
export interface KnownEvidence extends Evidence {
  /** Milliseconds: the outcome was first had then, and was confirmed each time before it expired. `at` is the last time. */
  readonly since: number;
}

/** What was known of one check from `since` until `ended`, and no longer than `expires`: between those two it counts as unknown. */
export interface EvidencePeriod extends KnownEvidence {
  /** Milliseconds: another outcome, or the same after a lapse, took its place then; null where it is the newest. */
  readonly ended: number | null;
}

/** Of data on its way, or of data that lies somewhere. */
export const EVIDENCE_KINDS = ['transit', 'rest'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** How targets of hops begin: an endpoint that was asked, and a leg as its engine states it. All others are places. */
export const HOPS = ['tls:', 'leg:'] as const;

/** What counts of a statement at a time (milliseconds): from `expires` on it is `unknown`. What does not apply goes on not to: nobody asks it again. */
export function standingOutcome({ outcome, expires }: Pick<Evidence, 'outcome' | 'expires'>, now: number): Outcome {
  return outcome !== 'not_applicable' && expires <= now ? 'unknown' : outcome;
}

/** So many statements of one kind, under one profile, with one outcome. */
export interface EvidenceTally {
  readonly kind: EvidenceKind;
  readonly profile: string | null;
  readonly outcome: Outcome;
  readonly rows: number;
}

/** Checks targets of one kind. Never rejects for what a target does: that is evidence of outcome `unknown` or `failed`. */
export interface Verifier<Target> {
  readonly name: string;
  check(target: Target, signal: AbortSignal): Promise<Evidence[]>;
}
