import { html } from 'hono/html';
import { parseDuration } from '../core/clock.ts';
import { CATEGORIES, type Category, SUBJECTS } from '../core/vocabulary.ts';
import type { FlowRow } from '../ledger/flow-store.ts';
import { type CarriedCell, unusedCells } from '../policy/carried.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { moment, route } from './badges.ts';
import type { MatrixRow, Standing } from './evidence-matrix.ts';
import { evidenceAddress, STANDING_PATHS, standingMark } from './evidence-page.ts';
import { queueAddress } from './filters.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { PERIOD_WORDS, type Period } from './period.ts';
import { categoryLabel, spoken, systemName } from './titles.ts';
import { count, counted, SUBJECT_WORDS } from './words.ts';

export interface FlowView {
  /** As incidents name the flow: the policy's id, or the observed key. */
  readonly name: string;
  /** Null where nobody registered it. */
  readonly policy: FlowPolicy | null;
  /** The observed flows of it; none where it was never heard. */
  readonly observed: readonly FlowRow[];
  readonly cells: readonly CarriedCell[];
  readonly period: Period | undefined;
  readonly activity: { readonly messages: number; readonly patients: number };
  readonly hop: MatrixRow | null;
  readonly place: MatrixRow | null;
  readonly incidents: number;
  readonly now: number;
}

/** The address of a flow, by the name that incidents have for it. */
export function flowAddress(name: string, period?: Period): string {
  return `/flows/${encodeURIComponent(name)}${period === undefined ? '' : `?period=${period}`}`;
}

/** One flow: what it may carry beside what it carried, how its hop is encrypted, how much it carries and since when it is quiet. */
export function flowPage(frame: Frame, view: FlowView): Html {
  const title = flowTitle(view);
  return page(
    { ...frame, period: { current: view.period, address: (period) => flowAddress(view.name, period) } },
    'flows',
    title,
    html`<p class="crumbs"><a href="/flows">Flows</a></p>
<div class="title"><h1>${title}</h1><p class="quiet">${view.policy === null ? '' : html`${view.policy.title} `}<span class="mono">${view.name}</span></p></div>
${view.policy === null ? unregistered() : ''}
<div class="columns flow">
<section class="story"><h2>Permitted and observed <span class="quiet light">${view.period === undefined ? 'since the first message' : PERIOD_WORDS[view.period].toLowerCase()}</span></h2>
${matrix(view)}</section>
<aside class="side" aria-label="The flow">${traffic(view)}${encryption(view)}${terms(view)}</aside>
</div>`,
  );
}

function flowTitle({ policy, observed, cells, name }: FlowView): string {
  const ends = observed[0];
  const way = ends === undefined ? name : `${spoken(ends.source)} to ${spoken(ends.destination)}`;
  if (policy === null) return `The flow from ${way} is not registered`;
  if (ends === undefined) return `Nothing was heard on ${policy.title}`;
  const flagged = cells.filter((cell) => cell.flagged > 0).length;
  if (flagged > 0) return `${way} carried ${counted(flagged, 'kind')} of identifier without a permit`;
  const unused = unusedCells(cells).length;
  return unused > 0
    ? `${way} carries what it may, and never ${counted(unused, 'kind')} that it may`
    : `${way} carries what it may`;
}

function unregistered(): Html {
  return html`<div class="notice"><p>No policy covers it, so nothing on it is permitted. <a href="/flows/drafts">Look at the draft</a> that was made of what was observed.</p></div>`;
}

function matrix(view: FlowView): Html {
  const { cells, policy } = view;
  if (cells.length === 0) {
    return html`<div class="empty"><p>No identifier of a person was seen on it, and its policy names none. What a flow carries appears here with its first message.</p></div>`;
  }
  const subjects = SUBJECTS.filter((subject) => cells.some((cell) => cell.subject === subject));
  const isFlagged = (category: Category): boolean => cells.some((cell) => cell.category === category && cell.flagged > 0);
  const named = CATEGORIES.filter((category) => cells.some((cell) => cell.category === category));
  // What is not permitted first.
  const categories = [...named.filter(isFlagged), ...named.filter((category) => !isFlagged(category))];
  const unused = unusedCells(cells).length;
  const asks = policy !== null && policy.basis.purpose !== 'treatment' && unused > 0;
  return html`<div class="wide" tabindex="0" role="region" aria-label="Permitted and observed"><table class="matrix">
<thead><tr><th scope="col">Kind</th>${subjects.map((subject) => html`<th scope="col">${SUBJECT_WORDS[subject]}</th>`)}</tr></thead>
<tbody>${categories.map(
    (category) => html`<tr><th scope="row">${categoryLabel(category)}</th>${subjects.map((subject) =>
      cellOf(
        view,
        cells.find((cell) => cell.category === category && cell.subject === subject),
      ),
    )}</tr>
`,
  )}</tbody></table></div>
<p class="small quiet under">Numbers are messages. A message that holds a kind twice counts once.</p>
${asks ? html`<p class="small">${counted(unused, 'kind')} that it permits ${unused === 1 ? 'was' : 'were'} never seen. For ${policy.basis.purpose}, minimum necessary (45 CFR 164.502(b)) asks whether the receiver needs ${unused === 1 ? 'it' : 'them'}: take ${unused === 1 ? 'it' : 'them'} out of the policy, or let its owner say why not.</p>` : ''}`;
}

