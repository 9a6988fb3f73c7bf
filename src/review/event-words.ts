import type { IncidentEvent } from '../ledger/ledger.ts';
import { day, STATE_WORDS } from './words.ts';

/** What an entry of an incident's history says that its actor did, as it follows their name: `assigned it to dana`. The note stands beside it. */
export function eventWords({ action, to, note, until }: IncidentEvent): string {
  switch (action) {
    case 'opened':
      return 'opened it';
    case 'reopened':
    case 'open':
      return 'opened it again';
    case 'raised':
      return 'raised its severity';
    case 'lowered':
      return 'lowered its severity';
    case 'confirmed':
      return 'says that a message confirms it';
    case 'overdue':
      return 'says that it is overdue';
    case 'assigned':
      return `gave it to ${note}`;
    case 'unassigned':
      return 'gave it to nobody';
    case 'due':
      return until === null ? 'took its due date' : `set it due on ${day(until)}`;
    case 'commented':
      return 'wrote';
    case 'undone':
      return `took that back: it is ${STATE_WORDS[to].toLowerCase()}`;
    case 'acknowledged':
      return 'acknowledged it';
    case 'escalated':
      return 'escalated it';
    case 'resolved':
      return 'resolved it';
    case 'false-positive':
      return 'called it a false positive';
    default:
      return until === null ? 'accepted the risk until it changes' : `accepted the risk until ${day(until - 1)}`;
  }
}

/** The note to show under an entry; one that the words say already is not said twice. */
export function eventNote({ action, note }: IncidentEvent): string {
  return action === 'assigned' || action === 'undone' ? '' : note;
}
