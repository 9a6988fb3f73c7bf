import type { Socket } from 'node:net';
import { createAckComposer } from './ack.ts';
import { bind } from './bind.ts';
import type { Connection, ConnectionDeps } from './mllp-connection.ts';
import { serveConnection } from './mllp-connection.ts';
import { type ServerCertificate, tlsFacts } from './tls.ts';

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

/**
 * Listens for HL7 v2 over MLLP, clear or TLS. Rejects with `listener.unavailable` when the port cannot be bound or the certificate
 * cannot be used. Refused clients are reported as `credentials` events; nothing of what they sent is read.
 */
export async function listenMllp(options: MllpOptions): Promise<MllpListener> {
  const deps: ConnectionDeps = {
    ...options,
    protocol: options.tls === null ? 'mllp' : 'mllp-tls',
    compose: createAckComposer(options.clock),
  };
  const connections = new Map<Socket, Connection>();
  const { server, port } = await bind(options, (socket, peer, secure) => {
    connections.set(socket, serveConnection(socket, peer, secure === null ? null : tlsFacts(secure), deps));
    socket.once('close', () => connections.delete(socket));
  });
  return {
    host: options.host,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections.values()) connection.close();
      }),
  };
}
