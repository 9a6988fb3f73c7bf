import type { Category, Known, Sensitivity, Severity, Subject, Unexamined } from '../core/vocabulary.ts';

/**
 * A rule matched, before anything is made of it. Masks and tokens are made later and only for what is kept: an HMAC costs more
 * than the whole scan of a leaf.
 */
export interface Match {
  /** `hipaa.name` */
  readonly rule: string;
  /** `hipaa-safe-harbor@1.0.0` */
  readonly pack: string;
  readonly category: Category;
  readonly subject: Subject;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly confidence: number;
  /** Index into the message's leaves. */
  readonly leaf: number;
  /** UTF-16 offsets in the leaf's text, half-open. */
  readonly from: number;
  readonly to: number;
  /** Little sure: a policy judges what stands beside it, and passes it over (lone.ts). */
  readonly lone?: true;
  /** What the registry knows of it, where somebody looked. */
  readonly registry?: Known;
}

export interface Detection {
  /** In the order of the leaves; no two of the same category, subject and overlapping span. */
  readonly matches: readonly Match[];
  /** What makes the message sensitive, in the order of the vocabulary. */
  readonly sensitivities: readonly Sensitivity[];
  /** What a detector out of budget did not look at. */
  readonly unexamined: readonly Unexamined[];
}
