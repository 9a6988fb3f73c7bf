import type { Fact, Outcome } from '../../core/evidence.ts';
import { encodeClientHello } from './client-hello.ts';
import { converseInClear, type Heard } from './converse.ts';
import { createDialogue } from './dialogues.ts';
import { type Address, clearProtocol, exchangeHello } from './exchange.ts';
import { groupsOf } from './groups.ts';
import type { Pacer } from './pacer.ts';
import { nameOf, type SpokenProtocol } from './protocols.ts';
import { suitesOf } from './suites.ts';

/** What a statement without a profile says; the rest of the evidence is the same for all. */
export interface Statement {
  readonly outcome: Outcome;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly reason: string | null;
}

export interface BesideRequest {
  readonly host: string;
  readonly ports: readonly number[];
  /** What is asked there; null: whether they are open, and no more. */
  readonly protocol: SpokenProtocol | null;
  readonly timeout: number;
  readonly pacer: Pacer;
  readonly signal: AbortSignal;
}

/** A port that answers within a network does so soon; a filtered one never does. */
const PATIENCE = 3000;
const TLS12 = 0x0303;

/** What a plain port was seen to be. */
type Plainness =
  | { readonly kind: 'closed' | 'tls' | 'redirect' | 'clear' }
  /** Open, or behind a filter: why that says nothing, as a clause. */
  | { readonly kind: 'unseen'; readonly why: string };

/** Asks the ports beside a TLS endpoint whether they offer the same service in clear. Never rejects. */
export async function checkClearPorts(request: BesideRequest): Promise<Statement> {
  const { ports, protocol } = request;
  if (ports.length === 0) {
    const reason = 'no port is known to lie beside this one in clear; `verify transit --clear-port` names one.';
    return { outcome: 'not_applicable', facts: {}, reason };
  }
  const seen = new Map<number, Plainness>();
  for (const port of ports) seen.set(port, await look({ host: request.host, port }, request));
  const among = (kind: Plainness['kind']): string[] => ports.filter((port) => seen.get(port)?.kind === kind).map(String);
  const facts = { ports: ports.map(String), closed: among('closed'), tls: among('tls'), redirects: among('redirect') };
  const clear = among('clear');
  if (clear.length > 0) {
    const what = protocol === null ? 'clear text' : `${nameOf(protocol)} in clear`;
    const reason =
      `port ${clear.join(' and ')} of the same host takes ${what}: whoever is in the middle reads along. ` +
      'Close it, or let it in from this machine alone.';
    return { outcome: 'failed', facts: { ...facts, clear }, reason };
  }
  const unseen = [...seen].flatMap(([port, { ...is }]) => (is.kind === 'unseen' ? [`port ${port} ${is.why}`] : []));
  return unseen.length > 0
    ? { outcome: 'unknown', facts, reason: `${unseen.join('; ')}.` }
    : { outcome: 'proven', facts, reason: null };
}

async function look(address: Address, { protocol, timeout, pacer, signal }: BesideRequest): Promise<Plainness> {
  const patience = Math.min(timeout, PATIENCE);
  if (!(await pacer.next(signal))) return { kind: 'unseen', why: 'was not asked: the probe ended before' };
  const dialogue = protocol === null ? null : createDialogue(protocol, address.host);
  const heard = await converseInClear(address, dialogue, patience, signal);
  // Some servers hang up on what is no TLS instead of sending an alert; web servers tell their clients in clear, with 400, to speak TLS.
  const mayBeTls = heard.kind === 'ended' || (heard.kind === 'spoken' && heard.facts.status === 400);
  if (mayBeTls && (await pacer.next(signal)) && (await answersHello(address, patience, signal))) return { kind: 'tls' };
  return plainness(heard, protocol);
}

function plainness(heard: Heard, protocol: SpokenProtocol | null): Plainness {
  switch (heard.kind) {
    case 'spoken':
      return { kind: heard.facts.redirectsToHttps === true ? 'redirect' : 'clear' };
    case 'unreachable':
      if (heard.code === 'ECONNREFUSED') return { kind: 'closed' };
      return { kind: 'unseen', why: `gave no connection (${heard.code}): it may be filtered` };
    case 'other':
      if (isTlsRecord(heard.first)) return { kind: 'tls' };
      return { kind: 'unseen', why: `is open and answers ${nameOf(clearProtocol(heard.first))}` };
    case 'ended':
      return { kind: 'unseen', why: 'is open and hung up without an answer' };
    case 'silent':
      return protocol === null
        ? { kind: 'unseen', why: 'is open, and nothing was asked of it: say with --protocol what it may speak' }
        : { kind: 'unseen', why: `is open and did not answer ${nameOf(protocol)} in time` };
    case 'stopped':
      return { kind: 'unseen', why: 'was not asked: the probe was stopped' };
  }
}

/** An alert or a handshake record of TLS (RFC 8446 section 5.1). */
function isTlsRecord(first: Buffer): boolean {
  return (first[0] === 21 || first[0] === 22) && first[1] === 3;
}

async function answersHello(address: Address, timeout: number, signal: AbortSignal): Promise<boolean> {
  const hello = encodeClientHello({
    version: TLS12,
    suites: suitesOf(TLS12).slice(0, 64),
    groups: groupsOf(TLS12),
    serverName: address.host,
  });
  const answer = await exchangeHello(address, hello, timeout, signal);
  return answer.kind === 'flight' || answer.kind === 'alert';
}
