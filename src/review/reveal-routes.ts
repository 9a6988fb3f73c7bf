import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { Finding } from '../core/vocabulary.ts';
import { mayLook, REASON_LIMIT, type Reveal, type RevealMove, WAIT_MS } from '../reveal/reveal.ts';
import { acts, changes } from './acts.ts';
import { type CsvCell, csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { type Form, ownForm } from './own-form.ts';
import { revealPage, revealsPage } from './reveal-page.ts';
import { valueKey } from './reveal-section.ts';
import { revealAddress } from './reveal-words.ts';
import { isGuest, type Session, type SessionEnv } from './session.ts';
import { capital } from './words.ts';

const LISTED = 100;
/** Facts of an incident among which the finding that is asked for has to be. */
const SEARCHED = 1000;
const ValueSchema = z.tuple([z.string().max(64), z.string(), z.string(), z.number().nullable()]);
/** What can be done with a question, and what it is then. */
const STEPS = [
  ['approve', 'approved'],
  ['deny', 'denied'],
  ['withdraw', 'withdrawn'],
] as const;

type RevealContext = Context<SessionEnv>;

/** Asking for a value, deciding on it, looking at it. No address, no error and no log line of these holds a value. */
export function revealRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const { revealing } = deps;
  // Off by configuration: there is nothing at these addresses.
  if (revealing === undefined) return app;
  const asks = requires(deps, 'reveal.ask');

  const view = async (
    c: RevealContext,
    reveal: Reveal,
    over: { opened?: Parameters<typeof revealPage>[1]['opened']; problem?: string } = {},
  ) =>
    revealPage(await frameOf(deps, c.var.session), {
      reveal,
      finding: await findingOf(deps, reveal),
      opened: over.opened ?? null,
      problem: over.problem ?? null,
      now: deps.clock(),
    });

  app.get('/reveals', asks, async (c) => {
    const now = deps.clock();
    const [frame, waiting, open] = await Promise.all([
      frameOf(deps, c.var.session),
      deps.reveals.live('asked', now, LISTED),
      deps.reveals.live('approved', now, LISTED),
    ]);
    return c.html(revealsPage(frame, waiting, open, now));
  });

  app.get('/reveals.csv', asks, async (c) => {
    const now = deps.clock();
    const live = await Promise.all([deps.reveals.live('asked', now, LISTED), deps.reveals.live('approved', now, LISTED)]);
    return c.body(csvOf(COLUMNS, live.flat().map(cells)), 200, csvHeaders('cordon-reveals'));
  });

  app.get('/reveals/:id', asks, async (c) => {
    const reveal = await deps.reveals.get(c.req.param('id'));
    return reveal === null ? c.html(errorPage('not-found'), 404) : c.html(await view(c, reveal));
  });

  app.post('/incidents/:id/reveals', asks, formLimit, async (c) => {
    const form = await knownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const incident = c.req.param('id');
    const asked = await readAsked(deps, incident, form);
    if (asked === null) return c.html(errorPage('forged'), 400);
    const { user, actor: name } = c.var.session;
    const at = deps.clock();
    const id = randomUUID();
    const detail = { incident, message: asked.message, finding: asked.finding };
    await changes(deps, c.var.session)('reveal.ask', `reveal:${id}`, detail).reveals.ask({
      ...asked,
      id,
      incident,
      asked: { user, name, at },
      state: 'asked',
      decided: null,
      until: at + WAIT_MS,
    });
    return c.redirect(revealAddress({ id }), 303);
  });

  for (const [step, to] of STEPS) {
    app.post(
      `/reveals/:id/${step}`,
      requires(deps, to === 'withdrawn' ? 'reveal.ask' : 'reveal.approve'),
      formLimit,
      async (c) => {
        if ((await knownForm(c, deps)) === null) return c.html(errorPage('forged'), 403);
        const reveal = await deps.reveals.get(c.req.param('id'));
        if (reveal === null) return c.html(errorPage('not-found'), 404);
        const problem = await decide(deps, c.var.session, reveal, { to, step, openFor: revealing.openFor });
        if (problem === null) return c.redirect(revealAddress(reveal), 303);
        const now = (await deps.reveals.get(reveal.id)) ?? reveal;
        return c.html(await view(c, now, { problem: problem.text }), problem.status);
      },
    );
  }

  app.post('/reveals/:id/value', asks, formLimit, async (c) => {
    if ((await knownForm(c, deps)) === null) return c.html(errorPage('forged'), 403);
    const reveal = await deps.reveals.get(c.req.param('id'));
    if (reveal === null) return c.html(errorPage('not-found'), 404);
    const act = acts(deps, c.var.session);
    if (!mayLook(reveal, c.var.session.user, deps.clock())) {
      await act('reveal.refused', `reveal:${reveal.id}`, { incident: reveal.incident });
      return c.html(await view(c, reveal, { problem: 'This value is not open to you now.' }), 403);
    }
    const finding = await findingOf(deps, reveal);
    const opened = finding === null ? ({ kind: 'gone' } as const) : await revealing.open(reveal.message, finding);
    // On the log first: a value that nobody could account for is not shown.
    await act('reveal.look', `reveal:${reveal.id}`, { incident: reveal.incident, outcome: opened.kind });
    return c.html(await view(c, reveal, { opened }), opened.kind === 'locked' ? 503 : 200, { 'Cache-Control': 'no-store' });
  });

  return app;
}

