import { html } from 'hono/html';
import { isoTime } from '../core/clock.ts';
import type { NamedDevice, Trace, TracedDevice } from '../lineage/trace.ts';
import type { CsvCell } from './csv.ts';
import type { Html } from './html.ts';
import { count, counted, exact } from './words.ts';

/** Devices by name, each a link to its page. */
export function deviceLinks(devices: readonly NamedDevice[]): Html {
  return html`${devices.map(
    ({ id, title }, at) => html`${at === 0 ? '' : ', '}<a href="/devices/${encodeURIComponent(id)}">${title}</a>`,
  )}`;
}

/** Every device that a message of the person, or what it came over, was known by. `file` is the address of the same as CSV. */
export function deviceTable(trace: Pick<Trace, 'devices' | 'exposure'>, file: string): Html {
  const { rows } = trace.devices;
  if (rows.length === 0) return html`${notLookedAt(trace)}`;
  return html`<section class="block" id="devices"><div class="title"><h2>${counted(rows.length, 'device')}</h2><p class="title-end no-print"><a href="${file}">CSV</a></p></div>
<table class="rows trace-hops" role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Named in messages, or connected</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col">First and last</th></tr></thead>
<tbody role="rowgroup">${rows.map(
    (device) => html`<tr role="row">
<td role="cell" class="c-title">${deviceLinks([device])}</td>
<td role="cell" class="number" data-label="${device.messages === 1 ? 'message' : 'messages'}">${count(device.messages)}</td>
<td role="cell">${exact(device.firstSeen)}<span class="sub">${exact(device.lastSeen)}</span></td></tr>
`,
  )}</tbody></table>
${notLookedAt(trace)}</section>`;
}

/** What the devices are not known of: that is not the same as none. */
function notLookedAt({ devices, exposure }: Pick<Trace, 'devices' | 'exposure'>): Html {
  const rest = exposure.messages - devices.messages;
  if (rest <= 0) return html``;
  return html`<p class="quiet small under">Devices are known of ${count(devices.messages)} of the ${counted(exposure.messages, 'message')}: not of what was scanned before they were kept with messages, nor past the first 2,000.</p>`;
}

/** The columns of the devices, as a file. */
export const DEVICE_COLUMNS = ['id', 'device', 'messages', 'first_seen', 'last_seen'] as const;

export function deviceRow({ id, title, messages, firstSeen, lastSeen }: TracedDevice): readonly CsvCell[] {
  return [id, title, messages, isoTime(firstSeen), isoTime(lastSeen)];
}
