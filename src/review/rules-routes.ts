import { Hono } from 'hono';
import { packId, standingOf } from '../detect/pack.ts';
import { csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { ownForm } from './own-form.ts';
import { rulePage, rulesPage, triedTable } from './rules-page.ts';
import type { SessionEnv } from './session.ts';
import { createTryRules, TRY_LIMIT } from './try-rules.ts';

/** The rules in force, how they do, and a box to try them. */
export function rulesRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const tryRules = createTryRules(deps.packs);
  const inForce = () => ({ packs: deps.packs(), overlays: deps.overlays(), now: deps.clock() });

  app.get('/rules', requires(deps, 'read'), async (c) => {
    const [frame, uses] = await Promise.all([frameOf(deps, c.var.session), deps.overview.rules()]);
    return c.html(rulesPage(frame, { ...inForce(), uses, tried: null, problem: null }));
  });

  app.get('/rules.csv', requires(deps, 'read'), async (c) => {
    const uses = new Map((await deps.overview.rules()).map((use) => [use.rule, use]));
    const rows = deps.packs().flatMap((pack) =>
      pack.rules.map((rule) => {
        const use = uses.get(rule.id);
        const counts = [use?.findings ?? 0, use?.decided ?? 0, use?.falsePositive ?? 0];
        const { version, status } = standingOf(pack, rule);
        const what = [rule.category, rule.subject, rule.severity, rule.confidence];
        return [rule.id, rule.title, packId(pack), version, status, ...what, ...counts];
      }),
    );
    const columns = [
      'rule',
      'title',
      'pack',
      'version',
      'status',
      'category',
      'subject',
      'severity',
      'confidence',
      'hits',
      'decided',
      'false_positives',
    ];
    return c.body(csvOf(columns, rows), 200, csvHeaders('cordon-rules'));
  });

  app.get('/rules/:id', requires(deps, 'read'), async (c) => {
    const id = c.req.param('id');
    for (const pack of deps.packs()) {
      const rule = pack.rules.find((each) => each.id === id);
      if (rule === undefined) continue;
      const [frame, uses] = await Promise.all([frameOf(deps, c.var.session), deps.overview.rules()]);
      return c.html(rulePage(frame, { pack, rule, use: uses.find((use) => use.rule === id) ?? null }));
    }
    return c.html(errorPage('not-found'), 404);
  });

  // What is typed here may be anything: it is scanned, and goes with the request. With `part`, our script asks for the answer alone.
  app.post('/rules/try', requires(deps, 'read'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const { text = '' } = form;
    const problem = text.length > TRY_LIMIT ? 'A text to try holds at most 8,000 characters.' : null;
    const tried = problem === null ? tryRules(text, null) : null;
    const status = problem === null ? 200 : 422;
    if (form.part === 'yes' && tried !== null) return c.html(triedTable(tried));
    const [frame, uses] = await Promise.all([frameOf(deps, c.var.session), deps.overview.rules()]);
    return c.html(rulesPage(frame, { ...inForce(), uses, tried, problem }), status);
  });

  return app;
}
