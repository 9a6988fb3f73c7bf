import { html } from 'hono/html';
import { DISCLOSURE_DECISIONS, type DisclosureDecision, EXEMPTIONS } from '../core/transfer.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { moment, route } from './badges.ts';
import { DECISION_WORDS, EXEMPTION_SECTIONS, EXEMPTION_WORDS } from './disclosure-words.ts';
import { type FlowAccounting, statusText } from './disclosures-page.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { systemName } from './titles.ts';
import { day } from './words.ts';

export interface DisclosureView extends FlowAccounting {
  /** The patient's token; empty for everybody on the flow. */
  readonly patient: string;
  /** All of them, the latest first. */
  readonly decisions: readonly DisclosureDecision[];
  /** What was typed, and what is wrong with it. */
  readonly draft: Readonly<Partial<Record<string, string>>>;
  readonly problem: string | null;
  readonly now: number;
}

/** One decision: whether what goes over a flow, or of one patient on it, is accounted for. */
export function disclosurePage(frame: Frame, view: DisclosureView): Html {
  const { flow, policy, accounting, patient, problem } = view;
  const title = patient === '' ? 'Decide on everybody on this flow' : 'Decide on one patient on this flow';
  return page(
    frame,
    'reports',
    title,
    html`<p class="crumbs"><a href="/reports/disclosures">Disclosures</a></p>
<div class="title"><h1>${title}</h1></div>
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
<section class="panel"><dl class="facts">
<div><dt>Flow</dt><dd>${route(systemName(flow.source), systemName(flow.destination))} <span class="quiet">${policy?.title ?? 'no policy covers it'}</span></dd></div>
${patient === '' ? '' : html`<div><dt>Patient</dt><dd class="mono">${patient}</dd></div>`}
<div><dt>Receives it</dt><dd>${policy === null ? html`<span class="quiet">nobody said</span>` : `${policy.destination.system}, ${entity(policy)}`}</dd></div>
<div><dt>Purpose</dt><dd>${policy === null ? html`<span class="quiet">nobody said</span>` : `${policy.basis.purpose.replaceAll('-', ' ')}, as its policy says`}</dd></div>
<div><dt>Stands as</dt><dd>${statusText(accounting)}</dd></div>
</dl></section>
<section class="block"><h2>Your decision</h2>${decisionForm(frame, view)}</section>
${history(view)}`,
  );
}

function entity({ destination }: FlowPolicy): string {
  const words: Readonly<Record<typeof destination.entity, string>> = {
    self: 'ourselves',
    ce: 'a covered entity',
    ba: 'a business associate',
    'public-health': 'a public health authority',
    researcher: 'a researcher',
    vendor: 'a vendor',
  };
  return words[destination.entity];
}

function decisionForm(frame: Frame, { flow, patient, accounting, policy, draft, now }: DisclosureView): Html {
  const exemption = draft.exemption ?? accounting.suggested ?? '';
  const value = (name: string, otherwise = ''): string => draft[name] ?? otherwise;
  return html`<form method="post" action="/reports/disclosures/decide" class="stack grid-form">
<input type="hidden" name="csrf" value="${frame.session.csrf}"><input type="hidden" name="flow" value="${flow.key}"><input type="hidden" name="patient" value="${patient}">
<fieldset class="kinds whole"><legend class="sr">Decision</legend>${DISCLOSURE_DECISIONS.map(
    (each) =>
      html`<label class="kind"><input type="radio" name="decision" value="${each}" required${each === draft.decision ? html` checked` : ''}><span><strong>${DECISION_WORDS[each]}</strong><span class="sub">${DECISION_HINTS[each]}</span></span></label>`,
  )}</fieldset>
<label class="field"><span>Why it is exempt</span><select name="exemption"><option value="">It is not</option>${EXEMPTIONS.map(
    (each) =>
      html`<option value="${each}"${each === exemption ? html` selected` : ''}>${EXEMPTION_WORDS[each]} (${EXEMPTION_SECTIONS[each]})</option>`,
  )}</select><small>Goes with the decision Exempt.</small></label>
<label class="field"><span>Purpose, briefly</span><input name="purpose" value="${value('purpose', policy?.basis.purpose.replaceAll('-', ' '))}" maxlength="300" autocomplete="off"><small>Stands in the accounting (164.528(b)(2)(iv)).</small></label>
<label class="field"><span>Who received it</span><input name="recipient" value="${value('recipient')}" maxlength="300" autocomplete="off"><small>Left out: ${policy?.destination.system ?? systemName(flow.destination)}.</small></label>
<label class="field"><span>Its address, if known</span><input name="address" value="${value('address')}" maxlength="300" autocomplete="off"></label>
<label class="field"><span>First day it is about</span><input type="date" name="from" value="${value('from', day(flow.firstSeen))}" required></label>
<label class="field"><span>Ends before</span><input type="date" name="to" value="${value('to')}"><small>Left out: for good. Today is ${day(now)} (UTC).</small></label>
<label class="field whole"><span>Note</span><textarea name="note" rows="2" maxlength="2000">${value('note')}</textarea><small>No identifier of a patient.</small></label>
<p class="buttons"><button class="button primary" type="submit">Decide</button></p>
</form>`;
}

const DECISION_HINTS: Readonly<Record<DisclosureDecision['decision'], string>> = {
  disclosure: 'Listed when a patient asks for an accounting.',
  exempt: 'Not listed; the reason is kept.',
  undecided: 'Takes back what was decided before.',
};

function history({ decisions, now }: DisclosureView): Html {
  if (decisions.length === 0) return html``;
  return html`<section class="block"><h2>Decided before</h2><ul class="bare history">${decisions.map(
    ({ decision, exemption, purpose, note, fromDay, toDay, at, actor, patient }) =>
      html`<li><strong>${DECISION_WORDS[decision]}</strong>${exemption === null ? '' : `: ${EXEMPTION_WORDS[exemption]}`}${purpose === '' ? '' : `: ${purpose}`}, ${patient === '' ? 'everybody on the flow' : 'this patient'}, from ${day(fromDay)}${toDay === null ? '' : ` until ${day(toDay)}`}, by ${actor} ${moment(at, now)}${note === '' ? '' : html`<blockquote>${note}</blockquote>`}</li>`,
  )}</ul></section>`;
}
