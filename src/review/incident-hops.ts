import { html } from 'hono/html';
import type { KnownEvidence } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import type { TracePath } from '../lineage/trace.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { attestationTarget, legTarget } from '../policy/evidence.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { claimTarget } from '../policy/leg-claim.ts';
import { moment, route } from './badges.ts';
import type { ReviewDeps } from './deps.ts';
import { type MatrixRow, matrixOf } from './evidence-matrix.ts';
import { evidenceAddress, standingMark } from './evidence-page.ts';
import type { Places } from './evidence-section.ts';
import type { Html } from './html.ts';
import { can } from './permissions.ts';
import type { Session } from './session.ts';
import { systemName } from './titles.ts';

/** Hops of one path that are shown; a longer one is on the map. */
const HOPS = 6;

/** The hop of a flow and the place where it comes to rest, as evidence has them now; null where no policy names them. */
interface Stands {
  readonly hop: MatrixRow | null;
  readonly place: MatrixRow | null;
}

/** How the way of an incident's data is encrypted. */
export interface HopsView extends Stands {
  /** The way of its latest message, hop by hop, as each stood when it was taken. */
  readonly path: TracePath;
}

type Deps = Pick<ReviewDeps, 'evidence' | 'places' | 'lineage'>;

/** Reads the evidence of one flow and the way of one message. `now` in milliseconds. */
export async function hopsOf(deps: Deps, incident: IncidentRow, policy: FlowPolicy | null, now: number): Promise<HopsView> {
  const { lastMessage } = incident;
  const path = lastMessage === null ? [] : await deps.lineage.path(lastMessage);
  if (policy === null) return { hop: null, place: null, path };
  return { ...(await standingNow(deps, policy, now)), path };
}

/** How the hop and the place of one policy stand by all that is known of them. */
export async function standingNow(deps: Pick<Deps, 'evidence' | 'places'>, policy: FlowPolicy, now: number): Promise<Stands> {
  const places = await deps.places();
  const rows = await Promise.all(targetsOf(policy, places).map((target) => deps.evidence.list(target)));
  return standing(policy, places, rows.flat(), now);
}

/** What evidence calls the hop and the place of a policy. */
function targetsOf({ id, destination }: FlowPolicy, places: Places): readonly string[] {
  const { endpoint, location } = destination;
  return [
    claimTarget(id),
    ...(endpoint === undefined ? [] : [legTarget(endpoint)]),
    ...(location === undefined ? [] : [attestationTarget(location), ...(places.get(location)?.verify ?? []).map(restTargetName)]),
  ];
}

function standing(policy: FlowPolicy, places: Places, evidence: readonly KnownEvidence[], now: number): Stands {
  const matrix = matrixOf([policy], places, evidence, now);
  const place = `place:${policy.destination.location}`;
  return { hop: matrix.hops[0] ?? null, place: matrix.places.find(({ id }) => id === place) ?? null };
}

/** The encryption of each hop, and where the rest of the story is. */
export function hopsSection(session: Session, incident: IncidentRow, { hop, place, path }: HopsView, now: number): Html {
  const toFollow = [
    ...(can(session.role, 'inventory.read') ? [html`<a href="/map">See the map</a>`] : []),
    ...(can(session.role, 'trace') ? [html`<a href="/trace">Trace a patient</a>`] : []),
  ];
  return html`<section class="hops"><h2>Encryption of each hop</h2>
<ol class="bare">
${path.length > 1 ? path.slice(0, HOPS).map((each) => pathHop(each, now)) : flowHop(incident, hop)}
${path.length > HOPS ? html`<li class="quiet">and ${path.length - HOPS} more</li>` : ''}
<li><span>At rest at ${place === null ? 'its destination' : place.title}</span>
${place === null ? html`<span class="bearing">${standingMark('unknown')}</span><span class="sub">No policy says where it comes to rest.</span>` : standsAt(place)}</li>
</ol>
${path.length > 1 ? html`<p class="small quiet">The way of its latest message, each hop as it stood then.</p>` : ''}
${toFollow.length === 0 ? '' : html`<p class="small links">${toFollow}</p>`}</section>`;
}

function pathHop({ source, destination, protocol, transit, at }: TracePath[number], now: number): Html {
  return html`<li>${route(systemName(source.title), systemName(destination.title))}
<span class="bearing">${standingMark(transit)} <span class="quiet">${protocol}, ${moment(at, now)}</span></span></li>`;
}

/** The hop of the flow, where lineage knows of no other. */
function flowHop({ source, destination, desk }: IncidentRow, hop: MatrixRow | null): Html {
  return html`<li>${route(systemName(source), systemName(destination))}
${
  hop === null
    ? html`<span class="bearing">${standingMark(desk.exposure?.transit ?? 'unknown')}</span><span class="sub">No policy names its endpoint, so nobody can be asked.</span>`
    : standsAt(hop)
}</li>`;
}

function standsAt(row: MatrixRow): Html {
  return html`<span class="bearing"><a class="cell" href="${evidenceAddress({ row: row.id })}#${encodeURIComponent(row.id)}">${standingMark(row.overall)}</a>${
    row.profile === null ? '' : html` <span class="quiet">by ${row.profile}</span>`
  }</span>${row.gap === null ? '' : html`<span class="sub">${row.gap}</span>`}`;
}
