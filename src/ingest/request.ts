import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { Accept, Incoming, Provenance, Receipt, TlsFacts } from '../core/provenance.ts';
import type { Problem } from '../core/vocabulary.ts';
import { plainAddress } from './bind.ts';
import type { Report } from './events.ts';
import { type MessageHeaders, messageHeaders } from './headers.ts';
import type { Collected } from './keep.ts';
import { presentedKey } from './keys.ts';
import type { InFlight, Limits } from './limits.ts';
import { readOnce } from './read-once.ts';
import { tlsFacts } from './tls.ts';

/** What every route needs that takes messages. */
export interface RequestDeps {
  /** The listener's name. */
  readonly name: string;
  readonly accept: Accept;
  /** Made by `createKeyCheck`; throws a transient CordonError when the ledger cannot say. */
  readonly checkKey: (presented: string) => Promise<{ readonly id: string; readonly scope: string } | null>;
  readonly limits: Limits;
  readonly inFlight: InFlight;
  readonly report: Report;
  readonly clock: Clock;
  /** Milliseconds from the last byte of a message to its answer; past it the sender is asked to come again. */
  readonly deadline: number;
}

/** Seconds that a sender is asked to wait. */
export const RETRY_AFTER = '5';

export const UNAVAILABLE = { code: 'ledger.unavailable', message: 'nothing was stored; come again' };

/** A request with a good key. */
export interface Sender {
  readonly address: string;
  readonly tls: TlsFacts | null;
  readonly apiKey: string;
  readonly headers: MessageHeaders;
}

/**
 * Answers a request that brings messages: 401 or 403 without a key of scope ingest (an alert is raised), 503 for whatever `take`
 * throws, since nothing durable happened then, and what `take` answers otherwise.
 */
export async function fromSender(c: Context, deps: RequestDeps, take: (sender: Sender) => Promise<Response>): Promise<Response> {
  const address = plainAddress(getConnInfo(c).remote.address);
  const at = { listener: deps.name, address };
  try {
    const presented = presentedKey(c.req.header('Authorization'));
    const key = presented === null ? null : await deps.checkKey(presented);
    if (key === null) {
      deps.report({ kind: 'credentials', ...at, reason: presented === null ? 'no-key' : 'wrong-key' });
      const message =
        'send a key made by `cordon keys create --name NAME` as `Authorization: Bearer KEY`, or as the password of Basic';
      return c.json({ code: 'credentials', message }, 401, { 'WWW-Authenticate': 'Bearer realm="cordon", Basic realm="cordon"' });
    }
    if (key.scope !== 'ingest') {
      deps.report({ kind: 'credentials', ...at, reason: 'wrong-scope' });
      const message = `this key is for scope ${key.scope}; messages need one of scope ingest`;
      return c.json({ code: 'credentials', message }, 403);
    }
    return await take({ address, tls: tlsOf(c), apiKey: key.id, headers: messageHeaders((name) => c.req.header(name)) });
  } catch (error) {
    const known = error instanceof CordonError ? { code: error.code, message: error.message } : UNAVAILABLE;
    deps.report({ kind: 'shed', ...at, code: known.code });
    return c.json(known, 503, { 'Retry-After': RETRY_AFTER });
  }
}

/** A connection brings many requests, and its certificates are parsed. */
const factsOf = readOnce(tlsFacts);
const Bindings = z.object({ incoming: z.object({ socket: z.instanceof(Socket) }) });

/** Null over clear HTTP. */
function tlsOf(c: Context): TlsFacts | null {
  const { socket } = Bindings.parse(c.env).incoming;
  return socket instanceof TLSSocket ? factsOf(socket) : null;
}

/** The chunks of a request's body. Throws `ingest.aborted` when the request breaks off before its end. */
export async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  const next = () =>
    reader.read().catch((error: unknown) => {
      throw new CordonError('ingest.aborted', 'the request broke off before its end', { cause: error });
    });
  for (;;) {
    const { done, value } = await next();
    if (done) return;
    let read = false;
    try {
      yield value;
      read = true;
    } finally {
      // Whoever reads has had enough: the sender may stop.
      if (!read) await reader.cancel();
    }
  }
}

/** What a message has beside its bytes. */
export type Particulars = Pick<Incoming, 'idempotencyKey' | 'whole'> & { readonly problems: readonly Problem[] };

/**
 * Has one message accepted, in time. What it holds in flight is given back once the ledger is done with it, however late. Throws as
 * `accept` does, and `ingest.late`.
 */
export async function handOver(body: Collected, more: Particulars, sender: Sender, deps: RequestDeps): Promise<Receipt> {
  const since = performance.now();
  const provenance: Provenance = {
    listener: deps.name,
    protocol: 'http',
    peer: { address: sender.address, certificate: null, apiKey: sender.apiKey },
    tls: sender.tls,
    claims: sender.headers.claims,
    receivedAt: deps.clock(),
  };
  const settled = deps.accept({ ...body, ...more }, provenance).finally(() => deps.inFlight.give(body.bytes.length));
  const { duplicate, quarantined, id } = await inTime(settled, deps.deadline);
  const seconds = (performance.now() - since) / 1000;
  deps.report({ kind: 'accepted', listener: deps.name, bytes: body.total, duplicate, quarantined, seconds });
  return { id, duplicate, quarantined };
}

function inTime(receipt: Promise<Receipt>, deadline: number): Promise<Receipt> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CordonError('ingest.late', 'the ledger took too long; come again')), deadline);
    receipt.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
