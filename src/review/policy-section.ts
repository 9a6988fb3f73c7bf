import { html } from 'hono/html';
import type { IncidentRow } from '../policy/decision.ts';
import type { FlowPolicy, Permit } from '../policy/flow.ts';
import type { Html } from './html.ts';
import { cohortOf } from './titles.ts';
import { CATEGORY_WORDS, POLICY_WORDS, SUBJECT_WORDS } from './words.ts';

const DATASETS: Readonly<Record<FlowPolicy['basis']['dataset'], string>> = {
  phi: 'protected health information',
  limited: 'a limited data set',
  'safe-harbor': 'data de-identified by Safe Harbor',
  expert: 'data de-identified by expert determination',
};

/** What the policy of the incident's flow says of it: the judgement in a sentence, then the policy's own words. */
export function policySection(incident: IncidentRow, policy: FlowPolicy | null): Html {
  return html`<section class="block"><h2>What the policy says</h2>
<p>${cohortWords(incident, policy) ?? POLICY_WORDS[incident.reason]}</p>
${policy === null ? unregistered(incident) : summary(policy)}
</section>`;
}

function cohortWords(incident: IncidentRow, policy: FlowPolicy | null): string | null {
  const cohort = cohortOf(incident);
  if (cohort === null) return null;
  return policy?.cohorts[cohort] === 'deny'
    ? `The policy keeps patients of the cohort ${cohort} from this flow.`
    : `The policy asks for a look at messages of the cohort ${cohort}.`;
}

function unregistered(incident: IncidentRow): Html {
  if (incident.reason !== 'flow.unregistered') return html``;
  return html`<p>To register it, <a href="/flows/drafts">look at the draft</a> that <code>cordon flows suggest</code> makes of what was observed, and let the owner of the flow decide what may pass.</p>`;
}

function summary(policy: FlowPolicy): Html {
  const { agreement } = policy.basis;
  return html`<dl class="facts">
<div><dt>Policy</dt><dd>${policy.title}<br><span class="mono quiet">${policy.id}</span></dd></div>
<div><dt>Owner</dt><dd>${policy.owner}</dd></div>
<div><dt>Basis</dt><dd>${policy.basis.purpose}, ${DATASETS[policy.basis.dataset]}${
    agreement.kind === 'none'
      ? ', no agreement'
      : `, ${agreement.kind.toUpperCase()}${agreement.expires === undefined ? '' : ` until ${agreement.expires}`}`
  }</dd></div>
<div><dt>Permits</dt><dd>${policy.permit.length === 0 ? 'nothing' : html`<ul class="permits">${policy.permit.map((permit) => html`<li>${permitWords(permit)}</li>`)}</ul>`}</dd></div>
<div><dt>Valid</dt><dd>until ${policy.expires}</dd></div>
</dl>`;
}

function permitWords(permit: Permit): string {
  const what = permit.categories?.map((category) => CATEGORY_WORDS[category]).join(', ') ?? 'any identifier';
  const whose = permit.subjects === undefined ? '' : ` (${permit.subjects.map((subject) => SUBJECT_WORDS[subject]).join(', ')})`;
  const types = permit.types === undefined ? '' : `, in ${permit.types.join(', ')}`;
  const paths = permit.paths === undefined ? '' : `, at ${permit.paths.join(', ')}`;
  return `${what}${whose}${types}${paths}`;
}
