/**
 * The words of Cordon's domain, as types. Lists are `as const` so that the same source serves the compiler, zod schemas and
 * reference pages.
 */

/** The 18 identifiers of 45 CFR 164.514(b)(2)(i) as slugs, then two of ours: free text nothing could clear, bytes nobody read. */
export const CATEGORIES = [
  'name',
  'street',
  'geo',
  'date',
  'age',
  'phone',
  'fax',
  'email',
  'ssn',
  'mrn',
  'health-plan',
  'account',
  'license',
  'vehicle',
  'device-id',
  'url',
  'ip-address',
  'biometric',
  'photo',
  'unique-id',
  'narrative',
  'unexamined',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Whose identifier it is. */
export const SUBJECTS = ['patient', 'relative', 'employer', 'household', 'provider', 'facility', 'equipment', 'unknown'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Subjects whose identifiers 164.514(b)(2) counts: the individual, relatives, employers, household members; unknown is not pass. */
export const PERSON_SUBJECTS: ReadonlySet<Subject> = new Set(['patient', 'relative', 'employer', 'household', 'unknown']);

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SENSITIVITIES = ['sud-part2', 'psychotherapy', 'behavioral', 'hiv', 'reproductive', 'genetic', 'minor'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export const VERDICTS = ['clean', 'permitted', 'flagged'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a message was flagged (DESIGN §6.4). The part before the dot names what judged it. */
export const REASONS = [
  'flow.none',
  'flow.unregistered',
  'flow.expired',
  'flow.suspended',
  'flow.silent',
  'flow.volume',
  'content.category',
  'content.subject',
  'content.sensitivity',
  'dataset.limited',
  'dataset.safe-harbor',
  'agreement.missing',
  'agreement.expired',
  'environment.test',
  'transport.unproven',
  'transport.failed',
  'location.unknown',
  'device.conflict',
  'unexamined',
  'quarantined',
  'credentials',
] as const;
export type Reason = (typeof REASONS)[number];

/** What a person at the desk is there for; what each may do is in src/review/permissions.ts. */
export const DESK_ROLES = ['officer', 'analyst', 'auditor', 'biomed', 'admin'] as const;
export type DeskRole = (typeof DESK_ROLES)[number];

/** A UUIDv7 in its canonical text form. */
export type MessageId = string;

/** Half-open byte offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Bytes that no detector saw, and why (`pixel-data`, `over-limit`, `budget`, `undecodable`, …). */
export interface Unexamined extends Span {
  readonly reason: string;
}

/** Something wrong with a message that does not stop us. `detail` never holds a value of the message. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly start?: number;
}

/**
 * What the registry says of a finding: that it belongs to a patient whom a flow that teaches has shown (`patient`), or that such a patient bears the
 * name, as others may (`name`).
 */
export const KNOWN = ['patient', 'name'] as const;
export type Known = (typeof KNOWN)[number];

/** A rule matched an element. This is the public shape (`scan --format ndjson`, the ledger); it never holds the value. */
export interface Finding {
  readonly rule: string;
  /** `name@version` of the pack. */
  readonly pack: string;
  readonly category: Category;
  readonly subject: Subject;
  readonly path: string;
  /** Byte offsets in the body as given; null where no contiguous source bytes exist. */
  readonly start: number | null;
  readonly end: number | null;
  readonly confidence: number;
  readonly severity: Severity;
  readonly mask: string;
  readonly token: string;
  /** What the registry knows of it; left out where it does not. */
  readonly registry?: Known;
}
