import { html } from 'hono/html';
import type { Coverage } from '../core/period.ts';
import type { Review } from '../core/review.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { can } from './permissions.ts';
import { daysFields } from './reports-page.ts';
import type { Days } from './reports-period.ts';
import { reportsTabs } from './reports-tabs.ts';
import { count, counted, day } from './words.ts';

export interface ReviewsView {
  /** The latest first. */
  readonly reviews: readonly Review[];
  readonly days: Days;
  readonly coverage: Coverage;
  readonly note: string;
  readonly problem: string | null;
  readonly signed: boolean;
  readonly now: number;
}

export const REVIEW_NOTE_LIMIT = 4000;

/** Who looked at which period and says so with their name, and the form to do it. */
export function reviewsPage(frame: Frame, view: ReviewsView): Html {
  const { reviews, problem, signed, now } = view;
  const title = titleOf(reviews);
  return page(
    frame,
    'reports',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">that nothing further was found is worth a signature too</p><p class="title-end"><a href="/reports/reviews.csv">CSV</a></p></div>
${reportsTabs(frame.session, '/reports/reviews')}
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
${signed ? html`<div class="notice" role="status"><p>The review is signed. It is on the audit log, and in every evidence pack of its period.</p></div>` : ''}
${can(frame.session.role, 'review.sign') ? signing(frame, view) : ''}
${reviews.length === 0 ? empty() : html`<section class="block"><h2>Signed</h2>${table(reviews, now)}</section>`}`,
  );
}

function titleOf([last]: readonly Review[]): string {
  return last === undefined ? 'No period was reviewed yet' : `Reviewed until ${day(last.to - 1)}`;
}

/** The period is chosen first, so that what is signed for stands beside the signature. */
function signing(frame: Frame, { days, coverage, note }: ReviewsView): Html {
  return html`<section class="panel"><h2>Review a period</h2>
<form method="get" action="/reports/reviews" class="period-form">${daysFields(days)}<button class="button" type="submit">Show its coverage</button></form>
<div class="halves">
<div><h3>Coverage of ${days.from} to ${days.through}</h3>${coverageList(coverage)}</div>
<form method="post" action="/reports/reviews" class="stack">
<input type="hidden" name="csrf" value="${frame.session.csrf}"><input type="hidden" name="from" value="${days.from}"><input type="hidden" name="through" value="${days.through}">
<fieldset class="kinds one"><legend class="sr">What the review found</legend>
<label class="kind"><input type="radio" name="outcome" value="nothing-further" required><span><strong>Nothing further found</strong><span class="sub">beside the incidents that are handled</span></span></label>
<label class="kind"><input type="radio" name="outcome" value="findings" required><span><strong>Something was found</strong><span class="sub">the note says what, and what is done about it</span></span></label></fieldset>
<label class="field"><span>What I looked at, and what I found</span><textarea name="note" rows="3" required maxlength="${REVIEW_NOTE_LIMIT}">${note}</textarea><small>Kept for good, with this coverage beside it. No identifier of a patient.</small></label>
<p class="buttons"><button class="button primary" type="submit">Sign as ${frame.session.actor}</button></p>
</form></div></section>`;
}

function coverageList(coverage: Coverage): Html {
  const { messages, scanned, pending, failed, flagged, quarantined, partlyExamined, bytes, bytesExamined } = coverage;
  if (messages === 0)
    return html`<p>Nothing was received in this period. Nobody can tell from here whether nothing was sent, or nothing arrived.</p>`;
  return html`<dl class="facts coverage-facts">
<div><dt>Received</dt><dd>${counted(messages, 'message')}</dd></div>
<div><dt>Scanned</dt><dd>${count(scanned)} <span class="quiet">${share(scanned, messages)}</span>${pending + failed === 0 ? '' : html`; ${[pending === 0 ? '' : `${count(pending)} waiting`, failed === 0 ? '' : `${count(failed)} given up`].filter((part) => part !== '').join(', ')}`}</dd></div>
<div><dt>Bytes</dt><dd>${share(bytesExamined, bytes)} examined</dd></div>
<div><dt>In part</dt><dd>${partlyExamined === 0 ? 'none was examined in part only' : `${counted(partlyExamined, 'message')} examined in part only`}</dd></div>
<div><dt>Flagged</dt><dd>${count(flagged)}</dd></div>
<div><dt>Quarantined</dt><dd>${count(quarantined)}</dd></div>
</dl>`;
}

/** `98.2 %`: cut, so that what is not all of it never reads as 100 %. */
function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`;
}

function table(reviews: readonly Review[], now: number): Html {
  return html`<table class="rows reviews" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Period</th><th role="columnheader" scope="col">Outcome</th><th role="columnheader" scope="col">Scanned then</th><th role="columnheader" scope="col">Signed</th></tr></thead>
<tbody role="rowgroup">${reviews.map(
    ({ from, to, outcome, note, coverage, actor, role, at }) => html`<tr role="row">
<td role="cell" class="c-period">${day(from)} to ${day(to - 1)}</td>
<td role="cell" class="c-title"><strong>${outcome === 'findings' ? 'Something was found' : 'Nothing further found'}</strong><span class="sub note">${note}</span></td>
<td role="cell" class="c-scanned">${count(coverage.scanned)} of ${counted(coverage.messages, 'message')}</td>
<td role="cell" class="c-seen">${moment(at, now)}<span class="sub">by ${actor}, ${role}</span></td></tr>
`,
  )}</tbody></table>`;
}

function empty(): Html {
  return html`<div class="empty block"><p>Signed reviews appear here: who looked at which period, how much of it had been examined by then, and what was found.</p>
<p>Auditors ask for them with dates, "nothing further found" included.</p></div>`;
}
