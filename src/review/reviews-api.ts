import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Clock, isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { REVIEW_OUTCOMES, type Review } from '../core/review.ts';
import { type Period, readPeriod } from '../exports/period.ts';
import type { ReviewStore } from '../ledger/audit/period-store.ts';
import type { AuditStore } from '../ledger/audit/store.ts';
import { type ApiEnv, type Guard, type Guards, json, refusals, security } from './api-parts.ts';

export interface ReviewsApiDeps {
  readonly reviews: ReviewStore;
  readonly audit: Pick<AuditStore, 'list'>;
  readonly clock: Clock;
}

const LISTED = 1000;

const period = {
  from: z.string().max(64).openapi({ description: 'First day (2026-11-01, UTC) or instant.' }),
  to: z.string().max(64).openapi({ description: 'The day or instant it ends before.' }),
};

const SignBody = z
  .strictObject({
    ...period,
    outcome: z.enum(REVIEW_OUTCOMES),
    note: z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .openapi({ description: 'What was looked at and what was found. No identifier of a patient.' }),
  })
  .openapi('SignReview');

const ReviewBody = z
  .strictObject({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.string(),
    role: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    outcome: z.enum(REVIEW_OUTCOMES),
    note: z.string(),
    coverage: z
      .record(z.string(), z.number())
      .openapi({ description: 'Messages and bytes of the period, as they were when it was signed.' }),
  })
  .openapi('Review');

const EntryBody = z
  .strictObject({
    seq: z.number(),
    at: z.iso.datetime(),
    actor: z.string(),
    role: z.string(),
    action: z.string(),
    object: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('AuditEntry');

/** `POST /v1/reviews` signs a review of a period, `GET /v1/reviews` lists them, and `GET /v1/audit` reads the audit log. */
export function reviewsRoutes(app: OpenAPIHono<ApiEnv>, deps: ReviewsApiDeps, guards: Guards): void {
  signRoute(app, deps, guards.reviewing);
  listRoute(app, deps, guards.reading);
  auditRoute(app, deps, guards.reading);
}

function signRoute(app: OpenAPIHono<ApiEnv>, { reviews, clock }: ReviewsApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/reviews',
    summary: 'Sign that a period was looked at, and whether anything further was found',
    description:
      'Kept for good, with the coverage of the period at this time beside it, on the audit log and in every evidence pack of the period.',
    security,
    middleware,
    request: { body: { required: true, content: { 'application/json': { schema: SignBody } } } },
    responses: { 201: json(ReviewBody, 'The review as it was signed.'), ...refusals },
  });
  app.openapi(route, async (c) => {
    const { outcome, note, ...asked } = c.req.valid('json');
    const at = clock();
    const looked = begun(readPeriod(asked.from, asked.to), at);
    const { name, scope } = c.var.key;
    return c.json(reviewBody(await reviews.sign({ at, actor: `key:${name}`, role: scope, ...looked, outcome, note })), 201);
  });
}

/** Throws `usage` for a period of which there is nothing to look at yet. */
function begun(looked: Period, now: number): Period {
  if (looked.from < now) return looked;
  throw new CordonError('usage', `the period begins at ${isoTime(looked.from)}: there is nothing of it to look at yet`);
}

function listRoute(app: OpenAPIHono<ApiEnv>, { reviews }: ReviewsApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/reviews',
    summary: 'Signed reviews that are about some of a period, in the order they were signed',
    security,
    middleware,
    request: { query: z.object(period) },
    responses: { 200: json(z.strictObject({ rows: z.array(ReviewBody) }), `The first ${LISTED} of them.`), ...refusals },
  });
  app.openapi(route, async (c) => {
    const asked = c.req.valid('query');
    const { from, to } = readPeriod(asked.from, asked.to);
    return c.json({ rows: (await reviews.list(from, to, LISTED)).map(reviewBody) }, 200);
  });
}

function auditRoute(app: OpenAPIHono<ApiEnv>, { audit }: ReviewsApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/audit',
    summary: 'What people and keys did, the latest first',
    description: 'Proofs that nothing was removed are in an evidence pack.',
    security,
    middleware,
    request: {
      query: z.object({
        actor: z.string().min(1).max(256).optional().openapi({ description: 'Exactly: `Ada`, `key:lab`, `cli:root`, `system`.' }),
        object: z.string().min(1).max(512).optional().openapi({ description: 'Exactly: `incident:ID`, `key:ID`.' }),
        before: z.coerce
          .number()
          .int()
          .min(0)
          .optional()
          .openapi({ description: 'Entries before this place: the page before ended there.' }),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    },
    responses: {
      200: json(z.strictObject({ rows: z.array(EntryBody), next: z.number().nullable() }), 'A page; `next` goes into `before`.'),
      ...refusals,
    },
  });
  app.openapi(route, async (c) => {
    const { actor, object, before, limit } = c.req.valid('query');
    const page = await audit.list({
      limit,
      ...(actor === undefined ? {} : { actor }),
      ...(object === undefined ? {} : { object }),
      ...(before === undefined ? {} : { before }),
    });
    const rows = page.map(({ id: _id, salt: _salt, at, detail, ...entry }) => ({
      ...entry,
      at: isoTime(at),
      detail: { ...detail },
    }));
    return c.json({ rows, next: page.length === limit ? (page.at(-1)?.seq ?? null) : null }, 200);
  });
}

function reviewBody({ at, from, to, coverage, ...review }: Review): z.input<typeof ReviewBody> {
  return { ...review, at: isoTime(at), from: isoTime(from), to: isoTime(to), coverage: { ...coverage } };
}
