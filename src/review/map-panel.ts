import { html } from 'hono/html';
import type { Merge } from '../ledger/lineage/store.ts';
import { kindOfName, titleOfName } from '../lineage/names.ts';
import { TRANSITS } from '../lineage/row.ts';
import type { System } from '../lineage/systems.ts';
import { moment, route } from './badges.ts';
import { devicesAddress } from './devices-filters.ts';
import { standingMark } from './evidence-page.ts';
import { queueAddress } from './filters.ts';
import type { Html } from './html.ts';
import type { Frame } from './layout.ts';
import { locationAddress } from './locations-page.ts';
import { type MapEdge, mapId, NAME_KIND_WORDS } from './map-edges.ts';
import { mapAddress } from './map-filters.ts';
import { verdictMark } from './map-svg.ts';
import type { MapView } from './map-view.ts';
import { can } from './permissions.ts';
import { categoriesOf, entityWords, sizeWords } from './trace-words.ts';
import { capital, count, counted, patientWords, SUBJECT_WORDS } from './words.ts';

/** What is known of one connection. */
export function edgePanel(frame: Frame, { edge, verdict }: MapEdge, { filters, now }: MapView): Html {
  const { role } = frame.session;
  const end = ({ id, title }: { id: string; title: string }): Html =>
    html`<a href="${mapAddress(filters, { system: mapId(id), edge: undefined })}#map">${title}</a>`;
  return html`<div class="panel-head"><h2>${route(edge.source.title, edge.destination.title)}</h2><a class="close" href="${mapAddress(filters, { edge: undefined })}#map" aria-label="Close">×</a></div>
<p class="badges">${verdictMark(verdict)} ${standingMark(edge.transit)}</p>
<dl class="facts">
${fact('Ends', html`${end(edge.source)} and ${end(edge.destination)}`)}
${fact('Policy', edge.policy === null ? html`none: the flow is not registered` : html`<code>${edge.policy}</code>`)}
${fact('Over', html`${edge.protocol}`)}
${fact('Receiver', html`${entityWords(edge.entity)}`)}
${fact('Comes to rest', edge.location === null ? html`<span class="quiet">no policy names a place</span>` : html`<a href="${locationAddress(edge.location)}">${edge.location}</a>`)}
${edge.unpermitted.length === 0 ? '' : fact('Not permitted', html`<strong class="unpermitted">${categoriesOf(edge.unpermitted)}</strong>`)}
${fact('Of patients', edge.categories.length === 0 ? html`<span class="quiet">nothing</span>` : html`${categoriesOf(edge.categories)}`)}
${edge.others.length === 0 ? '' : fact('Of staff, sites, equipment', html`${categoriesOf(edge.others)}`)}
${edge.subjects.length === 0 ? '' : fact('Whose', html`${edge.subjects.map((subject) => SUBJECT_WORDS[subject]).join(', ')}`)}
${fact('Messages', html`${count(edge.messages)} <span class="quiet">${edge.patients > 0 ? 'of ' : ''}${patientWords(edge.patients, edge.categories.length > 0)}, ${sizeWords(edge.bytes)}</span>`)}
${fact('Encryption', html`<ul class="bare">${TRANSITS.filter((transit) => edge.outcomes[transit] > 0).map((transit) => html`<li>${standingMark(transit)} <span class="quiet">${counted(edge.outcomes[transit], 'message')}</span></li>`)}</ul>`)}
${fact('Seen', html`first ${moment(edge.firstSeen, now)}, last ${moment(edge.lastSeen, now)}`)}
</dl>
<p class="panel-links">${can(role, 'read') ? html`<a href="${queueAddress({ state: 'all' }, { flow: edge.flow })}">Its incidents</a> · ` : ''}<a href="${devicesAddress({}, { flow: edge.flow })}">Devices on it</a>${can(role, 'read') ? html` · <a href="/evidence">Evidence</a>` : ''}</p>`;
}

