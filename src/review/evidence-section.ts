import { html } from 'hono/html';
import type { Evidence, Outcome } from '../core/evidence.ts';
import type { IncidentRow } from '../policy/decision.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { type Html, moment } from './layout.ts';

/** A mark and a word: never by colour alone. */
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  proven: '✓ proven',
  failed: '✗ failed',
  unknown: '? unknown',
  claimed: '“ claimed',
  not_applicable: '– not applicable',
};

/** What an incident of the real leg rests on: the checks of its endpoint that are not proven, and what to do about each. Empty for other incidents. */
export function evidenceSection(
  incident: IncidentRow,
  policy: FlowPolicy | null,
  evidence: readonly Evidence[],
  now: number,
): Html {
  if (policy === null || !isOfLeg(incident)) return html``;
  const { endpoint } = policy.destination;
  return html`<section class="block"><h2>Evidence</h2>${
    endpoint === undefined
      ? html`<p>The policy names no endpoint, so nobody can be asked. Put <code>endpoint: HOST:PORT</code> under its <code>destination</code>; Cordon asks it each day which TLS it accepts.</p>`
      : asked(endpoint, policy, evidence, now)
  }</section>`;
}

export function isOfLeg({ reason }: IncidentRow): boolean {
  return reason === 'transport.unproven' || reason === 'transport.failed';
}

function asked(endpoint: string, { require }: FlowPolicy, evidence: readonly Evidence[], now: number): Html {
  const profile = require.transit ?? null;
  const judged = evidence.filter((row) => profile === null || row.profile === profile);
  const [first] = judged;
  if (first === undefined) return html`<p><code>${endpoint}</code> was not asked yet.</p>`;
  const open = judged.filter((row) => row.expires <= now || (row.outcome !== 'proven' && row.outcome !== 'not_applicable'));
  const proven = judged.length - open.length;
  return html`<p><code>${endpoint}</code>, asked ${moment(first.at, now)}${profile === null ? '' : html`, by <code>${profile}</code>`}: ${proven} of ${judged.length} checks proven${require.mtls ? `; client certificate ${clientCertificate(judged)}` : ''}.</p>
<ul class="bare why">${open.map((row) => line(row, now))}</ul>`;
}

function line({ check, section, outcome, reason, expires }: Evidence, now: number): Html {
  const said = expires <= now ? `${OUTCOMES.unknown}: what was ${outcome} has expired` : OUTCOMES[outcome];
  return html`<li><strong>${said}</strong> <code>${check}</code>${section === '' ? '' : html` <span class="quiet">${section}</span>`}${reason === null ? '' : html`<br>${reason}`}</li>`;
}

function clientCertificate(rows: readonly Evidence[]): string {
  const fact = rows.map(({ facts }) => facts.clientCertificate).find((each) => typeof each === 'string');
  return typeof fact === 'string' ? fact.replaceAll('-', ' ') : 'not known to be demanded';
}
