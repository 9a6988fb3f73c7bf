import { Hono } from 'hono';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import { INCIDENT_STATES, type IncidentRow, type IncidentState } from '../policy/decision.ts';
import { checkTransition, type Until } from '../policy/transitions.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { changes } from './acts.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { requires } from './guard.ts';
import { DEEDS } from './incident-done.ts';
import { incidentView } from './incident-view.ts';
import { ownForm } from './own-form.ts';
import { endOfDay } from './period.ts';
import type { Session, SessionEnv } from './session.ts';
import { capital, STATE_WORDS } from './words.ts';

/** Each incident: its story, and what is decided of it. */
export function incidentRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const reading = requires(deps, 'read');

  app.get('/incidents/:id', reading, async (c) => {
    const incident = await deps.incidents.get(c.req.param('id'));
    if (incident === null) return c.html(errorPage('not-found'), 404);
    const did = [...INCIDENT_STATES, ...DEEDS].find((deed) => deed === c.req.query('did'));
    const act = z.uuid().safeParse(c.req.query('act'));
    const said = { ...(did === undefined ? {} : { did }), ...(act.success ? { act: act.data } : {}) };
    return c.html(await incidentView(deps, c.var.session, incident, said));
  });

  app.post('/incidents/:id/transitions', requires(deps, 'incident.move'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const id = c.req.param('id');
    const incident = await deps.incidents.get(id);
    if (incident === null) return c.html(errorPage('not-found'), 404);
    const draft = readForm(form);
    if (draft === null) return c.html(errorPage('forged'), 400);
    const act = uuid();
    const refused = await move(deps, c.var.session, incident, draft, act);
    if (refused === null) return c.redirect(`/incidents/${encodeURIComponent(id)}?did=${draft.to}&act=${act}`, 303);
    const now = (await deps.incidents.get(id)) ?? incident;
    const view = await incidentView(deps, c.var.session, now, { draft: { ...draft, problem: refused.problem } });
    return c.html(view, refused.status);
  });

  return app;
}

interface Asked {
  readonly from: IncidentState;
  readonly to: IncidentState;
  readonly note: string;
  readonly until: string;
}

/** What a form of ours asks for; null for what no form of ours sends. */
function readForm(form: Readonly<Partial<Record<string, string>>>): Asked | null {
  const from = INCIDENT_STATES.find((state) => state === form.from);
  const to = INCIDENT_STATES.find((state) => state === form.to);
  const { note = '' } = form;
  const until = form.change === 'yes' ? 'change' : (form.until ?? '');
  if (from === undefined || to === undefined) return null;
  return { from, to, note: note.replace(/\r\n/g, '\n').trim(), until };
}

interface Refusal {
  readonly problem: string;
  readonly status: 409 | 422;
}

/** Moves the incident; null when it was done. */
async function move(
  deps: ReviewDeps,
  session: Session,
  incident: IncidentRow,
  asked: Asked,
  act: string,
): Promise<Refusal | null> {
  const { from, to, note } = asked;
  if (incident.state !== from) return { problem: staleText(incident.state), status: 409 };
  if (note.length > NOTE_LIMIT) return { problem: 'A note holds at most 2,000 characters.', status: 422 };
  const until = untilOf(asked.until);
  if (Number.isNaN(until)) return { problem: 'The day is written YYYY-MM-DD.', status: 422 };
  const transition = { to, actor: session.actor, note, until, at: deps.clock(), act };
  try {
    checkTransition(from, transition);
    const { incidents } = changes(deps, session)('incident.move', `incident:${incident.id}`, { act, from, to });
    await incidents.transition(incident.id, from, transition);
    return null;
  } catch (error) {
    if (!(error instanceof CordonError) || (error.code !== 'ledger.conflict' && error.code !== 'usage')) throw error;
    return { problem: `${capital(error.message)}.`, status: error.code === 'usage' ? 422 : 409 };
  }
}

function staleText(state: IncidentState): string {
  return `This incident changed since you opened the page: it is now ${STATE_WORDS[state].toLowerCase()}. Look at its history, then decide again.`;
}

/** When an accepted risk is judged again, as a form says it; NaN for what is no day. */
function untilOf(text: string): Until {
  if (text === '' || text === 'change') return text === '' ? null : text;
  return endOfDay(text);
}
