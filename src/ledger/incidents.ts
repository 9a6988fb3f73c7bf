import { CordonError } from '../core/errors.ts';
import { type Finding, SEVERITIES, type Severity } from '../core/vocabulary.ts';
import type { IncidentCause, IncidentRow, IncidentState } from '../policy/decision.ts';
import { checkTransition } from '../policy/transitions.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { eventOf, factWrites, incidentStatements } from './incident-facts.ts';
import { fromJson } from './json.ts';
import type { IncidentEvent, IncidentFilter, IncidentSample, Page, Transition } from './ledger.ts';
import { runMany } from './many.ts';
import { toFinding } from './messages.ts';
import type { IncidentEventsTable, IncidentsTable } from './schema.ts';
import { type Builder, type Executor, once, prepare } from './statement.ts';

export function incidentWrites(db: Builder) {
  const { update, addEvents } = incidentStatements(db);
  const { addFacts } = factWrites(db);
  const byId = prepare<{ id: string }>()((p) => db.selectFrom('incidents').selectAll().where('id', '=', p.id));
  const overdue = prepare<{ now: number }>()((p) =>
    db.selectFrom('incidents').selectAll().where('until', '<=', p.now).where('state', '=', 'accepted-risk'),
  );

  return {
    async raise(x: Executor, raised: { cause: IncidentCause; source: string; destination: string; at: number }): Promise<void> {
      const { cause, source, destination, at } = raised;
      await addFacts(x, [{ cause, at, now: at, source, destination, message: null }]);
    },
    async transition(x: Executor, move: { id: string; from: IncidentState; transition: Transition }): Promise<IncidentRow> {
      const { id, from, transition } = move;
      const row = await x.get(byId({ id }));
      if (row === undefined) throw new CordonError('ledger.conflict', `there is no incident ${id}`);
      if (row.state !== from) {
        throw new CordonError('ledger.conflict', `the incident is ${row.state} by now, not ${from}: reload it and decide again`);
      }
      checkTransition(from, transition);
      const { to, at, actor, note, until } = transition;
      const moved = { ...row, state: to, until };
      await runMany(x, update, [moved]);
      await runMany(x, addEvents, [{ incident: id, at, actor, action: to, from_state: from, to_state: to, note, until }]);
      return toIncident(moved);
    },
    async expire(x: Executor, now: number): Promise<number> {
      const rows = await x.all(overdue({ now }));
      const open = rows.map((row): IncidentsTable => ({ ...row, state: 'open', until: null }));
      await runMany(x, update, open);
      const note = 'the time of the accepted risk is over';
      await runMany(
        x,
        addEvents,
        rows.map((row) => eventOf(row, now, 'reopened', row.state, note)),
      );
      return rows.length;
    },
  };
}

export function incidentReads(db: Builder) {
  /** The production SQL of a page, for `list` and for the test that explains it. */
  function listQuery(filter: IncidentFilter & { limit: number; cursor?: string }) {
    let query = db
      .selectFrom('incidents')
      .selectAll()
      .orderBy('rank', 'desc')
      .orderBy('last_seen', 'desc')
      .orderBy('id', 'desc')
      .limit(filter.limit + 1);
    const { states, flow, severity, cursor } = filter;
    if (states !== undefined) query = query.where('state', 'in', [...states]);
    if (flow !== undefined) query = query.where('flow', '=', flow);
    if (severity !== undefined) query = query.where('rank', '=', SEVERITIES.indexOf(severity));
    if (cursor !== undefined) {
      const [rank, seen, id] = readCursor(cursor, 2);
      query = query.where((eb) => eb(eb.refTuple('rank', 'last_seen', 'id'), '<', eb.tuple(rank, seen, id)));
    }
    return once(query);
  }

  return {
    listQuery,
    async list(x: Executor, filter: IncidentFilter & { limit: number; cursor?: string }): Promise<Page<IncidentRow>> {
      const rows = await x.all(listQuery(filter));
      const shown = rows.slice(0, filter.limit);
      const last = shown.at(-1);
      const more = rows.length > filter.limit && last !== undefined;
      return { rows: shown.map(toIncident), next: more ? cursorOf(last.rank, last.last_seen, last.id) : null };
    },
    async count(
      x: Executor,
      states: readonly IncidentState[],
      filter: { flow?: string; severity?: Severity } = {},
    ): Promise<number> {
      let query = db
        .selectFrom('incidents')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', 'in', [...states]);
      if (filter.flow !== undefined) query = query.where('flow', '=', filter.flow);
      if (filter.severity !== undefined) query = query.where('rank', '=', SEVERITIES.indexOf(filter.severity));
      return (await x.get(once(query)))?.count ?? 0;
    },
    async get(x: Executor, id: string): Promise<IncidentRow | null> {
      const row = await x.get(once(db.selectFrom('incidents').selectAll().where('id', '=', id)));
      return row === undefined ? null : toIncident(row);
    },
    async events(x: Executor, id: string): Promise<readonly IncidentEvent[]> {
      const rows = await x.all(once(db.selectFrom('incident_events').selectAll().where('incident', '=', id).orderBy('id')));
      return rows.map(toEvent);
    },
    async samples(x: Executor, id: string, limit: number): Promise<readonly IncidentSample[]> {
      const facts = await x.all(
        once(
          db
            .selectFrom('incident_messages')
            .selectAll()
            .where('incident', '=', id)
            .orderBy('received_at', 'desc')
            .orderBy('message', 'desc')
            .limit(limit),
        ),
      );
      if (facts.length === 0) return [];
      const messages = facts.map((fact) => fact.message);
      const rows = await x.all(once(db.selectFrom('findings').selectAll().where('message', 'in', messages)));
      const findings = new Map(rows.map((row) => [`${row.message}|${row.number}`, toFinding(row)]));
      return facts
        .flatMap((fact): IncidentSample[] => {
          const own = fromJson<number[]>(fact.findings).flatMap((number) => findings.get(`${fact.message}|${number}`) ?? []);
          const shown: readonly (Finding | null)[] = own.length === 0 ? [null] : own;
          return shown.map((finding) => ({ message: fact.message, at: fact.received_at, type: fact.type, finding }));
        })
        .slice(0, limit);
    },
  };
}

export function toIncident(row: IncidentsTable): IncidentRow {
  const { field_group: group, first_seen: firstSeen, last_seen: lastSeen, last_message: lastMessage, rank: _rank, ...rest } = row;
  return { ...rest, group, firstSeen, lastSeen, lastMessage };
}

function toEvent(row: IncidentEventsTable): IncidentEvent {
  const { at, actor, action, from_state: from, to_state: to, note, until } = row;
  return { at, actor, action, from, to, note, until };
}
