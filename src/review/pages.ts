import { Hono } from 'hono';
import { auditRoutes } from './audit-routes.ts';
import { breachRoutes } from './breach-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import type { ReviewDeps } from './deps.ts';
import { devicesRoutes } from './devices-routes.ts';
import { disclosuresRoutes } from './disclosures-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { flowDetailRoutes } from './flow-detail-routes.ts';
import { flowRoutes } from './flow-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { incidentHandlingRoutes } from './incident-handling-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { locationsRoutes } from './locations-routes.ts';
import { mapRoutes } from './map-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { reportsRoutes } from './reports-routes.ts';
import { revealRoutes } from './reveal-routes.ts';
import { reviewsRoutes } from './reviews-routes.ts';
import { rulesRoutes } from './rules-routes.ts';
import type { SessionEnv } from './session.ts';
import { settingsRoutes } from './settings-routes.ts';
import { traceRoutes } from './trace-routes.ts';

/** The pages behind the sign-in: one file of routes each, with its line in sections.ts where the rail leads to it. */
const PAGES: readonly ((deps: ReviewDeps) => Hono<SessionEnv>)[] = [
  homeRoutes,
  queueRoutes,
  bulkRoutes,
  incidentRoutes,
  incidentHandlingRoutes,
  flowRoutes,
  draftRoutes,
  flowDetailRoutes,
  mapRoutes,
  locationsRoutes,
  devicesRoutes,
  evidenceRoutes,
  traceRoutes,
  reportsRoutes,
  disclosuresRoutes,
  reviewsRoutes,
  auditRoutes,
  rulesRoutes,
  revealRoutes,
  breachRoutes,
  settingsRoutes,
];

/** All of them. */
export function pageRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  for (const routes of PAGES) app.route('/', routes(deps));
  return app;
}
