import { html } from 'hono/html';
import type { Finding, Verdict } from '../core/vocabulary.ts';
import { TRANSITS, type Transit } from '../lineage/row.ts';
import type { Trace, TraceEvent, TracePath } from '../lineage/trace.ts';
import { route } from './badges.ts';
import { devicesAddress } from './devices-filters.ts';
import { standingMark } from './evidence-page.ts';
import { queueAddress } from './filters.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { pagingNav } from './list-filters.ts';
import { locationAddress } from './locations-page.ts';
import type { Laid } from './map-elk.ts';
import type { Picture } from './map-picture.ts';
import { mapLegend, mapSvg, verdictMark } from './map-svg.ts';
import { typeLabel } from './message-type.ts';
import { can } from './permissions.ts';
import { deviceLinks, deviceTable } from './trace-devices.ts';
import { type AnswerFilters, traceAddress } from './trace-picture.ts';
import type { Question } from './trace-questions.ts';
import { categoriesOf, entityWords, kindWords, sizeWords } from './trace-words.ts';
import { CATEGORY_WORDS, count, counted, day, exact, SUBJECT_WORDS } from './words.ts';

export interface AnswerView {
  readonly question: Question;
  readonly filters: AnswerFilters;
  readonly trace: Trace;
  readonly picture: Picture;
  readonly laid: Laid;
  /** What was found in the message that is open, by its shape. */
  readonly findings: readonly Finding[];
  /** What is in the way of what was just asked for. */
  readonly problem: string | null;
  readonly now: number;
}

/** Where it has been: the sum, a map, and every message in time order. Nothing of it is a value. */
export function answerPage(frame: Frame, view: AnswerView): Html {
  const { trace, filters, question } = view;
  const { exposure } = trace;
  const title = `${counted(exposure.messages, 'message')} carried it to ${counted(exposure.recipients, 'system')}`;
  const asked = question.kind === null ? 'An identifier' : kindWords(question.kind);
  return page(
    frame,
    'trace',
    title,
    html`<p class="crumbs"><a href="/trace">Ask for another</a></p>
<div class="title"><h1>${title}</h1><p class="quiet">${asked}, asked by ${frame.session.actor}, as known ${filters.at === undefined ? `at ${exact(view.now)}` : `by the end of ${filters.at} UTC`}</p></div>
${view.problem === null ? '' : html`<p class="alert" role="alert">${view.problem}</p>`}
${trace.persons > 1 ? severalNotice(trace.persons) : ''}
${asOf(view)}
${scope(trace)}
<section class="block"><h2>The way it took</h2>${mapSvg(view.picture, view.laid)}${mapLegend([verdictMark('flagged', 'to a receiver that no policy names')])}${notDrawn(view)}</section>
${hopTable(view)}
${deviceTable(trace, traceAddress(`${question.id}/devices.csv`, { at: filters.at }))}
${timeline(frame, view)}
${forgetForm(frame, view)}`,
  );
}

function severalNotice(persons: number): Html {
  return html`<div class="notice"><p>${count(persons)} persons have it, and this is about all of them. A record number, or the name with its birth date, tells them apart.</p></div>`;
}

function asOf({ question, filters }: AnswerView): Html {
  return html`<form method="get" action="/trace/${question.id}" class="inline-form map-days no-print"><label>As known by the end of <input type="date" name="at" value="${filters.at ?? ''}"></label><button class="button" type="submit">Show</button>${filters.at === undefined ? '' : html` <a href="/trace/${question.id}">Back to now</a>`}</form>`;
}

const TRANSIT_WORDS: Readonly<Record<Transit, string>> = {
  proven: '',
  claimed: ', encrypted by the word of the sender',
  unknown: ', nothing shows whether encrypted',
  failed: ', in clear or weakly encrypted',
};

