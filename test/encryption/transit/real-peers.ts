import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { vi } from 'vitest';
import { createInFlight } from '../../../src/ingest/limits.ts';
import { listenMllp } from '../../../src/ingest/mllp.ts';
import { accepts } from '../../doubles/tls-stunnel.ts';
import { toolPath } from '../../setup/tools.ts';
import type { KeyPair } from '../../support/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { readHeader } from '../../support/header.ts';
import { recordedAccept } from '../../support/recorded-accept.ts';

interface Peer {
  readonly port: number;
  close(): Promise<void>;
}

/** The receiver of DCMTK, storescp, on a free port, with these options more. */
export async function startReceiver(options: readonly string[]): Promise<Peer> {
  const port = await freePort();
  const child = spawn(toolPath('storescp'), [...options, '--ignore', String(port)], { stdio: 'ignore' });
  await vi.waitUntil(() => accepts(port), { timeout: 10_000 });
  return {
    port,
    close: async () => {
      const ended = once(child, 'close');
      child.kill();
      await ended;
    },
  };
}

/** Our own MLLP listener, and the messages that it took; on a free port of 127.0.0.1, or on this one. */
export async function startMllp(
  tls: Parameters<typeof listenMllp>[0]['tls'] = null,
  { host, port } = { host: '127.0.0.1', port: 0 },
): Promise<Peer & { bodies(): string[] }> {
  const { accept, bodies } = recordedAccept();
  const listener = await listenMllp({
    name: 'mllp',
    host,
    port,
    tls,
    accept,
    peek: readHeader,
    limits: { limit: 1 << 16, hardLimit: 1 << 18 },
    inFlight: createInFlight(1 << 20),
    nackOf: () => 'close',
    report: () => undefined,
    clock: Date.now,
    deadline: 4000,
    idle: 60_000,
  });
  return { port: listener.port, close: () => listener.close(), bodies };
}

/** A server of Node's, over TLS where it has a certificate. */
export async function startHttp(answer: RequestListener, tls: KeyPair | null): Promise<Peer> {
  const server = tls === null ? createHttpServer(answer) : createHttpsServer(tls, answer);
  const { port, close } = await listening(server);
  return {
    port,
    close: () => {
      server.closeAllConnections();
      return close();
    },
  };
}

/** A server on a free port of this machine. */
export async function listening(server: Server): Promise<Peer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
