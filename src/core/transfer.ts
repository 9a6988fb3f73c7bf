import type { Category, Reason, Sensitivity } from './vocabulary.ts';

/** What went over one flow of one patient on one day (UTC), as the ledger keeps it: who, what and when, never a value. */
export interface Transfer {
  /** First millisecond of the day. */
  readonly day: number;
  /** Key of the observed flow. */
  readonly flow: string;
  /** The patient's token; empty for messages that name none. A message about several patients counts for each of them. */
  readonly patient: string;
  /** When the first and the last of its messages were received, milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly messages: number;
  /** Of them, how many were flagged. */
  readonly flagged: number;
  readonly formats: readonly TransferFormat[];
  /** Kinds of identifier of persons that they carried, and those of them that nothing permitted. */
  readonly categories: readonly Category[];
  readonly unpermitted: readonly Category[];
  /** Why some were flagged. */
  readonly reasons: readonly Reason[];
  readonly sensitivities: readonly Sensitivity[];
}

export const TRANSFER_FORMATS = ['hl7v2', 'dicom', 'fhir', 'text', 'raw'] as const;
export type TransferFormat = (typeof TRANSFER_FORMATS)[number];

/**
 * Why a disclosure need not be accounted for: 45 CFR 164.528(a)(1)(i) to (viii) and 164.502, and `internal` for what stays with the entity, which is
 * a use and no disclosure (160.103).
 */
export const EXEMPTIONS = [
  'tpo',
  'individual',
  'incident-to',
  'authorization',
  'directory',
  'national-security',
  'custodial',
  'limited-data-set',
  'internal',
] as const;
export type Exemption = (typeof EXEMPTIONS)[number];

/** What an officer decided of transfers: an accountable disclosure, exempt from it, or to be looked at again. */
export const DISCLOSURE_DECISIONS = ['disclosure', 'exempt', 'undecided'] as const;

/** One decision, as it was taken; a later one on the same takes its place. */
export interface DisclosureDecision {
  /** A UUID of the caller's: the same twice is once. */
  readonly id: string;
  readonly flow: string;
  /** The patient's token; empty for everybody on the flow. */
  readonly patient: string;
  readonly decision: (typeof DISCLOSURE_DECISIONS)[number];
  /** Needed for `exempt`, null otherwise. */
  readonly exemption: Exemption | null;
  /** Brief statement of the purpose (b)(2)(iv); name and, if known, address of who received it (b)(2)(ii). */
  readonly purpose: string;
  readonly recipient: string;
  readonly address: string;
  readonly note: string;
  /** Days it is about, as their first milliseconds; the last is not included, null: for good. */
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly at: number;
  readonly actor: string;
}
