import { html } from 'hono/html';
import {
  type Answers,
  CONCLUSION_WORDS,
  CONCLUSIONS,
  EXCEPTION_WORDS,
  EXCEPTIONS,
  FACTOR_WORDS,
  FACTORS,
  type Factor,
  RISKS,
  TEXT_LIMIT,
} from '../breach/assessment.ts';
import type { BreachClock, Notice } from '../breach/clock.ts';
import type { Secured } from '../breach/secured.ts';
import type { BreachAssessment } from '../ledger/reveal/breach-store.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { isGuest, type Session } from './session.ts';
import { titleOf } from './titles.ts';
import { counted } from './words.ts';

export interface BreachView {
  readonly incident: IncidentRow;
  readonly answers: Answers;
  /** Day of the first alert; the clock starts then or earlier. */
  readonly firstAlert: string;
  /** The newest first. */
  readonly versions: readonly BreachAssessment[];
  readonly clock: BreachClock;
  readonly secured: Secured;
  readonly problems: readonly string[];
  /** Else it is read only. */
  readonly mayAssess: boolean;
  readonly now: number;
}

/** The assessment of one incident: what is due, the form, and every version of it that was kept. It prints as it is. */
export function breachPage(frame: Frame, view: BreachView): Html {
  const { incident, versions, problems } = view;
  const title = breachTitle(view);
  const address = `/incidents/${encodeURIComponent(incident.id)}`;
  return page(
    frame,
    'incidents',
    title,
    html`<p class="crumbs"><a href="/incidents">Incidents</a> · <a href="${address}">${titleOf(incident)}</a></p>
<div class="title"><h1>${title}</h1></div>
${problems.length === 0 ? '' : html`<div class="alert" role="alert"><p>Nothing was kept yet:</p><ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul></div>`}
${clockPart(view)}
<form method="post" action="${address}/breach" class="stack assessment"><fieldset class="whole stack"${view.mayAssess ? '' : html` disabled`}>
<input type="hidden" name="csrf" value="${frame.session.csrf}">
<input type="hidden" name="version" value="${(versions[0]?.version ?? 0) + 1}">
${scope(view)}
${FACTORS.map((factor, index) => factorPart(view.answers, factor, index + 1))}
${exceptions(view.answers)}
${harbour(view)}
${conclusion(view.answers)}
</fieldset>${view.mayAssess ? buttons(frame.session) : html`<p class="quiet">A privacy officer keeps and signs it.</p>`}
</form>
${history(view)}`,
  );
}

function buttons({ user, actor }: Session): Html {
  const guest = isGuest(user);
  const about = guest
    ? 'To sign, come in with an account of your own: a name that came with a link is claimed.'
    : 'Signing keeps a version under your name and the time, on the audit log. A later one replaces none before it.';
  return html`<div class="row-of-forms no-print"><button class="button" type="submit" name="act" value="draft">Keep as a draft</button>
${guest ? '' : html`<button class="button primary" type="submit" name="act" value="sign">Sign as ${actor}</button>`}</div>
<p class="quiet small no-print">${about}</p>`;
}

function breachTitle({ versions, clock }: BreachView): string {
  const signed = versions.find((version) => version.signed);
  const said = signed?.answers.conclusion;
  if (said === undefined || said === null) return `Day ${Math.max(0, clock.elapsed)} of 60: not yet assessed`;
  return CONCLUSION_WORDS[said];
}

const TO: Readonly<Record<Notice['to'], string>> = {
  individuals: 'Each person affected',
  media: 'Prominent media of the state',
  secretary: 'The Secretary (HHS)',
};

function clockPart({ clock, firstAlert, answers }: BreachView): Html {
  const unknown = answers.people === 0;
  return html`<section class="panel"><h2>If it is a breach</h2>
<p>Discovered <strong>${clock.discovered}</strong>${clock.discovered === firstAlert ? ', with the first alert' : html` <span class="quiet">(first alert ${firstAlert})</span>`}. Notice is due without unreasonable delay, and no later than:</p>
<dl class="facts terms">${clock.notices.map(
    ({ to, due, daysLeft, section }) =>
      html`<div><dt>${TO[to]}</dt><dd><strong>${due}</strong> ${left(daysLeft)} <span class="quiet">45 CFR ${section}</span></dd></div>`,
  )}</dl>
<p class="quiet">The Secretary is told of 500 or more people when they are told themselves (164.408(b)). A business associate tells the covered entity instead, within the same 60 days (164.410).</p>
${unknown ? html`<p>Nobody has counted the people yet: these are the terms for 500 or more.</p>` : ''}
${clock.residentsUnknown ? html`<p>${unknown ? 'If there are more' : 'More'} than 500 people: count the residents of each state. The media of a state with more than 500 are told too (164.406).</p>` : ''}</section>`;
}

function left(days: number): string {
  if (days < 0) return `late by ${counted(-days, 'day')}`;
  return days === 0 ? 'today' : `in ${counted(days, 'day')}`;
}

