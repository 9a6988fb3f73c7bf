import type { DeskDay, PermittedUse } from '../ledger/desk/overview-store.ts';
import type { DeskQueue } from '../ledger/desk/store.ts';
import { endOfDay } from '../policy/days.ts';
import type { IncidentRow } from '../policy/decision.ts';
import type { FlowPolicy, Permit } from '../policy/flow.ts';
import type { BreachDay } from './breach-day.ts';
import type { Matrix, MatrixRow, Standing } from './evidence-matrix.ts';
import { titleOf } from './titles.ts';
import { CATEGORY_WORDS, count, counted } from './words.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Seen within so long, it still flows. */
const FLOWING = HOUR;

/** "In no case later than 60 calendar days after discovery": 45 CFR 164.404(b). The first alert is the first day on which it is known. */
const NOTICE_DAYS = 60;

/** Exceptions and policies that end within so long are told of. */
const ENDS_SOON = 60 * DAY;

/** One decision to take, in a sentence and what bears on it. */
export interface DecisionLine {
  readonly incident: IncidentRow;
  readonly sentence: string;
  readonly flowing: boolean;
  readonly encryption: Standing;
  /** Calendar days of the breach clock, 0 on the day of discovery; null where nothing left the house, or an officer signed that it is no breach. */
  readonly clockDay: number | null;
}

/** What is known now of what bears on an incident. `standing`: of the hop that its policy names; undefined without one. */
export interface Bearing extends BreachDay {
  readonly standing: Standing | undefined;
}

/** The sentence: who sent what, about how many patients, to whom. Holds no value. */
export function decisionOf(incident: IncidentRow, { elapsed, newest, standing }: Bearing, now: number): DecisionLine {
  const { desk, lastSeen, messages } = incident;
  const toUs = desk.exposure === null || desk.exposure.recipient === 'internal';
  const noBreach = newest?.signed === true && newest.answers.conclusion !== 'breach';
  return {
    incident,
    sentence: `${titleOf(incident)}${aboutHowMany(incident)}`,
    flowing: messages > 0 && now - lastSeen < FLOWING,
    encryption: standing ?? desk.exposure?.transit ?? 'unknown',
    clockDay: toUs || noBreach ? null : elapsed,
  };
}

function aboutHowMany({ patients, messages }: IncidentRow): string {
  if (messages === 0) return '';
  return patients === 0 ? ', about patients nobody named' : `, about ${counted(patients, 'patient')}`;
}

/** `day 3 of 60`; past the last day it says so. */
export function clockWords(day: number): string {
  return day > NOTICE_DAYS ? `past day ${NOTICE_DAYS}` : `day ${day} of ${NOTICE_DAYS}`;
}

/** What a policy lets pass for a time, and how much of it passed. */
export interface Absorbed {
  readonly policy: FlowPolicy;
  readonly what: string;
  readonly reason: string;
  readonly expires: string;
  /** Milliseconds: the first instant at which it holds no more. */
  readonly until: number;
  /** Messages since the day that was asked from. */
  readonly messages: number;
}

/** Exceptions that hold now, and policies about to end, the soonest first. `keysOf`: the observed flows of a policy. */
export function absorbedBy(
  policies: readonly FlowPolicy[],
  uses: readonly PermittedUse[],
  keysOf: (policy: string) => readonly string[],
  now: number,
): Absorbed[] {
  return policies
    .flatMap((policy): Absorbed[] => {
      const own = uses.filter(({ flow }) => keysOf(policy.id).includes(flow));
      const zone = policy.limits.timezone;
      const exceptions = policy.exceptions.map(({ permit, reason, expires }) => {
        const passed = own.filter(({ category }) => permit.categories?.includes(category) ?? true);
        const messages = Math.max(0, ...passed.map((use) => use.messages));
        return { policy, what: permitted(permit), reason, expires, until: endOfDay(expires, zone), messages };
      });
      const until = endOfDay(policy.expires, zone);
      const whole = { policy, what: 'everything it permits', reason: policy.title, expires: policy.expires, until };
      const ends = until - now < ENDS_SOON ? [{ ...whole, messages: Math.max(0, ...own.map((use) => use.messages)) }] : [];
      return [...exceptions, ...ends];
    })
    .filter(({ until }) => until > now)
    .sort((a, b) => a.until - b.until);
}

function permitted(permit: Permit): string {
  return permit.categories?.map((category) => CATEGORY_WORDS[category]).join(', ') ?? 'any identifier';
}

/** Policies whose exceptions or end `absorbedBy` tells of. */
export function endingPolicies(policies: readonly FlowPolicy[], now: number): FlowPolicy[] {
  return policies.filter(
    ({ exceptions, expires, limits }) => exceptions.length > 0 || endOfDay(expires, limits.timezone) - now < ENDS_SOON,
  );
}

/** How many hops and places stand how. */
export function coverageOf({
  hops,
  places,
}: Pick<Matrix, 'hops' | 'places'>): Record<'hops' | 'places', ReadonlyMap<Standing, number>> {
  const tally = (rows: readonly MatrixRow[]): ReadonlyMap<Standing, number> =>
    new Map([...Map.groupBy(rows, ({ overall }) => overall)].map(([standing, own]) => [standing, own.length]));
  return { hops: tally(hops), places: tally(places) };
}

/** How the hop of each policy stands now, by the policy's id: what Home says of an incident's flow, as its own page does. */
export function hopStandings({ hops }: Pick<Matrix, 'hops'>): ReadonlyMap<string, Standing> {
  return new Map(hops.map(({ id, overall }) => [id.replace(/^hop:/, ''), overall]));
}

/** The last `length` days up to today (UTC), those without anything too. */
export function wholeDays(days: readonly DeskDay[], length: number, now: number): DeskDay[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const today = Math.floor(now / DAY);
  return Array.from({ length }, (_, index) => {
    const day = today - length + 1 + index;
    return known.get(day) ?? { day, opened: 0, closed: 0 };
  });
}

/** `3 decisions to take, 1 overdue`: the title of the first page, true of what waits too. */
export function homeTitle({ total, overdueTotal, waiting }: Pick<DeskQueue, 'total' | 'overdueTotal' | 'waiting'>): string {
  const late = overdueTotal === 0 ? '' : `${count(overdueTotal)} overdue`;
  if (total > 0) return `${counted(total, 'decision')} to take${late === '' ? '' : `, ${late}`}`;
  if (late !== '') return late;
  const below = Object.values(waiting).reduce((sum, each) => sum + each, 0);
  return below === 0 ? 'Nothing needs a decision' : `No decision to take yet, ${counted(below, 'incident')} below`;
}
