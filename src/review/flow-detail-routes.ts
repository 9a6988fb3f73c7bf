import { Hono } from 'hono';
import { z } from 'zod';
import { carriedCells } from '../policy/carried.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { flowPage } from './flow-page.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { standingNow } from './incident-hops.ts';
import { PERIODS, sinceOf } from './period.ts';
import type { SessionEnv } from './session.ts';

const Period = z.enum(PERIODS).optional();

/** One flow: permitted against observed. After the routes of drafts, whose address would else be a flow's. */
export function flowDetailRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/flows/:id', requires(deps, 'read'), async (c) => {
    const name = c.req.param('id');
    const period = Period.safeParse(c.req.query('period'));
    if (!period.success) return c.html(errorPage('filter'), 400);
    const now = deps.clock();
    const policy = deps.policies().find(({ id }) => id === name) ?? null;
    const observed = (await deps.flows.list()).filter(({ key, policy: of }) => (of ?? key) === name);
    if (policy === null && observed.length === 0) return c.html(errorPage('not-found'), 404);
    const since = period.data === undefined ? 0 : sinceOf(period.data, now);
    const keys = observed.map(({ key }) => key);
    const [frame, carried, activity, incidents, stands] = await Promise.all([
      frameOf(deps, c.var.session),
      deps.flows.carried(keys, since),
      deps.flows.activity(name, { hour: now, day: now }),
      deps.incidents.count(['open'], { flow: name }),
      policy === null ? { hop: null, place: null } : standingNow(deps, policy, now),
    ]);
    const cells = carriedCells(policy, carried);
    const view = { name, policy, observed, cells, period: period.data, activity, ...stands, incidents, now };
    return c.html(flowPage(frame, view));
  });

  return app;
}
