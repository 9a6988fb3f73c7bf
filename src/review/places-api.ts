import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { PlaceStore } from '../ledger/devices/store.ts';
import { readLocation } from '../policy/location.ts';
import { type ChangeDeps, changes } from './acts.ts';
import { type ApiEnv, type Guard, type Guards, json, refusals, security } from './api-parts.ts';
import { pageOf, Refusal } from './api-schemas.ts';
import { type InventoryDeps, listPlaces } from './inventory.ts';
import { LocationBody, locationBody, NewLocation } from './inventory-schemas.ts';

export interface PlacesApiDeps extends InventoryDeps, ChangeDeps {
  readonly places: PlaceStore;
}

const missing = { 404: json(Refusal, 'Nobody described such a place over the API.') };
const inFile = { 409: json(Refusal, 'A file of rules/locations describes it: change that.') };

const NO_PLACE = { code: 'not-found', message: 'no place of this id was described over the API: GET /v1/locations lists them' };
const IN_FILE = { code: 'usage', message: 'a file of rules/locations describes this place: change it there' };

/** `/v1/locations`: places where data rests or is delivered, with their evidence and what goes there. */
export function placeRoutes(app: OpenAPIHono<ApiEnv>, deps: PlacesApiDeps, { reading, reviewing }: Guards): void {
  app.openapi(list(reading), async (c) => {
    const { rows, rowsOf } = await listPlaces(deps);
    return c.json({ rows: rows.map((row) => locationBody(row, rowsOf, deps.clock())), next: null }, 200);
  });
  app.openapi(describe(reviewing), async (c) => {
    const location = readLocation(c.req.valid('json'));
    if (deps.described.has(location.id)) return c.json(IN_FILE, 409);
    const { key } = c.var;
    const actor = `key:${key.name}`;
    const change = changes(deps, { actor, role: key.scope });
    const { places } = change('location.describe', `location:${location.id}`, { title: location.title });
    await places.save({ location, by: actor, at: deps.clock() });
    return c.json({ id: location.id }, 201);
  });
  app.openapi(remove(reviewing), async (c) => {
    const [{ id }, { key }] = [c.req.valid('param'), c.var];
    if (deps.described.has(id)) return c.json(IN_FILE, 409);
    const { places } = changes(deps, { actor: `key:${key.name}`, role: key.scope })('location.remove', `location:${id}`);
    if (!(await places.remove(id))) return c.json(NO_PLACE, 404);
    return c.body(null, 204);
  });
}

const list = (middleware: Guard) =>
  createRoute({
    method: 'get',
    path: '/v1/locations',
    summary: 'Places where data rests or is delivered: what they are, how they are encrypted, what goes there',
    security,
    middleware,
    responses: { 200: json(pageOf(LocationBody), 'All of them; there is no second page.'), ...refusals },
  });

const describe = (middleware: Guard) =>
  createRoute({
    method: 'post',
    path: '/v1/locations',
    summary: 'Describe a place, or describe it anew',
    description: 'What a file of rules/locations may say. Policies name it as `destination.location`.',
    security,
    middleware,
    request: { body: { required: true, content: { 'application/json': { schema: NewLocation } } } },
    responses: { 201: json(z.object({ id: z.string() }), 'It is known from now on.'), ...inFile, ...refusals },
  });

const remove = (middleware: Guard) =>
  createRoute({
    method: 'delete',
    path: '/v1/locations/{id}',
    summary: 'Remove a place that was described over the API',
    security,
    middleware,
    request: { params: z.object({ id: z.string().min(1).max(63) }) },
    responses: {
      204: { description: 'It is gone; flows that deliver there are to an unknown place.' },
      ...missing,
      ...inFile,
      ...refusals,
    },
  });
