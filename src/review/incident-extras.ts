import { html } from 'hono/html';
import type { IncidentSample } from '../ledger/ledger.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { breachDay } from './breach-day.ts';
import type { ReviewDeps } from './deps.ts';
import type { Html } from './html.ts';
import { can } from './permissions.ts';
import { revealSection } from './reveal-section.ts';
import type { Session } from './session.ts';

/** What stands under the samples of an incident, by what the reader may do: values to ask for, and the breach assessment with its day. */
export async function incidentExtras(
  deps: ReviewDeps,
  session: Session,
  incident: IncidentRow,
  samples: readonly IncidentSample[],
): Promise<Html> {
  return html`${await revealSection(deps, session, incident.id, samples)}${await assessment(deps, session, incident)}`;
}

async function assessment(deps: ReviewDeps, session: Session, incident: IncidentRow): Promise<Html> {
  const { elapsed, newest } = await breachDay(deps, incident);
  const said = newest === null ? 'not yet assessed' : newest.signed ? `signed by ${newest.saved.name}` : 'a draft is kept';
  return html`<section class="block"><h2>Breach assessment</h2>
<p>Day ${elapsed} of 60, ${said}. <a href="/incidents/${encodeURIComponent(incident.id)}/breach">${can(session.role, 'breach.assess') ? 'Assess it' : 'Read it'} under 45 CFR 164.402</a></p></section>`;
}
