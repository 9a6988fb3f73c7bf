import { html } from 'hono/html';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import type { AnswerFilters } from './trace-picture.ts';
import type { Question } from './trace-questions.ts';
import { kindWords } from './trace-words.ts';
import { day, exact } from './words.ts';

export interface NothingView {
  readonly question: Question;
  readonly filters: AnswerFilters;
  /** Milliseconds: when the first message came that is counted; null where none is. */
  readonly since: number | null;
  /** How long rows of messages are kept, milliseconds. */
  readonly retention: number;
  readonly now: number;
}

const DAY = 86_400_000;

/** No message that is kept carried it: what that means, and what it does not. */
export function nothingPage(frame: Frame, { question, filters, since, retention, now }: NothingView): Html {
  const title = 'No message that is known carried it';
  const asked = question.kind === null ? 'An identifier' : kindWords(question.kind);
  const kept = day(Math.max(since ?? now, now - retention));
  return page(
    frame,
    'trace',
    title,
    html`<p class="crumbs"><a href="/trace">Ask again</a></p>
<div class="title"><h1>${title}</h1><p class="quiet">${asked}, as known ${filters.at === undefined ? `at ${exact(now)}` : `by the end of ${filters.at} UTC`}</p></div>
<section class="panel trace-notes"><h2>What this means</h2>
<ul class="permits">
<li>${since === null ? 'Cordon has counted no message yet, so there is nothing that it could have been in.' : html`Of the messages that Cordon was sent a copy of since ${kept}, none had it where the rules in force look, in the form that you gave.`}</li>
${since === null ? '' : html`<li>Cordon has counted messages since ${day(since)}, and keeps what each carried for ${Math.round(retention / DAY)} days (<code>ledger.retention</code>).</li>`}
</ul></section>
<section class="panel trace-notes under"><h2>What this does not mean</h2>
<ul class="permits">
<li>That it went nowhere: Cordon sees the feeds that it is sent a copy of, and no others.</li>
<li>That it was never there before: what retention dropped, and persons who were forgotten, are found no more.</li>
<li>That it is in no picture: pixels are not read.</li>
<li>That it is in no other form: a name is listed with its birth date, and a number as it was sent. Try the record number, or leave open what it is.</li>
</ul></section>`,
  );
}
