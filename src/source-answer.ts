import ipaddr from 'ipaddr.js';
import type { Config } from './config.ts';
import type { Peer } from './core/provenance.ts';

type SourceAnswer = Config['sources'][number];

/** Whether everything that `sources[]` says of a sender fits this one. A network in CIDR form holds its addresses. */
export function matchesSource(source: SourceAnswer, listener: string, peer: Peer): boolean {
  if (source.listener !== undefined && source.listener !== listener) return false;
  if (source.certificate !== undefined && source.certificate !== peer.certificate) return false;
  return source.address === undefined || holds(source.address, peer.address);
}

function holds(network: string, address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const given = ipaddr.process(address);
  const [base, bits] = ipaddr.isValidCIDR(network) ? ipaddr.parseCIDR(network) : [ipaddr.process(network), null];
  if (base.kind() !== given.kind()) return false;
  return bits === null ? base.toNormalizedString() === given.toNormalizedString() : given.match(base, bits);
}
