import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Peer } from '../core/provenance.ts';
import { createAckComposer } from './ack.ts';
import type { Connection, ConnectionDeps } from './mllp-connection.ts';
import { serveConnection } from './mllp-connection.ts';
import { certificateSubject, handshakeRefusal, refusal, type ServerCertificate, tlsFacts, tlsOptions } from './tls.ts';

export interface MllpOptions extends Omit<ConnectionDeps, 'protocol' | 'compose'> {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Null: clear text. */
  readonly tls: ServerCertificate | null;
}

export interface MllpListener {
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;
  /** Takes no more connections or messages, answers what was read, resolves when all connections are closed. */
  close(): Promise<void>;
}

/** `10.0.0.7`, also where the system says `::ffff:10.0.0.7`. */
export function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}

/**
 * Listens for HL7 v2 over MLLP, clear or TLS. Rejects with `listener.unavailable` when the port cannot be bound or the certificate
 * cannot be used. Refused clients are reported as `credentials` events; nothing of what they sent is read.
 */
export async function listenMllp(options: MllpOptions): Promise<MllpListener> {
  const { name, host, tls, report } = options;
  const deps: ConnectionDeps = {
    ...options,
    protocol: tls === null ? 'mllp' : 'mllp-tls',
    compose: createAckComposer(options.clock),
  };
  const connections = new Map<Socket, Connection>();

  function serve(socket: Socket, secure: TLSSocket | null): void {
    const address = plainAddress(socket.remoteAddress);
    const peer: Peer = { address, certificate: secure === null ? null : certificateSubject(secure), apiKey: null };
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    connections.set(socket, serveConnection(socket, peer, secure === null ? null : tlsFacts(secure), deps));
    socket.once('close', () => connections.delete(socket));
  }

  const server =
    tls === null ? createTcpServer({ allowHalfOpen: true }, (socket) => serve(socket, null)) : secureServer(tls, options, serve);
  const port = await listen(server, options);
  server.on('error', (error) => report({ kind: 'connection', listener: name, address: host, code: reasonOf(error) }));

  return {
    host,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections.values()) connection.close();
      }),
  };
}

function secureServer(
  tls: ServerCertificate,
  { name, report, host, port }: MllpOptions,
  serve: (socket: Socket, secure: TLSSocket) => void,
): Server {
  try {
    const server = createTlsServer(tlsOptions(tls), (socket) => {
      // Only now: a half-open socket that breaks off in the handshake would linger until its timeout.
      socket.allowHalfOpen = true;
      const reason = refusal(socket, tls);
      if (reason === null) return serve(socket, socket);
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

function listen(server: Server, { name, host, port }: MllpOptions): Promise<number> {
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
