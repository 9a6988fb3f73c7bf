import { type Context, Hono } from 'hono';
import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { EXPORT_KINDS } from '../exports/registry.ts';
import { acts } from './acts.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { streamOf } from './exports-api.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { ownForm } from './own-form.ts';
import { reportsPage } from './reports-page.ts';
import { type Days, lastDays, periodOfDays } from './reports-period.ts';
import type { SessionEnv } from './session.ts';

/** Days that the form offers. */
const OFFERED = 7;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/fhir+ndjson': 'ndjson',
  'application/xml': 'xml',
  'application/zip': 'zip',
};

/** Exports and evidence packs, as a form that a file answers. */
export function reportsRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/reports', requires(deps, 'read'), async (c) => {
    const days = lastDays(OFFERED, deps.clock());
    return c.html(reportsPage(await frameOf(deps, c.var.session), { days, kind: null, problem: null }));
  });

  app.post('/reports/exports', requires(deps, 'export'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const { kind = '', from = '', through = '' } = form;
    try {
      return await exported(deps, c, kind, { from, through });
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== 'usage') throw error;
      const problem = `Nothing is exported: ${error.message}.`;
      return c.html(reportsPage(await frameOf(deps, c.var.session), { days: { from, through }, kind, problem }), 422);
    }
  });

  return app;
}

/** The file, after its entry on the audit log. Throws `usage` for what is no kind and no period. */
async function exported(deps: ReviewDeps, c: Context<SessionEnv>, kind: string, days: Days): Promise<Response> {
  const period = periodOfDays(days);
  const exporter = await EXPORT_KINDS.find(({ name }) => name === kind)?.load();
  if (exporter === undefined) throw new CordonError('usage', 'there is no export of this kind');
  const { actor, role } = c.var.session;
  await acts(deps, c.var.session)('export', `export:${kind}`, { from: isoTime(period.from), to: isoTime(period.to) });
  const stream = streamOf(exporter, { ...deps.exporting, period, clock: deps.clock, actor, role }, deps.report);
  const extension = EXTENSIONS[exporter.contentType.split(';')[0] ?? ''] ?? 'txt';
  return c.body(stream, 200, {
    'Content-Type': exporter.contentType,
    'Content-Disposition': `attachment; filename="cordon-${kind}-${days.from}-${days.through}.${extension}"`,
  });
}
