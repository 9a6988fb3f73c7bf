import { reasonOf } from '../src/core/errors.ts';
import type { Evidence, Verifier } from '../src/core/evidence.ts';
import type { TransitTarget } from '../src/encryption/transit/verifier.ts';
import type { EvidenceStore } from '../src/ledger/ledger.ts';
import { legTarget } from '../src/policy/evidence.ts';
import type { Register } from '../src/policy/register.ts';

const HOUR = 3_600_000;
/** Evidence that ends within this time is had again: a round that fails leaves time for others. */
const AHEAD = 6 * HOUR;
/** What could not be had is not asked for again at once. */
const PATIENCE = HOUR;

export interface ProbeDeps {
  readonly ledger: { readonly evidence: Pick<EvidenceStore, 'save'> & { list(): Promise<readonly Evidence[]> } };
  readonly register: Register;
  readonly verifier: Verifier<TransitTarget>;
  /** Told of an endpoint whose check broke off; its evidence ends by itself. */
  onFailure(endpoint: string, reason: string): void;
}

/**
 * One round over the endpoints that policies name: those without evidence, or whose evidence ends soon, are asked, one after the other. Only
 * registered endpoints are. Returns how many were.
 */
export async function probe(
  { ledger, register, verifier, onFailure }: ProbeDeps,
  now: number,
  signal: AbortSignal,
): Promise<number> {
  const kept = await ledger.evidence.list();
  let asked = 0;
  for (const endpoint of endpointsOf(register)) {
    if (signal.aborted) break;
    if (
      !isDue(
        kept.filter(({ target }) => target === legTarget(endpoint)),
        now,
      )
    )
      continue;
    asked++;
    try {
      await ledger.evidence.save(await verifier.check(targetOf(endpoint), signal));
    } catch (error) {
      onFailure(endpoint, reasonOf(error));
    }
  }
  return asked;
}

function endpointsOf(register: Register): ReadonlySet<string> {
  const endpoints = [...register.flows.values()].map(({ policy }) => policy.destination.endpoint);
  return new Set(endpoints.filter((endpoint) => endpoint !== undefined));
}

function isDue(rows: readonly Evidence[], now: number): boolean {
  if (rows.length === 0) return true;
  const newest = Math.max(...rows.map(({ at }) => at));
  const first = Math.min(...rows.map(({ expires }) => expires));
  return first - now < AHEAD && now - newest >= PATIENCE;
}

/** `pacs.example:2762`, `[::1]:2762`: the schema of policies lets nothing else through. */
function targetOf(endpoint: string): TransitTarget {
  const colon = endpoint.lastIndexOf(':');
  const host = endpoint.slice(0, colon).replace(/^\[|\]$/g, '');
  return { host, port: Number(endpoint.slice(colon + 1)), serverName: null };
}
