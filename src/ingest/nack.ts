import type { Peer } from '../core/provenance.ts';
import { parseAddress, parseRange } from '../policy/address.ts';
import type { Nack } from './mllp-connection.ts';

/** A source with an answer of its own; what is given must fit. */
export interface NackRule {
  readonly listener?: string | undefined;
  /** An address or a network in CIDR form. */
  readonly address?: string | undefined;
  /** Subject of the client certificate, as provenance has it: whole, or its most specific parts (`CN=lis`). */
  readonly certificate?: string | undefined;
  readonly nack: Nack;
}

/** What each peer of a listener gets when nothing durable happened: the first rule that fits, else `fallback`. */
export function nackRules(listener: string, rules: readonly NackRule[], fallback: Nack): (peer: Peer) => Nack {
  const here = rules
    .filter((rule) => rule.listener === undefined || rule.listener === listener)
    .map((rule) => ({ rule, range: rule.address === undefined ? null : parseRange(rule.address) }));
  return (peer) => {
    const address = parseAddress(peer.address);
    const fits = here.find(
      ({ rule, range }) =>
        (rule.address === undefined || (address !== null && range?.contains(address) === true)) &&
        (rule.certificate === undefined ||
          peer.certificate === rule.certificate ||
          peer.certificate?.startsWith(`${rule.certificate},`) === true),
    );
    return fits?.rule.nack ?? fallback;
  };
}
