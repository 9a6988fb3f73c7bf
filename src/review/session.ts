import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../core/clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AccessStore, SessionRow } from '../ledger/people/store.ts';
import { changes } from './acts.ts';
import { hashSecret, isSecret, newSecret, sameSecret } from './secrets.ts';

/** A working day: who comes back the next morning signs in again. */
export const SESSION_LIFE = 12 * 60 * 60 * 1000;

/** A desk that nobody uses for so long is left: its session ends (45 CFR 164.312(a)(2)(iii), automatic logoff). */
export const IDLE_LIFE = 30 * 60 * 1000;

/** A session in use is put off this often, so that reading pages hardly writes. */
const TOUCH_EVERY = 60 * 1000;

/** Who reads: what the handlers behind the sign-in know of a person. */
export type Session = Pick<SessionRow, 'id' | 'user' | 'actor' | 'role' | 'how' | 'csrf'>;

/** What the handlers behind the sign-in find in their context. */
export interface SessionEnv {
  Variables: { session: Session };
}

/** Who signs in, and how. */
export type Person = Pick<SessionRow, 'user' | 'actor' | 'role' | 'how'>;

export interface SessionDeps extends Pick<Ledger, 'logged'> {
  readonly access: AccessStore;
  readonly clock: Clock;
  /** Served over https (by us or by a proxy in front). */
  readonly secure: boolean;
  /** What browsers show of the desk where that was configured (`http.publicUrl`): a proxy in front changes scheme and host on the way. */
  readonly publicOrigin?: string;
}

/**
 * `__Host-` binds the cookie to this host and to https (RFC 6265bis §4.1.3.2). Browsers refuse the prefix over http, so on plain
 * loopback the name is bare.
 */
function cookieName(secure: boolean): string {
  return secure ? '__Host-cordon' : 'cordon';
}

/** The session of this request; null without one. */
export async function findSession(c: Context, deps: SessionDeps): Promise<SessionRow | null> {
  const secret = getCookie(c, cookieName(deps.secure));
  if (secret === undefined || !isSecret(secret)) return null;
  return deps.access.session(hashSecret(secret), deps.clock());
}

/** What the audit log names somebody by beside the name: `account:ID`; nothing for who came by a link of none. */
export function accountObject({ user }: Pick<Person, 'user'>): string {
  return user.startsWith('link:') ? '' : `account:${user}`;
}

/**
 * Starts a session and sets its cookie; the audit log says so. A session that the browser brought along ends: a sign-in never inherits one.
 */
export async function startSession(c: Context, deps: SessionDeps, who: Person): Promise<void> {
  await endSession(c, deps);
  const secret = newSecret();
  const startedAt = deps.clock();
  const ends = { idleUntil: startedAt + IDLE_LIFE, expires: startedAt + SESSION_LIFE };
  await changes(deps, who)('signin', accountObject(who), { how: who.how }).access.createSession({
    ...who,
    ...ends,
    hash: hashSecret(secret),
    id: randomUUID(),
    csrf: newSecret(),
    startedAt,
  });
  // Lax, not Strict: a link to an incident in a ticket or a mail has to work. What changes something is a POST, which Lax leaves out.
  setCookie(c, cookieName(deps.secure), secret, {
    path: '/',
    httpOnly: true,
    secure: deps.secure,
    sameSite: 'Lax',
    maxAge: SESSION_LIFE / 1000,
  });
}

/** Ends the session of this request, if there is one, in the ledger and in the browser. */
export async function endSession(c: Context, deps: Pick<SessionDeps, 'access' | 'secure'>): Promise<void> {
  const secret = getCookie(c, cookieName(deps.secure));
  if (secret === undefined) return;
  if (isSecret(secret)) await deps.access.endSession(hashSecret(secret));
  deleteCookie(c, cookieName(deps.secure), { path: '/', secure: deps.secure });
}

/** Lets only a signed-in reader pass; sends others to the sign-in page, which brings them back to what they asked for. */
export function requireSession(deps: SessionDeps): MiddlewareHandler<SessionEnv> {
  return async (c, next) => {
    const session = await findSession(c, deps);
    if (session === null) {
      const back = c.req.method === 'GET' ? new URL(c.req.url) : null;
      const wanted = back === null || back.pathname === '/' ? '' : `?next=${encodeURIComponent(back.pathname + back.search)}`;
      return c.redirect(`/sign-in${wanted}`, 303);
    }
    await keepUp(c, deps, session);
    c.set('session', session);
    return next();
  };
}

/** Whoever reads is there: the session goes on, within its twelve hours. */
async function keepUp(c: Context, deps: SessionDeps, { idleUntil }: SessionRow): Promise<void> {
  const now = deps.clock();
  const secret = getCookie(c, cookieName(deps.secure));
  if (secret === undefined || idleUntil - now > IDLE_LIFE - TOUCH_EVERY) return;
  await deps.access.touchSession(hashSecret(secret), now, now + IDLE_LIFE);
}

/**
 * Whether a POST comes from a page of ours: `Origin` is our own; a browser that sends none says `Sec-Fetch-Site: same-origin`. A
 * request with neither is refused: every browser of the last years sends one of them.
 */
export function fromOurPages(c: Context, deps: Pick<SessionDeps, 'secure' | 'publicOrigin'>): boolean {
  const origin = c.req.header('Origin');
  if (origin !== undefined) return origin === originOf(c, deps);
  return c.req.header('Sec-Fetch-Site') === 'same-origin';
}

/** The desk's own origin as the reader's browser shows it: as configured, else as the request says. */
export function originOf(c: Context, { secure, publicOrigin }: Pick<SessionDeps, 'secure' | 'publicOrigin'>): string {
  return publicOrigin ?? `${secure ? 'https' : 'http'}://${c.req.header('Host') ?? new URL(c.req.url).host}`;
}

/** Whether somebody who signed in with a link stands behind the id: their name is claimed, and two such names may be one person. */
export function isGuest(user: string): boolean {
  return user.startsWith('link:');
}

/** Whether a form carries the token of the session that sends it. */
export function hasCsrfToken(session: Session, field: string | undefined): boolean {
  return field !== undefined && sameSecret(field, session.csrf);
}

/** A path of ours to go to after signing in; the first page for anything else (another host, `//host`, `/\host`, control characters). */
export function safeNext(next: string | undefined): string {
  const fallback = '/';
  if (next === undefined || next.length > 1024 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return fallback;
  return next.startsWith('/sign-') ? fallback : next;
}
