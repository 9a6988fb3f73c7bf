import { Cue } from './cues.ts';

export const WHOSE = ['patient', 'relative', 'provider', 'unknown'] as const;
/** Whose name the words around say it is. */
export type Whose = (typeof WHOSE)[number];

/** Names that a message has given so far, by the hash of a word: said once with certainty, they are known when they stand alone (known.ts). */
export type Known = Map<number, Whose>;

/** What stands around a name and speaks for it. */
export interface Evidence {
  /** 0 nothing, 1 a word that often precedes names, 1.5 one that names mostly follow, 2 a label, 3 a title. */
  readonly weight: number;
  readonly whose: Whose;
}

export const NOTHING: Evidence = { weight: 0, whose: 'unknown' };

/** A line of prose came before and ended: one that is nothing but a given name signs what was written. */
export const ENDED: Evidence = { weight: 0.5, whose: 'unknown' };

/** Longer lines are no signature. */
export const SIGNATURE = 24;

/** Who is meant by a cue. */
export function whoseOf(cue: number): Whose {
  if ((cue & Cue.relative) !== 0) return 'relative';
  if ((cue & (Cue.doctor | Cue.role | Cue.credential)) !== 0) return 'provider';
  return (cue & Cue.patient) !== 0 ? 'patient' : 'unknown';
}
