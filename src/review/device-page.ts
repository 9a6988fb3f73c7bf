import { html } from 'hono/html';
import type { Category } from '../core/vocabulary.ts';
import { type ConfidenceParts, confidencePartsOf } from '../lineage/devices/confidence.ts';
import { type ConflictKind, DEVICE_ATTRIBUTES, type DeviceAttribute } from '../lineage/devices/device.ts';
import { knownName } from '../lineage/devices/incident.ts';
import type { DeviceView } from '../lineage/devices/view.ts';
import { hourOf, moment, route } from './badges.ts';
import {
  ATTRIBUTE_WORDS,
  CONFLICT_REMEDIES,
  CONFLICT_WORDS,
  confidenceMark,
  confidenceWord,
  figure,
  KIND_WORDS,
  placeText,
} from './device-words.ts';
import { madeOf } from './devices-page.ts';
import type { Standing } from './evidence-matrix.ts';
import { evidenceAddress, standingMark } from './evidence-page.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { typeLabel } from './message-type.ts';
import { can } from './permissions.ts';
import { categoryLabel, systemName } from './titles.ts';
import { count, counted } from './words.ts';

/** One flow of a device: the ways of messages that it took part in, what such messages carried, and how they are encrypted. */
export interface DeviceFlowView {
  readonly flow: string;
  readonly types: readonly string[];
  readonly source: string;
  readonly destination: string;
  /** Id of its policy; null where none covers it. */
  readonly policy: string | null;
  readonly lastSeen: number;
  readonly carried: readonly Category[];
  readonly transit: Standing;
  readonly rest: Standing;
  /** Where it comes to rest, as the policy says. */
  readonly location: string | null;
}

export interface DevicePageView {
  readonly view: DeviceView;
  /** The incident of each contradiction, where it is still kept. */
  readonly incidents: ReadonlyMap<ConflictKind, string>;
  readonly flows: readonly DeviceFlowView[];
  /** Which devices it may be held to be part of. */
  readonly others: readonly { readonly id: string; readonly label: string }[];
  /** What was just done; null where nothing was. */
  readonly told: string | null;
  readonly now: number;
}

/** One device: what is said of it and by whom, how sure that is, what it sent and how that is encrypted. */
export function devicePage(frame: Frame, shown: DevicePageView): Html {
  const { view, now, told } = shown;
  const { device, label, confidence, place, vendor } = view;
  const parts = confidencePartsOf(device, now);
  return page(
    frame,
    'devices',
    label,
    html`<p class="crumbs"><a href="/devices">Devices</a></p>
<div class="title"><h1>${label}</h1><p class="badges"><span class="state">${KIND_WORDS[device.kind].one}</span>${confidenceMark(confidence)}</p></div>
${told === null ? '' : html`<div class="notice" role="status"><p>${told}</p></div>`}
${conflicts(frame, shown)}
<section class="panel"><dl class="facts">
<div><dt>What it is</dt><dd>${madeOf(device, vendor) || html`<span class="quiet">no message says</span>`}</dd></div>
<div><dt>Place</dt><dd>${placeText(place) || html`<span class="quiet">no message says, and no described place holds its address</span>`}</dd></div>
<div><dt>Seen</dt><dd>first ${hourOf(device.firstSeen, now)}, last ${hourOf(device.lastSeen, now)}</dd></div>
<div><dt>Id</dt><dd class="mono">${device.id}</dd></div>
</dl></section>
${flowSection(frame, shown)}
${attributes(shown)}
${confidenceSection(parts, now)}
${partsSection(frame, shown)}`,
  );
}

