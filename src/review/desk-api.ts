import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { v7 as uuid } from 'uuid';
import type { AuditDetail } from '../core/audit.ts';
import { CordonError } from '../core/errors.ts';
import type { AuditStore } from '../ledger/audit/store.ts';
import type { Act, Acted, ActItem, Change, DeskStore } from '../ledger/desk/store.ts';
import type { IncidentStore } from '../ledger/ledger.ts';
import { acts, type ChangeDeps, changes } from './acts.ts';
import { type ApiEnv, type ApiKey, type Guard, json, refusals, security } from './api-parts.ts';
import { Refusal } from './api-schemas.ts';
import {
  ActedBody,
  AssignmentBody,
  BulkBody,
  CommentBody,
  changeOf,
  DueBody,
  NoticesBody,
  noticesBody,
  QueueBody,
  queueBody,
} from './desk-schemas.ts';

export interface DeskApiDeps extends ChangeDeps {
  readonly incidents: Pick<IncidentStore, 'get'>;
  readonly desk: Pick<DeskStore, 'preview' | 'queue' | 'undelivered'>;
  readonly audit: Pick<AuditStore, 'append'>;
}

/** Rows of the queue, and of notices that did not arrive, that one answer holds. */
const ROWS = 100;

const byId = z.object({ id: z.string().min(1).max(128) });
const conflict = { 409: json(Refusal, 'Nothing has this id, or it changed since you saw it; the message says which.') };

/** How the desk handles incidents beside single transitions: acts on many, comments, assignment, due dates, and what needs somebody. */
export function deskRoutes(app: OpenAPIHono<ApiEnv>, deps: DeskApiDeps, reading: Guard, reviewing: Guard): void {
  queueRoutes(app, deps, reading);
  bulkRoutes(app, deps, reviewing);
  oneRoutes(app, deps, reviewing);
}

function queueRoutes(app: OpenAPIHono<ApiEnv>, deps: DeskApiDeps, middleware: Guard): void {
  const queue = createRoute({
    method: 'get',
    path: '/v1/desk',
    summary: 'What needs somebody now, and what is counted below it',
    security,
    middleware,
    responses: { 200: json(QueueBody, 'At most ten new rows a day, and all that is critical.'), ...refusals },
  });
  const notices = createRoute({
    method: 'get',
    path: '/v1/notices',
    summary: 'Notices that did not arrive: given up, or to be tried again',
    security,
    middleware,
    responses: { 200: json(NoticesBody, 'The latest first.'), ...refusals },
  });
  app.openapi(queue, async (c) => c.json(queueBody(await deps.desk.queue(deps.clock(), ROWS)), 200));
  app.openapi(notices, async (c) => c.json(noticesBody(await deps.desk.undelivered(ROWS)), 200));
}

function bulkRoutes(app: OpenAPIHono<ApiEnv>, deps: DeskApiDeps, middleware: Guard): void {
  const bulk = createRoute({
    method: 'post',
    path: '/v1/incidents/bulk',
    summary: 'Do one thing to many incidents',
    description:
      'Each incident is changed as a whole or refused, with the reason. With `preview` nothing is changed. The same `act` again answers the same; its id takes it back.',
    security,
    middleware,
    request: { body: { required: true, content: { 'application/json': { schema: BulkBody } } } },
    responses: { 200: json(ActedBody, 'What was done, and what was refused.'), ...refusals },
  });
  const undo = createRoute({
    method: 'post',
    path: '/v1/acts/{id}/undo',
    summary: 'Take an act back',
    description: 'Where nobody changed the incident since. The history keeps both.',
    security,
    middleware,
    request: { params: byId },
    responses: { 200: json(ActedBody, 'What was taken back, and what was not.'), ...conflict, ...refusals },
  });
  app.openapi(bulk, async (c) => {
    const { preview, act: id = uuid(), change, items } = c.req.valid('json');
    const act = actOf(deps, c.var.key, id, changeOf(change), items);
    if (preview) return c.json(copy(await deps.desk.preview(act)), 200);
    return c.json(copy(await done(deps, c.var.key, act)), 200);
  });
  app.openapi(undo, async (c) => {
    const { id } = c.req.valid('param');
    const by = { id: uuid(), actor: actorOf(c.var.key), at: deps.clock() };
    const { desk } = changes(deps, whoOf(c.var.key))('incident.undo', `act:${id}`, { act: by.id });
    return c.json(copy(await desk.undo(id, by)), 200);
  });
}

