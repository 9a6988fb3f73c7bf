import type { Routing } from '../core/format.ts';
import { NO_CLAIMS, PROTOCOLS, type Protocol } from '../core/provenance.ts';
import type { ObservedFlow } from './decision.ts';
import type { FlowFacts } from './match-item.ts';

/** What the texts of an observed flow say, apart again (the inverse of `observeFlow`). Absent: not said. */
export interface ObservedNames {
  certificate?: string;
  calling?: string;
  called?: string;
  claimedSource?: string;
  claimedDestination?: string;
  /** Fields of MSH, 3 to 6, first components. */
  readonly msh: Record<string, string>;
  apiKey?: string;
  address?: string;
}

const CLAIMED = ' (claimed)';

export function readObserved({ source, destination }: Pick<ObservedFlow, 'source' | 'destination'>): ObservedNames {
  const names: ObservedNames = { msh: {} };
  for (const part of source.split('; ')) {
    if (part.startsWith('AE ')) names.calling = part.slice(3);
    else if (part.endsWith(CLAIMED)) names.claimedSource = part.slice(0, -CLAIMED.length);
    else if (part.startsWith('key ')) names.apiKey = part.slice(4);
    else if (/^[A-Za-z]+=/.test(part)) names.certificate = part;
    else if (/^[\d.]+$|:/.test(part)) names.address = part;
    else if (part !== 'unknown') readPair(names.msh, part, 3);
  }
  if (destination.startsWith('AE ')) names.called = destination.slice(3);
  else if (destination.endsWith(CLAIMED)) names.claimedDestination = destination.slice(0, -CLAIMED.length);
  else if (destination !== 'unknown') readPair(names.msh, destination, 5);
  return names;
}

function readPair(msh: Record<string, string>, text: string, field: number): void {
  const [application = '', facility = ''] = text.split('^');
  if (application !== '') msh[field] = application;
  if (facility !== '') msh[field + 1] = facility;
}

/**
 * Facts as a message of this flow would have them, as far as it was kept: enough to ask which policy it would fall under. What
 * is not kept (the address beside a name, the facility beside a claim) is missing.
 */
export function factsOfObserved(flow: Pick<ObservedFlow, 'listener' | 'source' | 'destination'>): FlowFacts {
  const names = readObserved(flow);
  const fields: Record<string, string> = {};
  for (const [field, value] of Object.entries(names.msh)) fields[`MSH-${field}`] = value;
  const routing: Routing = { fields, processing: '' };
  const { called, calling } = names;
  const associated = called !== undefined || calling !== undefined;
  return {
    routing,
    provenance: {
      listener: flow.listener,
      protocol: PROTOCOLS.find((protocol): protocol is Protocol => protocol === flow.listener) ?? 'mllp',
      peer: { address: names.address ?? '', certificate: names.certificate ?? null, apiKey: names.apiKey ?? null },
      tls: null,
      claims: { ...NO_CLAIMS, source: names.claimedSource ?? null, destination: names.claimedDestination ?? null },
      ...(associated ? { association: { called: called ?? '', calling: calling ?? '', implementation: '', version: '' } } : {}),
      receivedAt: 0,
    },
  };
}
