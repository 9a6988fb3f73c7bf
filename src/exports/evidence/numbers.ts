import { coverageOf } from '../../core/period.ts';
import type { PackData } from './data.ts';

/** Every number of a report by its name: made of the data files alone, so that whoever has those can make them again. */
export type Numbers = Readonly<Record<string, number>>;

/** Targets of hops, as src/core/evidence.ts has them; the rest are places. */
const HOP = /^(?:tls|leg):/;

const CLOSED = ['resolved', 'false-positive'];
const DAY_MS = 86_400_000;

/** Pure. `entries` is how many entries of the audit log are of the period. */
export function numbersOf(data: PackData): Numbers {
  const { about, messages, flows, incidents, acts, reviews } = data;
  const within = (at: number): boolean => at >= about.from && at < about.to;
  const count = (many: readonly unknown[]): number => many.length;
  const coverage = coverageOf(messages);
  return {
    days: daysOf(data).length,
    'days without a message': silentDays(data).length,
    messages: coverage.messages,
    'messages scanned': coverage.scanned,
    'messages pending': coverage.pending,
    'messages given up': coverage.failed,
    'messages flagged': coverage.flagged,
    'messages quarantined': coverage.quarantined,
    'messages examined in part': coverage.partlyExamined,
    bytes: coverage.bytes,
    'bytes examined': coverage.bytesExamined,
    flows: flows.length,
    'flows without a policy': count(flows.filter(({ policy }) => policy === null)),
    incidents: incidents.length,
    'incidents opened': count(incidents.filter(({ firstSeen }) => within(firstSeen))),
    'incidents closed': new Set(acts.filter(({ to, from }) => CLOSED.includes(to) && from !== to).map(({ incident }) => incident))
      .size,
    'incidents not closed': count(incidents.filter(({ state }) => !CLOSED.includes(state))),
    'acts on incidents': acts.length,
    ...encryptionNumbers(data),
    reviews: reviews.length,
  };
}

/** Until when the pack can know anything. */
export function knownUntil({ about }: PackData): number {
  return Math.min(about.to, about.made);
}

export interface Standing {
  readonly target: string;
  readonly check: string;
  readonly profile: string | null;
  readonly outcome: string;
  readonly reason: string | null;
}

/** What counted of each check at the end of the period: what had expired by then is unknown. */
export function standingAtEnd(data: PackData): Standing[] {
  const end = knownUntil(data);
  return data.evidence
    .filter(({ since, ended }) => since <= end && (ended === null || ended > end))
    .map(({ target, check, profile, outcome, reason, expires }) =>
      outcome !== 'not_applicable' && expires <= end
        ? { target, check, profile, outcome: 'unknown', reason: 'the last answer had expired by then' }
        : { target, check, profile, outcome, reason },
    );
}

/** Whether a target is a hop (data on its way) or a place (data that lies). */
export function isHop(target: string): boolean {
  return HOP.test(target);
}

function encryptionNumbers(data: PackData): Record<string, number> {
  const standing = standingAtEnd(data);
  const numbers: Record<string, number> = {};
  for (const kind of ['hop', 'place']) {
    const own = standing.filter(({ target }) => isHop(target) === (kind === 'hop'));
    numbers[`${kind}s`] = new Set(own.map(({ target }) => target)).size;
    for (const outcome of ['proven', 'failed', 'unknown', 'claimed', 'not_applicable']) {
      numbers[`${kind} checks ${outcome.replace('_', ' ')}`] = own.filter((one) => one.outcome === outcome).length;
    }
  }
  return numbers;
}

/** Days (UTC) of the period that were over or under way when the pack was made. */
export function daysOf(data: PackData): string[] {
  const days: string[] = [];
  for (let at = Math.floor(data.about.from / DAY_MS) * DAY_MS; at < knownUntil(data); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Days on which nothing was received at all. */
export function silentDays(data: PackData): string[] {
  const heard = new Set(data.messages.map(({ day }) => day));
  return daysOf(data).filter((day) => !heard.has(day));
}
