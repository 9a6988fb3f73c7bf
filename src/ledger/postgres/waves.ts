import type { Call } from '../operations.ts';

/** Calls whose statements are under way together: a session holds what it has not sent yet in memory. */
const TOGETHER = 64;

interface Wave {
  readonly calls: Call[];
  /** What its calls read before they write it. */
  readonly claims: Set<string>;
}

/**
 * Sorts the calls of a batch into waves, each of calls that may run side by side in one transaction, so that one does not wait for
 * the other's answers from the server. Accepts and scan results may, unless they are about the same message or incident: those rows
 * are read before they are written, and everything else is counted or inserted in one statement. Any other call runs alone, in its place.
 */
export function wavesOf(calls: readonly Call[]): readonly (readonly Call[])[] {
  const waves: Wave[] = [];
  let first = 0;
  for (const call of calls) {
    const claims = claimsOf(call);
    const fitting =
      claims === null
        ? undefined
        : waves.slice(first).find((wave) => wave.calls.length < TOGETHER && !claims.some((claim) => wave.claims.has(claim)));
    if (fitting === undefined) waves.push({ calls: [call], claims: new Set(claims) });
    else {
      fitting.calls.push(call);
      for (const claim of claims ?? []) fitting.claims.add(claim);
    }
    // What comes after a call that runs alone does not go before it, nor with it.
    if (claims === null) first = waves.length;
  }
  return waves.map((wave) => wave.calls);
}

/** The rows that a call reads before it writes them; null: it shares nothing with anybody. */
function claimsOf(call: Call): readonly string[] | null {
  if (call.name === 'accept') return [];
  if (call.name !== 'saveScan') return null;
  return [`message ${call.argument.id}`, ...call.argument.decision.causes.map((cause) => `incident ${cause.key}`)];
}