function fact(name: string, value: Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** One system: the names that it goes by and why, what it exchanges, and for who may, which other name is it too. */
export function systemPanel(frame: Frame, system: System, view: MapView): Html {
  const { filters } = view;
  const own = new Set(system.names);
  const sends = view.all.filter(({ edge }) => edge.source.id === system.id).length;
  const receives = view.all.filter(({ edge }) => edge.destination.id === system.id).length;
  const byHand = view.merges.filter(({ undoneAt, name, into }) => undoneAt === null && own.has(name) && own.has(into));
  const may = can(frame.session.role, 'inventory.edit');
  return html`<div class="panel-head"><h2>${system.title}</h2><a class="close" href="${mapAddress(filters, { system: undefined })}#map" aria-label="Close">×</a></div>
<p>${exchange(sends, receives)}</p>
<h3>${system.names.length === 1 ? 'Its name' : `${system.names.length} names of it`}</h3>
<ul class="bare plain-list">${system.names.map((name) => html`<li><span class="mono">${titleOfName(name)}</span> <span class="quiet">${NAME_KIND_WORDS[kindOfName(name)]}${why(name, system)}</span></li>`)}</ul>
${byHand.map((merge) => merged(frame, merge, view, may))}
${may ? mergeForm(frame, system, view) : ''}
<p class="panel-links"><a href="${devicesAddress({}, { find: system.title.slice(0, 64) })}">Devices of this name</a></p>`;
}

/** `Sends over 2 connections, receives over 1 connection.` */
function exchange(sends: number, receives: number): string {
  const parts = [
    ...(sends === 0 ? [] : [`sends over ${counted(sends, 'connection')}`]),
    ...(receives === 0 ? [] : [`receives over ${counted(receives, 'connection')}`]),
  ].join(', ');
  return parts === '' ? 'It neither sent nor received then.' : `${capital(parts)}.`;
}

const WHY = { policy: 'by a policy', carrier: 'seen with no other name', hand: 'joined by hand' } as const;

function why(name: string, { aliases }: System): string {
  const alias = aliases.find((each) => each.name === name);
  return alias === undefined ? '' : `; ${WHY[alias.rule]}`;
}

function merged(frame: Frame, merge: Merge, { filters, now }: MapView, may: boolean): Html {
  return html`<div class="merge"><p>${merge.actor} joined <span class="mono">${titleOfName(merge.name)}</span> and <span class="mono">${titleOfName(merge.into)}</span> ${moment(merge.at, now)}.${merge.note === '' ? '' : html` <span class="quiet">${merge.note}</span>`}</p>
${
  may
    ? html`<form method="post" action="/map/merges/${encodeURIComponent(merge.id)}/undo"><input type="hidden" name="csrf" value="${frame.session.csrf}"><input type="hidden" name="system" value="${filters.system ?? ''}"><button class="link" type="submit">Take them apart again</button></form>`
    : ''
}</div>`;
}

function mergeForm(frame: Frame, system: System, { systems }: MapView): Html {
  const others = systems.filter(({ id }) => id !== system.id && kindOfName(id) !== 'unknown');
  if (others.length === 0 || kindOfName(system.id) === 'unknown') return html``;
  return html`<details class="under"><summary class="link">It is the same as another system…</summary>
<form method="post" action="/map/merges" class="stack under settings-form">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
<input type="hidden" name="system" value="${mapId(system.id)}">
<label class="field"><span>Other system</span><select name="into" required>${others.map(({ id, title }) => html`<option value="${mapId(id)}">${title}, ${NAME_KIND_WORDS[kindOfName(id)]}</option>`)}</select></label>
<label class="field"><span>Why you know</span><input name="note" maxlength="500" autocomplete="off" required><small>No patient in it. It stands beside your name, and anybody who may join can take it back.</small></label>
<p><button class="button" type="submit">Join them</button></p></form></details>`;
}
