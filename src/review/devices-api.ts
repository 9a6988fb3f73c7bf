import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { DeviceStore } from '../ledger/devices/store.ts';
import { DEVICE_KINDS } from '../lineage/devices/device.ts';
import { type ChangeDeps, changes } from './acts.ts';
import { type ApiEnv, type Guard, type Guards, given, json, refusals, security } from './api-parts.ts';
import { pageOf, paging, Refusal } from './api-schemas.ts';
import { findDevice, type InventoryDeps, listDevices } from './inventory.ts';
import { DeviceBody, deviceBody } from './inventory-schemas.ts';

export interface DevicesApiDeps extends InventoryDeps, ChangeDeps {
  readonly devices: DeviceStore;
}

const byId = z.object({ id: z.string().min(1).max(64) });
const missing = { 404: json(Refusal, 'Nothing has this id.') };
const conflict = { 409: json(Refusal, 'There is no such device.') };
const NO_DEVICE = { code: 'not-found', message: 'no device has this id: GET /v1/devices lists them' };

/** `/v1/devices`: the inventory that messages and connections build, and what people hold to be one device. */
export function deviceRoutes(app: OpenAPIHono<ApiEnv>, deps: DevicesApiDeps, { reading, reviewing }: Guards): void {
  app.openapi(list(reading), async (c) => {
    const page = await listDevices(deps, given(c.req.valid('query')));
    return c.json({ rows: page.rows.map(deviceBody), next: page.next }, 200);
  });
  app.openapi(one(reading), async (c) => {
    const view = await findDevice(deps, c.req.valid('param').id);
    return view === null ? c.json(NO_DEVICE, 404) : c.json(deviceBody(view), 200);
  });
  app.openapi(merge(reviewing), async (c) => {
    const [{ id }, { into }, { key }] = [c.req.valid('param'), c.req.valid('json'), c.var];
    const change = changes(deps, { actor: `key:${key.name}`, role: key.scope });
    await change('device.merge', `device:${id}`, { into }).devices.merge(id, into);
    const view = await findDevice(deps, into);
    return view === null ? c.json(NO_DEVICE, 404) : c.json(deviceBody(view), 200);
  });
  app.openapi(split(reviewing), async (c) => {
    const [{ id }, { key }] = [c.req.valid('param'), c.var];
    await changes(deps, { actor: `key:${key.name}`, role: key.scope })('device.split', `device:${id}`).devices.split(id);
    const view = await findDevice(deps, id);
    return view === null ? c.json(NO_DEVICE, 404) : c.json(deviceBody(view), 200);
  });
}

const list = (middleware: Guard) =>
  createRoute({
    method: 'get',
    path: '/v1/devices',
    summary: 'Devices that messages and connections showed, the latest seen first',
    security,
    middleware,
    request: {
      query: z.object({
        ...paging,
        kind: z.enum(DEVICE_KINDS).optional(),
        search: z
          .string()
          .min(1)
          .max(64)
          .optional()
          .openapi({ description: 'What a value begins with: a serial, an AE title, a ward.' }),
        flow: z.string().min(1).max(512).optional().openapi({ description: 'Those whose data went over a flow.' }),
      }),
    },
    responses: { 200: json(pageOf(DeviceBody), 'A page of them.'), ...refusals },
  });

const one = (middleware: Guard) =>
  createRoute({
    method: 'get',
    path: '/v1/devices/{id}',
    summary: 'One device: what was said of it, where and when',
    security,
    middleware,
    request: { params: byId },
    responses: { 200: json(DeviceBody, 'By its id, or by that of a part of it.'), ...missing, ...refusals },
  });

const merge = (middleware: Guard) =>
  createRoute({
    method: 'post',
    path: '/v1/devices/{id}/merge',
    summary: 'Hold a device to be part of another; `split` undoes it',
    security,
    middleware,
    request: {
      params: byId,
      body: { required: true, content: { 'application/json': { schema: z.strictObject({ into: z.string().min(1).max(64) }) } } },
    },
    responses: { 200: json(DeviceBody, 'The device with its new part.'), ...missing, ...conflict, ...refusals },
  });

const split = (middleware: Guard) =>
  createRoute({
    method: 'post',
    path: '/v1/devices/{id}/split',
    summary: 'Take a part out of its device; no message joins it again',
    security,
    middleware,
    request: { params: byId },
    responses: { 200: json(DeviceBody, 'What was split off.'), ...missing, ...conflict, ...refusals },
  });
