import type { Evidence, Whose } from './evidence.ts';

/** What only its form makes a name (likely.ts), a place or an employer (likely-place.ts), as rules ask for it. */
export const LIKELY = ['likely', 'likely-place', 'likely-employer'] as const;
export type Likely = (typeof LIKELY)[number];

/** A name in words, and what speaks for it. */
export interface Candidate {
  readonly first: number;
  readonly last: number;
  readonly score: number;
  readonly whose: Whose;
  /** What somebody is said to be called: a name wherever it stands again, whatever it is elsewhere. */
  readonly called?: true;
  /** By its form alone it is a name (likely.ts) or a place or an employer (likely-place.ts). */
  readonly likely?: Likely;
}

/** Points that a name needs. */
export const ENOUGH = 3.5;

/** Whose name it is by what stands before it and after it: a credential says it best. */
export function whoseIs(ahead: Evidence, behind: Evidence): Whose {
  if (ahead.whose === 'unknown') return behind.whose;
  return behind.whose === 'provider' && behind.weight >= 2 ? 'provider' : ahead.whose;
}
