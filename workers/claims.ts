import type { Evidence } from '../src/core/evidence.ts';
import type { EvidenceStore } from '../src/ledger/evidence/store.ts';

/** A claim that was kept is kept again after so long: it counts for a day. */
const AGAIN = 10 * 60 * 1000;
/** Claims that are remembered: senders write them, so their number has an end. */
const REMEMBERED = 10_000;

/** Keeps what engines claim of their legs: of what comes with every message, one row in ten minutes for each thing that a flow's engine says. */
export function createClaimKeeper(evidence: Pick<EvidenceStore, 'save'>): (claim: Evidence) => Promise<void> {
  const kept = new Map<string, number>();
  return async (claim) => {
    const name = `${claim.target}\0${JSON.stringify(claim.facts)}`;
    if (claim.at - (kept.get(name) ?? Number.NEGATIVE_INFINITY) < AGAIN) return;
    if (kept.size >= REMEMBERED) kept.clear();
    kept.set(name, claim.at);
    try {
      await evidence.save([claim]);
    } catch (error) {
      kept.delete(name);
      throw error;
    }
  };
}
