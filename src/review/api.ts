import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { routePath } from 'hono/route';
import { CordonError } from '../core/errors.ts';
import { CATEGORIES, SEVERITIES, VERDICTS } from '../core/vocabulary.ts';
import type { FlowStore } from '../ledger/flow-store.ts';
import type { IncidentStore, MessageStore } from '../ledger/ledger.ts';
import type { KeyScope } from '../ledger/people/store.ts';
import { INCIDENT_STATES } from '../policy/decision.ts';
import { checkTransition } from '../policy/transitions.ts';
import { changes } from './acts.ts';
import { type ApiEnv, type ApiKey, type Guard, type Guards, given, json, refusals, security } from './api-parts.ts';
import {
  eventBody,
  FlowBody,
  flowBody,
  IncidentBody,
  IncidentDetail,
  incidentBody,
  MessageBody,
  MessageDetail,
  messageBody,
  pageOf,
  paging,
  Refusal,
  sampleBody,
  TransitionBody,
} from './api-schemas.ts';
import { type DeskApiDeps, deskRoutes } from './desk-api.ts';
import { type DevicesApiDeps, deviceRoutes } from './devices-api.ts';
import { type EvidenceApiDeps, evidenceRoutes } from './evidence-api.ts';
import { type LineageApiDeps, lineageRoutes } from './lineage-api.ts';
import { type PlacesApiDeps, placeRoutes } from './places-api.ts';
import { refusalsOf } from './refusals.ts';
import { untilOf } from './until-body.ts';

/** Devices and places. */
type InventoryApiDeps = DevicesApiDeps & PlacesApiDeps;

export interface ReviewApiDeps extends LineageApiDeps, EvidenceApiDeps, DeskApiDeps {
  readonly incidents: Pick<IncidentStore, 'list' | 'get' | 'events' | 'samples'>;
  readonly messages: Pick<MessageStore, 'list' | 'get' | 'findings'>;
  readonly flows: Pick<FlowStore, 'list'>;
  /** Where it is left out, devices and places are not served. */
  readonly inventory?: InventoryApiDeps;
  /** Whose key it is; null for none of ours. */
  readonly checkKey: (presented: string) => Promise<ApiKey | null>;
  /** Told of every error that no answer names; it goes to the log. */
  readonly report: (error: unknown) => void;
}

const SAMPLES = 50;

const missing = { 404: json(Refusal, 'Nothing has this id.') };
const byId = z.object({ id: z.string().min(1).max(128) });

/** Lets keys of these scopes pass. Sessions have no part in the API: a browser can't be made to call it (docs/adr/0019). */
function keyOf(deps: ReviewApiDeps, scopes: readonly KeyScope[]): Guard {
  const refused = refusalsOf(deps);
  return async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    const presented = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    const key = presented === undefined ? null : await deps.checkKey(presented);
    if (key === null) {
      const message = `send a key of scope ${scopes.join(' or ')} as \`Authorization: Bearer KEY\``;
      return c.json({ code: 'credentials', message }, 401, { 'WWW-Authenticate': 'Bearer realm="cordon"' });
    }
    if (!scopes.includes(key.scope)) {
      await refused(key.id, { actor: `key:${key.name}`, role: key.scope }, `${c.req.method} ${routePath(c)}`);
      const message = `this key is for scope ${key.scope}; this needs one of scope ${scopes.join(' or ')}`;
      return c.json({ code: 'credentials', message }, 403);
    }
    c.set('key', key);
    return next();
  };
}

/** Adds routes that need more than the ledger. */
export type MoreRoutes = (app: OpenAPIHono<ApiEnv>, guards: Guards) => void;

/** The reading side of the HTTP API and the transitions of incidents; to be mounted beside the ingest routes at `/`. */
export function createReviewApi(deps: ReviewApiDeps, more: readonly MoreRoutes[] = []): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const issue = result.error.issues[0];
      const place = issue === undefined || issue.path.length === 0 ? result.target : issue.path.join('.');
      return c.json({ code: 'usage', message: `${place}: ${issue?.message ?? 'is not valid'}` }, 400);
    },
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const reading = keyOf(deps, ['read', 'review']);
  const reviewing = keyOf(deps, ['review']);
  messageRoutes(app, deps, reading);
  incidentRoutes(app, deps, reading);
  transitionRoute(app, deps, reviewing);
  deskRoutes(app, deps, reading, reviewing);
  flowRoutes(app, deps, reading);
  evidenceRoutes(app, deps, reading);
  lineageRoutes(app, deps, { reading, reviewing });
  if (deps.inventory !== undefined) {
    deviceRoutes(app, deps.inventory, { reading, reviewing });
    placeRoutes(app, deps.inventory, { reading, reviewing });
  }
  for (const add of more) add(app, { reading, reviewing });
  app.onError((error, c) => {
    if (error instanceof CordonError && error.code === 'usage') return c.json({ code: error.code, message: error.message }, 400);
    if (error instanceof CordonError && error.code === 'ledger.conflict') {
      return c.json({ code: error.code, message: error.message }, 409);
    }
    if (error instanceof SyntaxError || (error instanceof Error && error.message === MALFORMED)) {
      return c.json({ code: 'usage', message: 'the body is no JSON, or is not sent as application/json' }, 400);
    }
    deps.report(error);
    if (error instanceof CordonError && error.retry === 'transient') {
      return c.json({ code: error.code, message: error.message }, 503, { 'Retry-After': '5' });
    }
    return c.json({ code: 'internal', message: 'this failed; the log of the process says why' }, 500);
  });
  return app;
}

/** What hono's validator throws for a body that is no JSON. */
const MALFORMED = 'Malformed JSON in request body';