function scope({ answers, firstAlert, incident }: BreachView): Html {
  return html`<fieldset class="panel"><legend>How far it reaches</legend>
<label class="field"><span>Discovered on</span><input type="date" name="discovered" required max="${firstAlert}" value="${answers.discovered}">
<small>The first day on which it was known, or would have been by reasonable diligence (164.404(a)(2)): the day of the first alert, or earlier.</small></label>
<label class="field"><span>People affected</span><input type="number" name="people" required min="0" step="1" value="${answers.people}">
<small>0 where nobody has counted. Cordon counted ${counted(incident.patients, 'distinct patient')} in ${counted(incident.messages, 'message')}.</small></label>
<label class="field"><span>Residents of the state that has most of them</span><input type="number" name="residents" min="0" step="1" value="${answers.residentsOfOneState ?? ''}">
<small>Leave it empty where nobody has counted.</small></label>
${delayPart(answers)}</fieldset>`;
}

function delayPart({ delay }: Answers): Html {
  return html`<div class="choices" role="radiogroup" aria-label="Delay for law enforcement">Delay asked for by law enforcement (164.412): ${radio('delay', '', 'none', delay === null)}${radio('delay', 'written', 'in writing', delay?.statement === 'written')}${radio('delay', 'oral', 'orally', delay?.statement === 'oral')}</div>
<label class="field"><span>Asked for on</span><input type="date" name="delayOn" value="${delay?.on ?? ''}"></label>
<label class="field"><span>Notice waits until</span><input type="date" name="delayUntil" value="${delay?.until ?? ''}">
<small>An oral statement holds for 30 days at most, and is documented with the official's name: put that into the reason below.</small></label>`;
}

function factorPart(answers: Answers, factor: Factor, number: number): Html {
  const { text, risk } = answers.factors[factor];
  return html`<fieldset class="panel"><legend>Factor ${number}: ${FACTOR_WORDS[factor]}</legend>
<label class="field"><span>What is known and what it means <span class="quiet">164.402(2)(${['i', 'ii', 'iii', 'iv'][number - 1] ?? ''})</span></span>
<textarea name="${factor}-text" rows="3" maxlength="${TEXT_LIMIT}">${text}</textarea></label>
<div class="choices" role="radiogroup" aria-label="Risk by this factor">Risk: ${RISKS.map((each) => radio(`${factor}-risk`, each, each, risk === each))}${radio(`${factor}-risk`, '', 'not rated', risk === null)}</div>
</fieldset>`;
}

function radio(name: string, value: string, label: string, checked: boolean): Html {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}"${checked ? html` checked` : ''}> ${label}</label> `;
}

function exceptions(answers: Answers): Html {
  return html`<fieldset class="panel"><legend>Exceptions</legend>
${EXCEPTIONS.map((each) => html`<p>${radio('exception', each, EXCEPTION_WORDS[each], answers.exception === each)}</p>`)}
<p>${radio('exception', '', 'None applies', answers.exception === null)}</p>
<label class="field"><span>Why it applies</span><textarea name="exceptionWhy" rows="2" maxlength="${TEXT_LIMIT}">${answers.exceptionWhy}</textarea></label>
</fieldset>`;
}

function harbour({ answers, secured: { hop, rest }, incident }: BreachView): Html {
  const words = (is: boolean): string => (is ? '✓ proven for all of the time' : '? not proven for all of the time');
  const offered = hop && rest;
  return html`<fieldset class="panel"><legend>Safe harbour: was it unsecured?</legend>
<p>Encryption on the way: <strong>${words(hop)}</strong>. At rest: <strong>${words(rest)}</strong>.</p>
${
  offered
    ? html`${receivedInClear(incident)}<label class="choice"><input type="checkbox" name="ciphertextAlone" value="yes"${answers.ciphertextAlone ? html` checked` : ''}> I confirm that ciphertext alone was exposed: nobody unauthorized received it decrypted, and the keys were not exposed with it.</label>`
    : html`<p class="quiet">The safe harbour is open only where encryption is proven on the way and at rest, from the first message to the last.</p>`
}
</fieldset>`;
}

/** Encryption on the way protects from those beside it, not from who receives. */
function receivedInClear({ reason, destination }: IncidentRow): Html {
  if (reason === 'transport.unproven' || reason === 'transport.failed' || reason === 'location.unknown') return html``;
  return html`<p>${destination} is the end of that encryption, and received the data decrypted. The safe harbour holds only if ${destination} was authorized to have it.</p>`;
}

function conclusion(answers: Answers): Html {
  return html`<fieldset class="panel"><legend>Conclusion</legend>
${CONCLUSIONS.map((each) => html`<p>${radio('conclusion', each, CONCLUSION_WORDS[each], answers.conclusion === each)}</p>`)}
<p>${radio('conclusion', '', 'Not decided yet', answers.conclusion === null)}</p>
<label class="field"><span>Why</span><textarea name="why" rows="4" maxlength="${TEXT_LIMIT}">${answers.why}</textarea>
<small>The burden of proof is with the covered entity (164.414(b)). Write no patient's data into it.</small></label>
</fieldset>`;
}

function history({ versions, incident, now }: BreachView): Html {
  if (versions.length === 0) return html``;
  return html`<section class="block history"><h2>Versions</h2>
<ol class="bare">${versions.map(({ version, saved, signed, answers }) => {
    const said = answers.conclusion === null ? 'no conclusion' : CONCLUSION_WORDS[answers.conclusion];
    return html`<li><span class="what"><a href="/incidents/${encodeURIComponent(incident.id)}/breach?version=${version}">Version ${version}</a>, <strong>${signed ? 'signed' : 'kept as a draft'}</strong> by ${saved.name}</span> ${moment(saved.at, now)} <span class="quiet">${said}</span></li>`;
  })}</ol></section>`;
}
