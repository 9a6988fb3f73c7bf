import { Hono } from 'hono';
import type { ReviewDeps } from './deps.ts';
import { flowsPage } from './flows-page.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import type { SessionEnv } from './session.ts';

/** What was observed against what is registered. */
export function flowRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const reading = requires(deps, 'read');

  app.get('/flows', reading, async (c) => {
    const [frame, flows] = await Promise.all([frameOf(deps, c.var.session), deps.flows.list()]);
    return c.html(flowsPage(frame, { flows, policies: deps.policies(), now: deps.clock() }));
  });

  return app;
}
