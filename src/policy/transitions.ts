import { CordonError } from '../core/errors.ts';
import type { Category } from '../core/vocabulary.ts';
import type { IncidentState } from './decision.ts';
import type { EvidenceOutcome } from './standing.ts';
import type { Acceptance } from './suppression.ts';

/**
 * The life of an incident. A person moves it (`checkTransition`), and a new fact (`onNewFact`) or the end of an acceptance may bring it back. Nothing
 * else changes its state: page, API and acts on many all come through here, and undo only restores what came through here before.
 */
const NEXT: Record<IncidentState, readonly IncidentState[]> = {
  open: ['acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk'],
  acknowledged: ['open', 'escalated', 'resolved', 'false-positive', 'accepted-risk'],
  escalated: ['open', 'acknowledged', 'resolved', 'false-positive', 'accepted-risk'],
  resolved: ['open'],
  'false-positive': ['open'],
  'accepted-risk': ['open', 'resolved', 'false-positive'],
};

/** States that need a note: who reads the history must see why, or to whom. */
const NOTED: ReadonlySet<IncidentState> = new Set(['escalated', 'false-positive', 'accepted-risk']);

/** A risk is accepted for a year at most: 366 days, so that a leap year's anniversary is still within it. */
export const LONGEST_ACCEPTANCE = 366 * 24 * 60 * 60 * 1000;

/** When an accepted risk is judged again: at a time (milliseconds), or when what was accepted changes; null for any other state. */
export type Until = number | 'change' | null;

/** What a person asks for; `Transition` of the ledger fits it. Times are milliseconds since the epoch. */
export interface TransitionRequest {
  readonly to: IncidentState;
  readonly note: string;
  readonly until: Until;
  readonly at: number;
}

/** Whether a person may move an incident from one state to the other. Never true for a state and itself. */
export function canTransition(from: IncidentState, to: IncidentState): boolean {
  return NEXT[from].includes(to);
}

/**
 * Lets an allowed, complete transition pass. Throws `ledger.conflict` where the state machine has no such step, and `usage` where
 * the note is missing (escalated, false-positive, accepted-risk) or `until` is missing, past, over a year away, or not asked for.
 */
export function checkTransition(from: IncidentState, transition: TransitionRequest): void {
  const { to } = transition;
  if (!canTransition(from, to)) {
    throw new CordonError(
      'ledger.conflict',
      `an incident that is ${from} cannot become ${to} (from here: ${NEXT[from].join(', ')})`,
    );
  }
  checkComplete(transition);
}

/** Whether a transition says all that its state needs, from wherever it comes. Throws `usage` as of `checkTransition`. */
export function checkComplete({ to, note, until, at }: TransitionRequest): void {
  if (NOTED.has(to) && note.trim() === '') throw new CordonError('usage', `${to} needs a note that says why`);
  if (to !== 'accepted-risk') {
    if (until !== null) throw new CordonError('usage', `only accepted-risk has an end; ${to} takes no until`);
    return;
  }
  if (until === null) {
    throw new CordonError('usage', 'accepted-risk needs until: the day on which the risk is judged again, or `change`');
  }
  if (until === 'change') return;
  if (!Number.isFinite(until) || until <= at) throw new CordonError('usage', 'until of accepted-risk must be in the future');
  if (until - at > LONGEST_ACCEPTANCE) throw new CordonError('usage', 'until of accepted-risk must be within one year');
}

/** What is known of an incident at a moment, and what an acceptance was of. */
export interface Picture {
  readonly categories: readonly Category[];
  readonly destinations: readonly string[];
  /** Of the real leg; null: nothing was known. */
  readonly transit: EvidenceOutcome | null;
  /** Entries of overlays that accepted it, in place of a person: no more than what they suppress is accepted. */
  readonly entries?: readonly string[];
}

/** What is there now that was not accepted, in words of the history; empty where nothing changed for the worse. */
export function changesOf(accepted: Picture, now: Picture): readonly string[] {
  const added = <T>(before: readonly T[], after: readonly T[]): T[] => after.filter((each) => !before.includes(each));
  const categories = added(accepted.categories, now.categories);
  const destinations = added(accepted.destinations, now.destinations);
  // A proof that lapsed is lost too: unknown is not pass.
  const lost =
    (now.transit === 'failed' && accepted.transit !== 'failed') || (accepted.transit === 'proven' && now.transit !== 'proven');
  return [
    ...(categories.length > 0 ? [`new category ${categories.join(', ')}`] : []),
    ...(destinations.length > 0 ? [`new destination ${destinations.join(', ')}`] : []),
    ...(lost ? ['encryption lost'] : []),
  ];
}

/** Where an incident stands when a fact comes. `accepted`: the picture that was accepted; null without one. */
export interface Standing {
  readonly state: IncidentState;
  readonly until: number | null;
  readonly accepted: Picture | null;
}

/**
 * What one more fact does to an incident. `reopened`: the state becomes `open`, `until` null, and the history gets an event that says `why`.
 * `accepted`: the state becomes `accepted-risk`, until then, and the history says so too.
 */
export interface Absorbed {
  readonly state: IncidentState;
  readonly until: number | null;
  readonly reopened: boolean;
  readonly accepted: boolean;
  readonly why: string;
}

/**
 * The state after a new fact at `at`. Every fact is counted, whatever the state. What somebody has yet to settle stays. Resolved is reopened:
 * the cause was not removed. A false positive stays one: that was said of the cause, not of one message. An accepted risk
 * holds until its time, exclusive, and only for what was accepted: `now` is what is known with the fact. `acceptance`: an overlay suppresses
 * all that the fact is about, so that it brings nothing back; what it accepted in place of a person ends with the first fact that it does not
 * suppress.
 */
export function onNewFact(standing: Standing, now: Picture, at: number, acceptance?: Acceptance): Absorbed {
  const { state, until, accepted } = standing;
  const stays: Absorbed = { state, until, reopened: false, accepted: false, why: '' };
  if (acceptance !== undefined) return onAcceptedFact(standing, stays, at, acceptance);
  const open = (why: string): Absorbed => ({ state: 'open', until: null, reopened: true, accepted: false, why });
  if (state === 'resolved') return open('it was seen again');
  if (state !== 'accepted-risk') return stays;
  if (until !== null && at >= until) return open('the time of the accepted risk is over');
  if (accepted === null) return until === null ? open('nothing says what was accepted') : stays;
  const { entries } = accepted;
  if (entries !== undefined) return open(`not all of it is what ${entries.join(', ')} suppresses`);
  const changes = changesOf(accepted, now);
  return changes.length > 0 ? open(`more than was accepted: ${changes.join('; ')}`) : stays;
}

/** What waits for somebody waits on: an entry says nothing of the facts before it. */
function onAcceptedFact({ state, until, accepted }: Standing, stays: Absorbed, at: number, acceptance: Acceptance): Absorbed {
  const isOver = until !== null && at >= until;
  const isLonger = accepted?.entries !== undefined && until !== null && acceptance.until > until;
  const accepts = state === 'resolved' || (state === 'accepted-risk' && (isOver || isLonger));
  if (!accepts || at >= acceptance.until) return stays;
  return { state: 'accepted-risk', until: acceptance.until, reopened: false, accepted: true, why: acceptance.note };
}
