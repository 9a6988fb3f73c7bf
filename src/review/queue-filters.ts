import { html } from 'hono/html';
import { CATEGORIES, SEVERITIES } from '../core/vocabulary.ts';
import { INCIDENT_STATES, type IncidentState } from '../policy/decision.ts';
import { type Filters, queueAddress } from './filters.ts';
import type { FlowChoice } from './flow-choices.ts';
import type { Html } from './html.ts';
import { flowFilter, removable } from './list-filters.ts';
import { categoryLabel } from './titles.ts';
import { count, SEVERITY_WORDS, STATE_WORDS } from './words.ts';

export interface FilterView {
  readonly filters: Filters;
  /** Per state, under the other filters. */
  readonly states: ReadonlyMap<IncidentState, number>;
  readonly flows: readonly FlowChoice[];
}

/** The filters of the queue as chips in rows; each is a link to the queue with it changed. */
export function filterBar({ filters, states, flows }: FilterView): Html {
  const all = [...INCIDENT_STATES.map((state) => [state, STATE_WORDS[state]] as const), ['all', 'All'] as const];
  const toggle = (change: Partial<Filters>, on: boolean, label: string): Html =>
    chip(queueAddress(filters, change), on, label, null);
  return html`<nav class="filters" aria-label="Filters">
<div class="chips" role="group" aria-label="State">
${all.map(([state, label]) =>
  chip(queueAddress(filters, { state }), filters.state === state, label, state === 'all' ? null : (states.get(state) ?? 0)),
)}
</div>
<div class="chips" role="group" aria-label="Severity">
${[...SEVERITIES].reverse().map((severity) => {
  const on = filters.severity === severity;
  return toggle({ severity: on ? undefined : severity }, on, SEVERITY_WORDS[severity]);
})}
</div>
<div class="chips" role="group" aria-label="Whose">
${toggle({ owner: filters.owner === 'me' ? undefined : 'me' }, filters.owner === 'me', 'Mine')}
${toggle({ owner: filters.owner === 'nobody' ? undefined : 'nobody' }, filters.owner === 'nobody', "Nobody's")}
${toggle({ late: filters.late === 'yes' ? undefined : 'yes' }, filters.late === 'yes', 'Overdue')}
${toggle({ unconfirmed: filters.unconfirmed === 'yes' ? undefined : 'yes' }, filters.unconfirmed === 'yes', 'Unconfirmed')}
</div>
${flowFilter(filters.flow, flows, (flow) => queueAddress(filters, { flow }))}
${categoryFilter(filters)}
${filters.q === undefined ? '' : html`<div class="chips" role="group" aria-label="Search">${removable(queueAddress(filters, { q: undefined }), `“${filters.q}”`, 'clear the search')}</div>`}
</nav>`;
}

function chip(address: string, on: boolean, label: Html | string, tally: number | null): Html {
  return html`<a class="chip" href="${address}"${on ? html` aria-current="true"` : ''}>${label}${
    tally === null ? '' : html` <span class="chip-count">${count(tally)}</span>`
  }</a>`;
}

function categoryFilter(filters: Filters): Html {
  if (filters.category !== undefined) {
    const label = categoryLabel(filters.category);
    return html`<div class="chips" role="group" aria-label="Category">${removable(queueAddress(filters, { category: undefined }), label, 'show all categories')}</div>`;
  }
  return html`<details class="menu"><summary class="chip">Category</summary>
<ul class="bare menu-list">${CATEGORIES.map((category) => html`<li><a href="${queueAddress(filters, { category })}">${categoryLabel(category)}</a></li>`)}</ul></details>`;
}
