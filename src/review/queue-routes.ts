import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { isoTime } from '../core/clock.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { ACTS, type Done } from './bulk-page.ts';
import { type CsvCell, csvFile, slicesOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { type Filters, ledgerFilter, looksPersonal, narrowingOf, queryOf, readFilters, statesOf } from './filters.ts';
import { flowChoices } from './flow-choices.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { queuePage } from './queue-page.ts';
import type { SessionEnv } from './session.ts';
import { titleOf } from './titles.ts';

const PAGE_SIZE = 50;
/** Rows of the file that are read at once. */
const FILE_SLICE = 500;

const DoneSchema = z.object({
  act: z.uuid(),
  did: z.enum([...ACTS.map(({ name }) => name), 'undo']),
  done: z.coerce.number().int().nonnegative(),
  refused: z.coerce.number().int().nonnegative(),
});

/** The queue of incidents, as a page and as a file. */
export function queueRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/incidents', requires(deps, 'read'), async (c) => {
    const filters = readFilters(c.req.query());
    if (filters === null) return c.html(errorPage('filter'), 400);
    if (looksPersonal(filters.q ?? '')) return c.html(errorPage('search'), 400);
    return c.html(await queueView(deps, c, filters));
  });

  app.get('/incidents.csv', requires(deps, 'read'), (c) => {
    const filters = readFilters(c.req.query());
    if (filters === null || looksPersonal(filters.q ?? '')) return c.html(errorPage('filter'), 400);
    const asked = ledgerFilter(filters, c.var.session.actor, deps.clock());
    const slices = slicesOf((from) => deps.incidents.list({ ...asked, limit: FILE_SLICE, ...from }));
    return csvFile(c, { name: 'cordon-incidents', columns: COLUMNS, cells }, slices);
  });

  return app;
}

async function queueView(deps: ReviewDeps, c: Context<SessionEnv>, filters: Filters) {
  const now = deps.clock();
  const { session } = c.var;
  const { cursor } = filters;
  const others = narrowingOf(filters, session.actor, now);
  const [frame, page, messages, flows, states] = await Promise.all([
    frameOf(deps, session),
    deps.incidents.list({
      ...ledgerFilter(filters, session.actor, now),
      limit: PAGE_SIZE,
      ...(cursor === undefined ? {} : { cursor }),
    }),
    deps.messages.counts(),
    flowChoices(deps),
    deps.incidents.tally(others),
  ]);
  const total = statesOf(filters).reduce((sum, state) => sum + (states.get(state) ?? 0), 0);
  return queuePage(frame, { filters, page, total, states, flows, messages, done: doneOf(c, filters), now });
}

/** What the address says that was just done; null where it says nothing. */
function doneOf(c: Context, filters: Filters): Done | null {
  const read = DoneSchema.safeParse(c.req.query());
  if (!read.success) return null;
  const { act, did, done, refused } = read.data;
  return { act, name: did, done, refused, back: queryOf(filters) };
}

const COLUMNS = [
  'id',
  'title',
  'reason',
  'severity',
  'state',
  'flow',
  'source',
  'destination',
  'category',
  'group',
  'messages',
  'patients',
  'first_seen',
  'last_seen',
  'assignee',
  'due',
  'unconfirmed',
] as const;

function cells(incident: IncidentRow): CsvCell[] {
  const { id, reason, severity, state, flow, source, destination, category, group, messages, patients, desk } = incident;
  const times = [
    isoTime(incident.firstSeen),
    isoTime(incident.lastSeen),
    desk.assignee,
    desk.due === null ? null : isoTime(desk.due),
    desk.unconfirmed ? 'yes' : 'no',
  ];
  return [
    id,
    titleOf(incident),
    reason,
    severity,
    state,
    flow,
    source,
    destination,
    category,
    group,
    messages,
    patients,
    ...times,
  ];
}
