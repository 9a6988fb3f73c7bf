import type { Socket } from 'node:net';
import { bind } from './bind.ts';
import { type AssociationConnection, type AssociationDeps, serveAssociation } from './dimse-connection.ts';
import { type ServerCertificate, tlsFacts } from './tls.ts';

export interface DimseOptions extends Omit<AssociationDeps, 'protocol'> {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Null: clear text. */
  readonly tls: ServerCertificate | null;
  /** Associations at once. */
  readonly maxAssociations: number;
}

export interface DimseListener {
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;
  /** Takes no more associations or objects, answers what is being stored, resolves when all connections are closed. */
  close(): Promise<void>;
}

/** Connections at once for each association: some are only opening or closing, and those over the limit must be told so. */
const CONNECTIONS_EACH = 4;

/**
 * Listens for DICOM associations, clear or TLS: verification and storage as a provider (PS3.4 annexes A and B). Rejects with
 * `listener.unavailable` when the port cannot be bound or the certificate cannot be used. Refused clients and AE titles are reported
 * as `credentials` events.
 */
export async function listenDimse(options: DimseOptions): Promise<DimseListener> {
  const { host, maxAssociations, report, name } = options;
  const deps: AssociationDeps = { ...options, protocol: options.tls === null ? 'dimse' : 'dimse-tls' };
  const connections = new Map<Socket, AssociationConnection>();
  let associations = 0;

  function admit(): (() => void) | null {
    if (associations >= maxAssociations) return null;
    associations++;
    return () => {
      associations--;
    };
  }

  const { server, port } = await bind(options, (socket, peer, secure) => {
    connections.set(socket, serveAssociation(socket, peer, secure === null ? null : tlsFacts(secure), admit, deps));
    socket.once('close', () => connections.delete(socket));
  });
  server.maxConnections = maxAssociations * CONNECTIONS_EACH;
  server.on('drop', (drop) =>
    report({ kind: 'shed', listener: name, address: drop?.remoteAddress ?? 'unknown', code: 'ingest.overloaded' }),
  );

  return {
    host,
    port,
    async close() {
      const closed = [...connections.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      closed.push(new Promise((resolve) => server.close(resolve)));
      for (const connection of connections.values()) connection.close();
      await Promise.all(closed);
    },
  };
}
