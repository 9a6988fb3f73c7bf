import { setTimeout as sleep } from 'node:timers/promises';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CordonError } from '../core/errors.ts';
import { createIntake, type Intake } from './intake.ts';
import { boundaryOf, createMultipartReader, type MultipartEvent } from './multipart.ts';
import { binary, messageHeadersSchema, refused } from './openapi.ts';
import { chunksOf, fromSender, handOver, RETRY_AFTER, type RequestDeps, type Sender, UNAVAILABLE } from './request.ts';
import { type Outcome, type Sop, StoreResponse, storeResponse } from './stow-answer.ts';

/** Reads an instance's own names from its first bytes; null where they are no DICOM. */
export type PeekDicom = (bytes: Uint8Array) => Sop | null;

export type StowDeps = RequestDeps & { readonly peekDicom: PeekDicom };

const DICOM_JSON = 'application/dicom+json';

const route = <Path extends string>(path: Path, study: boolean) =>
  createRoute({
    method: 'post',
    path,
    summary: study ? 'Store instances of a study (STOW-RS)' : 'Store instances (STOW-RS)',
    description:
      'PS3.18 §10.5. Each part is one message. What is malformed is stored and quarantined, never refused. Pixel data is counted and digested only. The answer is DICOM JSON whatever Accept asks for.',
    security: [{ bearer: [] }, { basic: [] }],
    request: {
      ...(study ? { params: z.object({ study: z.string() }) } : {}),
      headers: messageHeadersSchema,
      body: { content: { 'multipart/related': binary, 'application/dicom': binary } },
    },
    responses: {
      200: { description: 'All are durable.', content: { [DICOM_JSON]: { schema: StoreResponse } } },
      202: {
        description: 'Some are durable; the others are to come again.',
        content: { [DICOM_JSON]: { schema: StoreResponse } },
      },
      400: refused('No multipart with a boundary and no application/dicom, or nothing in it.'),
      401: refused('No key, or a wrong one. An alert is raised.'),
      403: refused('The key may not hand over messages.'),
      503: {
        description: 'None is durable: come again after Retry-After seconds.',
        content: { [DICOM_JSON]: { schema: StoreResponse } },
      },
    },
  });

/**
 * `POST /v1/dicom-web/studies` and `/v1/dicom-web/studies/{study}` (PS3.18 §10.5). Cordon keeps a copy and is no archive, so an
 * instance of another study than the path says is stored too.
 *
 * An instance that cannot be read is durable, quarantined, and listed among those that were stored, with empty UIDs: a sender that
 * was told of a failure would send it again for ever. What is listed as failed had no room or no ledger, and is worth sending again.
 */
export function mountStow(app: OpenAPIHono, deps: StowDeps): void {
  const answer = (c: Context): Promise<Response> => fromSender(c, deps, (sender) => store(c, deps, sender));
  for (const described of [route('/v1/dicom-web/studies', false), route('/v1/dicom-web/studies/{study}', true)]) {
    app.openAPIRegistry.registerPath(described);
    app.post(described.getRoutingPath(), answer);
  }
}

async function store(c: Context, deps: StowDeps, sender: Sender): Promise<Response> {
  const type = c.req.header('Content-Type') ?? '';
  const boundary = boundaryOf(type);
  if (boundary === null && !/^\s*application\/dicom\s*(;|$)/i.test(type)) {
    const message = 'send multipart/related; type="application/dicom"; boundary=…, or one instance as application/dicom';
    return c.json({ code: 'request.invalid', message }, 400);
  }
  const parts = createParts(deps, sender);
  try {
    for await (const event of eventsOf(c.req.raw.body, boundary)) await parts.take(event);
  } catch (error) {
    parts.drop();
    throw error;
  }
  if (parts.outcomes.length === 0) {
    return c.json({ code: 'request.invalid', message: 'the request has no part: there was nothing to store' }, 400);
  }
  const { status, body } = storeResponse(parts.outcomes);
  const headers = { 'Content-Type': DICOM_JSON, ...(status === 503 ? { 'Retry-After': RETRY_AFTER } : {}) };
  return c.body(JSON.stringify(body), status, headers);
}

