import type { IncidentRow } from '../policy/decision.ts';
import type { Draft } from './actions-panel.ts';
import type { ReviewDeps } from './deps.ts';
import { evidenceTargets, type IncidentEvidence } from './evidence-section.ts';
import { frameOf } from './frame.ts';
import type { Html } from './html.ts';
import type { Deed } from './incident-done.ts';
import { incidentExtras } from './incident-extras.ts';
import { type HandlingProblem, takers } from './incident-handling.ts';
import { hopsOf } from './incident-hops.ts';
import { incidentPage } from './incident-page.ts';
import { relatedTo } from './incident-related.ts';
import { can } from './permissions.ts';
import type { Session } from './session.ts';

const SAMPLES = 10;

/** What is said beside the incident itself. */
export interface Said {
  readonly did?: Deed;
  /** The act that it was: what can be taken back. */
  readonly act?: string;
  readonly draft?: Draft;
  readonly problem?: HandlingProblem;
}

/** The page of an incident, with all that it shows. */
export async function incidentView(deps: ReviewDeps, session: Session, incident: IncidentRow, said: Said): Promise<Html> {
  const now = deps.clock();
  const policy = deps.policies().find(({ id }) => id === incident.flow) ?? null;
  const targets = evidenceTargets(incident, policy, await deps.places());
  const [frame, events, samples, evidence, open, hops, related, accounts] = await Promise.all([
    frameOf(deps, session),
    deps.incidents.events(incident.id),
    deps.incidents.samples(incident.id, SAMPLES),
    evidenceOf(deps, targets),
    deps.incidents.list({ states: ['open'], limit: 2 }),
    hopsOf(deps, incident, policy, now),
    relatedTo(deps, incident),
    can(session.role, 'incident.assign') ? deps.accounts.list() : [],
  ]);
  return incidentPage(frame, {
    incident,
    events,
    samples,
    asked: SAMPLES,
    policy,
    evidence,
    hops,
    related,
    takers: takers(accounts, session, incident),
    did: said.did ?? null,
    act: said.act ?? null,
    following: open.rows.find(({ id }) => id !== incident.id) ?? null,
    draft: said.draft ?? null,
    problem: said.problem ?? null,
    reveals: deps.revealing !== undefined,
    extras: await incidentExtras(deps, session, incident, samples),
    now,
  });
}

async function evidenceOf({ evidence }: ReviewDeps, targets: readonly string[]): Promise<IncidentEvidence> {
  return { targets, rows: (await Promise.all(targets.map((target) => evidence.list(target)))).flat() };
}
