import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { IDENTIFIER_KINDS } from '../lineage/identifier.ts';
import type { Trace } from '../lineage/trace.ts';
import { acts, changes } from './acts.ts';
import { csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { layoutOf } from './map-elk.ts';
import { endOfDay } from './map-filters.ts';
import { graphOf } from './map-picture.ts';
import { ownForm } from './own-form.ts';
import type { SessionEnv } from './session.ts';
import { answerPage } from './trace-answer.ts';
import { DEVICE_COLUMNS, deviceRow } from './trace-devices.ts';
import { HOP_COLUMNS, hopRow } from './trace-hops.ts';
import { nothingPage } from './trace-nothing.ts';
import { askPage, LONGEST_IDENTIFIER } from './trace-page.ts';
import { type AnswerFilters, AnswerFiltersSchema, traceAddress, tracePicture } from './trace-picture.ts';
import { createQuestions, type Question } from './trace-questions.ts';

/** Messages on one page of the timeline. */
const PAGE = 50;

const AskedSchema = z.object({
  identifier: z.string().trim().min(1).max(LONGEST_IDENTIFIER),
  kind: z.enum(['', ...IDENTIFIER_KINDS]).transform((kind) => (kind === '' ? null : kind)),
  at: z.union([z.literal(''), z.iso.date()]),
});

/**
 * Asking where an identifier has been. It comes by a form, becomes tokens, and is gone; the answer is at an address of its own that says nothing
 * of it, so that reloading, paging and printing send nothing again (docs/adr/0042-trace-answers.md).
 */
export function traceRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const questions = createQuestions();
  const asks = requires(deps, 'trace');
  const find = (c: Context<SessionEnv>): Question | null =>
    questions.find(c.var.session.id, c.req.param('question') ?? '', deps.clock());
  const ask = async (c: Context<SessionEnv>, problem: string | null, told: string | null = null) =>
    askPage(await frameOf(deps, c.var.session), { problem, told });

  app.get('/trace', asks, async (c) => c.html(await ask(c, null)));

  app.post('/trace', asks, formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const asked = AskedSchema.safeParse({ identifier: form.identifier, kind: form.kind ?? '', at: form.at ?? '' });
    if (!asked.success) return c.html(await ask(c, 'Give an identifier of at most 256 characters, and a day or none.'), 422);
    const { identifier, kind, at } = asked.data;
    const tokens = deps.tokensOf(identifier, kind);
    if (tokens.length === 0)
      return c.html(await ask(c, 'It reads as neither a name nor a number nor an address. Say what it is.'), 422);
    const { id } = questions.ask(c.var.session.id, { tokens, kind }, deps.clock());
    return c.redirect(traceAddress(id, { at: at === '' ? undefined : at }), 303);
  });

  app.get('/trace/:question', asks, async (c) => {
    const question = find(c);
    if (question === null) return c.html(await ask(c, ENDED), 404);
    const filters = AnswerFiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    return c.html(await answer(deps, c, question, filters.data, null));
  });

  const file = (path: string, name: string, rowsOf: (trace: Trace) => string) =>
    app.get(`/trace/:question/${path}`, asks, async (c) => {
      const question = find(c);
      if (question === null) return c.html(await ask(c, ENDED), 404);
      const filters = AnswerFiltersSchema.safeParse(c.req.query());
      if (!filters.success) return c.html(errorPage('filter'), 400);
      return c.body(rowsOf(await look(deps, c, question, filters.data)), 200, csvHeaders(name));
    });
  file('hops.csv', 'cordon-trace', ({ hops }) => csvOf(HOP_COLUMNS, hops.map(hopRow)));
  file('devices.csv', 'cordon-trace-devices', ({ devices }) => csvOf(DEVICE_COLUMNS, devices.rows.map(deviceRow)));

  app.post('/trace/:question/forget', requires(deps, 'forget'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const question = find(c);
    if (question === null) return c.html(await ask(c, ENDED), 404);
    const { tokens, kind } = question;
    const { persons } = await deps.lineage.trace({ tokens, limit: 1 });
    const problem = form.sure === 'yes' ? (persons > 1 ? SEVERAL : null) : UNSURE;
    if (problem !== null) return c.html(await answer(deps, c, question, {}, problem), 422);
    const asked = ['forget', '', { kind, persons }] as const;
    if (persons === 0) await acts(deps, c.var.session)(...asked);
    else await changes(deps, c.var.session)(...asked).lineage.forget(tokens);
    questions.drop(question.id);
    return c.html(await ask(c, null, 'The person is forgotten: Trace finds nothing of them until something new comes.'));
  });

  return app;
}

const ENDED =
  'This answer is not open any more: it ends after half an hour, with your session, and when Cordon starts again. Ask again.';
const UNSURE = 'Nobody was forgotten: tick the box to say that you mean it.';
const SEVERAL = 'Several persons have it, and nobody was forgotten. Ask with a record number, or with a name and its birth date.';

/** What is shown goes on the audit log first, with how much it is and not of whom. */
async function look(
  deps: ReviewDeps,
  c: Context<SessionEnv>,
  { tokens, kind }: Question,
  filters: AnswerFilters,
): Promise<Trace> {
  const at = filters.at === undefined ? {} : { at: endOfDay(filters.at) };
  const cursor = filters.cursor === undefined ? {} : { cursor: filters.cursor };
  const trace = await deps.lineage.trace({ tokens, limit: PAGE, ...at, ...cursor });
  const detail = { identifiers: 1, kind, persons: trace.persons, messages: trace.exposure.messages };
  await acts(deps, c.var.session)('trace', '', filters.at === undefined ? detail : { ...detail, at: filters.at });
  return trace;
}

async function answer(
  deps: ReviewDeps,
  c: Context<SessionEnv>,
  question: Question,
  filters: AnswerFilters,
  problem: string | null,
) {
  const [frame, trace] = await Promise.all([frameOf(deps, c.var.session), look(deps, c, question, filters)]);
  const now = deps.clock();
  if (trace.hops.length === 0) {
    const { retention } = deps;
    return nothingPage(frame, { question, filters, since: await countedSince(deps), retention, now });
  }
  const picture = tracePicture(trace);
  const [laid, findings] = await Promise.all([layoutOf(graphOf(picture)), findingsOf(deps, trace, filters.message)]);
  return answerPage(frame, { question, filters, trace, picture, laid, findings, problem, now });
}

/** Of the message that is open, where it is one of those shown. */
async function findingsOf({ messages }: ReviewDeps, { timeline }: Trace, message: string | undefined) {
  if (message === undefined || !timeline.rows.some((row) => row.message === message)) return [];
  return await messages.findings(message);
}

async function countedSince({ lineage, clock }: ReviewDeps): Promise<number | null> {
  const edges = await lineage.edges(clock());
  return edges.length === 0 ? null : Math.min(...edges.map(({ firstSeen }) => firstSeen));
}
