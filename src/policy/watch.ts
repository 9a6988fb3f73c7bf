import { isoTime, parseDuration } from '../core/clock.ts';
import type { Reason, Severity } from '../core/vocabulary.ts';
import { shadow } from './causes.ts';
import type { CompiledFlow } from './content.ts';
import { isOpen, openedLongerThan } from './days.ts';
import type { IncidentCause } from './decision.ts';
import { agreementLack, type FlowEvidence, flowKey, standing } from './standing.ts';

const HOUR = 60 * 60 * 1000;
/** So long before its end a policy, an agreement or an exception is announced. */
const NOTICE = 30 * 24 * HOUR;

/** What a registered flow did, as the ledger counts it. Times are milliseconds since the epoch. */
export interface FlowActivity {
  /** When its last message came; null where none ever did. */
  readonly lastHeard: number | null;
  /** Since when anybody listens: silence that nobody could have heard is none. */
  readonly since: number;
  /** Messages of the last hour. */
  readonly messages: number;
  /** Distinct patients of this day. */
  readonly patients: number;
}

/** What is known of a flow, and until when it was proven (milliseconds) where it is no more; else null. */
export interface WatchedEvidence extends FlowEvidence {
  readonly transitUntil?: number | null;
  readonly restUntil?: number | null;
  /** The place that the policy names, where nobody described it. */
  readonly undescribed?: string;
}

/**
 * Incidents of a registered flow that no message opens: silence, volume, opening hours, what has ended or is about to, a
 * requirement that nothing proves. A policy in shadow gives those only that are critical; a suspended one, none but being expired.
 */
export function watchFlow(flow: CompiledFlow, activity: FlowActivity, evidence: WatchedEvidence, now: number): IncidentCause[] {
  if (now < flow.validFrom) return [];
  const live = standing(flow, now) === null;
  const causes = live
    ? [
        ...silence(flow, activity.lastHeard, now, activity.since),
        ...volume(flow, activity),
        ...outOfHours(flow, activity.lastHeard, now),
        ...unproven(flow, evidence),
      ]
    : [];
  return [...shadow(flow.policy, [...causes, ...endings(flow, now)]).causes];
}

function causeOf(flow: CompiledFlow, reason: Reason, severity: Severity, detail = ''): IncidentCause {
  const { id } = flow.policy;
  return { key: flowKey(reason, id, detail), reason, flow: id, category: null, group: null, severity, matches: [] };
}

/**
 * `limits.silentAfter` is over: counted from the last message, or from `since` where that is later, in opening hours only. A fact
 * is added each time this is asked, so that an incident somebody resolved comes back while the feed stays silent.
 */
export function silence(flow: CompiledFlow, lastHeard: number | null, now: number, since: number): IncidentCause[] {
  const { silentAfter, timezone } = flow.policy.limits;
  const patience = silentAfter === undefined ? null : parseDuration(silentAfter);
  if (patience === null) return [];
  const from = Math.max(lastHeard ?? since, since, flow.validFrom);
  return openedLongerThan(patience, flow.hours, from, now, timezone) ? [causeOf(flow, 'flow.silent', 'medium')] : [];
}

/** More messages in an hour, or more patients in a day, than the policy expects: the latter may be an export of everything. */
export function volume(flow: CompiledFlow, counts: Pick<FlowActivity, 'messages' | 'patients'>): IncidentCause[] {
  const { messagesPerHour = Number.POSITIVE_INFINITY, patientsPerDay = Number.POSITIVE_INFINITY } = flow.policy.limits;
  if (counts.patients > patientsPerDay) return [causeOf(flow, 'flow.volume', 'high')];
  return counts.messages > messagesPerHour ? [causeOf(flow, 'flow.volume', 'medium')] : [];
}

/** A message came outside `limits.hours`, within the last hour: an older one was said before. */
export function outOfHours(flow: CompiledFlow, lastHeard: number | null, now: number): IncidentCause[] {
  if (lastHeard === null || now - lastHeard > HOUR || isOpen(flow.hours, lastHeard, flow.policy.limits.timezone)) return [];
  return [causeOf(flow, 'flow.volume', 'medium', 'hours')];
}

/** What has ended, and what will within 30 days. Keys of what has ended are those that messages give. */
export function endings(flow: CompiledFlow, now: number): IncidentCause[] {
  const { policy } = flow;
  const soon = (end: number): boolean => now < end && end - now <= NOTICE;
  const causes: IncidentCause[] = [];
  if (now >= flow.validUntil) causes.push(causeOf(flow, 'flow.expired', 'high'));
  if (policy.status === 'suspended' || now >= flow.validUntil) return causes;
  if (soon(flow.validUntil)) causes.push(causeOf(flow, 'flow.expired', 'low', 'soon'));
  const lack = agreementLack(flow, now);
  if (lack !== null) causes.push(causeOf(flow, lack, 'high'));
  if (soon(flow.agreementUntil)) causes.push(causeOf(flow, 'agreement.expired', 'low', 'soon'));
  policy.exceptions.forEach((exception, i) => {
    const until = flow.exceptions[i]?.until ?? 0;
    if (now >= until) causes.push(causeOf(flow, 'flow.expired', 'low', `exception ${exception.expires}`));
    else if (soon(until)) causes.push(causeOf(flow, 'flow.expired', 'low', `exception ${exception.expires} soon`));
  });
  return causes;
}

/**
 * A requirement of the policy that no evidence proves: unknown is not pass, and it is one incident of the flow (docs/adr/0008). Where the policy
 * requires nothing, what was proven and fails now is still one, a low one: something got worse. So is a place that nobody described.
 */
export function unproven(flow: CompiledFlow, evidence: WatchedEvidence): IncidentCause[] {
  const { require } = flow.policy;
  const { transit, rest, transitUntil = null, restUntil = null, undescribed } = evidence;
  const cause = (reason: Reason, severity: Severity, failed: boolean, until: number | null): IncidentCause => ({
    ...causeOf(flow, reason, severity),
    ...(until === null ? {} : { note: noteOf(failed, until) }),
  });
  const causes: IncidentCause[] = [];
  const demandsTransit = require.transit !== undefined || require.mtls;
  if (transit === 'failed' && (demandsTransit || transitUntil !== null)) {
    causes.push(cause('transport.failed', demandsTransit ? 'high' : 'low', true, transitUntil));
  } else if (transit !== null && transit !== 'proven' && demandsTransit) {
    causes.push(cause('transport.unproven', 'medium', false, transitUntil));
  }
  const demandsRest = require.rest !== undefined;
  if (rest === 'failed' && (demandsRest || restUntil !== null)) {
    causes.push(cause('location.unknown', demandsRest ? 'high' : 'low', true, restUntil));
  } else if (rest !== null && rest !== 'proven' && demandsRest) {
    causes.push(cause('location.unknown', 'medium', false, restUntil));
  } else if (undescribed !== undefined) {
    causes.push({ ...causeOf(flow, 'location.unknown', 'low'), note: `nobody described the place "${undescribed}"` });
  }
  return causes;
}

function noteOf(failed: boolean, until: number): string {
  const day = `${isoTime(until).slice(0, 16).replace('T', ' ')} UTC`;
  return failed ? `it was proven until ${day}, and fails now` : `its proof lapsed on ${day}, and no new one was had`;
}
