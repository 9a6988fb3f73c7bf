import { html } from 'hono/html';
import type { IncidentEvent } from '../ledger/ledger.ts';
import type { IncidentRow, IncidentState } from '../policy/decision.ts';
import type { Html } from './html.ts';
import type { Session } from './session.ts';
import { titleOf } from './titles.ts';
import { day, STATE_WORDS } from './words.ts';

/** What a reader has just done to an incident, as its address says it: a state that it was moved to, or one of these. */
export const DEEDS = ['assigned', 'unassigned', 'due', 'commented', 'undone'] as const;
export type Deed = (typeof DEEDS)[number] | IncidentState;

export interface Done {
  readonly incident: IncidentRow;
  readonly events: readonly IncidentEvent[];
  readonly did: Deed | null;
  /** The act that it was: what can be taken back. */
  readonly act: string | null;
  /** What to look at after it; null when nothing else is open. */
  readonly following: IncidentRow | null;
}

/** What was just done, with the way back and the way on. */
export function doneNotice(session: Session, { incident, did, act, following, events }: Done): Html {
  const said = did === null ? null : doneWords(did, incident);
  if (said === null) return html``;
  // Only what is on the history of this incident is offered: an address may say anything.
  const undo =
    act !== null && did !== 'commented' && events.some((event) => event.act === act) ? undoForm(session, incident, act) : '';
  const onward =
    following === null
      ? html`<a href="/incidents">Nothing else needs you</a>`
      : html`<a href="/incidents/${encodeURIComponent(following.id)}">Next: ${titleOf(following)}</a>`;
  return html`<div class="notice" role="status"><span>${said}</span>${undo}${STAYS.has(did) ? '' : onward}</div>`;
}

/** After these, the reader is not done with it. */
const STAYS: ReadonlySet<Deed | null> = new Set(['assigned', 'unassigned', 'due', 'commented', 'undone', 'open']);

/** Null where the address says what is not so. */
function doneWords(did: Deed, { state, desk }: IncidentRow): string | null {
  switch (did) {
    case 'assigned':
      return desk.assignee === null ? null : `Given to ${desk.assignee}.`;
    case 'unassigned':
      return desk.assignee === null ? 'Given to nobody.' : null;
    case 'due':
      return desk.due === null ? null : `Due by the end of ${day(desk.due - 1)}.`;
    case 'commented':
      return 'Your comment is in the history.';
    case 'undone':
      return `Taken back. It is ${STATE_WORDS[state].toLowerCase()}.`;
    case 'open':
      return state === 'open' ? 'Now open again.' : null;
    default:
      return did === state ? `Now ${STATE_WORDS[did].toLowerCase()}.` : null;
  }
}

function undoForm(session: Session, { id }: IncidentRow, act: string): Html {
  return html`<form method="post" action="/incidents/${encodeURIComponent(id)}/undo"><input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="act" value="${act}"><button class="link" type="submit" data-key="z">Undo <kbd>z</kbd></button></form>`;
}
