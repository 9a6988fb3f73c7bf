import { html } from 'hono/html';
import type { PlaceView } from '../lineage/places/places.ts';
import { moment, route } from './badges.ts';
import type { MatrixRow, Standing } from './evidence-matrix.ts';
import { standingMark } from './evidence-page.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { can } from './permissions.ts';
import { systemName } from './titles.ts';
import { count, counted, PLACE_TYPE_WORDS } from './words.ts';

/** A place with how its encryption at rest stands. */
export interface LocationRow {
  readonly place: PlaceView;
  readonly standing: Standing;
  /** Its checks; null for a destination that no policy names a place of. */
  readonly evidence: MatrixRow | null;
}

export const SHOWN = ['undescribed', 'failed', 'unknown', 'expiring', 'claimed', 'proven'] as const;
export type Shown = (typeof SHOWN)[number];

export interface LocationsView {
  readonly rows: readonly LocationRow[];
  readonly show: Shown | undefined;
  readonly told: string | null;
  readonly now: number;
}

/** Where data rests: the places nobody described, then all that somebody did. */
export function locationsPage(frame: Frame, view: LocationsView): Html {
  const { rows, show, told, now } = view;
  const title = titleOf(rows);
  const unknown = rows.filter(({ place }) => place.location === null);
  const known = rows.filter(({ place }) => place.location !== null);
  const edits = can(frame.session.role, 'inventory.edit');
  const shownUnknown =
    show === undefined || show === 'undescribed' ? unknown : unknown.filter(({ standing }) => standing === show);
  const shownKnown = show === 'undescribed' ? [] : known.filter(({ standing }) => show === undefined || standing === show);
  return page(
    frame,
    'locations',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">${subtitle(known, unknown)}</p><p class="title-end">${edits ? html`<a href="/locations/new">Describe a place</a> · ` : ''}<a href="/locations.csv">CSV</a></p></div>
${told === null ? '' : html`<div class="notice" role="status"><p>${told}</p></div>`}
${
  rows.length === 0
    ? empty()
    : html`${chips(rows, show)}
${shownUnknown.length === 0 ? '' : unknownSection(shownUnknown, edits, now)}
${shownKnown.length === 0 ? '' : knownSection(shownKnown, now)}
${shownUnknown.length + shownKnown.length > 0 ? '' : html`<div class="empty"><p>No place stands like this.</p><p><a href="/locations">Show all places</a></p></div>`}`
}`,
  );
}

function titleOf(rows: readonly LocationRow[]): string {
  if (rows.length === 0) return 'No place where data rests is known yet';
  const unknown = rows.filter(({ place }) => place.location === null).length;
  if (unknown === 0) return rows.length === 1 ? 'The only place is described' : `All ${count(rows.length)} places are described`;
  return `${count(unknown)} of ${counted(rows.length, 'place')} ${unknown === 1 ? 'is' : 'are'} described by nobody`;
}

function subtitle(known: readonly LocationRow[], unknown: readonly LocationRow[]): string {
  const proven = known.filter(({ standing }) => standing === 'proven' || standing === 'expiring').length;
  const flows = new Set(unknown.flatMap(({ place }) => place.deliveries.map(({ flow }) => flow))).size;
  const to = flows === 0 ? '' : `; ${counted(flows, 'flow')} ${flows === 1 ? 'delivers' : 'deliver'} to a place nobody described`;
  return `encryption at rest is proven of ${count(proven)} of ${count(known.length)} described${to}`;
}

function chips(rows: readonly LocationRow[], show: Shown | undefined): Html {
  const undescribed = rows.filter(({ place }) => place.location === null).length;
  const link = (value: Shown | undefined, label: Html | string, tally: number): Html =>
    html`<a class="chip" href="/locations${value === undefined || value === show ? '' : `?show=${value}`}"${value === show ? html` aria-current="true"` : ''}>${label} <span class="chip-count">${count(tally)}</span></a>`;
  return html`<nav class="filters" aria-label="Filters"><div class="chips" role="group" aria-label="Which">
${link(undefined, 'All', rows.length)}
${link('undescribed', 'Described by nobody', undescribed)}
</div><div class="chips" role="group" aria-label="Encryption at rest">${(
    ['failed', 'unknown', 'expiring', 'claimed', 'proven'] as const
  ).map((standing) =>
    link(standing, standingMark(standing), rows.filter((row) => row.standing === standing).length),
  )}</div></nav>`;
}

function unknownSection(rows: readonly LocationRow[], edits: boolean, now: number): Html {
  return html`<section><h2>Described by nobody</h2>
<table class="rows places" role="table" data-rows>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Place</th><th role="columnheader" scope="col">Delivered by</th><th role="columnheader" scope="col">At rest</th><th role="columnheader" scope="col">Last delivery</th>${edits ? html`<th role="columnheader" scope="col"><span class="sr">What to do</span></th>` : ''}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ({ place, standing }) => html`<tr role="row">
<td role="cell" class="c-title"><a class="row-link" href="${locationAddress(place.id)}">${systemName(place.id)}</a><span class="sub">${place.origin === 'policy' ? 'a policy names it' : 'seen as a destination'}</span></td>
<td role="cell" class="c-flows">${deliveries(place)}</td><td role="cell">${standingMark(standing)}</td><td role="cell" class="c-seen">${lastDelivery(place, now)}</td>
${edits ? html`<td role="cell" class="c-do"><span class="link" aria-hidden="true">Describe it</span></td>` : ''}</tr>
`,
  )}</tbody></table></section>`;
}

function knownSection(rows: readonly LocationRow[], now: number): Html {
  return html`<section class="block"><h2>Described</h2>
