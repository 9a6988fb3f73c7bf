import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { v7 as uuid } from 'uuid';
import { CordonError } from '../core/errors.ts';
import type { AuditStore } from '../ledger/audit/store.ts';
import type { LineageStore } from '../ledger/lineage/store.ts';
import type { TokensOf } from '../lineage/identifier.ts';
import { type ChangeDeps, changes } from './acts.ts';
import { type ApiEnv, type Guard, type Guards, given, json, refusals, security } from './api-parts.ts';
import { Refusal } from './api-schemas.ts';
import {
  ChangesBody,
  changeBody,
  EdgesBody,
  edgeBody,
  mergeBody,
  NewMergeBody,
  SystemsBody,
  systemBody,
  TraceAnswer,
  TraceBody,
  traceBody,
} from './lineage-schemas.ts';

export interface LineageApiDeps extends ChangeDeps {
  readonly lineage: Pick<LineageStore, 'edges' | 'between' | 'systems' | 'merges' | 'trace'>;
  readonly audit: Pick<AuditStore, 'append'>;
  /** Tokens of an identifier that a caller sends. */
  readonly tokensOf: TokensOf;
}

/** Merges that a list shows. */
const MERGES = 200;
const instant = z.iso.datetime({ offset: true });

/** `/v1/lineage`, its systems and their merges, and `POST /v1/trace`: an identifier never is in an address. */
export function lineageRoutes(app: OpenAPIHono<ApiEnv>, deps: LineageApiDeps, guards: Guards): void {
  edgeRoute(app, deps, guards.reading);
  systemRoutes(app, deps, guards);
  traceRoute(app, deps, guards.reviewing);
}

function edgeRoute(app: OpenAPIHono<ApiEnv>, { lineage, clock }: LineageApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/lineage',
    summary: 'Which systems data went between, now or as of a day, or what changed between two',
    description:
      'Days are UTC. With `from` and `to`: an edge stands on a day where a message went over it in the thirty days before.',
    security,
    middleware,
    request: { query: z.object({ at: instant.optional(), from: instant.optional(), to: instant.optional() }) },
    responses: { 200: json(z.union([EdgesBody, ChangesBody]), 'Edges, or changes; there is no second page.'), ...refusals },
  });
  app.openapi(route, async (c) => {
    const { at, from, to } = c.req.valid('query');
    if (from === undefined && to === undefined) {
      const edges = await lineage.edges(at === undefined ? clock() : Date.parse(at));
      return c.json({ rows: edges.map(edgeBody), next: null }, 200);
    }
    if (from === undefined || at !== undefined)
      throw new CordonError('usage', 'ask with `at`, or with `from` and, unless it is now, `to`');
    const changes = await lineage.between(Date.parse(from), to === undefined ? clock() : Date.parse(to));
    return c.json({ rows: changes.map(changeBody), next: null }, 200);
  });
}

const conflict = { 409: json(Refusal, 'There is no such merge, or it was taken back already.') };
const done = z.object({ id: z.string() }).openapi('SystemMerged');

function systemRoutes(app: OpenAPIHono<ApiEnv>, deps: LineageApiDeps, { reading, reviewing }: Guards): void {
  const { lineage, clock } = deps;
  const list = createRoute({
    method: 'get',
    path: '/v1/lineage/systems',
    summary: 'Systems with the names that each goes by, and what was joined by hand',
    security,
    middleware: reading,
    responses: { 200: json(SystemsBody, 'All of them, and the latest merges.'), ...refusals },
  });
  const merge = createRoute({
    method: 'post',
    path: '/v1/lineage/merges',
    summary: 'Say that two names are one system',
    security,
    middleware: reviewing,
    request: { body: { required: true, content: { 'application/json': { schema: NewMergeBody } } } },
    responses: { 201: json(done, 'It holds until it is taken back.'), ...refusals },
  });
  const undo = createRoute({
    method: 'post',
    path: '/v1/lineage/merges/{id}/undo',
    summary: 'Take back that two names are one system',
    security,
    middleware: reviewing,
    request: { params: z.object({ id: z.string().min(1).max(128) }) },
    responses: { 200: json(done, 'The names are apart again.'), ...conflict, ...refusals },
  });
  app.openapi(list, async (c) => {
    const [systems, merges] = await Promise.all([lineage.systems(), lineage.merges(MERGES)]);
    return c.json({ rows: systems.map(systemBody), merges: merges.map(mergeBody), next: null }, 200);
  });
  app.openapi(merge, async (c) => {
    const { name, into, note } = c.req.valid('json');
    const [id, at, { key }] = [uuid(), clock(), c.var];
    const actor = `key:${key.name}`;
    const change = changes(deps, { actor, role: key.scope });
    await change('system.merge', `merge:${id}`, { name, into }).lineage.merge({ id, name, into, note, actor, at });
    return c.json({ id }, 201);
  });
  app.openapi(undo, async (c) => {
    const { id } = c.req.valid('param');
    const [at, { key }] = [clock(), c.var];
    const actor = `key:${key.name}`;
    await changes(deps, { actor, role: key.scope })('system.unmerge', `merge:${id}`).lineage.undo(id, actor, at);
    return c.json({ id }, 200);
  });
}

function traceRoute(app: OpenAPIHono<ApiEnv>, { lineage, audit, tokensOf, clock }: LineageApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/trace',
    summary: 'Every flow, message, device and place that carried an identifier, with the sum of it',
    description: 'The audit log says that somebody asked, and never what for.',
    security,
    middleware,
    request: { body: { required: true, content: { 'application/json': { schema: TraceBody } } } },
    responses: { 200: json(TraceAnswer, 'A page of it; the sum, the hops and the devices are of all.'), ...refusals },
  });
  app.openapi(route, async (c) => {
    const { identifiers, kind = null, at, limit, cursor } = c.req.valid('json');
    const tokens = identifiers.flatMap((identifier) => tokensOf(identifier, kind));
    if (tokens.length === 0)
      throw new CordonError('usage', 'neither a name nor a number nor an address: say with `kind` what it is');
    const known = at === undefined ? undefined : Date.parse(at);
    const trace = await lineage.trace({ tokens, limit, ...given({ at: known, cursor }) });
    const { key } = c.var;
    const detail = { identifiers: identifiers.length, kind, persons: trace.persons, messages: trace.exposure.messages };
    await audit.append({ at: clock(), actor: `key:${key.name}`, role: key.scope, action: 'trace', object: '', detail });
    return c.json(traceBody(trace), 200);
  });
}
