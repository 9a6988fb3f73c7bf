import { Hono } from 'hono';
import { CordonError } from '../core/errors.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { loadFlows } from '../policy/load.ts';
import { compileRegister } from '../policy/register.ts';
import { type Replayed, replay } from '../policy/replay.ts';
import { suggestFlows } from '../policy/suggest.ts';
import type { ReviewDeps } from './deps.ts';
import { draftPage } from './draft-page.ts';
import { errorPage } from './errors.ts';
import { formLimit, formOf } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { fromOurPages, hasCsrfToken, type Session, type SessionEnv } from './session.ts';

/** Drafts of policies, and what a changed one would have done. */
export function draftRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/flows/drafts', requires(deps, 'read'), async (c) => c.html(await view(deps, c.var.session, null)));

  app.post('/flows/drafts', requires(deps, 'read'), formLimit, async (c) => {
    const form = await formOf(c);
    if (!fromOurPages(c, deps) || !hasCsrfToken(c.var.session, form.csrf)) return c.html(errorPage('forged'), 403);
    const text = (form.policy ?? '').replaceAll('\r\n', '\n');
    return c.html(await view(deps, c.var.session, text));
  });

  return app;
}

async function view(deps: ReviewDeps, session: Session, text: string | null) {
  const now = deps.clock();
  const [frame, flows, uses] = await Promise.all([frameOf(deps, session), deps.flows.list(), deps.flows.use()]);
  const policies = deps.policies();
  const drafts = suggestFlows(
    flows,
    uses,
    now,
    policies.map(({ id }) => id),
  );
  const tried = text === null ? null : compared(policies, text, (before, after) => replay(flows, uses, before, after, now));
  return draftPage(frame, { drafts, text: text ?? '', problem: tried?.problem ?? null, replayed: tried?.rows ?? null });
}

type Compare = (before: ReturnType<typeof compileRegister>, after: ReturnType<typeof compileRegister>) => Replayed[];

/** What the register would do with this policy in it; the problem where it is none. */
function compared(
  policies: readonly FlowPolicy[],
  text: string,
  compare: Compare,
): { readonly rows: readonly Replayed[] | null; readonly problem: string | null } {
  try {
    const changed = loadFlows([{ file: 'this policy', text }]);
    const ids = new Set(changed.map(({ id }) => id));
    const after = compileRegister([...policies.filter(({ id }) => !ids.has(id)), ...changed]);
    return { rows: compare(compileRegister(policies), after), problem: null };
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== 'flows.invalid') throw error;
    return { rows: null, problem: error.message };
  }
}
