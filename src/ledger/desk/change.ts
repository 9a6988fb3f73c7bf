import { CordonError } from '../../core/errors.ts';
import { dueOf, UNSETTLED } from '../../policy/due.ts';
import { checkComplete, checkTransition } from '../../policy/transitions.ts';
import { type NewEvent, pictureOf } from '../incidents/rows.ts';
import { fromJson } from '../json.ts';
import type { IncidentsTable } from '../schema.ts';
import type { ActItem, Change } from './store.ts';

/** Who changes an incident, when, and as part of which act; null: of none that can be undone. */
export interface By {
  readonly actor: string;
  readonly at: number;
  readonly act: string | null;
}

/** An incident after a change, and the entry of its history that says so. */
export interface Changed {
  readonly row: IncidentsTable;
  readonly event: NewEvent;
}

/** What an act may change, as it was before: what undo restores. */
type Former = Pick<
  IncidentsTable,
  'state' | 'until' | 'accepted' | 'assignee' | 'due' | 'late' | 'opened_at' | 'admitted_at' | 'told'
>;

/** Throws `usage` for a change that lacks something, whatever it is to be made to. */
export function checkChange(change: Change, at: number): void {
  if (change.kind === 'move') checkComplete({ ...change, at });
  if (change.kind === 'comment' && change.text.trim() === '') throw new CordonError('usage', 'a comment says something');
  if (change.kind === 'due' && !Number.isFinite(change.due)) throw new CordonError('usage', 'due must be a time');
}

/** Makes a change to one incident. Throws `ledger.conflict` where it is in another state than the person saw, or the state does not allow it. */
export function changed(row: IncidentsTable, { from }: Pick<ActItem, 'from'>, change: Change, by: By): Changed {
  // A comment on what one saw a minute ago is still a comment.
  if (change.kind !== 'comment' && row.state !== from) throw stale(row.state, from);
  switch (change.kind) {
    case 'move':
      checkTransition(from, { ...change, at: by.at });
      return entry(row, moved(row, change, by.at), by, { action: change.to, note: change.note, until: untilOf(change) });
    case 'assign': {
      const { assignee } = change;
      const action = assignee === null ? 'unassigned' : 'assigned';
      return entry(row, { ...row, assignee }, by, { action, note: assignee ?? '', until: null });
    }
    case 'due':
      if (!UNSETTLED.includes(row.state)) throw new CordonError('ledger.conflict', `an incident that is ${row.state} is not due`);
      return entry(row, { ...row, due: change.due, late: 0 }, by, { action: 'due', note: '', until: change.due });
    case 'comment':
      return entry(row, row, by, { action: 'commented', note: change.text.trim(), until: null });
  }
}

function stale(is: string, seen: string): CordonError {
  return new CordonError('ledger.conflict', `the incident is ${is} by now, not ${seen}: reload it and decide again`);
}

function untilOf({ until }: Extract<Change, { kind: 'move' }>): number | null {
  return until === 'change' ? null : until;
}

function moved(row: IncidentsTable, change: Extract<Change, { kind: 'move' }>, at: number): IncidentsTable {
  const { to } = change;
  const isSettled = !UNSETTLED.includes(to);
  const wasSettled = !UNSETTLED.includes(row.state);
  return {
    ...row,
    state: to,
    until: untilOf(change),
    accepted: to === 'accepted-risk' ? JSON.stringify(pictureOf(row)) : null,
    due: isSettled ? null : (row.due ?? dueOf(row.severity, at)),
    late: isSettled ? 0 : row.late,
    // Whom a person opens it again for has to see it, and need not be told.
    ...(to === 'open' && wasSettled ? { opened_at: at, told: row.rank } : {}),
    ...(to === 'open' ? { admitted_at: row.admitted_at ?? at } : {}),
  };
}

/**
 * Takes back what an act did to one incident. Throws `ledger.conflict` where somebody, or a new fact, changed it since, and for a comment: it was
 * read, so it stays.
 */
export function undone(row: IncidentsTable, event: NewEvent, by: By): Changed {
  if (event.action === 'commented') throw new CordonError('ledger.conflict', 'a comment stays: write another one');
  if (event.former === null || event.revision !== row.revision) {
    throw new CordonError('ledger.conflict', 'it changed since: decide on it by itself');
  }
  const former = fromJson<Former>(event.former);
  return entry(row, { ...row, ...former }, by, { action: 'undone', note: event.action, until: former.until });
}

function entry(
  before: IncidentsTable,
  after: IncidentsTable,
  { actor, at, act }: By,
  said: { action: string; note: string; until: number | null },
): Changed {
  const { state, until, accepted, assignee, due, late, opened_at, admitted_at, told } = before;
  const former: Former = { state, until, accepted, assignee, due, late, opened_at, admitted_at, told };
  const revision = said.action === 'commented' ? before.revision : before.revision + 1;
  return {
    row: { ...after, revision },
    event: {
      ...{ incident: before.id, at, actor, from_state: before.state, to_state: after.state, act, revision },
      ...said,
      former: act === null || said.action === 'commented' ? null : JSON.stringify(former),
    },
  };
}
