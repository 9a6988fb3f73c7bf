import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { AuditDetail, AuditEntry } from '../core/audit.ts';
import { isoTime } from '../core/clock.ts';
import type { PlaceView } from '../lineage/places/places.ts';
import { csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { matrixOf } from './evidence-matrix.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { listPlaces } from './inventory.ts';
import { inventoryOf } from './inventory-deps.ts';
import { draftOf, type LocationDraft, readLocationForm } from './location-form.ts';
import { locationPage, newLocationPage } from './location-page.ts';
import { type LocationRow, locationsPage, SHOWN } from './locations-page.ts';
import { ownForm } from './own-form.ts';
import type { SessionEnv } from './session.ts';

const FiltersSchema = z.object({ show: z.enum(SHOWN).optional(), done: z.enum(['described', 'removed']).optional() });

const TOLD = {
  described: 'The place is described. What it names to be proven is asked within half an hour.',
  removed: 'The description is removed.',
} as const;

/** Places where data rests: as a page and as a file, each of them, and describing one. */
export function locationsRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const reading = requires(deps, 'inventory.read');
  const editing = requires(deps, 'inventory.edit');
  const { ledger, locations: described } = deps.exporting;
  const entryOf = (c: Context<SessionEnv>, action: string, id: string, detail: AuditDetail = {}): AuditEntry => {
    const { actor, role } = c.var.session;
    return { at: deps.clock(), actor, role, action, object: `location:${id}`, detail };
  };

  app.get('/locations', reading, async (c) => {
    const filters = FiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    const { show, done } = filters.data;
    const [frame, rows] = await Promise.all([frameOf(deps, c.var.session), locationRows(deps)]);
    return c.html(locationsPage(frame, { rows, show, told: done === undefined ? null : TOLD[done], now: deps.clock() }));
  });

  app.get('/locations.csv', reading, async (c) =>
    c.body(csvOf(COLUMNS, (await locationRows(deps)).map(cells)), 200, csvHeaders('cordon-locations')),
  );

  app.get('/locations/new', editing, async (c) =>
    c.html(newLocationPage(await frameOf(deps, c.var.session), { values: {}, problem: null })),
  );

  app.get('/locations/place/:id', reading, async (c) => {
    const row = (await locationRows(deps)).find(({ place }) => place.id === c.req.param('id'));
    if (row === undefined) return c.html(errorPage('not-found'), 404);
    const draft = draftOf(row.place.id, row.place.location);
    return c.html(locationPage(await frameOf(deps, c.var.session), { ...row, draft, now: deps.clock() }));
  });

  app.post('/locations', editing, formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const read = readLocationForm(form);
    if ('draft' in read) return refused(deps, c, read.draft);
    const { location } = read;
    if (described.has(location.id)) {
      const problem = 'Nothing is saved. A file of rules/locations describes this place: change it there.';
      return refused(deps, c, { ...draftOf(location.id, location), problem });
    }
    const act = entryOf(c, 'location.describe', location.id, { title: location.title });
    await ledger.logged(act).places.save({ location, by: act.actor, at: act.at });
    return c.redirect('/locations?done=described', 303);
  });

  app.post('/locations/place/:id/remove', editing, formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const id = c.req.param('id');
    if (!(await ledger.logged(entryOf(c, 'location.remove', id)).places.remove(id))) return c.html(errorPage('not-found'), 404);
    return c.redirect('/locations?done=removed', 303);
  });

  return app;
}

async function refused(deps: ReviewDeps, c: Context<SessionEnv>, draft: LocationDraft): Promise<Response> {
  return c.html(newLocationPage(await frameOf(deps, c.var.session), draft), 422);
}

/** Those that nobody described first, each group by name, with their evidence. */
async function locationRows(deps: ReviewDeps): Promise<readonly LocationRow[]> {
  const [{ rows }, places, known] = await Promise.all([listPlaces(inventoryOf(deps)), deps.places(), deps.evidence.list()]);
  const matrix = matrixOf(deps.policies(), places, known, deps.clock());
  const byId = new Map(matrix.places.map((row) => [row.id, row]));
  const withEvidence = rows.map((place): LocationRow => {
    const evidence = byId.get(`place:${place.id}`) ?? null;
    return { place, evidence, standing: evidence?.overall ?? 'unknown' };
  });
  const isKnown = ({ place }: LocationRow): number => (place.location === null ? 0 : 1);
  return withEvidence.sort((a, b) => isKnown(a) - isKnown(b) || nameOf(a.place).localeCompare(nameOf(b.place)));
}

function nameOf({ id, location }: PlaceView): string {
  return location?.title ?? id;
}

const COLUMNS = [
  'id',
  'title',
  'described_in',
  'type',
  'country',
  'region',
  'owner',
  'key',
  'retention',
  'at_rest',
  'flows',
  'messages',
  'last_delivery',
] as const;

function cells({ place, standing }: LocationRow) {
  const { id, origin, location, deliveries } = place;
  const { title = null, type = null, country = null, region = null, owner = null, key = null, retention = null } = location ?? {};
  const last = Math.max(...deliveries.map(({ lastSeen }) => lastSeen ?? 0), 0);
  return [
    ...[id, title, location === null ? null : origin, type, country, region, owner, key, retention, standing],
    deliveries.map(({ flow }) => flow).join(' '),
    deliveries.reduce((sum, { messages }) => sum + messages, 0),
    last === 0 ? null : isoTime(last),
  ];
}
