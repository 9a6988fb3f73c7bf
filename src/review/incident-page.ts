import { html } from 'hono/html';
import type { Finding } from '../core/vocabulary.ts';
import type { IncidentSample } from '../ledger/ledger.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { actionPanel, type Draft } from './actions-panel.ts';
import { moment, route, severityBadge, stateBadge, unconfirmedBadge } from './badges.ts';
import { eventNote, eventWords } from './event-words.ts';
import { evidenceSection, type IncidentEvidence } from './evidence-section.ts';
import { flowAddress } from './flow-page.ts';
import type { Html } from './html.ts';
import { type Done, doneNotice } from './incident-done.ts';
import { commentForm, type HandlingProblem, handlingPanel } from './incident-handling.ts';
import { type HopsView, hopsSection } from './incident-hops.ts';
import { type Related, relatedSection } from './incident-related.ts';
import { type Frame, page } from './layout.ts';
import { typeLabel } from './message-type.ts';
import { can } from './permissions.ts';
import { policySection } from './policy-section.ts';
import type { Session } from './session.ts';
import { categoryLabel, cohortOf, placeOf, systemName, titleOf } from './titles.ts';
import {
  CATEGORY_WORDS,
  count,
  counted,
  day,
  exact,
  patientWords,
  REMEDY_WORDS,
  SUBJECT_WORDS,
  UNCONFIRMED_WORDS,
} from './words.ts';

export interface IncidentView extends Done {
  readonly samples: readonly IncidentSample[];
  /** How many samples were asked for, at most. */
  readonly asked: number;
  /** The policy of its flow; null where the flow is not registered. */
  readonly policy: FlowPolicy | null;
  /** Of the real leg or the place, where the incident is about that. */
  readonly evidence: IncidentEvidence;
  readonly hops: HopsView;
  readonly related: readonly Related[];
  /** Whom it can be given to. */
  readonly takers: readonly string[];
  readonly draft: Draft | null;
  readonly problem: HandlingProblem | null;
  /** Whether values are shown to whom a second person lets look. */
  readonly reveals: boolean;
  /** What stands under its samples (incident-extras.ts). */
  readonly extras?: Html;
  readonly now: number;
}

const COHORT_REMEDY = 'Keep messages of this cohort from the flow in the engine, or change what `cohorts` of its policy says.';

/** One incident: the story, what can be decided, and what was decided. Holds masks, never a value. */
export function incidentPage(frame: Frame, view: IncidentView): Html {
  const { incident } = view;
  const title = titleOf(incident);
  return page(
    frame,
    'incidents',
    title,
    html`<p class="crumbs"><a href="/incidents">Incidents</a></p>
<div class="title">
<h1>${title}</h1>
<p class="badges">${severityBadge(incident.severity)} ${stateBadge(incident.state)}${unconfirmedBadge(incident)} ${
      incident.until === null ? '' : html`<span class="quiet">until ${day(incident.until - 1)}</span>`
    }</p>
</div>
${doneNotice(frame.session, view)}
<div class="columns">
<div class="story">
${facts(view)}
${policySection(incident, view.policy)}
${evidenceSection(incident, view.policy, view.evidence, view.now)}
${why(view)}
</div>
<aside class="side" aria-label="Decide">
${can(frame.session.role, 'incident.move') ? html`<section class="moves">${actionPanel(frame.session, incident, view.draft, view.now)}</section>` : ''}
${handlingPanel(frame.session, incident, view.takers, view.problem, view.now)}
${hopsSection(frame.session, incident, view.hops, view.now)}
${relatedSection(incident, view.related)}
</aside>
<div class="story">${samples(view)}${view.extras ?? ''}${history(frame.session, view)}</div>
</div>`,
  );
}

function facts(view: IncidentView): Html {
  const { incident, now } = view;
  const label = categoryLabel(incident.category);
  const cohort = cohortOf(incident);
  const place = cohort === null ? placeOf(incident.group) : '';
  const subjects = [...new Set(findingsOf(view).map((finding) => SUBJECT_WORDS[finding.subject]))];
  return html`<section class="panel">
<dl class="facts">
<div><dt>Flow</dt><dd>${route(systemName(incident.source), systemName(incident.destination))}<br><a class="mono" href="${flowAddress(incident.flow)}" title="What it may carry, and what it carried">${incident.flow}</a></dd></div>
${label === '' ? '' : html`<div><dt>What</dt><dd>${label}${subjects.length === 0 ? '' : html` <span class="quiet">(${subjects.join(', ')})</span>`}</dd></div>`}
${cohort === null ? '' : html`<div><dt>Cohort</dt><dd>${cohort} <span class="quiet">(who is in it is not shown)</span></dd></div>`}
${known(view)}
${incident.desk.unconfirmed ? html`<div><dt>How sure</dt><dd>${UNCONFIRMED_WORDS}</dd></div>` : ''}
${place === '' ? '' : html`<div><dt>Where</dt><dd>${place}</dd></div>`}
<div><dt>How many</dt><dd>${counted(incident.messages, 'message')}, ${patientWords(incident.patients, incident.messages > 0)}</dd></div>
<div><dt>Since</dt><dd>${moment(incident.firstSeen, now)} <span class="quiet">${exact(incident.firstSeen)}</span></dd></div>
<div><dt>Last seen</dt><dd>${moment(incident.lastSeen, now)} <span class="quiet">${exact(incident.lastSeen)}</span></dd></div>
<div><dt>Way out</dt><dd>${cohort === null ? REMEDY_WORDS[incident.reason] : COHORT_REMEDY}</dd></div>
</dl>
</section>`;
}

