import { getConnInfo } from '@hono/node-server/conninfo';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Registry } from 'prom-client';
import type { Clock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { Accept, Receipt } from '../core/provenance.ts';
import { type AckHeader, acksFor, type ComposeAck, createAckComposer } from './ack.ts';
import { plainAddress } from './bind.ts';
import { createCollector } from './collect.ts';
import type { Report } from './events.ts';
import { messageHeaders } from './headers.ts';
import type { Collected } from './keep.ts';
import { presentedKey } from './keys.ts';
import type { InFlight, Limits } from './limits.ts';

export interface IngestAppDeps {
  /** The listener's name. */
  readonly name: string;
  readonly accept: Accept;
  readonly peek: (bytes: Uint8Array) => AckHeader;
  /** Made by `createKeyCheck`; throws a transient CordonError when the ledger cannot say. */
  readonly checkKey: (presented: string) => Promise<{ readonly id: string; readonly scope: string } | null>;
  readonly limits: Limits;
  readonly inFlight: InFlight;
  readonly report: Report;
  readonly clock: Clock;
  /** Milliseconds from the last byte of a message to its answer; past it the sender is asked to come again. */
  readonly deadline: number;
  /** Resolves when messages can be committed; rejects with why not. */
  readonly ready: () => Promise<void>;
  readonly registry: Registry;
}

export const ER7 = 'x-application/hl7-v2+er7';

/** Seconds that a sender is asked to wait. */
const RETRY_AFTER = '5';

const Refusal = z.object({ code: z.string(), message: z.string() }).openapi('Refusal');
const Accepted = z
  .object({
    id: z.string().openapi({ description: 'UUIDv7 of the message; for a duplicate, of the one that came first.' }),
    duplicate: z.boolean(),
    quarantined: z.boolean().openapi({ description: 'No format could read it. It is kept, scanned as raw bytes and shown.' }),
  })
  .openapi('Accepted');

const optional = (description: string) => z.string().optional().openapi({ description });
const binary = { schema: { type: 'string', format: 'binary' } } as const;
const refused = (description: string) => ({ description, content: { 'application/json': { schema: Refusal } } });

/** Headers are described here and checked by `messageHeaders`, which never refuses. */
const postMessage = createRoute({
  method: 'post',
  path: '/v1/messages',
  summary: 'Hand over a copy of a message',
  description:
    'Answers after the message is durable. The bytes decide what it is; the content type is a hint. What is malformed is accepted and quarantined, never refused; what is over the limit is kept up to it, counted and digested.',
  security: [{ bearer: [] }, { basic: [] }],
  request: {
    headers: z.object({
      'Idempotency-Key': optional('The same key and body from the same sender is stored once.'),
      'Cordon-Flow': optional('The flow this is a copy of.'),
      'Cordon-Source': optional('The system that sent the original.'),
      'Cordon-Destination': optional('The system the original went to.'),
      'Cordon-Observed-At': optional('When the engine sent the original, RFC 3339.'),
      'Cordon-Leg': optional('What the engine claims of the real leg: `tls=1.2; cipher=…`.'),
      Accept: optional(`\`${ER7}\` asks for an HL7 acknowledgment as the answer.`),
    }),
    body: { content: { [ER7]: binary, 'text/plain': binary, 'application/octet-stream': binary } },
  },
  responses: {
    202: {
      description: 'Durable. Location names the message.',
      content: { 'application/json': { schema: Accepted }, [ER7]: binary },
    },
    401: refused('No key, or a wrong one. An alert is raised.'),
    403: refused('The key may not hand over messages.'),
    503: refused('Nothing durable happened: come again after Retry-After seconds.'),
  },
});

const Health = z.object({ status: z.string() }).openapi('Health');
const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the process answers',
  responses: { 200: { description: 'It does.', content: { 'application/json': { schema: Health } } } },
});
const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether messages can be committed',
  responses: {
    200: { description: 'They can.', content: { 'application/json': { schema: Health } } },
    503: refused('They cannot, and why.'),
  },
});
const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Counters for Prometheus',
  responses: { 200: { description: 'Text exposition format.', content: { 'text/plain': { schema: z.string() } } } },
});

