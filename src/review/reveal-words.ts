import type { Reveal, RevealState } from '../reveal/reveal.ts';

/** How the desk says the states of a reveal. */
export const REVEAL_WORDS: Readonly<Record<RevealState | 'expired', string>> = {
  asked: 'Waits for a second person',
  approved: 'Open',
  denied: 'Denied',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
};

/** `/reveals/ID`: names the question and nothing of the value. */
export function revealAddress({ id }: Pick<Reveal, 'id'>): string {
  return `/reveals/${encodeURIComponent(id)}`;
}