/** The form, where it is one of ours and sent by somebody whose name is more than claimed. */
async function knownForm(c: RevealContext, deps: ReviewDeps): Promise<Form | null> {
  return isGuest(c.var.session.user) ? null : ownForm(c, deps);
}

/** The finding that a form names, among those of a sample of this incident; null where it names none, or gives no reason. */
async function readAsked(
  deps: ReviewDeps,
  incident: string,
  form: Readonly<Partial<Record<string, string>>>,
): Promise<Pick<Reveal, 'message' | 'finding' | 'reason'> | null> {
  const reason = (form.reason ?? '').replace(/\s+/g, ' ').trim();
  const value = ValueSchema.safeParse(readJson(form.value ?? ''));
  if (!value.success || reason === '' || reason.length > REASON_LIMIT) return null;
  const [message] = value.data;
  const finding = (await deps.messages.findings(message)).findIndex((each) => valueKey(message, each) === form.value);
  const samples = await deps.incidents.samples(incident, SEARCHED);
  const ofIncident = samples.some((sample) => sample.finding !== null && valueKey(sample.message, sample.finding) === form.value);
  return finding < 0 || !ofIncident ? null : { message, finding, reason };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function findingOf({ messages }: ReviewDeps, { message, finding }: Reveal): Promise<Finding | null> {
  return (await messages.findings(message))[finding] ?? null;
}

interface Decision {
  readonly to: RevealMove['to'];
  readonly step: (typeof STEPS)[number][0];
  readonly openFor: number;
}

/** Decides, and puts that on the audit log; null when it was done, else what is in the way, which goes there too. */
async function decide(
  deps: ReviewDeps,
  session: Session,
  reveal: Reveal,
  { to, step, openFor }: Decision,
): Promise<{ text: string; status: 403 | 409 } | null> {
  const object = `reveal:${reveal.id}`;
  const { user, actor: name } = session;
  const detail = { incident: reveal.incident, asker: reveal.asked.name };
  try {
    await changes(deps, session)(`reveal.${step}`, object, detail).reveals.move(reveal.id, {
      to,
      by: { user, name },
      at: deps.clock(),
      openFor,
    });
  } catch (error) {
    if (!(error instanceof CordonError) || (error.code !== 'usage' && error.code !== 'ledger.conflict')) throw error;
    await acts(deps, session)('reveal.refused', object, { incident: reveal.incident, step });
    return { text: `${capital(error.message)}.`, status: error.code === 'usage' ? 403 : 409 };
  }
  return null;
}

/** The value is in none of them. */
const COLUMNS = ['id', 'incident', 'state', 'reason', 'asked_by', 'asked', 'decided_by', 'decided', 'until'] as const;

function cells({ id, incident, state, reason, asked, decided, until }: Reveal): CsvCell[] {
  const times = [asked.name, isoTime(asked.at), decided?.name ?? null, decided === null ? null : isoTime(decided.at)];
  return [id, incident, state, reason, ...times, isoTime(until)];
}