function conflicts(frame: Frame, { view: { device }, incidents, now }: DevicePageView): Html {
  if (device.conflicts.length === 0) return html``;
  const reads = can(frame.session.role, 'read');
  return html`<section class="contradictions alert" aria-label="Contradictions">${device.conflicts.map(({ kind, values, at }) => {
    const incident = incidents.get(kind);
    return html`<p><strong>This device shows ${CONFLICT_WORDS[kind]}</strong>: <span class="mono">${values[0]}</span> and <span class="mono">${values[1]}</span>, noticed ${moment(at, now)}. ${CONFLICT_REMEDIES[kind]} ${
      incident === undefined || !reads ? '' : html`<a href="/incidents/${encodeURIComponent(incident)}">Open the incident</a>`
    }</p>`;
  })}</section>`;
}

function flowSection(frame: Frame, { flows, now }: DevicePageView): Html {
  if (flows.length === 0)
    return html`<section class="block"><h2>Flows</h2><p class="quiet">Nothing of it went over a flow yet.</p></section>`;
  const reads = can(frame.session.role, 'read');
  return html`<section class="block"><h2>What it sent, and where to</h2>
<table class="rows device-flows" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Flow</th><th role="columnheader" scope="col">Such messages carry</th><th role="columnheader" scope="col">On the wire</th><th role="columnheader" scope="col">At rest</th><th role="columnheader" scope="col">Last seen</th></tr></thead>
<tbody role="rowgroup">${flows.map(
    (flow) => html`<tr role="row">
<td role="cell" class="c-title">${flowName(flow, reads)}<span class="sub mono">${flow.types.map(typeLabel).join(', ')}</span></td>
<td role="cell" class="c-carried">${flow.carried.length === 0 ? html`<span class="quiet">no identifier</span>` : flow.carried.map(categoryLabel).join(', ')}</td>
<td role="cell" data-label="on the wire">${evidenceLink(reads, flow.policy === null ? null : `hop:${flow.policy}`, flow.transit, 'on the wire')}</td>
<td role="cell" data-label="at rest">${evidenceLink(reads, flow.location === null ? null : `place:${flow.location}`, flow.rest, 'at rest')}</td>
<td role="cell" class="c-seen">${hourOf(flow.lastSeen, now)}</td>
</tr>
`,
  )}</tbody></table>
<p class="quiet small under">The hop is that of the flow's real leg. What messages carry is counted by flow and type, from all that send on it.</p></section>`;
}

function flowName({ flow, source, destination, policy }: DeviceFlowView, reads: boolean): Html {
  const name = route(systemName(source), systemName(destination));
  const shown = reads
    ? html`<a href="/incidents?state=all&amp;flow=${encodeURIComponent(flow)}" title="Incidents of this flow">${name}</a>`
    : name;
  return policy === null ? html`${shown} <span class="state unregistered">Not registered</span>` : shown;
}

function evidenceLink(reads: boolean, row: string | null, standing: Standing, which: string): Html {
  const mark = html`${standingMark(standing)}<span class="sr"> ${which}</span>`;
  return reads && row !== null
    ? html`<a class="cell" href="${evidenceAddress({ row })}#${encodeURIComponent(row)}">${mark}</a>`
    : mark;
}

function attributes({ view: { device }, now }: DevicePageView): Html {
  return html`<section class="block"><h2>What is said of it, and where</h2>
<table class="rows attributes" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Attribute</th><th role="columnheader" scope="col">Value</th><th role="columnheader" scope="col">Said in</th><th role="columnheader" scope="col" class="c-first">First</th><th role="columnheader" scope="col">Last</th></tr></thead>
<tbody role="rowgroup">${byWeight(device.attributes).map(
    ({ name, value, source, firstSeen, lastSeen }) => html`<tr role="row">
<td role="cell" class="c-name">${ATTRIBUTE_WORDS[name]}</td><td role="cell" class="mono c-value">${value}</td><td role="cell" class="mono c-source">${source}</td>
<td role="cell" class="c-first">${hourOf(firstSeen, now)}</td><td role="cell" class="c-seen">${hourOf(lastSeen, now)}</td></tr>
`,
  )}</tbody></table></section>`;
}