/** The HTTP listener's routes: `POST /v1/messages`, `/healthz`, `/readyz`, `/metrics`. To be mounted beside the others at `/`. */
export function createIngestApp(deps: IngestAppDeps): OpenAPIHono {
  const app = new OpenAPIHono();
  const compose = createAckComposer(deps.clock);
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: 'Any user name; the key as password.',
  });
  app.openapi(postMessage, (c) => receive(c, deps, compose));
  app.openapi(healthz, (c) => c.json({ status: 'ok' }, 200));
  app.openapi(readyz, async (c) => {
    try {
      await deps.ready();
      return c.json({ status: 'ready' }, 200);
    } catch (error) {
      return c.json(error instanceof CordonError ? { code: error.code, message: error.message } : UNAVAILABLE, 503);
    }
  });
  app.openapi(metrics, async (c) => c.text(await deps.registry.metrics(), 200, { 'Content-Type': deps.registry.contentType }));
  return app;
}

const UNAVAILABLE = { code: 'ledger.unavailable', message: 'nothing was stored; come again' };

async function receive(c: Context, deps: IngestAppDeps, compose: ComposeAck): Promise<Response> {
  const address = plainAddress(getConnInfo(c).remote.address);
  const at = { listener: deps.name, address };
  const unavailable = (error: unknown): Response => {
    const known = error instanceof CordonError ? { code: error.code, message: error.message } : UNAVAILABLE;
    deps.report({ kind: 'shed', ...at, code: known.code });
    return c.json(known, 503, { 'Retry-After': RETRY_AFTER });
  };

  const presented = presentedKey(c.req.header('Authorization'));
  try {
    const key = presented === null ? null : await deps.checkKey(presented);
    if (key === null) {
      deps.report({ kind: 'credentials', ...at, reason: presented === null ? 'no-key' : 'wrong-key' });
      const message =
        'send a key made by `cordon keys create --name NAME` as `Authorization: Bearer KEY`, or as the password of Basic';
      return c.json({ code: 'credentials', message }, 401, { 'WWW-Authenticate': 'Bearer realm="cordon", Basic realm="cordon"' });
    }
    if (key.scope !== 'ingest') {
      deps.report({ kind: 'credentials', ...at, reason: 'wrong-scope' });
      return c.json(
        { code: 'credentials', message: `this key is for scope ${key.scope}; messages need one of scope ingest` },
        403,
      );
    }
    return await take(c, deps, compose, { address, certificate: null, apiKey: key.id });
  } catch (error) {
    return unavailable(error);
  }
}

async function take(
  c: Context,
  deps: IngestAppDeps,
  compose: ComposeAck,
  peer: { address: string; certificate: null; apiKey: string },
): Promise<Response> {
  const { inFlight } = deps;
  const body = await readBody(c.req.raw.body, deps);
  const since = performance.now();
  const { claims, idempotencyKey, problems } = messageHeaders((name) => c.req.header(name));
  const provenance = { listener: deps.name, protocol: 'http', peer, tls: null, claims, receivedAt: deps.clock() } as const;
  const accepted = deps.accept({ ...body, idempotencyKey, whole: true, problems }, provenance);
  const settled = accepted.finally(() => inFlight.give(body.bytes.length));
  const receipt = await inTime(settled, deps.deadline);
  const seconds = (performance.now() - since) / 1000;
  deps.report({
    kind: 'accepted',
    listener: deps.name,
    bytes: body.total,
    duplicate: receipt.duplicate,
    quarantined: receipt.quarantined,
    seconds,
  });
  const headers = { Location: `/v1/messages/${receipt.id}` };
  if (!(c.req.header('Accept') ?? '').toLowerCase().includes(ER7)) return c.json(receipt, 202, headers);
  const header = deps.peek(body.bytes);
  // One request has one answer: the first that the message asks for.
  const ack = compose(acksFor(header)[0] ?? 'AA', header);
  return c.body(Uint8Array.from(ack), 202, { ...headers, 'Content-Type': ER7 });
}

/** Reads the stream to its end whatever Content-Length says; what is kept is accounted in `inFlight` and is the caller's to give back. */
async function readBody(stream: ReadableStream<Uint8Array> | null, { limits, inFlight }: IngestAppDeps): Promise<Collected> {
  const body = createCollector(limits);
  let taken = 0;
  try {
    for await (const chunk of stream ?? []) {
      body.add(chunk);
      if (!inFlight.take(body.held - taken)) {
        throw new CordonError(
          'ingest.overloaded',
          'too many bytes of messages are in flight; come again, or raise the in-flight limit',
        );
      }
      taken = body.held;
    }
    return body.take();
  } catch (error) {
    inFlight.give(taken);
    if (error instanceof CordonError) throw error;
    throw new CordonError('ingest.aborted', 'the request broke off before its end', { cause: error });
  }
}

function inTime(receipt: Promise<Receipt>, deadline: number): Promise<Receipt> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CordonError('ingest.late', 'the ledger took too long; come again')), deadline);
    receipt.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
