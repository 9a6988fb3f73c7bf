import { randomUUIDv7 } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { System } from '../lineage/systems.ts';
import { changes } from './acts.ts';
import { csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { type MapEdge, mapEdge, mapId, pictureOf, shownEdges } from './map-edges.ts';
import { layoutOf } from './map-elk.ts';
import { endOfDay, type MapFilters, MapFiltersSchema, mapAddress } from './map-filters.ts';
import { mapPage } from './map-page.ts';
import { graphOf } from './map-picture.ts';
import { ownForm } from './own-form.ts';
import type { SessionEnv } from './session.ts';

/** Merges by hand that panels look among. */
const MERGES = 500;
const LONGEST_NOTE = 500;

/** The map: a page, its rows as a file, and joining systems that go by two names. */
export function mapRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/map', requires(deps, 'inventory.read'), async (c) => {
    const filters = MapFiltersSchema.safeParse(c.req.query());
    return filters.success ? c.html(await pageOf(deps, c, filters.data, null)) : c.html(errorPage('filter'), 400);
  });

  app.get('/map.csv', requires(deps, 'inventory.read'), async (c) => {
    const filters = MapFiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    const shown = shownEdges(await edgesFor(deps, filters.data), filters.data);
    return c.body(csvOf(COLUMNS, shown.map(csvRow)), 200, csvHeaders('cordon-map'));
  });

  app.post('/map/merges', requires(deps, 'inventory.edit'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const systems = await deps.lineage.systems();
    const [one, other] = [systemOf(systems, form.system), systemOf(systems, form.into)];
    const note = (form.note ?? '').replace(/\s+/g, ' ').trim();
    if (one === null || other === null || one === other) return c.html(await again(deps, c, form.system, GONE), 409);
    if (note === '' || note.length > LONGEST_NOTE) return c.html(await again(deps, c, form.system, NO_NOTE), 422);
    const { actor } = c.var.session;
    const id = randomUUIDv7();
    const { lineage } = changes(deps, c.var.session)('system.merge', `merge:${id}`, { name: one.id, into: other.id });
    await lineage.merge({ id, name: one.id, into: other.id, note, actor, at: deps.clock() });
    return c.redirect(await addressOf(deps, other.id), 303);
  });

  app.post('/map/merges/:id/undo', requires(deps, 'inventory.edit'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const id = c.req.param('id');
    const merge = (await deps.lineage.merges(MERGES)).find((each) => each.id === id);
    if (merge === undefined) return c.html(errorPage('not-found'), 404);
    try {
      const { lineage } = changes(deps, c.var.session)('system.unmerge', `merge:${id}`);
      await lineage.undo(id, c.var.session.actor, deps.clock());
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== 'ledger.conflict') throw error;
      return c.html(await again(deps, c, form.system, UNDONE), 409);
    }
    return c.redirect(await addressOf(deps, merge.name), 303);
  });

  return app;
}

const GONE = 'One of the two systems is not there any more: somebody may have joined it already. Nothing changed.';
const NO_NOTE = 'Say in a few words why they are the same, in at most 500 characters. Nothing changed.';
const UNDONE = 'Somebody took this back already. Nothing changed.';

function systemOf(systems: readonly System[], id: string | undefined): System | null {
  return systems.find((system) => mapId(system.id) === id) ?? null;
}

/** The map with the system of a name chosen, whatever it goes by now. */
async function addressOf({ lineage }: ReviewDeps, name: string): Promise<string> {
  const system = (await lineage.systems()).find(({ names }) => names.includes(name));
  return system === undefined ? '/map' : `${mapAddress({}, { system: mapId(system.id) })}#map`;
}

async function again(deps: ReviewDeps, c: Context<SessionEnv>, system: string | undefined, problem: string) {
  const filters = MapFiltersSchema.safeParse({ system });
  return pageOf(deps, c, filters.success ? filters.data : {}, problem);
}

async function pageOf(deps: ReviewDeps, c: Context<SessionEnv>, filters: MapFilters, problem: string | null) {
  const [frame, all, systems, merges] = await Promise.all([
    frameOf(deps, c.var.session),
    edgesFor(deps, filters),
    deps.lineage.systems(),
    deps.lineage.merges(MERGES),
  ]);
  const shown = shownEdges(all, filters);
  const picture = pictureOf(shown, filters);
  const laid = await layoutOf(graphOf(picture));
  const edge = shown.find(({ id }) => id === filters.edge) ?? null;
  const system = systemOf(systems, filters.system);
  return mapPage(frame, { filters, all, shown, picture, laid, edge, system, systems, merges, problem, now: deps.clock() });
}

/** The edges of now, of a day's end, or those that changed between two. */
async function edgesFor({ lineage, clock }: ReviewDeps, { at, from, to }: MapFilters): Promise<MapEdge[]> {
  if (from === undefined) return (await lineage.edges(at === undefined ? clock() : endOfDay(at))).map((edge) => mapEdge(edge));
  const changes = await lineage.between(endOfDay(from), to === undefined ? clock() : endOfDay(to));
  return changes.map((change) => mapEdge(change.edge, change));
}

const COLUMNS = [
  'change',
  'source',
  'destination',
  'flow',
  'policy',
  'protocol',
  'receiver',
  'location',
  'verdict',
  'encryption',
  'proven',
  'claimed',
  'unknown',
  'failed',
  'not_permitted',
  'of_patients',
  'of_others',
  'messages',
  'bytes',
  'patients',
  'first_seen',
  'last_seen',
] as const;

function csvRow({ edge, verdict, change }: MapEdge) {
  const { outcomes } = edge;
  return [
    change?.change ?? null,
    edge.source.id,
    edge.destination.id,
    edge.flow,
    edge.policy,
    edge.protocol,
    edge.entity,
    edge.location,
    verdict,
    edge.transit,
    outcomes.proven,
    outcomes.claimed,
    outcomes.unknown,
    outcomes.failed,
    edge.unpermitted.join(' '),
    edge.categories.join(' '),
    edge.others.join(' '),
    edge.messages,
    edge.bytes,
    edge.patients,
    isoTime(edge.firstSeen),
    isoTime(edge.lastSeen),
  ];
}