function oneRoutes(app: OpenAPIHono<ApiEnv>, deps: DeskApiDeps, middleware: Guard): void {
  const shared = { security, middleware };
  const responses = { 200: json(ActedBody, 'The act; its id takes it back.'), ...conflict, ...refusals };
  const body = <T extends z.ZodType>(schema: T) => ({
    params: byId,
    body: { required: true, content: { 'application/json': { schema } } },
  });
  const comment = createRoute({
    ...{ method: 'post', path: '/v1/incidents/{id}/comments', summary: 'Write into the history of an incident', ...shared },
    ...{ request: body(CommentBody), responses },
  });
  const assign = createRoute({
    ...{ method: 'post', path: '/v1/incidents/{id}/assignment', summary: 'Give an incident to somebody', ...shared },
    ...{ request: body(AssignmentBody), responses },
  });
  const due = createRoute({
    ...{ method: 'post', path: '/v1/incidents/{id}/due', summary: 'Say when an incident has to be settled', ...shared },
    ...{ request: body(DueBody), responses },
  });
  /** An act on one incident; throws `ledger.conflict` where it is refused, which answers 409. */
  const one = async (key: ApiKey, item: ActItem, change: Change) => {
    const acted = await done(deps, key, actOf(deps, key, uuid(), change, [item]));
    const [refused] = acted.refused;
    if (refused !== undefined) throw new CordonError('ledger.conflict', refused.why);
    return copy(acted);
  };
  app.openapi(comment, async (c) => {
    const { id } = c.req.valid('param');
    // A comment asks for no state.
    return c.json(await one(c.var.key, { id, from: 'open' }, { kind: 'comment', ...c.req.valid('json') }), 200);
  });
  app.openapi(assign, async (c) => {
    const { from, assignee } = c.req.valid('json');
    return c.json(await one(c.var.key, { ...c.req.valid('param'), from }, { kind: 'assign', assignee }), 200);
  });
  app.openapi(due, async (c) => {
    const { from, due: at } = c.req.valid('json');
    return c.json(await one(c.var.key, { ...c.req.valid('param'), from }, { kind: 'due', due: Date.parse(at) }), 200);
  });
}

function actorOf({ name }: ApiKey): string {
  return `key:${name}`;
}

function actOf({ clock }: DeskApiDeps, key: ApiKey, id: string, change: Change, items: readonly ActItem[]): Act {
  return { id, actor: actorOf(key), at: clock(), change, items };
}

function whoOf(key: ApiKey) {
  return { actor: actorOf(key), role: key.scope };
}

/** Does it, and says so in the audit log: one entry, however many incidents. Which of them were changed is in their histories, by the act. */
async function done(deps: DeskApiDeps, key: ApiKey, act: Act): Promise<Acted> {
  const [item] = act.items;
  const object = act.items.length === 1 && item !== undefined ? `incident:${item.id}` : `act:${act.id}`;
  const detail = { act: act.id, ...particulars(act.change), incidents: act.items.length };
  const acted = await changes(deps, whoOf(key))(`incident.${act.change.kind}`, object, detail).desk.act(act);
  if (acted.done.length === 0) await acts(deps, whoOf(key))('incident.refused', object, { ...detail, kind: act.change.kind });
  return acted;
}

/** What the audit log says of a change; notes and comments stay in the history of the incident. */
function particulars(change: Change): AuditDetail {
  switch (change.kind) {
    case 'move':
      return { to: change.to };
    case 'assign':
      return { assignee: change.assignee };
    case 'due':
      return { due: change.due };
    case 'comment':
      return {};
  }
}

function copy({ id, done, refused }: Acted) {
  return { act: id, done: [...done], refused: [...refused] };
}
