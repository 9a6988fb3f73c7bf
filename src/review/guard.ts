import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { plainPage } from './layout.ts';
import { type Action, can, rolesFor } from './permissions.ts';
import { requireSession, type Session, type SessionDeps, type SessionEnv } from './session.ts';

/** Which guard asks for which action, so that a test can hold every route against the table of permissions. */
const ACTIONS_OF = new WeakMap<object, Action>();

/**
 * Lets pass who is signed in and whose role may do it; everybody else is told which roles may. Every route behind the sign-in begins with it,
 * but for those of a person's own account.
 *
 * @example app.get('/trace', requires(deps, 'trace'), (c) => …c.var.session…)
 */
export function requires(deps: SessionDeps, action: Action): MiddlewareHandler<SessionEnv> {
  const signedIn = requireSession(deps);
  const guard: MiddlewareHandler<SessionEnv> = (c, next) =>
    signedIn(c, async () => {
      const { session } = c.var;
      if (can(session.role, action)) await next();
      else c.res = await c.html(forbiddenPage(session, action), 403);
    });
  ACTIONS_OF.set(guard, action);
  return guard;
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