<table class="rows places" role="table" data-rows>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Place</th><th role="columnheader" scope="col">Where</th><th role="columnheader" scope="col" class="c-owner">Owner</th><th role="columnheader" scope="col">Delivered by</th><th role="columnheader" scope="col">At rest</th><th role="columnheader" scope="col">Last delivery</th></tr></thead>
<tbody role="rowgroup">${rows.map(({ place, standing }) => {
    const { location } = place;
    if (location === null) return '';
    return html`<tr role="row">
<td role="cell" class="c-title"><a class="row-link" href="${locationAddress(place.id)}">${location.title}</a><span class="sub">${PLACE_TYPE_WORDS[location.type]}${place.origin === 'api' ? ', described here' : ''}</span></td>
<td role="cell" class="c-where">${[location.region, location.country].filter((part) => part !== undefined).join(', ') || html`<span class="quiet">not said</span>`}${location.retention === undefined ? '' : html`<span class="sub">kept ${location.retention}</span>`}</td>
<td role="cell" class="c-owner">${location.owner}</td>
<td role="cell" class="c-flows">${deliveries(place)}</td>
<td role="cell">${standingMark(standing)}</td>
<td role="cell" class="c-seen">${lastDelivery(place, now)}</td></tr>
`;
  })}</tbody></table></section>`;
}

const NAMED = 2;

function deliveries({ deliveries: own }: PlaceView): Html {
  if (own.length === 0) return html`<span class="quiet">no flow</span>`;
  const rest = own.length - NAMED;
  return html`${own.slice(0, NAMED).map(({ source, destination }) => html`<span class="line">${route(source === '' ? 'nothing heard' : source, systemName(destination))}</span>`)}${rest > 0 ? html`<span class="sub">and ${counted(rest, 'other')}</span>` : ''}`;
}

function lastDelivery({ deliveries: own }: PlaceView, now: number): Html {
  const last = Math.max(...own.map(({ lastSeen }) => lastSeen ?? 0), 0);
  return last === 0 ? html`<span class="quiet">never</span>` : moment(last, now);
}

export function locationAddress(id: string): string {
  return `/locations/place/${encodeURIComponent(id)}`;
}

function empty(): Html {
  return html`<div class="empty"><p>Places appear here with the first flow that delivers to them, or when a file under <code>rules/locations/</code> describes them.</p>
<p>Point a copy of an engine's traffic at Cordon's listeners, or run <code>npm run demo</code>.</p></div>`;
}
