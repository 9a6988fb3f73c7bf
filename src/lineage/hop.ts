import { createHash } from 'node:crypto';
import type { Protocol } from '../core/provenance.ts';
import type { ObservedFlow } from '../policy/decision.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { namesOf } from './names.ts';
import type { Hop, LineageRow } from './row.ts';

type Known = Pick<LineageRow, 'hop' | 'pairs'>;

/** Hops that the thread knows, by flow, and of which policy they are: a feed has the same ones day in, day out. */
const hops = new Map<string, Known & { readonly of: FlowPolicy | null }>();
const REMEMBERED = 4096;

/** The hop of a flow, with what its policy says of the receiver, and what names stood beside those of its ends. */
export function hopOf(flow: ObservedFlow, policy: FlowPolicy | null, protocol: Protocol): Known {
  const name = `${protocol} ${flow.policy} ${flow.key}`;
  const known = hops.get(name);
  if (known !== undefined && known.of === policy) return known;
  const { entity = null, location = null, system = null } = policy?.destination ?? {};
  const facts = JSON.stringify([flow.key, flow.policy, protocol, system, entity, location]);
  const { source, destination, pairs } = namesOf(flow, policy);
  const id = createHash('sha256').update(facts).digest().readUIntBE(0, 6);
  const named = { id, flow: flow.policy ?? flow.key, flowKey: flow.key, policy: flow.policy, protocol };
  const hop: Hop = { ...named, source, destination, entity, location };
  if (hops.size >= REMEMBERED) hops.clear();
  hops.set(name, { hop, pairs, of: policy });
  return { hop, pairs };
}
