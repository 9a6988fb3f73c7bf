import { html } from 'hono/html';
import { type KnownEvidence, type Outcome, standingOutcome } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { attestationTarget, GENERAL_PROFILE, legTarget, restRows } from '../policy/evidence.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { claimTarget } from '../policy/leg-claim.ts';
import type { Location } from '../policy/location.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { day } from './words.ts';

/** A mark and a word: never by colour alone. */
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  proven: '✓ proven',
  failed: '✗ failed',
  unknown: '? unknown',
  claimed: '“ claimed',
  not_applicable: '– not applicable',
};

/** What evidence calls what an incident is about, and what is known of it. */
export interface IncidentEvidence {
  readonly targets: readonly string[];
  readonly rows: readonly KnownEvidence[];
}

/** The part of described places that is needed here: what they are called, what they are, and the keys, buckets, volumes and databases that are asked. */
export type Places = ReadonlyMap<string, Pick<Location, 'verify'> & Partial<Pick<Location, 'title' | 'type'>>>;

/** The targets of evidence that an incident rests on: the real leg and its endpoint, or what is asked of the place. None for other incidents. */
export function evidenceTargets(incident: IncidentRow, policy: FlowPolicy | null, places: Places): readonly string[] {
  if (policy === null) return [];
  const { endpoint, location } = policy.destination;
  if (isOfLeg(incident)) return [claimTarget(policy.id), ...(endpoint === undefined ? [] : [legTarget(endpoint)])];
  if (!isOfPlace(incident) || location === undefined) return [];
  return [attestationTarget(location), ...(places.get(location)?.verify ?? []).map(restTargetName)];
}

/** What an incident of the real leg or of the place rests on: the checks that are not proven, since when, and what to do. Empty for other incidents. */
export function evidenceSection(incident: IncidentRow, policy: FlowPolicy | null, evidence: IncidentEvidence, now: number): Html {
  if (policy === null) return html``;
  if (isOfLeg(incident)) return section(leg(policy, evidence, now));
  return isOfPlace(incident) ? section(place(policy, evidence, now)) : html``;
}

function section(content: Html): Html {
  return html`<section class="block"><h2>Evidence</h2>${content}</section>`;
}

function isOfLeg({ reason }: IncidentRow): boolean {
  return reason === 'transport.unproven' || reason === 'transport.failed';
}

function isOfPlace({ reason }: IncidentRow): boolean {
  return reason === 'location.unknown';
}

function leg(policy: FlowPolicy, { rows }: IncidentEvidence, now: number): Html {
  const stated = rows.filter((row) => row.target === claimTarget(policy.id) && row.expires > now);
  return html`${stated.map((row) => engine(row, now))}${endpointOf(policy, rows, now)}`;
}

/** What the engine wrote of its leg: against its own interest it is believed, and else it proves nothing. */
function engine(row: KnownEvidence, now: number): Html {
  const { tls, cipher } = row.facts;
  const words = tls === 'none' ? 'no TLS' : `TLS ${tls}${cipher === null ? '' : `, ${cipher}`}`;
  return html`<p>The engine says of its leg: <code>${words}</code>, ${moment(row.at, now)}.</p>
<ul class="bare why">${line(row, now)}</ul>`;
}

function endpointOf({ destination, require }: FlowPolicy, rows: readonly KnownEvidence[], now: number): Html {
  const { endpoint } = destination;
  if (endpoint === undefined) {
    return html`<p>The policy names no endpoint, so nobody can be asked. Put <code>endpoint: HOST:PORT</code> under its <code>destination</code>; Cordon asks it twice a day which TLS it accepts.</p>`;
  }
  const own = rows.filter((row) => row.target === legTarget(endpoint));
  const profile = require.transit ?? (require.mtls ? null : GENERAL_PROFILE);
  const judged = own.filter((row) => profile === null || row.profile === profile);
  const by = profile === null ? html`` : html`, by <code>${profile}</code>`;
  return asked(endpoint, judged, now, by, require.mtls ? `; client certificate ${clientCertificate(own, now)}` : '');
}

