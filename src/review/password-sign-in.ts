import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Account } from '../ledger/people/store.ts';
import { acts } from './acts.ts';
import type { SignInDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit, formOf } from './forms.ts';
import { attemptOf } from './lock-out.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import { fromOurPages, safeNext, startSession } from './session.ts';
import { signInPage } from './sign-in.ts';

/**
 * Sign-in with name and password. Whoever is refused gets one answer after one amount of work: no account, a wrong password, an account
 * that is disabled or signs in elsewhere.
 */
export function passwordRoutes(deps: SignInDeps): Hono {
  const app = new Hono();
  app.post('/sign-in/password', formLimit, async (c) => {
    if (!fromOurPages(c, deps)) return c.html(errorPage('forged'), 403);
    const { name = '', password = '', next } = await formOf(c);
    const view = { next: safeNext(next), name: name.slice(0, 60), oidc: deps.oidc?.host ?? null };
    const attempt = attemptOf(name, addressOf(c, deps.secure));
    const until = await deps.accounts.countAttempt(attempt, deps.clock());
    const account = await deps.accounts.byName(name);
    const act = acts(deps, { actor: account?.name ?? 'unknown', role: account?.role ?? '' });
    if (until > deps.clock()) {
      await act('signin.locked', objectOf(account), { how: 'password' });
      const wait = Math.ceil((until - deps.clock()) / 1000);
      return c.html(signInPage({ ...view, locked: Math.ceil(wait / 60) }), 429, {
        'Retry-After': String(wait),
      });
    }
    const usable = account?.disabledAt === null ? account.password : null;
    if (!(await verifyPassword(password, usable)) || account === null) {
      await act('signin.refused', objectOf(account), { how: 'password' });
      return c.html(signInPage({ ...view, problem: 'refused' }), 401);
    }
    await cameIn(deps, account, password);
    await deps.accounts.clearAttempts(attempt.map(({ subject }) => subject));
    await startSession(c, deps, { user: account.id, actor: account.name, role: account.role, how: 'password' });
    return c.redirect(view.next, 303);
  });
  return app;
}

function objectOf(account: Account | null): string {
  return account === null ? '' : `account:${account.id}`;
}

/** The password is in our hands now only: the moment to bring its hash up to what a hash costs today. */
async function cameIn(deps: SignInDeps, account: Account, password: string): Promise<void> {
  await deps.accounts.noteSignIn(account.id, deps.clock());
  if (account.password !== null && isOutdated(account.password)) {
    await deps.accounts.rehashPassword({ id: account.id, from: account.password, to: await hashPassword(password) });
  }
}

const Bindings = z.object({ incoming: z.object({ socket: z.instanceof(Socket) }) });

/**
 * Who is at the other end of the connection; null where that is a proxy (the desk is https, and this came in clear), which brings everybody:
 * counting by it would let one person keep all others out. Null too where there is no connection (a test without a server).
 */
function addressOf(c: Context, secure: boolean): string | null {
  const bindings = Bindings.safeParse(c.env);
  if (!bindings.success) return null;
  const { socket } = bindings.data.incoming;
  return secure && !(socket instanceof TLSSocket) ? null : (socket.remoteAddress ?? null);
}
