import type { MiddlewareHandler } from 'hono';

/**
 * Nothing but our own files, and no inline script or style at all: text of a message that slipped through escaping could still not
 * run. Images are our own; forms go to ourselves; nobody frames us.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  // A script of ours asks for part of a page (trying the rules).
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * Sets the headers of every answer. `Referrer-Policy` is `same-origin` and not `no-referrer`: under `no-referrer` browsers send
 * `Origin: null` with a form (Fetch, "append a request Origin header"), and the check against forged requests would have nothing to
 * check. Nothing leaves the origin under either.
 */
export function securityHeaders(secure: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('X-Frame-Options', 'DENY');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000');
    if (c.res.headers.get('Cache-Control') === null) c.header('Cache-Control', 'no-store');
  };
}
