import { type Context, Hono } from 'hono';
import type { AuditDetail } from '../core/audit.ts';
import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { DEVICE_KINDS, latest } from '../lineage/devices/device.ts';
import type { DeviceView } from '../lineage/devices/view.ts';
import { type CsvCell, csvFile, slicesOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { deviceFlows, deviceIncidents } from './device-facts.ts';
import { devicePage } from './device-page.ts';
import { confidenceWord, figure } from './device-words.ts';
import { type DevicesFilters, deviceFilter, isNarrow, readDevicesFilters } from './devices-filters.ts';
import { devicesPage } from './devices-page.ts';
import { errorPage } from './errors.ts';
import { flowChoices } from './flow-choices.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { findDevice, listDevices } from './inventory.ts';
import { inventoryOf } from './inventory-deps.ts';
import { ownForm } from './own-form.ts';
import { can } from './permissions.ts';
import type { SessionEnv } from './session.ts';

const PAGE_SIZE = 50;
/** Contradicting devices that stand above the first page, and devices to choose from. */
const FIRST = 50;
const CHOICES = 200;
/** Rows of the file that are read at once. */
const FILE_SLICE = 200;

const TOLD: Readonly<Record<string, string>> = {
  merge: 'They are one device now. Splitting off undoes it.',
  split: 'It stands alone now, and no message joins it again.',
};

/** The inventory of devices, as a page and as a file, each device, and what is held to be one. */
export function devicesRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const reading = requires(deps, 'inventory.read');
  const editing = requires(deps, 'inventory.edit');
  const inventory = inventoryOf(deps);
  const logged = (c: Context<SessionEnv>, action: string, id: string, detail: AuditDetail = {}) => {
    const { actor, role } = c.var.session;
    return deps.exporting.ledger.logged({ at: deps.clock(), actor, role, action, object: `device:${id}`, detail });
  };

  app.get('/devices', reading, async (c) => {
    const filters = readDevicesFilters(c.req.query());
    if (filters === null) return c.html(errorPage('filter'), 400);
    return c.html(await listView(deps, c, filters));
  });

  app.get('/devices.csv', reading, (c) => {
    const filters = readDevicesFilters(c.req.query());
    if (filters === null) return c.html(errorPage('filter'), 400);
    const asked = { ...deviceFilter(filters), limit: FILE_SLICE };
    const slices = slicesOf((from) => listDevices(inventory, { ...asked, ...from }));
    return csvFile(c, { name: 'cordon-devices', columns: COLUMNS, cells }, slices);
  });

  app.get('/devices/:id', reading, async (c) => {
    const view = await findDevice(inventory, c.req.param('id'));
    if (view === null) return c.html(errorPage('not-found'), 404);
    const edits = can(c.var.session.role, 'inventory.edit');
    const [frame, flows, incidents, others] = await Promise.all([
      frameOf(deps, c.var.session),
      deviceFlows(deps, view.device),
      deviceIncidents(deps, view.device),
      edits ? listDevices(inventory, { kind: view.device.kind, limit: CHOICES }) : { rows: [] },
    ]);
    const choices = others.rows
      .filter(({ device }) => device.id !== view.device.id)
      .map(({ device, label }) => ({ id: device.id, label }))
      .sort((a, b) => a.label.localeCompare(b.label));
    const told = TOLD[c.req.query('done') ?? ''] ?? null;
    return c.html(devicePage(frame, { view, flows, incidents, others: choices, told, now: deps.clock() }));
  });

  app.post('/devices/:id/merge', editing, formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const [part, { into = '' }] = [c.req.param('id'), form];
    if (
      into === '' ||
      !(await change(async () => {
        await logged(c, 'device.merge', part, { into }).devices.merge(part, into);
        return true;
      }))
    )
      return c.html(errorPage('not-found'), 404);
    return c.redirect(`/devices/${encodeURIComponent(into)}?done=merge`, 303);
  });

  app.post('/devices/:id/split', editing, formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const id = c.req.param('id');
    if (!(await change(() => logged(c, 'device.split', id).devices.split(id)))) return c.html(errorPage('not-found'), 404);
    return c.redirect(`/devices/${encodeURIComponent(id)}?done=split`, 303);
  });

  return app;
}

async function listView(deps: ReviewDeps, c: Context<SessionEnv>, filters: DevicesFilters) {
  const { cursor } = filters;
  const inventory = inventoryOf(deps);
  const plain = cursor === undefined && !isNarrow(filters);
  const [frame, page, conflicting, flows, kinds] = await Promise.all([
    frameOf(deps, c.var.session),
    listDevices(inventory, { ...deviceFilter(filters), limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
    plain ? listDevices(inventory, { conflicting: true, limit: FIRST }) : { rows: [] },
    flowChoices(deps),
    Promise.all(DEVICE_KINDS.map(async (kind) => [kind, await deps.devices.count({ kind })] as const)),
  ]);
  const now = deps.clock();
  return devicesPage(frame, { filters, page, conflicting: conflicting.rows, kinds: new Map(kinds), flows, now });
}

/** False where one of the devices is not there (any more), or nothing is to be undone. */
async function change(run: () => Promise<boolean>): Promise<boolean> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CordonError && error.code === 'ledger.conflict') return false;
    throw error;
  }
}

const COLUMNS = [
  'id',
  'kind',
  'label',
  'manufacturer',
  'model',
  'serial',
  'ae_title',
  'application',
  'address',
  'facility',
  'department',
  'bed',
  'site',
  'confidence',
  'confidence_word',
  'conflicts',
  'flows',
  'first_seen',
  'last_seen',
] as const;

function cells({ device, label, confidence, place }: DeviceView): CsvCell[] {
  const of = (name: Parameters<typeof latest>[1]): string | null => latest(device, name);
  return [
    ...[device.id, device.kind, label, of('manufacturer'), of('model'), of('serial'), of('ae-title'), of('application')],
    ...[of('address'), place.facility, place.department, place.bed, place.site, figure(confidence), confidenceWord(confidence)],
    device.conflicts.map(({ kind }) => kind).join(' '),
    [...new Set(device.flows.map(({ flow }) => flow))].join(' '),
    isoTime(device.firstSeen),
    isoTime(device.lastSeen),
  ];
}