/** Whether it is a real patient's, by what the registry knew when the samples were scanned. */
function known(view: IncidentView): Html {
  const samples = findingsOf(view);
  const patients = samples.filter(({ registry }) => registry === 'patient').length;
  if (patients === 0) return html``;
  const among =
    patients === samples.length ? '' : html` <span class="quiet">(${patients} of ${counted(samples.length, 'sample')})</span>`;
  return html`<div><dt>Whose</dt><dd>A real patient's: the registry knows it from a flow that teaches${among}</dd></div>`;
}

function findingsOf(view: IncidentView): Finding[] {
  return view.samples.flatMap((sample) => (sample.finding === null ? [] : [sample.finding]));
}

interface Fired {
  readonly finding: Finding;
  readonly paths: Set<string>;
  times: number;
}

/** One line per rule among the samples: what it looked for, in whom, how sure it was. */
function why(view: IncidentView): Html {
  const fired = new Map<string, Fired>();
  for (const finding of findingsOf(view)) {
    const key = `${finding.pack}\0${finding.rule}\0${finding.category}\0${finding.subject}\0${finding.registry ?? ''}`;
    const known = fired.get(key) ?? { finding, paths: new Set<string>(), times: 0 };
    known.paths.add(finding.path);
    known.times += 1;
    fired.set(key, known);
  }
  if (fired.size === 0) return html``;
  return html`<section class="block"><h2>Why it fired</h2>
<ul class="bare why">${[...fired.values()].map(
    ({ finding, paths, times }) =>
      html`<li><code>${finding.rule}</code> <span class="quiet">of ${finding.pack}:</span> ${CATEGORY_WORDS[finding.category]} (${SUBJECT_WORDS[finding.subject]}) at ${pathList([...paths])} <span class="quiet">${Math.round(finding.confidence * 100)} % sure, ${counted(times, 'sample')}</span>${registryWords(finding)}</li>`,
  )}</ul></section>`;
}

function registryWords({ registry }: Finding): string {
  if (registry === undefined) return '';
  return registry === 'patient'
    ? '; in the registry: a real patient has it'
    : '; in the registry: a real patient is named so, as others may be';
}

function pathList(paths: readonly string[]): Html {
  const shown = paths.slice(0, 3);
  return html`${shown.map((path, index) => html`${index === 0 ? '' : ', '}<code>${path}</code>`)}${paths.length > shown.length ? ` and ${counted(paths.length - shown.length, 'other place')}` : ''}`;
}

function samples(view: IncidentView): Html {
  const { incident, now } = view;
  if (view.samples.length === 0 && incident.messages > 0) {
    return html`<section><h2>Its messages are gone</h2><p class="quiet">They are older than messages are kept (<code>ledger.retention</code>). What was counted of them stays with the incident.</p></section>`;
  }
  if (view.samples.length === 0) {
    return html`<section><h2>No message opened this</h2><p class="quiet">It was raised by the clock or by a listener, so there is no sample to show.</p></section>`;
  }
  const more =
    incident.messages > view.samples.length
      ? `the latest ${count(view.samples.length)}, of ${counted(incident.messages, 'message')}`
      : '';
  return html`<section><h2>Samples${more === '' ? '' : html` <span class="quiet light">${more}</span>`}</h2>
<table class="samples" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Path</th><th role="columnheader" scope="col">Shape</th><th role="columnheader" scope="col">Type</th><th role="columnheader" scope="col">Message</th><th role="columnheader" scope="col">Seen</th></tr></thead>
<tbody role="rowgroup">${view.samples.map(
    (sample) => html`<tr role="row">
<td role="cell" class="mono">${sample.finding === null ? html`<span class="quiet">whole message</span>` : sample.finding.path}</td>
<td role="cell" class="mono mask">${sample.finding === null ? '' : sample.finding.mask}</td>
<td role="cell" class="mono">${typeLabel(sample.type)}</td>
<td role="cell" class="mono" title="${sample.message}">…${sample.message.slice(-8)}</td>
<td role="cell">${moment(sample.at, now)}</td>
</tr>
`,
  )}</tbody></table>
${missing(view)}<p class="quiet small under">A shape shows letters as A and a, digits as 9, and at most four of a run. ${
    view.reveals
      ? 'The value itself stays sealed; somebody may look at it for minutes when a second person lets them.'
      : 'The value itself is never shown.'
  }</p></section>`;
}

/** Fewer facts than are asked for are all there are. */
function missing({ incident, samples: shown, asked }: IncidentView): Html {
  const gone = incident.messages - new Set(shown.map((sample) => sample.message)).size;
  if (gone <= 0 || shown.length >= asked) return html``;
  return html`<p class="quiet small under">${counted(gone, 'message')} of it ${gone === 1 ? 'is' : 'are'} gone: older than messages are kept (<code>ledger.retention</code>).</p>`;
}

function history(session: Session, view: IncidentView): Html {
  return html`<section class="block history" id="history"><h2>History</h2>
<ol class="bare">${view.events.map(
    (event) =>
      html`<li><span class="what"><strong>${event.actor}</strong> ${eventWords(event)}</span> ${moment(event.at, view.now)}${
        eventNote(event) === '' ? '' : html`<blockquote>${eventNote(event)}</blockquote>`
      }</li>`,
  )}</ol>
${commentForm(session, view.incident, view.problem)}</section>`;
}
