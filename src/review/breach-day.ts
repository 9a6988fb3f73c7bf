import { breachClock, dayIn } from '../breach/clock.ts';
import type { BreachAssessment } from '../ledger/reveal/breach-store.ts';
import type { IncidentRow } from '../policy/decision.ts';
import type { ReviewDeps } from './deps.ts';

/** Where the clock of 45 CFR 164.404 stands for an incident that may be a breach, and what an officer has said of it. */
export interface BreachDay {
  /** Calendar days since discovery: 0 on that day, and where a draft says a later one. */
  readonly elapsed: number;
  readonly newest: BreachAssessment | null;
}

/** Of today, in the zone of the flow's policy. The discovery is the first alert's day until an assessment names an earlier one. */
export async function breachDay(
  deps: Pick<ReviewDeps, 'breaches' | 'policies' | 'clock'>,
  incident: Pick<IncidentRow, 'id' | 'flow' | 'firstSeen'>,
): Promise<BreachDay> {
  const [newest = null] = await deps.breaches.versions(incident.id, 1);
  const timeZone = deps.policies().find(({ id }) => id === incident.flow)?.limits.timezone ?? ownZone();
  const discovered = newest?.answers.discovered ?? dayIn(incident.firstSeen, timeZone);
  const { elapsed } = breachClock(discovered, { people: 0, residentsOfOneState: null }, dayIn(deps.clock(), timeZone));
  return { elapsed: Math.max(0, elapsed), newest };
}

/** The zone of the machine: where nothing else says where the people are. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
