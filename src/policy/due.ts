import type { Severity } from '../core/vocabulary.ts';
import type { IncidentState } from './decision.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long an officer has, by severity, milliseconds: the clock of a breach runs from the first alert (45 CFR 164.404(b)). */
export const TIME_TO_SETTLE: Readonly<Record<Severity, number>> = {
  critical: DAY,
  high: 3 * DAY,
  medium: 14 * DAY,
  low: 30 * DAY,
};

/** When an incident that is opened at `at` is due, milliseconds since the epoch. */
export function dueOf(severity: Severity, at: number): number {
  return at + TIME_TO_SETTLE[severity];
}

/** States that wait for somebody: only these are ever overdue. */
export const UNSETTLED: readonly IncidentState[] = ['open', 'acknowledged', 'escalated'];

export function isOverdue({ state, due }: { readonly state: IncidentState; readonly due: number | null }, now: number): boolean {
  return due !== null && due <= now && UNSETTLED.includes(state);
}