/** What tells devices apart first, then where it stands; of one kind the latest first, as the ledger gives them. */
function byWeight(attributes: readonly DeviceAttribute[]): readonly DeviceAttribute[] {
  return DEVICE_ATTRIBUTES.flatMap((name) => attributes.filter((attribute) => attribute.name === name));
}

/** The formula of docs/adr/0033-devices.md, with this device's numbers. */
function confidenceSection(parts: ConfidenceParts, now: number): Html {
  const { signals, proven, spoofable, known, doubts, confidence } = parts;
  return html`<section class="block"><h2>How sure it is: ${confidenceWord(confidence).toLowerCase()}, ${figure(confidence)}</h2>
<p class="prose">Only a certificate proves who is at the other end. Everything else is text that a sender wrote, so all of it together counts 0.89 at most. Each signal is worth less the longer ago it was last said, and each contradiction takes half away when it is noticed, and less as months pass.</p>
${
  signals.length === 0
    ? html`<p>Nothing that tells devices apart was said of it.</p>`
    : html`<div class="wide" tabindex="0" role="region" aria-label="What each signal counts"><table class="signals">
<thead><tr><th scope="col">Signal</th><th scope="col" class="c-said">Last said</th><th scope="col" class="number">When fresh</th><th scope="col" class="number">Half after</th><th scope="col" class="number">Counts now</th></tr></thead>
<tbody>${signals.map(
        ({ name, at, weight, halfLife, worth, proven: held }) =>
          html`<tr><td>${ATTRIBUTE_WORDS[name]}${held ? html` <span class="quiet">proven by TLS</span>` : ''}</td><td class="c-said">${hourOf(at, now)}</td><td class="number">${figure(weight)}</td><td class="number">${counted(halfLife, 'day')}</td><td class="number">${figure(worth)}</td></tr>`,
      )}</tbody></table></div>
<p class="under">${proven === 0 ? html`No certificate; the signals together come to <strong>${figure(spoofable)}</strong>` : html`The certificate counts ${figure(proven)}, all else together ${figure(spoofable)}; both come to <strong>${figure(known)}</strong>`}${
        doubts.length === 0
          ? ''
          : html`, of which ${doubts.length === 1 ? 'the contradiction leaves' : `${count(doubts.length)} contradictions leave`} <strong>${figure(confidence)}</strong>`
      }.</p>`
}</section>`;
}

function partsSection(frame: Frame, { view: { device, label }, others }: DevicePageView): Html {
  const { role, csrf } = frame.session;
  const edits = can(role, 'inventory.edit');
  if (device.parts.length === 0 && !edits) return html``;
  const list =
    device.parts.length === 0
      ? html`<p>Nothing else is held to be this device.</p>`
      : html`<ul class="bare plain-list parts">${device.parts.map(
          ({ id, key }) =>
            html`<li><span>${knownName(key) || key} <span class="quiet">${key.split('|')[0]}</span></span>${
              edits
                ? html`<form method="post" action="/devices/${encodeURIComponent(id)}/split" class="inline-form"><input type="hidden" name="csrf" value="${csrf}"><button class="button" type="submit" aria-label="Split off ${knownName(key) || key}">Split off</button></form>`
                : ''
            }</li>`,
        )}</ul>`;
  return html`<section class="block"><h2>Held to be the same device</h2>${list}${
    edits && others.length > 0
      ? html`<form method="post" action="/devices/${encodeURIComponent(device.id)}/merge" class="inline-form merge">
<input type="hidden" name="csrf" value="${csrf}">
<label for="into">${label} is part of</label>
<select id="into" name="into" required><option value="">Choose a device</option>${others.map(({ id, label: name }) => html`<option value="${id}">${name}</option>`)}</select>
<button class="button" type="submit">Merge</button></form>
<p class="quiet small under">A merge moves nothing: splitting off undoes it. Both are on the audit log.</p>`
      : ''
  }</section>`;
}