/** The parts of a multipart body; a body without boundary is one part. */
async function* eventsOf(body: ReadableStream<Uint8Array> | null, boundary: string | null): AsyncGenerator<MultipartEvent> {
  if (boundary !== null) {
    const reader = createMultipartReader(boundary);
    for await (const chunk of chunksOf(body)) yield* reader.push(chunk);
    yield* reader.finish();
    return;
  }
  let chunks = 0;
  for await (const bytes of chunksOf(body)) {
    if (chunks === 0) yield { kind: 'start' };
    chunks++;
    yield { kind: 'data', bytes };
  }
  if (chunks > 0) yield { kind: 'end', whole: true };
}

interface Parts {
  take(event: MultipartEvent): Promise<void>;
  /** Lets go of the part that is under way. */
  drop(): void;
  readonly outcomes: readonly Outcome[];
}

/** An instance's UIDs are at its start; no more is held of one that is not going to be stored. */
const HEAD = { limit: 64 * 1024, hardLimit: 64 * 1024 };

/**
 * Has the parts of a request accepted, one after the other: the next is read when the one before is durable, and nothing is read
 * while there is no room in flight. Once the ledger failed, the rest is read for its UIDs alone.
 */
function createParts(deps: StowDeps, sender: Sender): Parts {
  const outcomes: Outcome[] = [];
  let part: Intake | null = null;
  /** Why this part is not going to be stored, and why nothing is from here on. */
  let full: string | null = null;
  let away: string | null = null;

  async function add(intake: Intake, bytes: Uint8Array): Promise<void> {
    if (full !== null || intake.add(bytes) || away !== null || (await roomFor(intake, deps.deadline))) return;
    full = 'ingest.overloaded';
  }

  /** A header names one message; the key of a request stands for its first part, and numbered for the others. */
  function keyOf(number: number): string | null {
    const { idempotencyKey } = sender.headers;
    return idempotencyKey === null || number === 1 ? idempotencyKey : `${idempotencyKey}#${number}`;
  }

  async function end(intake: Intake, whole: boolean): Promise<void> {
    const sop = deps.peekDicom(intake.kept) ?? { sopClass: '', sopInstance: '' };
    const code = full ?? away ?? (await stored(intake, whole));
    if (code !== null) {
      intake.drop();
      deps.report({ kind: 'shed', listener: deps.name, address: sender.address, code });
    }
    outcomes.push({ sop, stored: code === null });
  }

  /** Null once the part is durable, or the code of why it is not. */
  async function stored(intake: Intake, whole: boolean): Promise<string | null> {
    const { problems } = sender.headers;
    const cutOff = { code: 'multipart.unterminated', detail: 'the request ended before the closing boundary of its parts' };
    try {
      const body = await intake.take();
      const idempotencyKey = keyOf(outcomes.length + 1);
      await handOver(body, { idempotencyKey, whole, problems: whole ? problems : [...problems, cutOff] }, sender, deps);
      return null;
    } catch (error) {
      const code = error instanceof CordonError ? error.code : UNAVAILABLE.code;
      if (code !== 'ingest.overloaded') away = code;
      return code;
    }
  }

  return {
    outcomes,
    async take(event) {
      if (event.kind === 'start') {
        full = null;
        part = createIntake(away === null ? deps : { limits: HEAD, inFlight: deps.inFlight });
      } else if (part !== null) {
        if (event.kind === 'data') return add(part, event.bytes);
        await end(part, event.whole);
        part = null;
      }
    },
    drop: () => part?.drop(),
  };
}

/** Waits for what is in flight to become less, as long as an answer may take. */
async function roomFor(intake: Intake, deadline: number): Promise<boolean> {
  const until = performance.now() + deadline;
  while (!intake.settle()) {
    if (performance.now() > until) return false;
    await sleep(20);
  }
  return true;
}
