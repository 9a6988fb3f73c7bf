import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { acts } from './acts.ts';
import type { SignInDeps } from './deps.ts';
import { type Checks, type IdentityProvider, isAway, type Vouched } from './oidc.ts';
import { originOf, safeNext, startSession } from './session.ts';
import { type SignInProblem, signInPage } from './sign-in.ts';

/** Where the identity provider sends people back to. Register it there with the desk's own origin before it. */
export const CALLBACK = '/sign-in/oidc/callback';

/** How long somebody may take at the provider. */
const PATIENCE = 10 * 60;

/**
 * Sign-in at an identity provider. It begins with a GET: a form could not lead to another origin (`form-action 'self'`), and all that it
 * does is to set a cookie that is worth nothing without the provider's answer.
 */
export function oidcRoutes(deps: SignInDeps, provider: IdentityProvider): Hono {
  const app = new Hono();
  const refuse = (c: Context, problem: SignInProblem, status: 401 | 403 | 503) =>
    c.html(signInPage({ next: '/', problem, oidc: provider.host }), status);

  app.get('/sign-in/oidc', async (c) => {
    try {
      const { url, checks } = await provider.begin(`${originOf(c, deps)}${CALLBACK}`);
      keep(c, deps.secure, checks, safeNext(c.req.query('next')));
      return c.redirect(url.href, 303);
    } catch (error) {
      deps.report(error);
      return refuse(c, 'oidc-down', 503);
    }
  });

  app.get(CALLBACK, async (c) => {
    const kept = take(c, deps.secure);
    const refused = acts(deps, { actor: 'unknown', role: '' });
    if (kept === null) return refuse(c, 'oidc-failed', 401);
    const answer = new URL(`${originOf(c, deps)}${CALLBACK}${new URL(c.req.url).search}`);
    let vouched: Vouched;
    try {
      vouched = await provider.finish(answer, kept);
    } catch (error) {
      deps.report(error);
      await refused('signin.refused', '', { how: 'oidc', reason: isAway(error) ? 'unavailable' : 'not confirmed' });
      return isAway(error) ? refuse(c, 'oidc-down', 503) : refuse(c, 'oidc-failed', 401);
    }
    const { subject, role } = vouched;
    const id = idOf(subject);
    if (role === null) {
      await refused('signin.refused', `account:${id}`, { how: 'oidc', reason: 'no role' });
      return refuse(c, 'no-role', 403);
    }
    const account = await deps.accounts.saveIdentity({ id, subject, name: nameOf(vouched), role, at: deps.clock() });
    if (account === null) {
      await refused('signin.refused', `account:${id}`, { how: 'oidc', reason: 'disabled' });
      return refuse(c, 'disabled', 403);
    }
    const person = { user: account.id, actor: account.name, role, how: 'oidc' } as const;
    await startSession(c, deps, person);
    return c.redirect(kept.next, 303);
  });

  app.get('/sign-in/oidc/sign-out', async (c) => {
    try {
      const url = await provider.signOut(`${originOf(c, deps)}/sign-in`);
      return c.redirect(url?.href ?? '/sign-in', 303);
    } catch (error) {
      deps.report(error);
      return refuse(c, 'oidc-down', 503);
    }
  });

  return app;
}

/** The same for the same person whatever they are called there. */
function idOf(subject: string): string {
  return `oidc-${createHash('sha256').update(subject).digest('hex').slice(0, 24)}`;
}

/** A name as histories take it: what else a provider says is left out. */
function nameOf({ name, subject }: Vouched): string {
  const text = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N} .,'’@_-]/gu, '')
    .trim()
    .slice(0, 60);
  return /^[\p{L}\p{N}]/u.test(text) ? text : idOf(subject);
}

function cookieName(secure: boolean): string {
  return secure ? '__Host-cordon-oidc' : 'cordon-oidc';
}

function keep(c: Context, secure: boolean, { state, nonce, verifier }: Checks, next: string): void {
  const value = [state, nonce, verifier, Buffer.from(next).toString('base64url')].join('.');
  setCookie(c, cookieName(secure), value, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: PATIENCE });
}

const KEPT = /^([\w-]{43})\.([\w-]{43})\.([\w-]{43})\.([\w-]{1,2048})$/;

/** What this browser began with, once; null where it began nothing. */
function take(c: Context, secure: boolean): (Checks & { next: string }) | null {
  const [, state, nonce, verifier, next] = KEPT.exec(getCookie(c, cookieName(secure)) ?? '') ?? [];
  deleteCookie(c, cookieName(secure), { path: '/', secure });
  if (state === undefined || nonce === undefined || verifier === undefined || next === undefined) return null;
  return { state, nonce, verifier, next: safeNext(Buffer.from(next, 'base64url').toString()) };
}
