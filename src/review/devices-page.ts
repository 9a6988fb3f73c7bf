import { html } from 'hono/html';
import type { Page } from '../ledger/page.ts';
import { DEVICE_KINDS, type Device, type DeviceKind, latest } from '../lineage/devices/device.ts';
import type { DeviceView } from '../lineage/devices/view.ts';
import { hourOf } from './badges.ts';
import { CONFLICT_WORDS, confidenceMark, KIND_WORDS, placeText } from './device-words.ts';
import { type DevicesFilters, devicesAddress, devicesQuery, isNarrow } from './devices-filters.ts';
import type { FlowChoice } from './flow-choices.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { flowFilter, pagingNav, removable } from './list-filters.ts';
import { count, counted } from './words.ts';

export interface DevicesPageView {
  readonly filters: DevicesFilters;
  readonly page: Page<DeviceView>;
  /** Those that contradict themselves, on the first page of all; the first of them where they are many. */
  readonly conflicting: readonly DeviceView[];
  readonly kinds: ReadonlyMap<DeviceKind, number>;
  readonly flows: readonly FlowChoice[];
  readonly now: number;
}

/** The inventory: what contradicts itself, then the latest seen. */
export function devicesPage(frame: Frame, view: DevicesPageView): Html {
  const { filters, conflicting, page: shown } = view;
  const title = titleOf(view);
  const above = new Set(conflicting.map(({ device }) => device.id));
  const rows = shown.rows.filter(({ device }) => !above.has(device.id));
  return page(
    frame,
    'devices',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">as messages and connections name them</p><p class="title-end"><a href="/devices.csv${devicesQuery({ ...filters, cursor: undefined })}">CSV</a></p></div>
${filterBar(view)}
${conflicting.length === 0 ? '' : html`<section><h2>Contradicting themselves</h2>${table(conflicting, view.now)}</section>`}
${rows.length === 0 ? (conflicting.length === 0 ? empty(filters) : '') : html`<section${conflicting.length === 0 ? '' : html` class="block"`}>${conflicting.length === 0 ? '' : html`<h2>All others</h2>`}${table(rows, view.now)}</section>`}
${paging(view)}`,
  );
}

function titleOf({ kinds, conflicting, filters, page: shown }: DevicesPageView): string {
  const total = [...kinds.values()].reduce((sum, each) => sum + each, 0);
  if (total === 0) return 'No device has shown itself yet';
  if (isNarrow(filters)) {
    const more = shown.next === null && filters.cursor === undefined ? '' : 'More than ';
    return shown.rows.length === 0
      ? 'No device is all of this'
      : `${more}${counted(shown.rows.length, 'device')} of ${count(total)} ${shown.rows.length === 1 ? 'is' : 'are'} like this`;
  }
  const known = `${counted(total, 'device')} ${total === 1 ? 'is' : 'are'} known`;
  if (conflicting.length === 0) return known;
  return `${known}, ${count(conflicting.length)} ${conflicting.length === 1 ? 'contradicts itself' : 'contradict themselves'}`;
}

function filterBar(view: DevicesPageView): Html {
  const { filters, kinds, flows } = view;
  const chip = (change: DevicesFilters, on: boolean, label: string, tally: number | null): Html =>
    html`<a class="chip" href="${devicesAddress(filters, change)}"${on ? html` aria-current="true"` : ''}>${label}${tally === null ? '' : html` <span class="chip-count">${count(tally)}</span>`}</a>`;
  const total = [...kinds.values()].reduce((sum, each) => sum + each, 0);
  return html`<div class="filters filters-find"><nav class="filters" aria-label="Filters"><div class="chips" role="group" aria-label="Kind">
${chip({ kind: undefined }, filters.kind === undefined, 'All', total)}
${DEVICE_KINDS.map((kind) => chip({ kind }, filters.kind === kind, KIND_WORDS[kind].many, kinds.get(kind) ?? 0))}
</div>
<div class="chips" role="group" aria-label="Contradictions">${chip({ conflicts: filters.conflicts === undefined ? 'yes' : undefined }, filters.conflicts === 'yes', 'Contradicting themselves', null)}</div>
${flowFilter(filters.flow, flows, (flow) => devicesAddress(filters, { flow }))}
${filters.find === undefined ? '' : html`<div class="chips" role="group" aria-label="Search">${removable(devicesAddress(filters, { find: undefined }), `begins with “${filters.find}”`, 'clear the search')}</div>`}
</nav>
${findForm(filters)}</div>`;
}

/** What a value begins with: inventory is no identifier of a person, so it may stand in the address. */
function findForm({ kind, conflicts, flow }: DevicesFilters): Html {
  const kept = Object.entries({ kind, conflicts, flow }).filter(([, value]) => value !== undefined);
  return html`<form class="find" method="get" action="/devices">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input type="search" name="find" maxlength="64" placeholder="Serial, AE title, ward" aria-label="Find devices by what a serial number, an AE title, an address or a ward begins with" autocomplete="off" spellcheck="false">
<button class="button" type="submit">Find</button></form>`;
}

function table(rows: readonly DeviceView[], now: number): Html {
  return html`<table class="rows devices" role="table" data-rows>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Device</th><th role="columnheader" scope="col">Connects as</th><th role="columnheader" scope="col" class="c-place">Place</th><th role="columnheader" scope="col">Confidence</th><th role="columnheader" scope="col" class="number">Flows</th><th role="columnheader" scope="col">Last seen</th></tr></thead>
<tbody role="rowgroup">${rows.map((row) => tableRow(row, now))}</tbody></table>`;
}

function tableRow({ device, label, confidence, place, vendor }: DeviceView, now: number): Html {
  const flows = new Set(device.flows.map(({ flow }) => flow)).size;
  return html`<tr role="row">
<td role="cell" class="c-title"><a class="row-link" href="/devices/${encodeURIComponent(device.id)}">${label}</a>${device.conflicts.map(({ kind }) => html` <span class="state open">${CONFLICT_WORDS[kind]}</span>`)}
<span class="sub">${madeOf(device, vendor) || KIND_WORDS[device.kind].one}</span></td>
<td role="cell" class="c-connects">${latest(device, 'ae-title') ?? latest(device, 'application') ?? latest(device, 'source') ?? html`<span class="quiet">–</span>`}<span class="sub mono">${latest(device, 'address') ?? ''}</span></td>
<td role="cell" class="c-place">${placeText(place) || html`<span class="quiet">not said</span>`}</td>
<td role="cell" class="c-sure">${confidenceMark(confidence)}</td>
<td role="cell" class="number" data-label="${flows === 1 ? 'flow' : 'flows'}">${count(flows)}</td>
<td role="cell" class="c-seen">${hourOf(device.lastSeen, now)}</td>
</tr>
`;
}

/** `Northlake Imaging Works SM64, serial 00817`; the vendor of its OUI where nothing else names a maker. */
export function madeOf(device: Device, vendor: string | null): string {
  const [manufacturer, model, serial] = [latest(device, 'manufacturer'), latest(device, 'model'), latest(device, 'serial')];
  const maker = manufacturer ?? (vendor === null ? null : `${vendor} (by its OUI)`);
  const made = [maker, model].filter((part) => part !== null).join(' ');
  if (serial === null) return made;
  return made === '' ? `serial ${serial}` : `${made}, serial ${serial}`;
}

function paging({ filters, page: { next } }: DevicesPageView): Html {
  const first = filters.cursor === undefined ? null : devicesAddress(filters, {});
  return pagingNav(first, next === null ? null : devicesAddress(filters, { cursor: next }));
}

function empty(filters: DevicesFilters): Html {
  if (isNarrow(filters)) {
    return html`<div class="empty"><p>No device is all of this at once.</p><p><a href="/devices">Take the filters away</a></p></div>`;
  }
  return html`<div class="empty"><p>Devices appear here by themselves: monitors and modalities by what their messages say, engines and archives by how they connect. Nobody keeps a list.</p>
<p>Point a copy of an engine's traffic at Cordon's listeners, or run <code>npm run demo</code>.</p></div>`;
}
