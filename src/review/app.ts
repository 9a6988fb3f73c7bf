import { Hono } from 'hono';
import { CordonError } from '../core/errors.ts';
import { authRoutes } from './auth.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { securityHeaders } from './headers.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { pageRoutes } from './pages.ts';
import { passwordRoutes } from './password-sign-in.ts';
import { staticRoutes } from './static.ts';

/**
 * The desk: sign-in, pages, static files. Mount it last, at the root: it answers every address that nothing before it answered.
 * Errors show as a page that repeats nothing of the request.
 */
export function createReviewApp(deps: ReviewDeps): Hono {
  const app = new Hono();
  app.use(securityHeaders(deps.secure));
  app.route('/', staticRoutes());
  app.route('/', authRoutes(deps));
  app.route('/', passwordRoutes(deps));
  if (deps.oidc !== undefined) app.route('/', oidcRoutes(deps, deps.oidc));
  app.route('/', pageRoutes(deps));
  app.all('*', (c) => c.html(errorPage('not-found'), 404));
  app.onError((error, c) => {
    // The only thing of an address that the ledger reads is the cursor of a page.
    if (error instanceof CordonError && error.code === 'usage') return c.html(errorPage('filter'), 400);
    deps.report(error);
    const unavailable = error instanceof CordonError && error.retry === 'transient';
    return unavailable ? c.html(errorPage('unavailable'), 503, { 'Retry-After': '5' }) : c.html(errorPage('internal'), 500);
  });
  return app;
}
