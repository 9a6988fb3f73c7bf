import { v7 as uuid } from 'uuid';
import { type MessageId, SEVERITIES, type Severity } from '../../core/vocabulary.ts';
import type { DeskFacts, IncidentCause } from '../../policy/decision.ts';
import { dueOf, UNSETTLED } from '../../policy/due.ts';
import { addExposure, type Exposure, ONGOING, severityOf, unconfirmedSeverity, worse } from '../../policy/severity.ts';
import type { Acceptance } from '../../policy/suppression.ts';
import type { Picture, Standing } from '../../policy/transitions.ts';
import { SHADOW } from '../../policy/triage.ts';
import { fromJson } from '../json.ts';
import type { IncidentEventsTable, IncidentsTable } from '../schema.ts';

/** Who acts in the history where no person did. */
const ACTOR = 'cordon';

/** Destinations that an incident names; one flow rarely has two. */
const KEPT_DESTINATIONS = 20;

/** A message that is a fact of an incident. */
export interface MessageFact {
  readonly message: MessageId;
  readonly type: string;
  readonly patients: readonly string[];
}

/** One fact of a cause: when it was received, when we learnt of it, from where to where. */
export interface Fact {
  readonly cause: IncidentCause;
  readonly at: number;
  readonly now: number;
  readonly source: string;
  readonly destination: string;
  /** Null for what no message shows: silence, volume, expiry. */
  readonly message: MessageFact | null;
  /** Names of the packs whose rules found it. */
  readonly packs?: readonly string[];
}

export type NewEvent = Omit<IncidentEventsTable, 'id'>;
export type KnownExposure = NonNullable<DeskFacts['exposure']>;

/** The row of an incident that this fact opens. `shadowUntil`: where its pack is new; an unregistered flow is new with its incident. */
export function newIncident({ cause, at, now, source, destination }: Fact, shadowUntil: number | null): IncidentsTable {
  return {
    id: uuid(),
    key: cause.key,
    reason: cause.reason,
    flow: cause.flow,
    source,
    destination,
    category: cause.category,
    field_group: cause.group,
    severity: cause.severity,
    rank: SEVERITIES.indexOf(cause.severity),
    state: 'open',
    messages: 0,
    patients: 0,
    first_seen: at,
    last_seen: at,
    until: null,
    last_message: null,
    assignee: null,
    due: cause.unconfirmed === true ? null : dueOf(cause.severity, now),
    late: 0,
    opened_at: now,
    admitted_at: null,
    unconfirmed: cause.unconfirmed === true ? 1 : 0,
    shadow_until: cause.reason === 'flow.unregistered' ? now + SHADOW : shadowUntil,
    told: -1,
    floor: cause.exposure === undefined ? SEVERITIES.indexOf(cause.severity) : 0,
    exposure: null,
    accepted: null,
    ongoing: 0,
    revision: 0,
  };
}

/** The row with one more fact; its severity is worked out when all facts are in (`withSeverity`). */
export function withFact(row: IncidentsTable, { cause, at, destination, message }: Fact): IncidentsTable {
  return {
    ...row,
    messages: row.messages + (message === null ? 0 : 1),
    first_seen: Math.min(row.first_seen, at),
    last_seen: Math.max(row.last_seen, at),
    last_message: message !== null && at >= row.last_seen ? message.message : row.last_message,
    ongoing: at - row.first_seen >= ONGOING ? 1 : row.ongoing,
    unconfirmed: cause.unconfirmed === true ? row.unconfirmed : 0,
    ...(cause.exposure === undefined
      ? { floor: Math.max(row.floor, SEVERITIES.indexOf(cause.severity)) }
      : { exposure: exposed(row.exposure, cause.exposure, destination) }),
  };
}

function exposed(known: string | null, next: Exposure, destination: string): string {
  const former = known === null ? null : fromJson<KnownExposure>(known);
  if (former === null) return JSON.stringify({ ...next, destinations: [destination] });
  const destinations =
    former.destinations.includes(destination) || former.destinations.length >= KEPT_DESTINATIONS
      ? former.destinations
      : [...former.destinations, destination];
  return JSON.stringify({ ...addExposure(former, next), destinations });
}

/**
 * The row with the severity that its exposure, patients and course give; a graver one is due sooner. What nothing confirms is less severe, and not
 * due before something does, or somebody takes it up.
 */
export function withSeverity(row: IncidentsTable, now: number): IncidentsTable {
  const floor = SEVERITIES[row.floor] ?? 'critical';
  const severity = row.exposure === null ? floor : worse(floor, exposedSeverity(fromJson<KnownExposure>(row.exposure), row));
  const rank = SEVERITIES.indexOf(severity);
  const isDue = row.due !== null || (UNSETTLED.includes(row.state) && !waits(row.unconfirmed, severity));
  const due = isDue && (row.due === null || rank > row.rank) ? Math.min(row.due ?? Infinity, dueOf(severity, now)) : row.due;
  return { ...row, severity, rank, due };
}

function exposedSeverity(exposure: Exposure, { patients, ongoing, unconfirmed }: IncidentsTable): Severity {
  return unconfirmed === 1 ? unconfirmedSeverity(exposure, patients) : severityOf(exposure, patients, ongoing === 1);
}

/** Whether nobody is asked for it yet. */
function waits(unconfirmed: number, severity: Severity): boolean {
  return unconfirmed === 1 && severity !== 'critical';
}

/** What is known of an incident now. */
export function pictureOf(row: Pick<IncidentsTable, 'exposure' | 'destination' | 'category'>): Picture {
  if (row.exposure === null) {
    return { categories: row.category === null ? [] : [row.category], destinations: [row.destination], transit: null };
  }
  const { categories, destinations, transit } = fromJson<KnownExposure>(row.exposure);
  return { categories, destinations, transit };
}

/** Where the state machine finds an incident. */
export function standingOf({ state, until, accepted }: IncidentsTable): Standing {
  return { state, until, accepted: accepted === null ? null : fromJson<Picture>(accepted) };
}

/** The row opened again: it needs somebody, whoever had settled it, and is due anew. */
export function reopened(row: IncidentsTable, now: number): IncidentsTable {
  return {
    ...row,
    state: 'open',
    until: null,
    accepted: null,
    opened_at: now,
    admitted_at: null,
    told: -1,
    late: 0,
    due: waits(row.unconfirmed, row.severity) ? null : dueOf(row.severity, now),
    revision: row.revision + 1,
  };
}

/** The row as a risk that overlays accept, in place of a person: nobody is asked for it until they end. */
export function accepted(row: IncidentsTable, { entries, until }: Pick<Acceptance, 'entries' | 'until'>): IncidentsTable {
  return {
    ...row,
    state: 'accepted-risk',
    until,
    accepted: JSON.stringify({ ...pictureOf(row), entries } satisfies Picture),
    due: null,
    late: 0,
    revision: row.revision + 1,
  };
}

/** An entry of an incident's history that no person made. `until`: of a risk that is accepted. */
export function eventOf(
  row: IncidentsTable,
  at: number,
  action: 'opened' | 'reopened' | 'confirmed' | 'raised' | 'lowered' | 'overdue' | 'accepted-risk',
  from: IncidentsTable['state'] | null,
  note: string,
  until: number | null = null,
): NewEvent {
  return {
    incident: row.id,
    at,
    actor: ACTOR,
    action,
    from_state: from,
    to_state: action === 'opened' || action === 'reopened' ? 'open' : action === 'accepted-risk' ? action : row.state,
    note,
    until,
    act: null,
    former: null,
    revision: null,
  };
}
