import type { Reveal, RevealMove } from '../../reveal/reveal.ts';

/** Questions to see a value, and what was answered. The value itself is nowhere here. */
export interface RevealStore {
  /** Keeps a question; the same one twice is one. */
  ask(reveal: Reveal): Promise<void>;
  /** Errors as of `moveReveal`; `ledger.conflict` too where there is no such reveal. Of two who decide at once, one does. */
  move(id: string, move: RevealMove): Promise<Reveal>;
  get(id: string): Promise<Reveal | null>;
  /** Those that wait for a decision at `now`, or are open then; the one that ends first before. */
  live(state: 'asked' | 'approved', now: number, limit: number): Promise<readonly Reveal[]>;
  /** Those of an incident, the latest first. */
  ofIncident(incident: string, limit: number): Promise<readonly Reveal[]>;
}
