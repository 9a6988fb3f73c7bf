import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Registry } from 'prom-client';
import { CordonError } from '../core/errors.ts';
import { refused } from './openapi.ts';
import { UNAVAILABLE } from './request.ts';

export interface HealthDeps {
  /** Resolves when messages can be committed; rejects with why not. */
  readonly ready: () => Promise<void>;
  readonly registry: Registry;
}

const Health = z.object({ status: z.string() }).openapi('Health');
const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the process answers',
  responses: { 200: { description: 'It does.', content: { 'application/json': { schema: Health } } } },
});
const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether messages can be committed',
  responses: {
    200: { description: 'They can.', content: { 'application/json': { schema: Health } } },
    503: refused('They cannot, and why.'),
  },
});
const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Counters for Prometheus',
  responses: { 200: { description: 'Text exposition format.', content: { 'text/plain': { schema: z.string() } } } },
});

/** What whoever watches the process asks: `/healthz`, `/readyz`, `/metrics`. Every process has it, whatever its role. */
export function createHealthApp(deps: HealthDeps): OpenAPIHono {
  const app = new OpenAPIHono();
  app.openapi(healthz, (c) => c.json({ status: 'ok' }, 200));
  app.openapi(readyz, async (c) => {
    try {
      await deps.ready();
      return c.json({ status: 'ready' }, 200);
    } catch (error) {
      return c.json(error instanceof CordonError ? { code: error.code, message: error.message } : UNAVAILABLE, 503);
    }
  });
  app.openapi(metrics, async (c) => c.text(await deps.registry.metrics(), 200, { 'Content-Type': deps.registry.contentType }));
  return app;
}