/** The scope of exposure as a sum (45 CFR 164.402(2): to whom, what, and how it was kept from others). */
function scope({ exposure, devices }: Trace): Html {
  const { messages, recipients, entities, outcomes, categories, locations, firstSeen, lastSeen } = exposure;
  const part = (name: string, value: Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<section class="block panel" aria-labelledby="scope"><h2 id="scope">Scope of exposure</h2><dl class="facts scope">
${part('Messages', html`<strong>${count(messages)}</strong> to <strong>${counted(recipients, 'system')}</strong>`)}
${part(
  'Sent to',
  html`<ul class="bare">${Object.entries(entities)
    .sort(([, one], [, other]) => other - one)
    .map(
      ([entity, number]) => html`<li>${entityWords(entity)} <span class="quiet">${counted(number, 'message')}</span></li>`,
    )}</ul>`,
)}
${part(
  'On the wire',
  html`<ul class="bare">${TRANSITS.filter((transit) => outcomes[transit] > 0).map(
    (transit) =>
      html`<li>${standingMark(transit)} <span class="quiet">${counted(outcomes[transit], 'message')}${TRANSIT_WORDS[transit]}</span></li>`,
  )}</ul>`,
)}
${part('Lies at', locations.length === 0 ? html`<span class="quiet">no place that a policy names</span>` : html`${locations.map((location, at) => html`${at === 0 ? '' : ', '}${locationLink(location)}`)}`)}
${part('Devices', devices.rows.length === 0 ? html`<span class="quiet">none is known</span>` : html`<a href="#devices">${counted(devices.rows.length, 'device')}</a> <span class="quiet">named in messages, or connected</span>`)}
${part('What', html`${categories.length === 0 ? 'not known' : categoriesOf(categories)}`)}
${firstSeen === null || lastSeen === null ? '' : part('When', html`first <time>${exact(firstSeen)}</time>, last <time>${exact(lastSeen)}</time>`)}
</dl></section>`;
}

function locationLink(id: string): Html {
  return html`<a href="${locationAddress(id)}">${id}</a>`;
}

function notDrawn({ trace, picture }: AnswerView): Html {
  const rest = trace.hops.length - picture.lines.length;
  return rest === 0
    ? html``
    : html`<p class="quiet small">The picture has those that carried the most; ${counted(rest, 'hop')} more ${rest === 1 ? 'is' : 'are'} in the table.</p>`;
}

/** The rows of the picture, and those that it has no room for. */
function hopTable({ trace, question, filters }: AnswerView): Html {
  return html`<section class="block" id="rows"><div class="title"><h2>${counted(trace.hops.length, 'hop')}</h2><p class="title-end no-print"><a href="${traceAddress(`${question.id}/hops.csv`, { at: filters.at })}">CSV</a></p></div>
<table class="rows trace-hops" role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">From and to</th><th role="columnheader" scope="col">Receiver</th><th role="columnheader" scope="col">Place</th><th role="columnheader" scope="col">Encryption</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col">First and last</th></tr></thead>
<tbody role="rowgroup">${trace.hops.map(
    (hop) => html`<tr role="row">
<td role="cell" class="c-title">${route(hop.source.title, hop.destination.title)}<span class="sub">${hop.policy ?? 'no policy'}, ${hop.protocol}</span></td>
<td role="cell">${entityWords(hop.entity)}</td>
<td role="cell">${hop.location === null ? html`<span class="quiet">none named</span>` : locationLink(hop.location)}</td>
<td role="cell">${TRANSITS.filter((transit) => hop.outcomes[transit] > 0).map((transit) => html`${standingMark(transit)} <span class="quiet">${count(hop.outcomes[transit])}</span> `)}</td>
<td role="cell" class="number" data-label="${hop.messages === 1 ? 'message' : 'messages'}">${count(hop.messages)}</td>
<td role="cell">${exact(hop.firstSeen)}<span class="sub">${exact(hop.lastSeen)}</span></td></tr>
`,
  )}</tbody></table></section>`;
}

function timeline(frame: Frame, view: AnswerView): Html {
  const { rows, next } = view.trace.timeline;
  const { filters, question } = view;
  const days = Map.groupBy(rows, ({ at }) => day(at));
  return html`<section class="block"><h2>In time order</h2>
${[...days].map(
  ([date, events]) => html`<h3 class="trace-day">${date}</h3>
<ol class="bare timeline">${events.map((event) => entry(frame, event, view))}</ol>`,
)}
${pagingNav(
  filters.cursor === undefined ? null : traceAddress(question.id, { at: filters.at }),
  next === null ? null : traceAddress(question.id, { at: filters.at, cursor: next }),
)}</section>`;
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { flagged: 'flagged', permitted: 'permitted', clean: 'nothing found' };

function entry(frame: Frame, event: TraceEvent, view: AnswerView): Html {
  const { filters, question, trace } = view;
  const open = filters.message === event.message;
  const path = event.path === null ? undefined : trace.timeline.paths[event.path];
  const { role } = frame.session;
  const address = traceAddress(question.id, { ...filters, message: open ? undefined : event.message });
  return html`<li id="m-${event.message}" class="${event.verdict ?? ''}${open ? ' selected' : ''}">
<time datetime="${new Date(event.at).toISOString()}">${exact(event.at).slice(11)}</time>
<div><p>${route(event.source.title, event.destination.title)} <span class="mono quiet">${typeLabel(event.type)}</span></p>
<p class="bearing">${standingMark(event.transit)}${event.verdict === null ? html`<span>not judged yet</span>` : verdictMark(event.verdict, VERDICT_WORDS[event.verdict])}${event.location === null ? '' : html`<span>lies at ${locationLink(event.location)}</span>`}</p>
${event.devices.length === 0 ? '' : html`<p class="small devices"><span class="quiet">${event.devices.length === 1 ? 'Device' : 'Devices'}</span> ${deviceLinks(event.devices)}</p>`}
${path === undefined ? '' : pathLine(path, event.message)}
<p class="small no-print"><a href="${address}#m-${event.message}">${open ? 'Close' : 'What was in it'}</a> · ${can(role, 'read') ? html`<a href="${queueAddress({ state: 'all' }, { flow: event.flow })}">Incidents of the flow</a> · ` : ''}<a href="${devicesAddress({}, { flow: event.flow })}">Devices of the flow</a></p>
${open ? messageFacts(event, view.findings) : ''}</div></li>
`;
}

/** Hops of one content that a line names. */
const PATH_SHOWN = 12;

/** The same content from hop to hop, with each hop's encryption. */
function pathLine(path: TracePath, message: string): Html {
  const more = path.length - PATH_SHOWN;
  return html`<p class="small path"><span class="quiet">The same content went</span> ${path
    .slice(0, PATH_SHOWN)
    .map(
      (hop, at) =>
        html`${at === 0 ? hop.source.title : ''} <span class="quiet" aria-hidden="true">→</span><span class="sr"> to </span> ${hop.message === message ? html`<strong>${hop.destination.title}</strong>` : hop.destination.title} (${hop.transit})`,
    )}${more > 0 ? html` <span class="quiet">and over ${counted(more, 'hop')} more</span>` : ''}</p>`;
}

function messageFacts(event: TraceEvent, findings: readonly Finding[]): Html {
  return html`<div class="panel message-facts"><p class="quiet">Message <span class="mono">${event.message}</span>, ${sizeWords(event.bytes)}, ${event.protocol}, ${event.policy === null ? 'no policy' : html`policy <code>${event.policy}</code>`}</p>
${
  findings.length === 0
    ? html`<p>Its findings are not kept: nothing in it was flagged, or they went with the retention of messages.</p>`
    : html`<div class="wide" tabindex="0" role="region" aria-label="What was found in it"><table><thead><tr><th scope="col">What</th><th scope="col">Path</th><th scope="col">Shape</th></tr></thead><tbody>${findings.map((finding) => html`<tr><td>${CATEGORY_WORDS[finding.category]} <span class="quiet">(${SUBJECT_WORDS[finding.subject]})</span></td><td class="mono">${finding.path}</td><td class="mono mask">${finding.mask}</td></tr>`)}</tbody></table></div>`
}</div>`;
}

/** Removing a person, by who may, with a second look. */
function forgetForm({ session }: Frame, { question, trace }: AnswerView): Html {
  if (!can(session.role, 'forget') || trace.persons > 1) return html``;
  return html`<section class="block no-print"><details><summary class="link">Forget this person…</summary>
<form method="post" action="/trace/${question.id}/forget" class="stack panel under trace-form">
<input type="hidden" name="csrf" value="${session.csrf}">
<p>Nobody will find this person by Trace any more, in what was seen until now. It can’t be taken back.</p>
<ul class="permits"><li>Findings and samples of flagged messages stay until the messages go: incidents are decided by them.</li>
<li>Counts of patients and the map stay: they name nobody.</li>
<li>Sealed bodies of flagged messages stay for as long as they are kept.</li>
<li>What comes from now on is listed again.</li></ul>
<label class="check"><input type="checkbox" name="sure" value="yes" required> Forget this person</label>
<p><button class="button" type="submit">Forget</button></p>
</form></details></section>`;
}
