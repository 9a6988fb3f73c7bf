import type { Statement } from './beside.ts';
import { createDialogue } from './dialogues.ts';
import { type Address, clearProtocol } from './exchange.ts';
import { type ClientCertificate, converseOverTls, type TlsConversation } from './handshake.ts';
import type { Pacer } from './pacer.ts';
import type { TransitFacts } from './probe.ts';
import { nameOf, type SpokenProtocol } from './protocols.ts';

export interface InsideRequest {
  readonly address: Address;
  /** For SNI and HTTP. */
  readonly serverName: string;
  readonly protocol: SpokenProtocol;
  readonly client: ClientCertificate | null;
  readonly clientCertificate: TransitFacts['clientCertificate'];
  readonly timeout: number;
  readonly pacer: Pacer;
  readonly signal: AbortSignal;
}

/** Speaks a protocol over TLS: proven where it answers in it, whatever it answers. Never rejects. */
export async function checkInside(request: InsideRequest): Promise<Statement> {
  const { address, serverName, protocol, client, timeout, pacer, signal } = request;
  const unknown = (reason: string, facts: Statement['facts'] = {}): Statement => ({
    outcome: 'unknown',
    facts: { protocol, ...facts },
    reason,
  });
  if (client === null && request.clientCertificate === 'demanded') {
    return unknown('it demands a client certificate, and none was given: give one with --certificate and --key.');
  }
  if (!(await pacer.next(signal))) return unknown('the probe ended before it was asked.');
  const dialogue = createDialogue(protocol, serverName);
  const talk = await converseOverTls(address, serverName, client, dialogue, timeout, signal);
  if (talk.heard.kind !== 'spoken') return unknown(whyNot(talk, request), talk.session);
  return { outcome: 'proven', facts: { protocol, ...talk.session, ...talk.heard.facts }, reason: null };
}

function whyNot({ heard, session }: TlsConversation, { protocol, clientCertificate }: InsideRequest): string {
  const name = nameOf(protocol);
  const isEnded = heard.kind === 'ended' || heard.kind === 'unreachable';
  if (isEnded && clientCertificate === 'demanded') return 'it demands a client certificate, and turned the one given away.';
  switch (heard.kind) {
    case 'other':
      return `it answers ${nameOf(clearProtocol(heard.first))} over TLS, not ${name}: say with --protocol what it speaks.`;
    case 'ended':
      return `it hung up on ${name} over TLS without an answer.`;
    case 'silent':
      return `it did not answer ${name} over TLS in time.`;
    case 'unreachable':
      if (session.version === undefined) return `no handshake could be finished to speak ${name} over (${heard.code}).`;
      return `the connection broke off (${heard.code}).`;
    default:
      return 'the probe was stopped.';
  }
}
