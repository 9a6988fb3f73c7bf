import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { Fact } from '../../core/evidence.ts';
import { converse, type Heard } from './converse.ts';
import type { Dialogue } from './dialogue.ts';
import type { Address } from './exchange.ts';

/** How a full handshake without a client certificate ended. */
export interface Handshake {
  /** DER, leaf first; empty where it did not come so far. */
  readonly certificates: readonly Buffer[];
  /**
   * `open`: the server went on without a certificate; `refused`: it said that it wants one; `closed`: it ended without saying why;
   * `failed`: no handshake for another reason, or no answer.
   */
  readonly end: 'open' | 'refused' | 'closed' | 'failed';
}

/** After TLS 1.3's handshake the refusal comes when the server has read ours: no word within this many milliseconds is none. */
const LINGER = 800;
const MAX_CHAIN = 16;

/** What OpenSSL calls the alerts by which a server turns away a client that showed no certificate. */
const REFUSALS = new Set([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_NO_CERTIFICATE',
]);

/**
 * One handshake by node:tls: the only way to TLS 1.3's certificate, which is ciphertext to a probe. Verifies nothing (the caller judges)
 * and sends no application data. Never rejects.
 */
export async function fullHandshake(
  address: Address,
  serverName: string | null,
  timeout: number,
  signal: AbortSignal,
): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = open(address, serverName, null);
    let certificates: readonly Buffer[] = [];
    const finish = (end: Handshake['end']): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve({ certificates, end });
    };
    const stop = (): void => finish('failed');
    let timer = setTimeout(stop, timeout);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('secureConnect', () => {
      certificates = chainOf(socket);
      clearTimeout(timer);
      timer = setTimeout(() => finish('open'), LINGER);
    });
    socket.once('data', () => finish('open'));
    socket.once('end', () => finish(certificates.length > 0 ? 'closed' : 'failed'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (REFUSALS.has(error.code ?? '')) finish('refused');
      else finish(certificates.length > 0 ? 'closed' : 'failed');
    });
  });
}

/** A client's certificate and key, PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A conversation over TLS. */
export interface TlsConversation {
  readonly heard: Heard;
  /** Version, suite and group of the session; empty where none was made. */
  readonly session: Readonly<Record<string, Fact>>;
}

/**
 * A full handshake by node:tls, then a dialogue over it. Nothing is verified and nothing secret is sent. `timeout` in milliseconds bounds the
 * whole. Never rejects.
 */
export async function converseOverTls(
  address: Address,
  serverName: string | null,
  client: ClientCertificate | null,
  dialogue: Dialogue,
  timeout: number,
  signal: AbortSignal,
): Promise<TlsConversation> {
  const socket = open(address, serverName, client);
  let session: TlsConversation['session'] = {};
  socket.once('secureConnect', () => {
    const ephemeral = socket.getEphemeralKeyInfo();
    const group = ephemeral !== null && 'name' in ephemeral && typeof ephemeral.name === 'string' ? ephemeral.name : null;
    session = { version: socket.getProtocol() ?? 'unknown', suite: socket.getCipher().standardName, group };
  });
  const heard = await converse(socket, 'secureConnect', dialogue, timeout, signal);
  return { heard, session };
}

function open({ host, port }: Address, serverName: string | null, client: ClientCertificate | null): TLSSocket {
  return connect({
    host,
    port,
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    // Certificates that are too weak have to be seen, too.
    ciphers: 'ALL:@SECLEVEL=0',
    ...(serverName === null || isIP(serverName) !== 0 ? {} : { servername: serverName }),
    ...client,
  });
}

function chainOf(socket: TLSSocket): Buffer[] {
  const chain: Buffer[] = [];
  let certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (certificate !== undefined && chain.length < MAX_CHAIN) {
    chain.push(certificate.raw);
    certificate = certificate.issuerCertificate;
  }
  return chain;
}
