import { Hono } from 'hono';
import type { Clock } from '../core/clock.ts';
import type { DeskRole } from '../core/vocabulary.ts';
import { claimedName, guestOf } from '../ledger/people/account-name.ts';
import type { AccessStore, Redeemed } from '../ledger/people/store.ts';
import { acts, changes } from './acts.ts';
import type { SignInDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit, formOf } from './forms.ts';
import { hashSecret, isSecret, newSecret } from './secrets.ts';
import {
  accountObject,
  endSession,
  findSession,
  fromOurPages,
  hasCsrfToken,
  type Person,
  safeNext,
  startSession,
} from './session.ts';
import { signInPage } from './sign-in.ts';

/** How long a printed link can be redeemed. */
export const LINK_LIFE = 60 * 60 * 1000;

/** A name in the history: what people are called, not what could pass for an API key (`key:…`) or for markup. */
const ACTOR = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,'’@_-]{0,59}$/u;

/** Whether somebody can be called so. */
export function isActor(name: string): boolean {
  return ACTOR.test(name);
}

/** Whom a link is for: whoever holds it, in a role; or an account. */
export interface LinkFor {
  readonly role: DeskRole;
  readonly account?: string;
}

/**
 * Makes a link that signs one person in, once, within LINK_LIFE. The secret is in the fragment: it reaches no server log, no proxy
 * and no referrer, and whoever previews the link redeems nothing (docs/adr/0018).
 * `origin` is what the reader's browser shows: `http://127.0.0.1:8480`.
 */
export async function createSignInLink(
  access: Pick<AccessStore, 'createLink'>,
  clock: Clock,
  origin: string,
  { role, account }: LinkFor = { role: 'officer' },
): Promise<string> {
  const secret = newSecret();
  await access.createLink({ hash: hashSecret(secret), role, account: account ?? null, expires: clock() + LINK_LIFE });
  return `${origin}/sign-in#${secret}`;
}

/** The secret of what was pasted: the whole link, its fragment, or the code alone. Empty where there is none. */
export function secretOf(pasted: string): string {
  const code = pasted.slice(pasted.lastIndexOf('#') + 1).trim();
  return isSecret(code) ? code : '';
}

/** `/sign-in` with a link, and `/sign-out`. A GET changes nothing. */
export function authRoutes(deps: SignInDeps): Hono {
  const app = new Hono();
  const oidc = deps.oidc?.host ?? null;

  app.get('/sign-in', async (c) => {
    const next = safeNext(c.req.query('next'));
    if ((await findSession(c, deps)) !== null) return c.redirect(next, 303);
    return c.html(signInPage({ next, oidc, signedOut: c.req.query('out') === 'oidc' }));
  });

  app.post('/sign-in', formLimit, async (c) => {
    if (!fromOurPages(c, deps)) return c.html(errorPage('forged'), 403);
    const form = await formOf(c);
    const next = safeNext(form.next);
    const typed = (form.actor ?? '').trim();
    const actor = typed === '' ? 'officer' : typed;
    if (!isActor(actor)) return c.html(signInPage({ next, oidc, problem: 'actor' }), 422);
    const secret = secretOf(form.link ?? '');
    if (secret === '') return c.html(signInPage({ next, oidc, actor: typed, problem: 'no-link' }), 422);
    const redeemed = await deps.access.redeemLink(hashSecret(secret), actor, deps.clock());
    const refused = acts(deps, { actor: 'unknown', role: '' });
    if (redeemed === null) {
      await refused('signin.refused', '', { how: 'link' });
      return c.html(signInPage({ next, oidc, actor: typed, problem: 'spent' }), 401);
    }
    if (redeemed.kind === 'taken') {
      await refused('signin.refused', '', { how: 'link', reason: 'a name of an account' });
      return c.html(signInPage({ next, oidc, actor: typed, problem: 'taken' }), 422);
    }
    const person = personOf(redeemed, actor);
    if (redeemed.kind === 'account') await deps.accounts.noteSignIn(redeemed.id, deps.clock());
    await startSession(c, deps, person);
    return c.redirect(next, 303);
  });

  app.post('/sign-out', formLimit, async (c) => {
    const session = await findSession(c, deps);
    if (session === null) return c.redirect('/sign-in', 303);
    const form = await formOf(c);
    if (!fromOurPages(c, deps) || !hasCsrfToken(session, form.csrf)) return c.html(errorPage('forged'), 403);
    await endSession(c, { ...deps, access: changes(deps, session)('signout', accountObject(session)).access });
    return c.redirect(session.how === 'oidc' ? '/sign-in?out=oidc' : '/sign-in', 303);
  });

  return app;
}

function personOf(redeemed: Exclude<Redeemed, { kind: 'taken' }>, claimed: string): Person {
  if (redeemed.kind === 'account') return { user: redeemed.id, actor: redeemed.name, role: redeemed.role, how: 'link' };
  return { user: guestOf(claimed), actor: claimedName(claimed), role: redeemed.role, how: 'link' };
}
