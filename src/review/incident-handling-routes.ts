import { type Context, Hono } from 'hono';
import { v7 as uuid } from 'uuid';
import { CordonError } from '../core/errors.ts';
import type { Change } from '../ledger/desk/store.ts';
import { INCIDENT_STATES, type IncidentRow } from '../policy/decision.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { changes } from './acts.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { requires } from './guard.ts';
import type { Deed } from './incident-done.ts';
import { type HandlingProblem, takers } from './incident-handling.ts';
import { incidentView } from './incident-view.ts';
import { type Form, ownForm } from './own-form.ts';
import { endOfDay } from './period.ts';
import type { SessionEnv } from './session.ts';
import { capital } from './words.ts';

type Asked = { readonly incident: IncidentRow; readonly form: Form };

/** Who has an incident, until when, and what people write into its history; each can be taken back. */
export function incidentHandlingRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.post('/incidents/:id/assignment', requires(deps, 'incident.assign'), formLimit, async (c) => {
    const asked = await read(deps, c);
    if (asked instanceof Response) return asked;
    const assignee = asked.form.assignee || null;
    const known = takers(await deps.accounts.list(), c.var.session, asked.incident);
    if (assignee !== null && !known.includes(assignee)) return c.html(errorPage('forged'), 400);
    return change(deps, c, asked, { kind: 'assign', assignee }, 'assignment', assignee === null ? 'unassigned' : 'assigned');
  });

  app.post('/incidents/:id/due', requires(deps, 'incident.move'), formLimit, async (c) => {
    const asked = await read(deps, c);
    if (asked instanceof Response) return asked;
    const typed = asked.form.due ?? '';
    const due = endOfDay(typed);
    const wrong = Number.isNaN(due)
      ? 'The day is written YYYY-MM-DD.'
      : due <= deps.clock()
        ? 'A due day must not be over.'
        : null;
    if (wrong !== null) return refuse(deps, c, asked.incident, { form: 'due', text: wrong, typed }, 422);
    return change(deps, c, asked, { kind: 'due', due }, 'due', 'due');
  });

  app.post('/incidents/:id/comments', requires(deps, 'incident.comment'), formLimit, async (c) => {
    const asked = await read(deps, c);
    if (asked instanceof Response) return asked;
    const typed = (asked.form.text ?? '').replaceAll('\r\n', '\n').trim();
    const wrong =
      typed === '' ? 'A comment says something.' : typed.length > NOTE_LIMIT ? 'A comment holds at most 2,000 characters.' : null;
    if (wrong !== null) return refuse(deps, c, asked.incident, { form: 'comments', text: wrong, typed }, 422);
    return change(deps, c, asked, { kind: 'comment', text: typed }, 'comments', 'commented');
  });

  app.post('/incidents/:id/undo', requires(deps, 'incident.move'), formLimit, async (c) => {
    const asked = await read(deps, c);
    if (asked instanceof Response) return asked;
    const { incident, form } = asked;
    const own = (await deps.incidents.events(incident.id)).some(({ act }) => act !== null && act === form.act);
    if (!own || form.act === undefined) return c.html(errorPage('forged'), 400);
    const { actor } = c.var.session;
    const by = { id: uuid(), actor, at: deps.clock() };
    const { desk } = changes(deps, c.var.session)('incident.undo', `act:${form.act}`, { act: by.id });
    const { refused } = await desk.undo(form.act, by);
    const why = refused.find(({ id }) => id === incident.id)?.why;
    if (why === undefined) return c.redirect(addressOf(incident, 'undone'), 303);
    return refuse(deps, c, incident, { form: 'comments', text: `That could not be taken back: ${why}.`, typed: '' }, 409);
  });

  return app;
}

/** `/incidents/ID?did=assigned&act=…`: the page, and what it says of what was just done. */
function addressOf({ id }: IncidentRow, did: Deed, act?: string): string {
  const query = new URLSearchParams({ did, ...(act === undefined ? {} : { act }) });
  return `/incidents/${encodeURIComponent(id)}?${query}`;
}

/** The incident and the form, where a page of ours sent it; the answer where not. */
async function read(deps: ReviewDeps, c: Context<SessionEnv, '/incidents/:id/x'>): Promise<Asked | Response> {
  const form = await ownForm(c, deps);
  if (form === null) return c.html(errorPage('forged'), 403);
  const incident = await deps.incidents.get(c.req.param('id'));
  return incident === null ? c.html(errorPage('not-found'), 404) : { incident, form };
}

/** Makes the change, and says so on the audit log; what is refused is said beside its form. */
async function change(
  deps: ReviewDeps,
  c: Context<SessionEnv>,
  { incident, form }: Asked,
  asked: Change,
  name: HandlingProblem['form'],
  did: Deed,
): Promise<Response> {
  const from = INCIDENT_STATES.find((state) => state === form.from);
  if (from === undefined) return c.html(errorPage('forged'), 400);
  const { actor } = c.var.session;
  const act = { id: uuid(), actor, at: deps.clock(), change: asked, items: [{ id: incident.id, from }] };
  const { desk } = changes(deps, c.var.session)(`incident.${asked.kind}`, `incident:${incident.id}`, {
    act: act.id,
    ...(asked.kind === 'assign' ? { assignee: asked.assignee } : {}),
    ...(asked.kind === 'due' ? { due: asked.due } : {}),
  });
  try {
    const [refused] = (await desk.act(act)).refused;
    if (refused !== undefined) throw new CordonError('ledger.conflict', refused.why);
  } catch (error) {
    if (!(error instanceof CordonError) || (error.code !== 'ledger.conflict' && error.code !== 'usage')) throw error;
    const text = `${capital(error.message)}.`;
    const typed = asked.kind === 'comment' ? asked.text : '';
    return refuse(deps, c, incident, { form: name, text, typed }, error.code === 'usage' ? 422 : 409);
  }
  return c.redirect(addressOf(incident, did, act.id), 303);
}

async function refuse(
  deps: ReviewDeps,
  c: Context<SessionEnv>,
  incident: IncidentRow,
  problem: HandlingProblem,
  status: 409 | 422,
): Promise<Response> {
  const now = (await deps.incidents.get(incident.id)) ?? incident;
  return c.html(await incidentView(deps, c.var.session, now, { problem }), status);
}
