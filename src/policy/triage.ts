import { SEVERITIES, type Severity } from '../core/vocabulary.ts';

/** New rows a day (UTC) among those that need somebody: more are not looked at, and then none is (docs/adr/0038). */
export const ROWS_A_DAY = 10;

/** How long new flows and packs are in shadow: one row for all of them. Milliseconds. */
export const SHADOW = 14 * 24 * 60 * 60 * 1000;

/** An open incident that is not among those that need somebody. Times are milliseconds since the epoch. */
export interface Waiting {
  readonly id: string;
  readonly severity: Severity;
  readonly openedAt: number;
  readonly shadowUntil: number | null;
  readonly unconfirmed: boolean;
}

/** What words of texts alone speak for (unconfirmed.ts): one row for all of it. */
export interface Unconfirmed {
  readonly incidents: number;
  readonly flows: number;
  readonly messages: number;
}

/** What is in shadow: one row for all of it. */
export interface Digest {
  readonly incidents: number;
  readonly flows: number;
  /** When the first of them leaves it. */
  readonly until: number;
}

/** Whether an incident belongs to the digest: its flow or its pack is new, and it is not critical. */
export function isShadowed({ severity, shadowUntil }: Pick<Waiting, 'severity' | 'shadowUntil'>, now: number): boolean {
  return severity !== 'critical' && shadowUntil !== null && now < shadowUntil;
}

/** Whether an incident waits, however much room the day has: it is in shadow, or nothing confirms it; what is critical waits for nothing. */
export function isHeld(one: Pick<Waiting, 'severity' | 'shadowUntil' | 'unconfirmed'>, now: number): boolean {
  return isShadowed(one, now) || (one.unconfirmed && one.severity !== 'critical');
}

/**
 * The ids of those that from now on need somebody, in the order in which they come: what is critical, always; then the gravest, the longest open
 * first, as long as the day has room. Those in shadow wait, and those that nothing confirms. `admittedToday`: how many that were not critical came already today.
 */
export function triage(now: number, waiting: readonly Waiting[], admittedToday: number): readonly string[] {
  const inOrder = [...waiting].sort((a, b) => rank(b) - rank(a) || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const critical = inOrder.filter(({ severity }) => severity === 'critical');
  const others = inOrder.filter((each) => each.severity !== 'critical' && !isHeld(each, now));
  return [...critical, ...others.slice(0, Math.max(0, ROWS_A_DAY - admittedToday))].map(({ id }) => id);
}

function rank({ severity }: Waiting): number {
  return SEVERITIES.indexOf(severity);
}

/** The first instant of the day (UTC) that `now` is in. */
export function startOfToday(now: number): number {
  return now - (now % (24 * 60 * 60 * 1000));
}
