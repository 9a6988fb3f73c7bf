import { Hono } from 'hono';
import { z } from 'zod';
import { isoTime } from '../core/clock.ts';
import { csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { type Matrix, matrixOf, standingOf } from './evidence-matrix.ts';
import { evidencePage } from './evidence-page.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import type { SessionEnv } from './session.ts';

const FiltersSchema = z.object({
  show: z.enum(['failed', 'unknown', 'expiring', 'claimed', 'proven']).optional(),
  row: z.string().min(1).max(100).optional(),
  check: z.string().min(1).max(100).optional(),
});

/** What is known of the encryption of hops and places, as a page and as a file. */
export function evidenceRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const matrix = async (now: number): Promise<Matrix> => {
    const [places, evidence] = await Promise.all([deps.places(), deps.evidence.list()]);
    return matrixOf(deps.policies(), places, evidence, now);
  };

  app.get('/evidence', requires(deps, 'read'), async (c) => {
    const filters = FiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    const now = deps.clock();
    const [frame, shown] = await Promise.all([frameOf(deps, c.var.session), matrix(now)]);
    return c.html(evidencePage(frame, { matrix: shown, filters: filters.data, now }));
  });

  app.get('/evidence.csv', requires(deps, 'read'), async (c) => {
    const now = deps.clock();
    const { hops, places } = await matrix(now);
    const rows = [...hops, ...places].flatMap(({ id, title, cells }) =>
      [...cells.values()].flatMap((cell) =>
        cell.rows.map((row) => [
          id,
          title,
          row.target,
          cell.check,
          row.profile,
          row.section,
          standingOf(row, now),
          row.how,
          row.reason,
          isoTime(row.at),
          isoTime(row.expires),
        ]),
      ),
    );
    const columns = ['row', 'title', 'target', 'check', 'profile', 'section', 'outcome', 'how', 'reason', 'at', 'expires'];
    return c.body(csvOf(columns, rows), 200, csvHeaders('cordon-evidence'));
  });

  return app;
}
