import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type AckHeader, acksFor, type ComposeAck, createAckComposer } from './ack.ts';
import { createIntake, overloaded } from './intake.ts';
import type { Collected } from './keep.ts';
import { binary, messageHeadersSchema, optional, refused } from './openapi.ts';
import { chunksOf, fromSender, handOver, type RequestDeps, type Sender } from './request.ts';
import { mountStow, type PeekDicom } from './stow.ts';

export interface IngestAppDeps extends RequestDeps {
  readonly peek: (bytes: Uint8Array) => AckHeader;
  readonly peekDicom: PeekDicom;
}

export const ER7 = 'x-application/hl7-v2+er7';

const Accepted = z
  .object({
    id: z.string().openapi({ description: 'UUIDv7 of the message; for a duplicate, of the one that came first.' }),
    duplicate: z.boolean(),
    quarantined: z.boolean().openapi({ description: 'No format could read it. It is kept, scanned as raw bytes and shown.' }),
  })
  .openapi('Accepted');

const postMessage = createRoute({
  method: 'post',
  path: '/v1/messages',
  summary: 'Hand over a copy of a message',
  description:
    'Answers after the message is durable. The bytes decide what it is; the content type is a hint. What is malformed is accepted and quarantined, never refused; what is over the limit is kept up to it, counted and digested. Pixel data of DICOM objects is counted and digested only.',
  security: [{ bearer: [] }, { basic: [] }],
  request: {
    headers: messageHeadersSchema.extend({ Accept: optional(`\`${ER7}\` asks for an HL7 acknowledgment as the answer.`) }),
    body: { content: { [ER7]: binary, 'text/plain': binary, 'application/dicom': binary, 'application/octet-stream': binary } },
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

/** Where an Orthanc sends instances for which Cordon is one of its peers. */
const postInstance = createRoute({
  method: 'post',
  path: '/instances',
  summary: 'Hand over a DICOM instance, as to a peer of Orthanc',
  description: 'The same as POST /v1/messages. Orthanc calls what it sends a form; the bytes decide.',
  security: postMessage.security,
  request: { headers: messageHeadersSchema, body: { content: { 'application/dicom': binary } } },
  responses: postMessage.responses,
});

/** The routes that take messages: `POST /v1/messages` and `/instances`, STOW-RS. To be mounted beside the others at `/`. */
export function createIngestApp(deps: IngestAppDeps): OpenAPIHono {
  const app = new OpenAPIHono();
  const compose = createAckComposer(deps.clock);
  for (const route of [postMessage, postInstance])
    app.openapi(route, (c) => fromSender(c, deps, (sender) => take(c, deps, compose, sender)));
  mountStow(app, deps);
  return app;
}

async function take(c: Context, deps: IngestAppDeps, compose: ComposeAck, sender: Sender): Promise<Response> {
  const { idempotencyKey, problems } = sender.headers;
  const body = await readBody(c.req.raw.body, deps);
  const receipt = await handOver(body, { idempotencyKey, whole: true, problems }, sender, deps);
  const headers = { Location: `/v1/messages/${receipt.id}` };
  if (!(c.req.header('Accept') ?? '').toLowerCase().includes(ER7)) return c.json(receipt, 202, headers);
  const header = deps.peek(body.bytes);
  // One request has one answer: the first that the message asks for.
  const ack = compose(acksFor(header)[0] ?? 'AA', header);
  return c.body(Uint8Array.from(ack), 202, { ...headers, 'Content-Type': ER7 });
}

/** Reads the stream to its end whatever Content-Length says; what is kept is accounted for and is the caller's to give back. */
async function readBody(stream: ReadableStream<Uint8Array> | null, deps: IngestAppDeps): Promise<Collected> {
  const intake = createIntake(deps);
  try {
    for await (const chunk of chunksOf(stream)) if (!intake.add(chunk)) throw overloaded();
  } catch (error) {
    intake.drop();
    throw error;
  }
  return intake.take();
}
