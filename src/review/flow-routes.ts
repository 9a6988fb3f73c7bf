import { Hono } from 'hono';
import { isoTime } from '../core/clock.ts';
import type { FlowRow } from '../ledger/flow-store.ts';
import { type CsvCell, csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { flowsPage } from './flows-page.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import type { SessionEnv } from './session.ts';

/** What was observed against what is registered, as a page and as a file. */
export function flowRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const reading = requires(deps, 'read');

  app.get('/flows', reading, async (c) => {
    const [frame, flows] = await Promise.all([frameOf(deps, c.var.session), deps.flows.list()]);
    return c.html(flowsPage(frame, { flows, policies: deps.policies(), now: deps.clock() }));
  });

  app.get('/flows.csv', reading, async (c) => {
    const policies = new Map(deps.policies().map((policy) => [policy.id, policy]));
    const rows = (await deps.flows.list()).map((flow) => cells(flow, policies.get(flow.policy ?? '')?.status ?? null));
    return c.body(csvOf(COLUMNS, rows), 200, csvHeaders('cordon-flows'));
  });

  return app;
}

const COLUMNS = ['key', 'policy', 'status', 'listener', 'source', 'destination', 'messages', 'first_seen', 'last_seen'] as const;

function cells(flow: FlowRow, status: string | null): CsvCell[] {
  const { key, policy, listener, source, destination, messages, firstSeen, lastSeen } = flow;
  return [key, policy, status ?? 'unregistered', listener, source, destination, messages, isoTime(firstSeen), isoTime(lastSeen)];
}
