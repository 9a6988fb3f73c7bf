import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Config } from './config.ts';
import { dimseListeners, mllpListeners, type TlsFiles, tlsFiles } from './config-listeners.ts';
import { CordonError, reasonOf } from './core/errors.ts';
import type { Peer } from './core/provenance.ts';
import { listenDimse } from './ingest/dimse.ts';
import { listenMllp, type MllpOptions } from './ingest/mllp.ts';
import type { Nack } from './ingest/mllp-connection.ts';
import { type ServerCertificate, tlsOptions } from './ingest/tls.ts';
import { matchesSource } from './source-answer.ts';

/** A listener that is bound. */
export interface Listening {
  readonly listener: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];
type Shared = Pick<MllpOptions, 'accept' | 'peek' | 'limits' | 'inFlight' | 'report' | 'clock'>;

/**
 * Binds the HTTP listener, and those that take messages where there is an `accept` for them; when one cannot be bound, those that were are
 * closed again. Throws `listener.unavailable`.
 */
export async function openListeners(config: Config, shared: Shared | null, fetch: Fetch): Promise<Listening[]> {
  const open: Listening[] = [];
  try {
    open.push(await listenHttp(config, fetch));
    if (shared === null) return open;
    for (const options of mllpListeners(config)) {
      const { name } = options;
      const listener = await listenMllp({
        ...shared,
        ...options,
        tls: readTls(options.tls),
        deadline: config.ackDeadline,
        idle: config.idle,
        nackOf: (peer) => nackOf(config, name, peer),
      });
      open.push({ listener: name, host: listener.host, port: listener.port, close: listener.close });
    }
    for (const options of dimseListeners(config)) {
      const { callingAEs, calledAEs, maxAssociations, maxObjects } = config.dimse;
      const listener = await listenDimse({
        ...shared,
        ...options,
        tls: readTls(options.tls),
        deadline: config.ackDeadline,
        idle: config.idle,
        callingAEs,
        calledAEs,
        maxAssociations,
        maxObjects,
      });
      open.push({ listener: options.name, host: listener.host, port: listener.port, close: listener.close });
    }
    return open;
  } catch (error) {
    await Promise.all(open.map((listener) => listener.close()));
    throw error;
  }
}

function readTls(files: TlsFiles | null): ServerCertificate | null {
  if (files === null) return null;
  return {
    cert: readPem(files.certificate),
    key: readPem(files.key),
    clientAuthorities: files.ca === null ? null : readPem(files.ca),
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CordonError('config.invalid', `${path}: the PEM file cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/** The first source of the configuration that fits says how a sender is told that nothing could be stored. */
function nackOf(config: Config, listener: string, peer: Peer): Nack {
  return config.sources.find((source) => matchesSource(source, listener, peer))?.nack ?? config.nack;
}

/** A study of gigabytes over a slow line takes longer than the five minutes that Node gives a request; what counts is that it goes on. */
const SLOWLY = { requestTimeout: 0 };
/** Milliseconds without a byte after which an HTTP connection is closed. */
const STALLED = 120_000;

async function listenHttp({ host, http }: Config, fetch: Fetch): Promise<Listening> {
  const tls = readTls(tlsFiles(http));
  const server =
    tls === null
      ? createAdaptorServer({ fetch, serverOptions: SLOWLY })
      : createAdaptorServer({ fetch, createServer: createHttpsServer, serverOptions: { ...tlsOptions(tls), ...SLOWLY } });
  server.setTimeout(STALLED);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new CordonError('listener.unavailable', `http cannot listen on ${host}:${http.port}: ${reasonOf(error)}`, {
          cause: error,
        }),
      ),
    );
    server.listen(http.port, host, () => resolve());
  });
  server.removeAllListeners('error');
  return {
    listener: 'http',
    host,
    port: portOf(server.address(), http.port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null, otherwise: number): number {
  return typeof address === 'object' && address !== null ? address.port : otherwise;
}
