import type { EvidenceTally, Outcome } from '../core/evidence.ts';

/** How much of what was asked is proven. */
export interface Coverage {
  /** Statements of each outcome, as they stand. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** 0 to 1: proven ÷ (proven + failed + unknown + claimed), what has expired being unknown; null where nothing was asked that applies. */
  readonly coverage: number | null;
}

/** Of all the tallies. A claim is none of what is proven, and what does not apply is no part of the sum. */
export function coverageOf(tallies: readonly Pick<EvidenceTally, 'outcome' | 'rows'>[]): Coverage {
  const counts = { proven: 0, failed: 0, unknown: 0, claimed: 0, not_applicable: 0 };
  for (const { outcome, rows } of tallies) counts[outcome] += rows;
  const asked = counts.proven + counts.failed + counts.unknown + counts.claimed;
  return { counts, coverage: asked === 0 ? null : counts.proven / asked };
}

/** Of each kind, profile or target by itself: of whatever the function names. Where it names nothing (null), a tally is in none of them. */
export function coverageBy<T extends Pick<EvidenceTally, 'outcome' | 'rows'>>(
  tallies: readonly T[],
  nameOf: (tally: T) => string | null,
): ReadonlyMap<string, Coverage> {
  const groups = Map.groupBy(tallies, nameOf);
  return new Map([...groups].flatMap(([name, own]) => (name === null ? [] : [[name, coverageOf(own)] as const])));
}
