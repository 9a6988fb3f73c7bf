import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Peer } from '../core/provenance.ts';
import type { Report } from './events.ts';
import { certificateSubject, handshakeRefusal, refusal, type ServerCertificate, tlsOptions } from './tls.ts';

export interface BindOptions {
  /** The listener's name. */
  readonly name: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Null: clear text. */
  readonly tls: ServerCertificate | null;
  readonly report: Report;
}

export interface Bound {
  readonly server: Server;
  /** The port it listens on. */
  readonly port: number;
}

/** `secure` is the same socket where the listener speaks TLS. Nothing was read from it yet; it may be half open. */
export type Serve = (socket: Socket, peer: Peer, secure: TLSSocket | null) => void;

/** `10.0.0.7`, also where the system says `::ffff:10.0.0.7`. */
export function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}

/**
 * Listens for connections, clear or TLS, and hands over those that may come in. Refused clients are reported as `credentials`
 * events; nothing of what they sent is read. Rejects with `listener.unavailable` when the port cannot be bound or the certificate
 * cannot be used.
 */
export async function bind(options: BindOptions, serve: Serve): Promise<Bound> {
  const { name, host, tls, report } = options;

  function begin(socket: Socket, secure: TLSSocket | null): void {
    const certificate = secure === null ? null : certificateSubject(secure);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    serve(socket, { address: plainAddress(socket.remoteAddress), certificate, apiKey: null }, secure);
  }

  const server =
    tls === null
      ? createTcpServer({ allowHalfOpen: true }, (socket) => begin(socket, null))
      : secureServer(tls, options, (socket) => begin(socket, socket));
  const port = await listen(server, options);
  server.on('error', (error) => report({ kind: 'connection', listener: name, address: host, code: reasonOf(error) }));
  return { server, port };
}

function secureServer(
  tls: ServerCertificate,
  { name, report, host, port }: BindOptions,
  begin: (socket: TLSSocket) => void,
): Server {
  try {
    const server = createTlsServer(tlsOptions(tls), (socket) => {
      // Only now: a half-open socket that breaks off in the handshake would linger until its timeout.
      socket.allowHalfOpen = true;
      const reason = refusal(socket, tls);
      if (reason === null) return begin(socket);
      report({ kind: 'credentials', listener: name, address: plainAddress(socket.remoteAddress), reason });
      socket.on('error', () => socket.destroy());
      socket.destroy();
    });
    server.on('tlsClientError', (error, socket) => {
      const address = plainAddress(socket.remoteAddress);
      const reason = handshakeRefusal(error);
      if (reason !== null) report({ kind: 'credentials', listener: name, address, reason });
      else report({ kind: 'connection', listener: name, address, code: 'code' in error ? String(error.code) : 'unknown' });
      socket.destroy();
    });
    return server;
  } catch (error) {
    throw new CordonError(
      'listener.unavailable',
      `${name} on ${host}:${port}: the certificate or key cannot be used: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

function listen(server: Server, { name, host, port }: BindOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new CordonError('listener.unavailable', `${name} cannot listen on ${host}:${port}: ${reasonOf(error)}`, { cause: error }),
      ),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
