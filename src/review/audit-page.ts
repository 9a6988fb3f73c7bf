import { html } from 'hono/html';
import type { AuditCheckpoint, AuditRecord } from '../core/audit.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { pagingNav, removable } from './list-filters.ts';
import type { Period } from './period.ts';
import { can } from './permissions.ts';
import { reportsTabs } from './reports-tabs.ts';
import { count, counted, exact } from './words.ts';

/** Filters of the audit log as they stand in its address. */
export interface AuditFilters {
  readonly actor?: string | undefined;
  /** What actions begin with: `incident`, `incident.move`. */
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly period?: Period | undefined;
  readonly before?: number | undefined;
}

export interface AuditView {
  readonly filters: AuditFilters;
  /** The latest first. */
  readonly rows: readonly AuditRecord[];
  /** Where older ones begin; null where there are none. */
  readonly next: number | null;
  /** How many entries there ever were. */
  readonly size: number;
  readonly checkpoint: AuditCheckpoint | null;
  readonly now: number;
}

/** `/audit` with some filters changed, from the latest on. */
function auditAddress(filters: AuditFilters, change: AuditFilters): string {
  return `/audit${queryOf({ ...filters, before: undefined, ...change })}`;
}

function queryOf(filters: AuditFilters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What people, keys and the agent itself did, the latest first, and the signature that nothing of it was removed. */
export function auditPage(frame: Frame, view: AuditView): Html {
  const { filters, size, checkpoint } = view;
  const title = titleOf(size, checkpoint);
  const period = { current: filters.period, address: (chosen: Period | undefined) => auditAddress(filters, { period: chosen }) };
  return page(
    { ...frame, period },
    'reports',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">what people, keys and the agent did; nothing in it can be changed</p><p class="title-end"><a href="/audit.csv${queryOf({ ...filters, before: undefined })}">CSV</a></p></div>
${reportsTabs(frame.session, '/audit')}
${filterBar(view)}
${view.rows.length === 0 ? empty() : table(frame, view)}
${paging(view)}
${checkpointSection(view)}`,
  );
}

function titleOf(size: number, checkpoint: AuditCheckpoint | null): string {
  if (size === 0) return 'Nothing was done yet';
  if (checkpoint === null) return `${counted(size, 'entry', 'entries')}, none signed yet`;
  if (checkpoint.size >= size) return size === 1 ? 'The only entry is signed' : `All ${count(size)} entries are signed`;
  return `${count(checkpoint.size)} of ${counted(size, 'entry', 'entries')} are signed`;
}

function filterBar({ filters }: AuditView): Html {
  const on = [
    ['actor', 'by'],
    ['action', 'action'],
    ['object', 'of'],
  ] as const;
  const chosen = on.filter(([name]) => filters[name] !== undefined);
  return html`<div class="filters filters-find">
<div class="chips" role="group" aria-label="Filters">${chosen.length === 0 ? html`<span class="quiet">Everybody, everything</span>` : chosen.map(([name, word]) => removable(auditAddress(filters, { [name]: undefined }), `${word} ${filters[name] ?? ''}`, 'take the filter away'))}</div>
<form class="find" method="get" action="/audit">
${filters.period === undefined ? '' : html`<input type="hidden" name="period" value="${filters.period}">`}${filters.object === undefined ? '' : html`<input type="hidden" name="object" value="${filters.object}">`}
<input name="actor" value="${filters.actor ?? ''}" maxlength="256" placeholder="Who: dana, key:siem" aria-label="Who: a name as it stands in the log" autocomplete="off" spellcheck="false">
<input name="action" value="${filters.action ?? ''}" maxlength="64" placeholder="What: incident, export" aria-label="What: how the action begins" autocomplete="off" spellcheck="false">
<button class="button" type="submit">Filter</button></form></div>`;
}

function table(frame: Frame, { rows, filters, now }: AuditView): Html {
  return html`<table class="rows audit" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="number">Place</th><th role="columnheader" scope="col">When</th><th role="columnheader" scope="col">Who</th><th role="columnheader" scope="col">Did what</th><th role="columnheader" scope="col">To what</th><th role="columnheader" scope="col">Particulars</th></tr></thead>
<tbody role="rowgroup">${rows.map(
    ({ seq, at, actor, role, action, object, detail }) => html`<tr role="row">
<td role="cell" class="number c-place-no" data-label="">${count(seq)}</td>
<td role="cell" class="c-seen">${moment(at, now)}</td>
<td role="cell" class="c-who"><a href="${auditAddress(filters, { actor })}" title="Only what ${actor} did">${actor}</a><span class="sub">${role}</span></td>
<td role="cell" class="mono c-action"><a href="${auditAddress(filters, { action })}" title="Only this">${action}</a></td>
<td role="cell" class="mono c-object">${objectLink(frame, object)}</td>
<td role="cell" class="c-detail">${Object.entries(detail).map(([name, value]) => html`<span class="pair"><span class="quiet">${name}</span> ${valueText(value)}</span>`)}</td></tr>
`,
  )}</tbody></table>`;
}

/** Whole numbers from here on (2001) are instants in milliseconds. */
const INSTANTS = 1_000_000_000_000;

/** Instants as people read them. Digests are told apart by their beginning; all of one stands on hover and in packs. */
function valueText(value: AuditRecord['detail'][string]): Html | string {
  if (value === null) return 'none';
  if (typeof value === 'number' && value >= INSTANTS) return exact(value);
  return shortDigest(String(value));
}

function shortDigest(text: string): Html | string {
  const [, before = '', digest] = /^(.*?)([0-9a-f]{64})$/.exec(text) ?? [];
  if (digest === undefined) return text;
  return html`<span class="mono" title="${text}">${before}${digest.slice(0, 12)}…</span>`;
}

const PAGES = {
  incident: { path: '/incidents/', action: 'read' },
  device: { path: '/devices/', action: 'inventory.read' },
  location: { path: '/locations/place/', action: 'inventory.read' },
} as const;

/** What an act was about, with its page where it has one. */
function objectLink(frame: Frame, object: string): Html | string {
  const colon = object.indexOf(':');
  const kind = Object.entries(PAGES).find(([name]) => name === object.slice(0, colon))?.[1];
  if (kind === undefined || !can(frame.session.role, kind.action)) return shortDigest(object);
  return html`<a href="${kind.path}${encodeURIComponent(object.slice(colon + 1))}">${object}</a>`;
}

function paging({ filters, next }: AuditView): Html {
  const first = filters.before === undefined ? null : auditAddress(filters, {});
  const older = next === null ? null : auditAddress(filters, { before: next });
  return pagingNav(first, older, { first: 'Latest', next: 'Older entries' });
}

function empty(): Html {
  return html`<div class="empty"><p>No entry is all of this.</p><p><a href="/audit">Show everything</a></p></div>`;
}

function checkpointSection({ checkpoint, now }: AuditView): Html {
  if (checkpoint === null) {
    return html`<section class="block"><h2>The newest signature</h2><p>The log is signed each hour in which something came, and when the agent starts and stops.</p></section>`;
  }
  return html`<section class="block"><h2>The newest signature</h2>
<p class="prose">Signed ${moment(checkpoint.at, now)} <span class="quiet">(${exact(checkpoint.at)})</span>, over ${counted(checkpoint.size, 'entry', 'entries')}. Keep a copy where nobody of this installation can reach it: whoever cuts the log short later cannot make it fit this text again.</p>
<div class="copy"><pre class="sample" id="checkpoint" tabindex="0" role="region" aria-label="The newest signature">${checkpoint.note}</pre><button class="button" type="button" data-copy="checkpoint" hidden>Copy</button></div>
<h3>How to check it</h3>
<ol class="steps"><li>Get the public key once, beforehand: <code>cordon keys audit</code>.</li><li>Take an <a href="/reports">evidence pack</a> of the period; it holds the entries, this signature and the proofs.</li><li><code>cordon check-evidence PACK</code>, or the script in the pack, says offline whether anything was changed or removed, and names it.</li></ol></section>`;
}
