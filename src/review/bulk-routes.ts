import { type Context, Hono } from 'hono';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import { type Act, type Acted, type ActItem, MOST_AT_ONCE } from '../ledger/desk/store.ts';
import { INCIDENT_STATES, type IncidentRow } from '../policy/decision.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { changes } from './acts.ts';
import { ACTS, type BulkAct, previewPage } from './bulk-page.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { can } from './permissions.ts';
import { fromOurPages, hasCsrfToken, type SessionEnv } from './session.ts';

const FormSchema = z.object({
  act: z.string(),
  id: z.uuid().optional(),
  sure: z.literal('yes').optional(),
  note: z.string().max(NOTE_LIMIT).default(''),
  back: z
    .string()
    .max(2048)
    .regex(/^(\?[\x21-\x7e]*)?$/)
    .default(''),
});

/** Acts on the selected incidents of the queue, and taking them back. */
export function bulkRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.post('/incidents/bulk', requires(deps, 'read'), formLimit, async (c) => {
    const fields = new URLSearchParams(await c.req.text());
    if (!isOurs(c, deps, fields)) return c.html(errorPage('forged'), 403);
    const form = FormSchema.safeParse(Object.fromEntries(fields));
    const chosen = form.success ? ACTS.find(({ name }) => name === form.data.act) : undefined;
    const items = itemsOf(fields.getAll('item'));
    if (!form.success || chosen === undefined || items === null || !can(c.var.session.role, chosen.action)) {
      return c.html(errorPage('forged'), 400);
    }
    const { id = uuid(), sure, back } = form.data;
    if (items.length === 0) return c.redirect(`/incidents${back}`, 303);
    const note = form.data.note.replaceAll('\r\n', '\n').trim();
    const lacks = chosen.note === 'required' && note === '' ? 'Say why: who reads the history must see it.' : null;
    if (chosen.note === 'none' || (sure === 'yes' && lacks === null)) {
      // Which of them were changed is in their histories, by the act.
      const { desk } = changes(deps, c.var.session)(`incident.${chosen.name}`, `act:${id}`, { incidents: items.length });
      const acted = await desk.act(actOf(deps, c.var.session.actor, id, chosen, note, items));
      return c.redirect(after(back, id, chosen.name, acted), 303);
    }
    // The machine refuses a move without its note; a preview is of the move with one.
    const preview = await deps.desk.preview(actOf(deps, c.var.session.actor, id, chosen, note === '' ? '…' : note, items));
    const found = await Promise.all(items.map((item) => deps.incidents.get(item.id)));
    const incidents = found.filter((incident): incident is IncidentRow => incident !== null);
    const frame = await frameOf(deps, c.var.session);
    const problem = sure === 'yes' ? lacks : null;
    return c.html(previewPage(frame, { act: chosen, id, preview, incidents, note, problem, back }), problem === null ? 200 : 422);
  });

  app.post('/acts/:id/undo', requires(deps, 'incident.move'), formLimit, async (c) => {
    const fields = new URLSearchParams(await c.req.text());
    if (!isOurs(c, deps, fields)) return c.html(errorPage('forged'), 403);
    const back = FormSchema.shape.back.safeParse(fields.get('back') ?? '');
    const id = uuid();
    try {
      const { desk } = changes(deps, c.var.session)('incident.undo', `act:${c.req.param('id')}`, { act: id });
      const acted = await desk.undo(c.req.param('id'), { id, actor: c.var.session.actor, at: deps.clock() });
      return c.redirect(after(back.success ? back.data : '', id, 'undo', acted), 303);
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== 'ledger.conflict') throw error;
      return c.html(errorPage('not-found'), 404);
    }
  });

  return app;
}

function isOurs(c: Context<SessionEnv>, deps: ReviewDeps, fields: URLSearchParams): boolean {
  return fromOurPages(c, deps) && hasCsrfToken(c.var.session, fields.get('csrf') ?? undefined);
}

/** `id|state` as the rows of the queue say it; null for what no row of ours says. */
function itemsOf(values: readonly string[]): ActItem[] | null {
  if (values.length > MOST_AT_ONCE) return null;
  const items = values.flatMap((value): ActItem[] => {
    const [id = '', from] = value.split('|', 2);
    const state = INCIDENT_STATES.find((each) => each === from);
    return state === undefined || id === '' ? [] : [{ id, from: state }];
  });
  return items.length === values.length ? items : null;
}

function actOf(deps: ReviewDeps, actor: string, id: string, { change }: BulkAct, note: string, items: readonly ActItem[]): Act {
  return { id, actor, at: deps.clock(), change: change(actor, note), items };
}

/** The queue as it was, with what was done in its address. */
function after(back: string, act: string, name: string, { done, refused }: Acted): string {
  const query = new URLSearchParams(back);
  for (const [key, value] of Object.entries({ act, did: name, done: done.length, refused: refused.length }))
    query.set(key, String(value));
  return `/incidents?${query}`;
}