function messageRoutes(app: OpenAPIHono<ApiEnv>, deps: ReviewApiDeps, middleware: Guard): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/messages',
    summary: 'Messages, the latest first',
    security,
    middleware,
    request: {
      query: z.object({ ...paging, verdict: z.enum(VERDICTS).optional(), flow: z.string().min(1).max(512).optional() }),
    },
    responses: { 200: json(pageOf(MessageBody), 'A page of them.'), ...refusals },
  });
  const one = createRoute({
    method: 'get',
    path: '/v1/messages/{id}',
    summary: 'One message and what was found in it',
    security,
    middleware,
    request: { params: byId },
    responses: { 200: json(MessageDetail, 'Findings are kept for flagged messages.'), ...missing, ...refusals },
  });
  app.openapi(list, async (c) => {
    const page = await deps.messages.list(given(c.req.valid('query')));
    return c.json({ rows: page.rows.map(messageBody), next: page.next }, 200);
  });
  app.openapi(one, async (c) => {
    const { id } = c.req.valid('param');
    const row = await deps.messages.get(id);
    if (row === null) return c.json(NO_MESSAGE, 404);
    const findings = await deps.messages.findings(id);
    return c.json({ ...messageBody(row), findings: [...findings] }, 200);
  });
}

function incidentRoutes(app: OpenAPIHono<ApiEnv>, deps: ReviewApiDeps, middleware: Guard): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/incidents',
    summary: 'Incidents, the gravest first',
    security,
    middleware,
    request: {
      query: z.object({
        ...paging,
        state: z.enum(INCIDENT_STATES).optional(),
        severity: z.enum(SEVERITIES).optional(),
        flow: z.string().min(1).max(512).optional(),
        category: z.enum(CATEGORIES).optional(),
        assignee: z.string().min(1).max(100).optional().openapi({ description: 'As the history names actors.' }),
        unassigned: z.literal('true').optional().openapi({ description: 'Those that nobody has.' }),
        overdue: z.literal('true').optional(),
        unconfirmed: z.literal('true').optional().openapi({ description: 'Those that words of texts alone speak for.' }),
        since: z.iso.datetime({ offset: true }).optional().openapi({ description: 'Seen then or later.' }),
        q: z.string().min(1).max(200).optional().openapi({
          description: 'Words that begin words of its systems, its flow, its category or its reason.',
        }),
      }),
    },
    responses: { 200: json(pageOf(IncidentBody), 'A page of them.'), ...refusals },
  });
  const one = createRoute({
    method: 'get',
    path: '/v1/incidents/{id}',
    summary: 'One incident, its history and masked samples',
    security,
    middleware,
    request: { params: byId },
    responses: { 200: json(IncidentDetail, 'The latest samples.'), ...missing, ...refusals },
  });
  app.openapi(list, async (c) => {
    const { state, unassigned, overdue, unconfirmed, since, ...query } = given(c.req.valid('query'));
    const page = await deps.incidents.list({
      ...query,
      ...(state === undefined ? {} : { states: [state] }),
      ...(unassigned === undefined ? {} : { assignee: null }),
      ...(overdue === undefined ? {} : { overdueAt: deps.clock() }),
      ...(unconfirmed === undefined ? {} : { unconfirmed: true as const }),
      ...(since === undefined ? {} : { since: Date.parse(since) }),
    });
    return c.json({ rows: page.rows.map(incidentBody), next: page.next }, 200);
  });
  app.openapi(one, async (c) => {
    const { id } = c.req.valid('param');
    const row = await deps.incidents.get(id);
    if (row === null) return c.json(NO_INCIDENT, 404);
    const [events, samples] = await Promise.all([deps.incidents.events(id), deps.incidents.samples(id, SAMPLES)]);
    return c.json({ ...incidentBody(row), events: events.map(eventBody), samples: samples.map(sampleBody) }, 200);
  });
}

function transitionRoute(app: OpenAPIHono<ApiEnv>, deps: ReviewApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/incidents/{id}/transitions',
    summary: 'Move an incident to another state',
    description: 'The history names the key as the actor.',
    security,
    middleware,
    request: {
      params: byId,
      body: { required: true, content: { 'application/json': { schema: TransitionBody } } },
    },
    responses: {
      200: json(IncidentBody, 'The incident as it is now.'),
      ...missing,
      409: json(Refusal, 'It is in another state by now, or that state does not lead there.'),
      ...refusals,
    },
  });
  app.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const { from, to, note, until } = c.req.valid('json');
    if ((await deps.incidents.get(id)) === null) return c.json(NO_INCIDENT, 404);
    const transition = { to, actor: `key:${c.var.key.name}`, note: note.trim(), until: untilOf(until), at: deps.clock() };
    checkTransition(from, transition);
    const who = { actor: transition.actor, role: c.var.key.scope };
    const { incidents } = changes(deps, who)('incident.move', `incident:${id}`, { from, to });
    return c.json(incidentBody(await incidents.transition(id, from, transition)), 200);
  });
}

function flowRoutes(app: OpenAPIHono<ApiEnv>, deps: ReviewApiDeps, middleware: Guard): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/flows',
    summary: 'Every flow that was observed',
    security,
    middleware,
    responses: { 200: json(pageOf(FlowBody), 'All of them; there is no second page.'), ...refusals },
  });
  app.openapi(list, async (c) => c.json({ rows: (await deps.flows.list()).map(flowBody), next: null }, 200));
}

const NO_MESSAGE = { code: 'not-found', message: 'no message has this id: GET /v1/messages lists them' };
const NO_INCIDENT = { code: 'not-found', message: 'no incident has this id: GET /v1/incidents lists them' };
