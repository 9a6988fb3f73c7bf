import { html } from 'hono/html';
import { EXPORT_KINDS } from '../exports/registry.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { can, rolesFor } from './permissions.ts';
import type { Days } from './reports-period.ts';
import { reportsTabs } from './reports-tabs.ts';
import { capital } from './words.ts';

export interface ReportsView {
  readonly days: Days;
  readonly kind: string | null;
  readonly problem: string | null;
}

/** The pack for an auditor; it is the one of the exports that stands for itself. */
const PACK = 'evidence';

/** What can be taken out of Cordon for a period. */
export function reportsPage(frame: Frame, view: ReportsView): Html {
  const { problem } = view;
  const title = 'Take out what happened in a period';
  return page(
    frame,
    'reports',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">masked: patients are keyed tokens, and no value of a message is in any of it</p></div>
${reportsTabs(frame.session, '/reports')}
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
${can(frame.session.role, 'export') ? forms(frame, view) : html`<div class="empty"><p>Exports are for the roles ${rolesFor('export').join(', ')}: tokens derive from identifiers of patients.</p></div>`}`,
  );
}

function forms(frame: Frame, view: ReportsView): Html {
  const others = EXPORT_KINDS.filter(({ name }) => name !== PACK);
  const chosen = view.kind ?? others[0]?.name;
  return html`<section class="panel"><h2>Evidence pack</h2>
<p class="prose">One zip for an auditor: a report to read, the data behind each of its numbers, and proofs that nothing was removed from the audit log. They check it on their own machine with Node alone, without Cordon.</p>
<form method="post" action="/reports/exports" class="period-form">
<input type="hidden" name="csrf" value="${frame.session.csrf}"><input type="hidden" name="kind" value="${PACK}">
${daysFields(view.days)}<button class="button primary" type="submit">Make the pack</button></form></section>
<section class="panel block"><h2>For other systems</h2>
<form method="post" action="/reports/exports">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
<fieldset class="kinds"><legend class="sr">What to export</legend>${others.map(
    ({ name, summary }) =>
      html`<label class="kind"><input type="radio" name="kind" value="${name}"${name === chosen ? html` checked` : ''}><span><strong class="mono">${name}</strong><span class="sub">${capital(summary)}</span></span></label>`,
  )}</fieldset>
<div class="period-form">${daysFields(view.days)}<button class="button" type="submit">Export</button></div></form></section>
<p class="quiet small under">Days are those of UTC, and both are in it. A transfer or an incident belongs to the period of its last message, so export days that have ended. Each export is on the audit log before its first byte.</p>`;
}

/** First and last day of a period. */
export function daysFields({ from, through }: Days): Html {
  return html`<label class="field"><span>First day</span><input type="date" name="from" value="${from}" required></label>
<label class="field"><span>Last day</span><input type="date" name="through" value="${through}" required></label>`;
}
