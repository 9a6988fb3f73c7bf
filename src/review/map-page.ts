import { html } from 'hono/html';
import type { Category } from '../core/vocabulary.ts';
import { moment, route } from './badges.ts';
import { standingMark } from './evidence-page.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { CHANGE_WORDS, type MapEdge } from './map-edges.ts';
import { type MapFilters, mapAddress, mapQuery, SHOWS } from './map-filters.ts';
import { edgePanel, systemPanel } from './map-panel.ts';
import { mapLegend, mapSvg, verdictMark } from './map-svg.ts';
import type { MapView } from './map-view.ts';
import { CATEGORY_WORDS, count, counted, patientCount } from './words.ts';

/** Rows that the table shows; the file has all. */
const ROWS = 300;

/** Where data goes: a picture, what was chosen in it beside it, and the same as a table. */
export function mapPage(frame: Frame, view: MapView): Html {
  const { filters, all, shown } = view;
  const title = titleOf(view);
  return page(
    frame,
    'map',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">${summary(all)}</p><p class="title-end"><a href="/map.csv${mapQuery({ ...filters, edge: undefined })}">CSV</a></p></div>
${view.problem === null ? '' : html`<p class="alert" role="alert">${view.problem}</p>`}
${bar(view)}
${shown.length === 0 ? empty(view) : html`${drawing(frame, view)}${table(view)}`}`,
  );
}

function titleOf({ filters, all, now }: MapView): string {
  if (filters.from !== undefined) {
    if (all.length === 0) return 'Nothing changed between the two days';
    const of = (change: string): number => all.filter((each) => each.change?.change === change).length;
    const parts = ['new', 'gone', 'changed'].filter((change) => of(change) > 0).map((change) => `${count(of(change))} ${change}`);
    return `${counted(all.length, 'connection')} differ${all.length === 1 ? 's' : ''}: ${parts.join(', ')}`;
  }
  if (all.length === 0)
    return filters.at === undefined ? 'No message has gone anywhere yet' : 'Nothing had been sent by that day';
  const flagged = all.filter(({ verdict }) => verdict === 'flagged').length;
  const verb = filters.at === undefined || filters.at >= new Date(now).toISOString().slice(0, 10) ? 'carry' : 'carried';
  if (flagged === 0)
    return all.length === 1 ? 'The only connection is permitted' : `All ${count(all.length)} connections ${verb} what they may`;
  return `${count(flagged)} of ${counted(all.length, 'connection')} ${flagged === 1 && verb === 'carry' ? 'carries' : verb} what is not permitted`;
}

function summary(all: readonly MapEdge[]): string {
  const systems = new Set(all.flatMap(({ edge }) => [edge.source.id, edge.destination.id]));
  const unproven = all.filter(({ edge }) => edge.transit !== 'proven').length;
  return all.length === 0 ? '' : `${counted(systems.size, 'system')}; ${count(unproven)} not proven encrypted`;
}

const SHOW_WORDS = { flagged: 'Not permitted', unproven: 'Not proven encrypted', failed: 'In clear or weak' } as const;

function bar({ filters, all, system }: MapView): Html {
  const counts = {
    flagged: all.filter(({ verdict }) => verdict === 'flagged').length,
    unproven: all.filter(({ edge }) => edge.transit !== 'proven').length,
    failed: all.filter(({ edge }) => edge.transit === 'failed').length,
  };
  const chip = (label: string, address: string, on: boolean, number: number): Html =>
    html`<a class="chip" href="${address}"${on ? html` aria-current="true"` : ''}>${label} <span class="chip-count">${count(number)}</span></a>`;
  return html`<nav class="filters" aria-label="Filters"><div class="chips" role="group" aria-label="Connections">
${chip('All', mapAddress(filters, { show: undefined, system: undefined, edge: undefined }), filters.show === undefined && filters.system === undefined, all.length)}
${SHOWS.map((show) => chip(SHOW_WORDS[show], mapAddress(filters, { show: filters.show === show ? undefined : show, edge: undefined }), filters.show === show, counts[show]))}
${system === null ? '' : html`<a class="chip" aria-current="true" href="${mapAddress(filters, { system: undefined, edge: undefined })}">Only ${system.title} <span aria-hidden="true">×</span><span class="sr">, take this away</span></a>`}
</div>${days(filters)}</nav>`;
}

/** As of a day, or what changed between two. */
function days({ at, from, to }: MapFilters): Html {
  return html`<div class="map-days">
<form method="get" action="/map" class="inline-form"><label>As of <input type="date" name="at" value="${at ?? ''}"></label><button class="button" type="submit">Show</button></form>
<form method="get" action="/map" class="inline-form"><label>Changed from <input type="date" name="from" value="${from ?? ''}" required></label><label>to <input type="date" name="to" value="${to ?? ''}"></label><button class="button" type="submit">Compare</button></form>
${at === undefined && from === undefined ? '' : html`<a href="/map">Back to now</a>`}
</div>`;
}

function empty({ filters, all }: MapView): Html {
  if (all.length > 0) {
    const back = mapAddress(filters, { show: undefined, system: undefined, edge: undefined });
    return html`<div class="empty"><p>No connection is all of this at once.</p><p><a href="${back}">Take the filters away</a></p></div>`;
  }
  if (filters.from !== undefined)
    return html`<div class="empty"><p>The same systems exchanged the same kinds of data, with the same encryption. A connection counts on a day where a message went over it in the thirty days before.</p><p><a href="/map">Show the map of now</a></p></div>`;
  if (filters.at !== undefined)
    return html`<div class="empty"><p>Cordon had seen no message by the end of this day.</p><p><a href="/map">Show the map of now</a></p></div>`;
  return html`<div class="empty"><p>Every system that sends or receives appears here with its first message, joined to those that it exchanges data with.</p>
<p>Point a copy of an engine's traffic at Cordon's MLLP, HTTP or DIMSE listener, or run <code>npm run demo</code>.</p></div>`;
}

function drawing(frame: Frame, view: MapView): Html {
  const panel =
    view.edge !== null ? edgePanel(frame, view.edge, view) : view.system !== null ? systemPanel(frame, view.system, view) : null;
  return html`<section id="map"${panel === null ? '' : html` class="map-columns"`}>
<div class="map-picture"><a class="map-skip" href="#rows">Skip the picture: the table has the same</a>
${mapSvg(view.picture, view.laid)}
${mapLegend((['flagged', 'permitted', 'clean'] as const).map((verdict) => verdictMark(verdict)))}${panel === null ? html`<p class="quiet small">Choose a line or a system to see what it carries, to whom, and how it is encrypted.</p>` : ''}</div>
${panel === null ? '' : html`<aside class="panel map-panel" aria-label="What was chosen">${panel}</aside>`}</section>`;
}

function table(view: MapView): Html {
  const { shown, filters } = view;
  const changes = filters.from !== undefined;
  return html`<section class="block" id="rows" tabindex="-1"><h2>${counted(shown.length, 'connection')}</h2>
<table class="rows map-rows" role="table" data-rows>
<thead role="rowgroup"><tr role="row">${changes ? html`<th role="columnheader" scope="col">Change</th>` : ''}<th role="columnheader" scope="col">From and to</th><th role="columnheader" scope="col">Data</th><th role="columnheader" scope="col">Encryption</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col" class="number">Patients</th><th role="columnheader" scope="col">Last seen</th></tr></thead>
<tbody role="rowgroup">${shown.slice(0, ROWS).map((each) => row(each, view, changes))}</tbody></table>
${shown.length > ROWS ? html`<p class="quiet">These are the ${count(ROWS)} heaviest; the CSV has all ${count(shown.length)}.</p>` : ''}</section>`;
}

function row(each: MapEdge, { filters, now }: MapView, changes: boolean): Html {
  const { edge, verdict, id } = each;
  return html`<tr role="row"${filters.edge === id ? html` class="selected"` : ''}>
${changes ? html`<td role="cell" class="c-change">${changeCell(each)}</td>` : ''}
<td role="cell" class="c-title"><a class="row-link" href="${mapAddress(filters, { edge: id })}#map">${route(edge.source.title, edge.destination.title)}</a><span class="sub">${edge.policy ?? 'no policy'}, ${edge.protocol}</span></td>
<td role="cell" class="c-data">${verdictMark(verdict)}<span class="sub">${categoryList(edge.unpermitted.length > 0 ? edge.unpermitted : edge.categories)}</span></td>
<td role="cell" class="c-transit">${standingMark(edge.transit)}</td>
<td role="cell" class="number c-messages" data-label="${edge.messages === 1 ? 'message' : 'messages'}">${count(edge.messages)}</td>
<td role="cell" class="number c-patients" data-label="${edge.patients === 1 ? 'patient' : 'patients'}">${patientCount(edge.patients, edge.categories.length > 0)}</td>
<td role="cell" class="c-seen">${moment(edge.lastSeen, now)}</td></tr>
`;
}

/** Three of them, and how many more. */
function categoryList(categories: readonly Category[]): string {
  const words = categories.slice(0, 3).map((category) => CATEGORY_WORDS[category]);
  const more = categories.length - words.length;
  return `${words.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function changeCell({ change }: MapEdge): Html {
  if (change === null) return html``;
  const facts = [
    ...(change.transit === null ? [] : [`encryption was ${change.transit.from}`]),
    ...(change.change === 'changed' && change.added.length > 0 ? [`now with ${categoryList(change.added)}`] : []),
    ...(change.removed.length > 0 ? [`without ${categoryList(change.removed)}`] : []),
  ];
  return html`<span class="state change-${change.change}">${CHANGE_WORDS[change.change]}</span>${facts.length === 0 ? '' : html`<span class="sub">${facts.join('; ')}</span>`}`;
}
