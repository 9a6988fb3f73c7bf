import type { Context, MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { routePath } from 'hono/route';
import { type ActDeps, acts } from './acts.ts';
import { plainPage } from './layout.ts';
import { type Action, can, rolesFor } from './permissions.ts';
import { refusalsOf } from './refusals.ts';
import { requireSession, type Session, type SessionDeps, type SessionEnv } from './session.ts';

/** Which guard asks for which action, so that a test can hold every route against the table of permissions. */
const ACTIONS_OF = new WeakMap<object, Action>();

/**
 * Lets pass who is signed in and whose role may do it; everybody else is told which roles may. Every route behind the sign-in begins with it,
 * but for those of a person's own account. The audit log has each list that is taken as a file, before its first byte, and who was refused.
 *
 * @example app.get('/trace', requires(deps, 'trace'), (c) => …c.var.session…)
 */
export function requires(deps: SessionDeps & ActDeps, action: Action): MiddlewareHandler<SessionEnv> {
  const signedIn = requireSession(deps);
  const refused = refusalsOf(deps);
  const guard: MiddlewareHandler<SessionEnv> = (c, next) =>
    signedIn(c, async () => {
      const { session } = c.var;
      const route = routePath(c);
      if (!can(session.role, action)) c.res = await c.html(forbiddenPage(session, action), 403);
      else {
        if (route.endsWith('.csv')) await tookList(deps, c, route);
        await next();
      }
      const { actor, role, user } = session;
      if (c.res.status === 403) await refused(user, { actor, role }, `${c.req.method} ${route}`);
    });
  ACTIONS_OF.set(guard, action);
  return guard;
}

/** Which list, and by which filters: what they were set to may be what somebody searched for, and is not said. */
async function tookList(deps: ActDeps, c: Context<SessionEnv>, route: string): Promise<void> {
  const filters = Object.keys(c.req.query()).filter((name) => /^[a-z]{1,16}$/.test(name));
  await acts(deps, c.var.session)('list.export', `list:${route}`, { filters: filters.toSorted().join(' ') });
}

/** What a handler of a route asks for; null where it is no guard. */
export function actionOf(handler: object): Action | null {
  return ACTIONS_OF.get(handler) ?? null;
}

/** Says whose this is, and nothing of the page. */
function forbiddenPage(session: Session, action: Action): ReturnType<typeof plainPage> {
  const roles = rolesFor(action);
  return plainPage(
    'This is not open to your role',
    html`<h1>This is not open to your role</h1>
      <p>You are signed in as ${session.actor}, in the role ${session.role}. It is for: ${roles.join(', ')}.</p>
      <p>An administrator of Cordon gives roles. <a href="/">Go to the first page</a></p>`,
  );
}
