import { html } from 'hono/html';
import type { Page } from '../ledger/page.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { isOverdue } from '../policy/due.ts';
import { moment, route, severityBadge, stateBadge, unconfirmedBadge } from './badges.ts';
import { ACTS, type Done, doneNotice } from './bulk-page.ts';
import { isNarrowed, queryOf, queueAddress, widened } from './filters.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { pagingNav } from './list-filters.ts';
import { can } from './permissions.ts';
import { type FilterView, filterBar } from './queue-filters.ts';
import { categoryLabel, queueTitle, systemName, titleOf } from './titles.ts';
import { count, counted, patientCount, STATE_WORDS } from './words.ts';

export interface QueueView extends FilterView {
  readonly page: Page<IncidentRow>;
  /** Incidents that state and filters let through. */
  readonly total: number;
  readonly messages: { readonly total: number; readonly pending: number; readonly done: number; readonly quarantined: number };
  /** What this reader has just done to some of them. */
  readonly done: Done | null;
  readonly now: number;
}

/** The queue: what needs a person, gravest first. */
export function queuePage(frame: Frame, view: QueueView): Html {
  const { filters } = view;
  const kind =
    filters.state === 'all' ? '' : filters.state === 'accepted-risk' ? 'accepted' : STATE_WORDS[filters.state].toLowerCase();
  const title = queueTitle(kind, view.total, isNarrowed(filters));
  const period = {
    current: filters.period,
    address: (chosen: typeof filters.period) => queueAddress(filters, { period: chosen }),
  };
  return page(
    { ...frame, search: filters.q, period },
    'incidents',
    title,
    html`<div class="title">
<h1>${title}</h1>
<p class="quiet">${coverage(view.messages)}</p>
<p class="title-end"><a href="/incidents.csv${queryOf({ ...filters, cursor: undefined })}">CSV</a></p>
</div>
${view.done === null ? '' : doneNotice(frame.session, view.done)}
${filterBar(view)}
${view.page.rows.length === 0 ? emptyState(view) : listing(frame, view)}
${paging(view)}`,
  );
}

function coverage(messages: QueueView['messages']): string {
  const parts = [`${counted(messages.done, 'message')} examined`];
  if (messages.pending > 0) parts.push(`${count(messages.pending)} waiting`);
  if (messages.quarantined > 0) parts.push(`${count(messages.quarantined)} quarantined`);
  return parts.join(' · ');
}

/** The table, and for who may act on incidents the bar of acts over it: one form, without script too. */
function listing(frame: Frame, view: QueueView): Html {
  const { role, csrf } = frame.session;
  const acts = ACTS.filter(({ action }) => can(role, action));
  if (acts.length === 0) return table(view, false);
  return html`<form method="post" action="/incidents/bulk" data-bulk>
<input type="hidden" name="csrf" value="${csrf}">
<input type="hidden" name="back" value="${queryOf(view.filters)}">
<div class="acts" role="group" aria-label="Act on the selected incidents"><span class="quiet" data-selected>Selected:</span>
${acts.map(({ name, label, key }) => html`<button class="chip" type="submit" name="act" value="${name}" data-key="${key}">${label} <kbd>${key}</kbd></button>`)}
</div>
${table(view, true)}
</form>`;
}

function table(view: QueueView, selectable: boolean): Html {
  return html`<table class="rows" role="table" data-rows>
<thead role="rowgroup"><tr role="row">
${selectable ? html`<th role="columnheader" scope="col" class="c-select"><span class="sr">Select</span></th>` : ''}<th role="columnheader" scope="col">Severity</th><th role="columnheader" scope="col">Incident</th><th role="columnheader" scope="col" class="c-category">Category</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col" class="number">Patients</th><th role="columnheader" scope="col">Last seen</th><th role="columnheader" scope="col" class="c-due">Due</th><th role="columnheader" scope="col">State</th>
</tr></thead>
<tbody role="rowgroup">
${view.page.rows.map((incident) => row(incident, view.now, selectable))}
</tbody></table>
<p class="keys quiet" data-keys hidden><kbd>j</kbd> <kbd>k</kbd> move · <kbd>Enter</kbd> opens${selectable ? html` · <kbd>x</kbd> selects` : ''} · <kbd>?</kbd> all keys</p>`;
}

function row(incident: IncidentRow, now: number, selectable: boolean): Html {
  return html`<tr role="row">
${selectable ? html`<td role="cell" class="c-select"><input type="checkbox" name="item" value="${incident.id}|${incident.state}" aria-labelledby="i-${incident.id}"></td>` : ''}
<td role="cell" class="c-severity">${severityBadge(incident.severity)}</td>
<td role="cell" class="c-title"><a class="row-link" id="i-${incident.id}" href="/incidents/${encodeURIComponent(incident.id)}">${titleOf(incident)}</a>
<span class="sub">${route(systemName(incident.source), systemName(incident.destination))}</span></td>
<td role="cell" class="c-category">${categoryLabel(incident.category) || html`<span class="quiet">the flow itself</span>`}</td>
<td role="cell" class="number c-messages" data-label="${incident.messages === 1 ? 'message' : 'messages'}">${count(incident.messages)}</td>
<td role="cell" class="number c-patients" data-label="${incident.patients === 1 ? 'patient' : 'patients'}">${patientCount(incident.patients, incident.messages > 0)}</td>
<td role="cell" class="c-seen">${moment(incident.lastSeen, now)}</td>
<td role="cell" class="c-due">${due(incident, now)}</td>
<td role="cell" class="c-state">${stateBadge(incident.state)}${unconfirmedBadge(incident)}</td>
</tr>
`;
}

function due({ state, desk }: IncidentRow, now: number): Html {
  const who = desk.assignee === null ? '' : html`<span class="sub">${desk.assignee}</span>`;
  if (desk.due === null) return html`${who}`;
  const late = isOverdue({ state, due: desk.due }, now);
  return html`<span${late ? html` class="late"` : ''}>${late ? 'overdue, ' : ''}${moment(desk.due, now)}</span>${who}`;
}

function paging({ filters, page: { next } }: QueueView): Html {
  const first = filters.cursor === undefined ? null : queueAddress(filters, {});
  return pagingNav(first, next === null ? null : queueAddress(filters, { cursor: next }));
}

function emptyState(view: QueueView): Html {
  const { filters, messages } = view;
  if (isNarrowed(filters)) {
    const wider = queueAddress(widened(filters), {});
    return html`<div class="empty"><p>No incident is all of this at once.</p><p><a href="${wider}">Take the filters away</a></p></div>`;
  }
  if (messages.total === 0) {
    return html`<div class="empty"><p>No message has arrived yet. Incidents appear here as soon as one is flagged.</p>
<p>Point a copy of an engine's traffic at Cordon's MLLP or HTTP listener, or run <code>npm run demo</code> to watch a synthetic hospital.</p></div>`;
  }
  if (filters.state === 'open') {
    return html`<div class="empty"><p>Every incident has been looked at. A new one appears here when a message is flagged, when a feed falls silent, or when an accepted risk ends.</p>
<p><a href="${queueAddress(filters, { state: 'all' })}">Show all incidents</a></p></div>`;
  }
  return html`<div class="empty"><p>Incidents come here when someone decides so on their page.</p><p><a href="/incidents">Show what is open</a></p></div>`;
}
