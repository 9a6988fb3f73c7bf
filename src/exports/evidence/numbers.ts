import { coverageOf } from '../../core/period.ts';
import { knownUntil, type PackFacts } from './facts.ts';

/** Every number of a report by its name: made of the data files alone, so that whoever has those can make them again. */
export type Numbers = Readonly<Record<string, number>>;

/** Targets of hops, as src/core/evidence.ts has them; the rest are places. */
const HOP = /^(?:tls|leg):/;

const DAY_MS = 86_400_000;

/** Pure. */
export function numbersOf(facts: PackFacts): Numbers {
  const { messages, flows, incidents, acts, reviews } = facts;
  const coverage = coverageOf(messages);
  return {
    days: daysOf(facts).length,
    'days without a message': silentDays(facts).length,
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
    'flows without a policy': flows.filter(({ policy }) => policy === null).length,
    incidents: incidents.total,
    'incidents opened': incidents.opened,
    'incidents closed': acts.closed,
    'incidents not closed': incidents.open,
    'acts on incidents': acts.total,
    ...encryptionNumbers(facts),
    reviews,
  };
}

/** Whether a target is a hop (data on its way) or a place (data that lies). */
export function isHop(target: string): boolean {
  return HOP.test(target);
}

function encryptionNumbers({ standing }: PackFacts): Record<string, number> {
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
export function daysOf({ about }: PackFacts): string[] {
  const days: string[] = [];
  for (let at = Math.floor(about.from / DAY_MS) * DAY_MS; at < knownUntil(about); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Days on which nothing was received at all. */
export function silentDays(facts: PackFacts): string[] {
  const heard = new Set(facts.messages.map(({ day }) => day));
  return daysOf(facts).filter((day) => !heard.has(day));
}
