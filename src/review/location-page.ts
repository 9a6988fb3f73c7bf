import { html } from 'hono/html';
import type { PlaceView } from '../lineage/places/places.ts';
import { attestedUntil, type Location } from '../policy/location.ts';
import { moment, route } from './badges.ts';
import { standingOf } from './evidence-matrix.ts';
import { evidenceAddress, standingMark } from './evidence-page.ts';
import { queueAddress } from './filters.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { type LocationDraft, locationForm } from './location-form.ts';
import { type LocationRow, locationAddress } from './locations-page.ts';
import { can } from './permissions.ts';
import { systemName } from './titles.ts';
import { count, PLACE_TYPE_WORDS } from './words.ts';

export interface LocationView extends LocationRow {
  /** What was typed into its form, and what is wrong with it. */
  readonly draft: LocationDraft;
  readonly now: number;
}

/** One place: what it is, what goes there, what is proven of it; for who may, the form that describes it. */
export function locationPage(frame: Frame, view: LocationView): Html {
  const { place, standing, draft } = view;
  const { location, origin } = place;
  const edits = can(frame.session.role, 'inventory.edit');
  const title = location?.title ?? `Nobody described ${systemName(place.id)}`;
  return page(
    frame,
    'locations',
    title,
    html`<p class="crumbs"><a href="/locations">Locations</a></p>
<div class="title"><h1>${title}</h1><p class="badges">${standingMark(standing)}</p></div>
${draft.problem === null ? '' : html`<p class="alert" role="alert">${draft.problem}</p>`}
${location === null ? unknownHint(place) : facts(place, location, view.now)}
${deliverySection(frame, view)}
${evidenceSection(frame, view)}
${
  edits && origin !== 'file'
    ? html`<section class="block"><h2>${location === null ? 'Describe this place' : 'Describe it anew'}</h2>${locationForm(frame.session, draft)}</section>`
    : ''
}
${edits && origin === 'api' ? removeForm(frame, place.id) : ''}`,
  );
}

/** The form alone, for a place that nothing names yet. */
export function newLocationPage(frame: Frame, draft: LocationDraft): Html {
  return page(
    frame,
    'locations',
    'Describe a place',
    html`<p class="crumbs"><a href="/locations">Locations</a></p>
<div class="title"><h1>Describe a place</h1></div>
${draft.problem === null ? '' : html`<p class="alert" role="alert">${draft.problem}</p>`}
${locationForm(frame.session, draft)}`,
  );
}

function unknownHint({ origin }: PlaceView): Html {
  return origin === 'policy'
    ? html`<p class="prose">A policy says that data comes to rest here, and nobody said what it is: where it stands, who answers for it, what encrypts it. Until somebody does, its encryption is unknown.</p>`
    : html`<p class="prose">Data was sent here, and no policy says where it comes to rest. Describe the place, then name it in the policy of each flow as <code>destination.location</code>.</p>`;
}

function facts({ id, origin, made }: PlaceView, location: Location, now: number): Html {
  const { type, region, country, owner, retention, key, verify, addresses = [], attested } = location;
  const none = html`<span class="quiet">not said</span>`;
  const where = [region, country].filter((part) => part !== undefined).join(', ');
  return html`<section class="panel"><dl class="facts">
<div><dt>Id</dt><dd class="mono">${id}</dd></div>
<div><dt>Type</dt><dd>${PLACE_TYPE_WORDS[type]}</dd></div>
<div><dt>Where</dt><dd>${where === '' ? none : where}</dd></div>
<div><dt>Owner</dt><dd>${owner}</dd></div>
<div><dt>Kept for</dt><dd>${retention ?? none}</dd></div>
<div><dt>Key</dt><dd>${key === undefined ? none : html`<span class="mono">${key}</span>`}</dd></div>
${addresses.length === 0 ? '' : html`<div><dt>Addresses</dt><dd class="mono">${addresses.join(', ')}</dd></div>`}
${verify.length === 0 ? '' : html`<div><dt>Asked</dt><dd class="mono">${verify.join(', ')}</dd></div>`}
${attested.map((one) => html`<div><dt>Stated</dt><dd>${one.what}, by ${one.by} (${one.reference}); ${attestedUntil(one) > now ? 'counts' : 'counted'} until ${one.expires}</dd></div>`)}
<div><dt>Described</dt><dd>${origin === 'file' ? html`in a file of <code>rules/locations/</code>: change it there` : made === null ? none : html`by ${made.by}, ${moment(made.at, now)}`}</dd></div>
</dl></section>`;
}

function deliverySection(frame: Frame, { place: { deliveries }, now }: LocationView): Html {
  if (deliveries.length === 0) {
    return html`<section class="block"><h2>What is delivered here</h2><p class="quiet">No flow delivers here, as far as policies say.</p></section>`;
  }
  const reads = can(frame.session.role, 'read');
  return html`<section class="block"><h2>What is delivered here</h2>
<table class="rows" role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Flow</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col">Last seen</th></tr></thead>
<tbody role="rowgroup">${deliveries.map(({ flow, source, destination, messages, lastSeen }) => {
    const name = route(source === '' ? 'nothing heard' : source, systemName(destination));
    return html`<tr role="row"><td role="cell" class="c-title">${reads ? html`<a href="${queueAddress({ state: 'all' }, { flow })}" title="Incidents of this flow">${name}</a>` : name}<span class="sub mono">${flow}</span></td>
<td role="cell" class="number" data-label="${messages === 1 ? 'message' : 'messages'}">${count(messages)}</td>
<td role="cell" class="c-seen">${lastSeen === null ? html`<span class="quiet">never</span>` : moment(lastSeen, now)}</td></tr>
`;
  })}</tbody></table></section>`;
}

function evidenceSection(frame: Frame, { evidence, now }: LocationView): Html {
  if (evidence === null) return html``;
  const reads = can(frame.session.role, 'read');
  const more = reads
    ? html` <a href="${evidenceAddress({ row: evidence.id })}#${encodeURIComponent(evidence.id)}">All of its evidence</a>`
    : html``;
  if (evidence.gap !== null)
    return html`<section class="block"><h2>Encryption at rest</h2><p>${evidence.gap}${more}</p></section>`;
  const rows = [...evidence.cells.values()].flatMap(({ rows: own }) => own);
  return html`<section class="block"><h2>Encryption at rest</h2>
<table class="rows" role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Check</th><th role="columnheader" scope="col">Outcome</th><th role="columnheader" scope="col">Of</th><th role="columnheader" scope="col">Asked</th><th role="columnheader" scope="col">Counts until</th></tr></thead>
<tbody role="rowgroup">${rows.map(
    (row) =>
      html`<tr role="row"><td role="cell" class="c-title">${row.check.replaceAll('-', ' ')}${row.reason === null ? '' : html`<span class="sub">${row.reason}</span>`}</td><td role="cell">${standingMark(standingOf(row, now))}</td><td role="cell" class="mono">${row.target}</td><td role="cell">${moment(row.at, now)}</td><td role="cell">${moment(row.expires, now)}</td></tr>
`,
  )}</tbody></table>${reads ? html`<p class="under">${more}</p>` : ''}</section>`;
}

function removeForm(frame: Frame, id: string): Html {
  return html`<section class="block"><h2>Remove it</h2>
<p class="prose">Flows that deliver here are then to a place nobody described, which is an incident where their policy asks for encryption at rest.</p>
<form method="post" action="${locationAddress(id)}/remove"><input type="hidden" name="csrf" value="${frame.session.csrf}"><button class="button" type="submit">Remove this place</button></form></section>`;
}