function cellOf({ name }: FlowView, cell: CarriedCell | undefined): Html {
  if (cell === undefined) return html`<td><span class="quiet" aria-label="neither permitted nor seen">·</span></td>`;
  const { category, flagged, permitted, named } = cell;
  if (flagged === 0 && permitted === 0)
    return html`<td>${mark('not_applicable', named ? 'permitted, never seen' : 'never seen')}</td>`;
  const passed = permitted === 0 ? '' : mark('proven', html`${count(permitted)} permitted`);
  if (flagged === 0) return html`<td>${passed}</td>`;
  return html`<td><a class="cell" href="${queueAddress({ state: 'all' }, { flow: name, category })}" title="Incidents of it">${mark('failed', html`${count(flagged)} not permitted`)}</a>${passed === '' ? '' : html`<br>${passed}`}</td>`;
}

function mark(standing: Standing, words: Html | string): Html {
  return html`<span class="standing ${standing}"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${STANDING_PATHS[standing]}</svg>${words}</span>`;
}

function traffic({ name, policy, observed, activity, incidents, now }: FlowView): Html {
  const messages = observed.reduce((sum, flow) => sum + flow.messages, 0);
  const first = Math.min(...observed.map(({ firstSeen }) => firstSeen));
  const last = Math.max(...observed.map(({ lastSeen }) => lastSeen));
  const { messagesPerHour, patientsPerDay, silentAfter } = policy?.limits ?? {};
  return html`<section><h2>Traffic</h2><dl class="facts">
${observed.map(
  ({ source, destination, listener }) =>
    html`<div><dt>Way</dt><dd>${route(systemName(source), systemName(destination))} <span class="quiet mono">${listener}</span></dd></div>`,
)}
<div><dt>Messages</dt><dd>${count(messages)}${observed.length === 0 ? '' : html` <span class="quiet">since ${moment(first, now)}</span>`}</dd></div>
<div><dt>This hour</dt><dd>${count(activity.messages)}${messagesPerHour === undefined ? '' : html` <span class="quiet">of ${count(messagesPerHour)} at most</span>`}</dd></div>
<div><dt>Today</dt><dd>${counted(activity.patients, 'patient')}${patientsPerDay === undefined ? '' : html` <span class="quiet">of ${count(patientsPerDay)} at most</span>`}</dd></div>
<div><dt>Last heard</dt><dd>${observed.length === 0 ? html`<span class="quiet">never</span>` : moment(last, now)}${silence(silentAfter, observed.length === 0 ? null : last, now)}</dd></div>
<div><dt>Incidents</dt><dd><a href="${queueAddress({ state: 'open' }, { flow: name })}">${count(incidents)} open</a></dd></div>
</dl></section>`;
}

/** How long it may be quiet, and whether it is for longer; hours of opening are for the incident to judge. */
function silence(silentAfter: string | undefined, last: number | null, now: number): Html {
  const length = silentAfter === undefined ? null : parseDuration(silentAfter);
  if (length === null) return html`<br><span class="quiet">no limit of silence</span>`;
  const late = last === null || now - last > length;
  return html`<br><span class="${late ? 'late' : 'quiet'}">${late ? 'quiet for longer than' : 'may be quiet for'} ${silentAfter}</span>`;
}

function encryption({ hop, place }: FlowView): Html {
  const line = (label: string, row: MatrixRow | null): Html =>
    html`<div><dt>${label}</dt><dd>${
      row === null
        ? html`${standingMark('unknown')}<br><span class="quiet">No policy names it.</span>`
        : html`<a class="cell" href="${evidenceAddress({ row: row.id })}#${encodeURIComponent(row.id)}">${standingMark(row.overall)}</a>${row.gap === null ? '' : html`<br><span class="quiet">${row.gap}</span>`}`
    }</dd></div>`;
  return html`<section><h2>Encryption</h2><dl class="facts">${line('The hop', hop)}${line('At rest', place)}</dl></section>`;
}

function terms({ policy }: FlowView): Html {
  if (policy === null) return html``;
  const { owner, basis, status, expires, exceptions } = policy;
  return html`<section><h2>Policy</h2><dl class="facts">
<div><dt>Owner</dt><dd>${owner}</dd></div>
<div><dt>Status</dt><dd>${status}, valid until ${expires}</dd></div>
<div><dt>Basis</dt><dd>${basis.purpose}, ${basis.dataset}</dd></div>
${exceptions.length === 0 ? '' : html`<div><dt>Exceptions</dt><dd>${exceptions.map((exception) => html`<span class="sub">${exception.reason}, until ${exception.expires}</span>`)}</dd></div>`}
</dl></section>`;
}
