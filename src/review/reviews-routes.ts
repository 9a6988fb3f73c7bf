import { type Context, Hono } from 'hono';
import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { REVIEW_OUTCOMES, type Review } from '../core/review.ts';
import { type CsvCell, csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { ownForm } from './own-form.ts';
import { type Days, lastDays, periodOfDays } from './reports-period.ts';
import { REVIEW_NOTE_LIMIT, reviewsPage } from './reviews-page.ts';
import type { SessionEnv } from './session.ts';
import { day } from './words.ts';

const OFFERED = 7;
/** Reviews of periods before are in packs and in the API. */
const SHOWN_FOR = 2 * 366 * 86_400_000;
const LISTED = 1000;

/** Signed reviews of periods. */
export function reviewsRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/reports/reviews', requires(deps, 'read'), async (c) => {
    const offered = await sinceLastReview(deps);
    const { from = offered.from, through = offered.through, done } = c.req.query();
    return show(deps, c, { from, through }, { note: '', problem: null, signed: done === 'signed' });
  });

  app.get('/reports/reviews.csv', requires(deps, 'read'), async (c) => {
    const now = deps.clock();
    const reviews = await deps.reviews.list(now - SHOWN_FOR, now, LISTED);
    return c.body(csvOf(COLUMNS, reviews.toReversed().map(cells)), 200, csvHeaders('cordon-reviews'));
  });

  app.post('/reports/reviews', requires(deps, 'review.sign'), formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const days = { from: form.from ?? '', through: form.through ?? '' };
    const note = (form.note ?? '').trim();
    const outcome = REVIEW_OUTCOMES.find((known) => known === form.outcome);
    try {
      const period = periodOfDays(days);
      const at = deps.clock();
      if (outcome === undefined) throw new CordonError('usage', 'say whether anything was found');
      if (note === '' || note.length > REVIEW_NOTE_LIMIT) throw new CordonError('usage', 'say in a note what was looked at');
      if (period.from >= at) throw new CordonError('usage', 'the period has not begun: there is nothing of it to look at');
      const { actor, role } = c.var.session;
      await deps.reviews.sign({ at, actor, role, ...period, outcome, note });
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== 'usage') throw error;
      return show(deps, c, days, { note, problem: `Nothing is signed: ${error.message}.`, signed: false });
    }
    return c.redirect('/reports/reviews?done=signed', 303);
  });

  return app;
}

/** From where the last review ended, or the last days. */
async function sinceLastReview({ reviews, clock }: ReviewDeps): Promise<Days> {
  const now = clock();
  const offered = lastDays(OFFERED, now);
  const last = (await reviews.list(now - SHOWN_FOR, now, LISTED)).at(-1);
  if (last === undefined || day(last.to) > offered.through) return offered;
  return { from: day(last.to), through: offered.through };
}

interface Said {
  readonly note: string;
  readonly problem: string | null;
  readonly signed: boolean;
}

/** With the coverage of the days; of those that are offered, where they are no period. */
async function show(deps: ReviewDeps, c: Context<SessionEnv>, asked: Days, said: Said): Promise<Response> {
  const now = deps.clock();
  const { days, problem } = readable(asked, now);
  const period = periodOfDays(days);
  const [frame, coverage, reviews] = await Promise.all([
    frameOf(deps, c.var.session),
    deps.period.coverage(period.from, period.to),
    deps.reviews.list(now - SHOWN_FOR, now, LISTED),
  ]);
  const wrong = said.problem ?? problem;
  const view = { reviews: reviews.toReversed(), days, coverage, note: said.note, problem: wrong, signed: said.signed, now };
  return c.html(reviewsPage(frame, view), wrong === null ? 200 : 422);
}

function readable(asked: Days, now: number): { days: Days; problem: string | null } {
  try {
    periodOfDays(asked);
    return { days: asked, problem: null };
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== 'usage') throw error;
    return { days: lastDays(OFFERED, now), problem: `This is no period: ${error.message}.` };
  }
}

const COLUMNS = [
  'from',
  'through',
  'outcome',
  'note',
  'signed_by',
  'role',
  'signed_at',
  'messages',
  'scanned',
  'examined_in_part',
  'flagged',
  'quarantined',
] as const;

function cells({ from, to, outcome, note, actor, role, at, coverage }: Review): CsvCell[] {
  const { messages, scanned, partlyExamined, flagged, quarantined } = coverage;
  const signed = [outcome, note, actor, role, isoTime(at)];
  return [day(from), day(to - 1), ...signed, messages, scanned, partlyExamined, flagged, quarantined];
}