function place({ destination }: FlowPolicy, { targets, rows }: IncidentEvidence, now: number): Html {
  const { location } = destination;
  if (location === undefined) {
    return html`<p>The policy names no place. Put <code>location: ID</code> under its <code>destination</code>, and describe that place under Locations or in <code>rules/locations</code>.</p>`;
  }
  const statements = attestationTarget(location);
  const stated = rows.filter((row) => row.target === statements && row.expires > now);
  const things = targets.filter((target) => target !== statements);
  const said = html`${stated.map((row) => statement(row, now))}`;
  if (things.length === 0) {
    return html`${said}<p>Nothing can be asked of <code>${location}</code>. Name its keys, buckets, volumes and databases where it is described: on its page under Locations, or under <code>verify</code> in <code>rules/locations</code>.</p>`;
  }
  return html`${said}${things.map((target) => {
    const own = rows.filter((row) => row.target === target);
    const counting = restRows(own);
    if (own.length > 0 && counting.length === 0)
      return html`<p><code>${target}</code>: nothing that was seen of it tells.</p>${beside(own, now)}`;
    const others = own.filter((row) => !counting.includes(row));
    return html`${asked(target, counting, now, html``, '')}${beside(others, now)}`;
  })}`;
}

/** What somebody states of a place (`attested` in rules/locations): who, what, and until when it counts. */
function statement(row: KnownEvidence, now: number): Html {
  const { by, what, reference } = row.facts;
  return html`<p><code>${by}</code> states of the place: ${what} <span class="quiet">(${reference}), until ${day(row.expires - 1)}</span></p>
<ul class="bare why">${line(row, now)}</ul>`;
}

/** Good practice, and looks that can only disprove: worth to know, and not what the place is unknown for. */
function beside(rows: readonly KnownEvidence[], now: number): Html {
  const open = openOf(rows, now);
  if (open.length === 0) return html``;
  return html`<p class="quiet">Looked at beside, and not what decides:</p>
<ul class="bare why">${open.map((row) => line(row, now))}</ul>`;
}

/** What applies and is not proven now. */
function openOf(rows: readonly KnownEvidence[], now: number): readonly KnownEvidence[] {
  return rows.filter((row) => row.outcome !== 'not_applicable' && standingOutcome(row, now) !== 'proven');
}

/** One thing that was asked: how much of it is proven, then what is not, a line each. `by` and `more` go into its sentence. */
function asked(name: string, rows: readonly KnownEvidence[], now: number, by: Html, more: string): Html {
  if (rows.length === 0) return html`<p><code>${name}</code> was not asked yet.</p>`;
  const applying = rows.filter(({ outcome }) => outcome !== 'not_applicable');
  const open = openOf(rows, now);
  const last = Math.max(...rows.map(({ at }) => at));
  return html`<p><code>${name}</code>, asked ${moment(last, now)}${by}: ${applying.length - open.length} of ${applying.length} checks proven${more}.</p>
${open.length === 0 ? '' : html`<ul class="bare why">${open.map((row) => line(row, now))}</ul>`}`;
}

function line(row: KnownEvidence, now: number): Html {
  const { check, section: part, outcome, reason, since, expires } = row;
  const expired = expires <= now;
  const said = expired ? `${OUTCOMES.unknown}: what was ${outcome} has expired` : OUTCOMES[outcome];
  return html`<li><strong>${said}</strong> <code>${check}</code>${part === '' ? '' : html` <span class="quiet">${part}</span>`} <span class="quiet">since ${moment(expired ? expires : since, now)}</span>${reason === null ? '' : html`<br>${reason}`}</li>`;
}

/** By evidence that holds now, of whatever profile: as `require.mtls` is judged. */
function clientCertificate(rows: readonly KnownEvidence[], now: number): string {
  const live = rows.filter(({ expires }) => expires > now);
  const fact = live.map(({ facts }) => facts.clientCertificate).find((each) => typeof each === 'string');
  return typeof fact === 'string' ? fact.replaceAll('-', ' ') : 'not known to be demanded';
}
