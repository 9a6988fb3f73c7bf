import { CordonError } from '../core/errors.ts';
import type { IncidentState } from './decision.ts';

/**
 * The life of an incident. A person moves it (`checkTransition`), and a new fact may bring it back (`onNewFact`). Nothing else
 * changes its state.
 */
const NEXT: Record<IncidentState, readonly IncidentState[]> = {
  open: ['acknowledged', 'resolved', 'false-positive', 'accepted-risk'],
  acknowledged: ['open', 'resolved', 'false-positive', 'accepted-risk'],
  resolved: ['open'],
  'false-positive': ['open'],
  'accepted-risk': ['open', 'resolved', 'false-positive'],
};

/** A risk is accepted for a year at most: 366 days, so that a leap year's anniversary is still within it. */
export const LONGEST_ACCEPTANCE = 366 * 24 * 60 * 60 * 1000;

/** What a person asks for; `Transition` of the ledger fits it. Times are milliseconds since the epoch. */
export interface TransitionRequest {
  readonly to: IncidentState;
  readonly note: string;
  readonly until: number | null;
  readonly at: number;
}

/** Whether a person may move an incident from one state to the other. Never true for a state and itself. */
export function canTransition(from: IncidentState, to: IncidentState): boolean {
  return NEXT[from].includes(to);
}

/**
 * Lets an allowed, complete transition pass. Throws `ledger.conflict` where the state machine has no such step, and `usage` where
 * the note is missing (false-positive, accepted-risk) or `until` is missing, past, over a year away, or not asked for.
 */
export function checkTransition(from: IncidentState, transition: TransitionRequest): void {
  const { to, note, until, at } = transition;
  if (!canTransition(from, to)) {
    throw new CordonError(
      'ledger.conflict',
      `an incident that is ${from} cannot become ${to} (from here: ${NEXT[from].join(', ')})`,
    );
  }
  if ((to === 'false-positive' || to === 'accepted-risk') && note.trim() === '') {
    throw new CordonError('usage', `${to} needs a note that says why`);
  }
  if (to !== 'accepted-risk') {
    if (until !== null) throw new CordonError('usage', `only accepted-risk has an end; ${to} takes no until`);
    return;
  }
  if (until === null) throw new CordonError('usage', 'accepted-risk needs until: the day on which the risk is judged again');
  if (!Number.isFinite(until) || until <= at) throw new CordonError('usage', 'until of accepted-risk must be in the future');
  if (until - at > LONGEST_ACCEPTANCE) throw new CordonError('usage', 'until of accepted-risk must be within one year');
}

/** What one more fact does to an incident. `reopened`: the state becomes `open`, `until` null, and the history gets an event. */
export interface Absorbed {
  readonly state: IncidentState;
  readonly until: number | null;
  readonly reopened: boolean;
}

/**
 * The state after a new fact at `at`. Every fact is counted, whatever the state. Open and acknowledged stay. Resolved is reopened:
 * the cause was not removed. A false positive stays one: that was said of the cause, not of one message. An accepted risk
 * holds until its time, exclusive, and is then reopened.
 */
export function onNewFact(state: IncidentState, until: number | null, at: number): Absorbed {
  const lapsed = state === 'accepted-risk' && (until === null || at >= until);
  if (state === 'resolved' || lapsed) return { state: 'open', until: null, reopened: true };
  return { state, until, reopened: false };
}
