import { Hono } from 'hono';
import { z } from 'zod';
import type { AuditRecord } from '../core/audit.ts';
import { isoTime } from '../core/clock.ts';
import { given } from './api-parts.ts';
import { type AuditFilters, auditPage } from './audit-page.ts';
import { type CsvCell, csvFile } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { PERIODS, sinceOf } from './period.ts';
import type { SessionEnv } from './session.ts';

const PAGE_SIZE = 50;
/** Entries of a file that are read at once. */
const SLICE = 500;

const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((value) => value.trim() || undefined)
    .optional();

const FiltersSchema = z.object({
  actor: text(256),
  action: text(64),
  object: text(512),
  period: z.enum(PERIODS).optional(),
  before: z.coerce.number().int().nonnegative().optional(),
});

/** The audit log, for who may read it. */
export function auditRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  app.get('/audit', requires(deps, 'audit.read'), async (c) => {
    const filters = FiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    const [frame, found, size, checkpoint] = await Promise.all([
      frameOf(deps, c.var.session),
      entriesOf(deps, filters.data, PAGE_SIZE),
      deps.audit.size(),
      deps.audit.lastCheckpoint(),
    ]);
    return c.html(auditPage(frame, { filters: filters.data, ...found, size, checkpoint, now: deps.clock() }));
  });

  app.get('/audit.csv', requires(deps, 'audit.read'), (c) => {
    const filters = FiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    return csvFile(c, { name: 'cordon-audit', columns: COLUMNS, cells }, allOf(deps, filters.data));
  });

  return app;
}

interface Found {
  readonly rows: readonly AuditRecord[];
  readonly next: number | null;
}

/** Every entry that the filters let through, the latest first. */
async function* allOf(deps: ReviewDeps, filters: AuditFilters): AsyncGenerator<readonly AuditRecord[]> {
  for (let before: number | null | undefined; before !== null; ) {
    const { rows, next } = await entriesOf(deps, { ...filters, before }, SLICE);
    yield rows;
    before = next;
  }
}

/** The next `size` entries at most, the latest first. `next`: where the page after it begins. */
async function entriesOf({ audit, clock }: ReviewDeps, filters: AuditFilters, size: number): Promise<Found> {
  const { actor, action, object, period, before } = filters;
  const since = period === undefined ? 0 : await firstOf({ audit, clock }, sinceOf(period, clock()));
  if (since === null) return { rows: [], next: null };
  const found = await audit.list({ ...given({ actor, action, object, before }), limit: size + 1 });
  const within = found.filter(({ seq }) => seq >= since);
  const rows = within.slice(0, size);
  return { rows, next: within.length > size ? (rows.at(-1)?.seq ?? null) : null };
}

/** The place of the first entry of a period that ends now; null where nothing was done in it. */
async function firstOf({ audit, clock }: Pick<ReviewDeps, 'audit' | 'clock'>, since: number): Promise<number | null> {
  return (await audit.placesOf(since, clock() + 1))?.start ?? null;
}

const COLUMNS = ['place', 'at', 'actor', 'role', 'action', 'object', 'particulars'] as const;

function cells({ seq, at, actor, role, action, object, detail }: AuditRecord): CsvCell[] {
  return [seq, isoTime(at), actor, role, action, object, JSON.stringify(detail)];
}
