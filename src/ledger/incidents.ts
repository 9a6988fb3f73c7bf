import { v7 as uuid } from 'uuid';
import { CordonError } from '../core/errors.ts';
import { type Finding, type MessageId, SEVERITIES, type Severity } from '../core/vocabulary.ts';
import type { IncidentCause, IncidentRow, IncidentState } from '../policy/decision.ts';
import { checkTransition, onNewFact } from '../policy/transitions.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { fromJson } from './json.ts';
import type { IncidentEvent, IncidentFilter, IncidentSample, Page, Transition } from './ledger.ts';
import { toFinding } from './messages.ts';
import type { IncidentEventsTable, IncidentsTable } from './schema.ts';
import { type Builder, type Executor, once, prepare } from './statement.ts';

/** Who acts in the history where no person did. */
const ACTOR = 'cordon';

/** The numbers of findings that an incident keeps of one message: enough to show, however many there are. */
const KEPT_FINDINGS = 20;

/** A message that is a fact of an incident. */
export interface MessageFact {
  readonly message: MessageId;
  readonly type: string;
  readonly patients: readonly string[];
}

/** One fact: when it was received, when we learnt of it, from where to where. */
export interface Fact {
  readonly at: number;
  readonly now: number;
  readonly source: string;
  readonly destination: string;
  /** Null for what no message shows: silence, volume, expiry. */
  readonly message: MessageFact | null;
}

export function incidentWrites(db: Builder) {
  const byKey = prepare<{ key: string }>()((p) => db.selectFrom('incidents').selectAll().where('key', '=', p.key));
  const byId = prepare<{ id: string }>()((p) => db.selectFrom('incidents').selectAll().where('id', '=', p.id));
  const insert = prepare<Pick<IncidentsTable, keyof IncidentsTable>>()((p) =>
    db.insertInto('incidents').values({
      id: p.id,
      key: p.key,
      reason: p.reason,
      flow: p.flow,
      source: p.source,
      destination: p.destination,
      category: p.category,
      field_group: p.field_group,
      severity: p.severity,
      rank: p.rank,
      state: p.state,
      messages: p.messages,
      patients: p.patients,
      first_seen: p.first_seen,
      last_seen: p.last_seen,
      until: p.until,
      last_message: p.last_message,
    }),
  );
  const update = prepare<
    Pick<
      IncidentsTable,
      'id' | 'severity' | 'rank' | 'state' | 'messages' | 'patients' | 'first_seen' | 'last_seen' | 'until' | 'last_message'
    >
  >()((p) =>
    db
      .updateTable('incidents')
      .set({
        severity: p.severity,
        rank: p.rank,
        state: p.state,
        messages: p.messages,
        patients: p.patients,
        first_seen: p.first_seen,
        last_seen: p.last_seen,
        until: p.until,
        last_message: p.last_message,
      })
      .where('id', '=', p.id),
  );
  const addMessage = prepare<{ incident: string; receivedAt: number; message: string; type: string; findings: string }>()((p) =>
    db
      .insertInto('incident_messages')
      .values({ incident: p.incident, received_at: p.receivedAt, message: p.message, type: p.type, findings: p.findings })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const addPatient = prepare<{ incident: string; patient: string }>()((p) =>
    db
      .insertInto('incident_patients')
      .values({ incident: p.incident, patient: p.patient })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const addEvent = prepare<{
    incident: string;
    at: number;
    actor: string;
    action: string;
    from: IncidentState | null;
    to: IncidentState;
    note: string;
    until: number | null;
  }>()((p) =>
    db.insertInto('incident_events').values({
      incident: p.incident,
      at: p.at,
      actor: p.actor,
      action: p.action,
      from_state: p.from,
      to_state: p.to,
      note: p.note,
      until: p.until,
    }),
  );

  async function openIncident(x: Executor, cause: IncidentCause, fact: Fact): Promise<IncidentsTable> {
    const row: IncidentsTable = {
      id: uuid(),
      key: cause.key,
      reason: cause.reason,
      flow: cause.flow,
      source: fact.source,
      destination: fact.destination,
      category: cause.category,
      field_group: cause.group,
      severity: cause.severity,
      rank: SEVERITIES.indexOf(cause.severity),
      state: 'open',
      messages: 0,
      patients: 0,
      first_seen: fact.at,
      last_seen: fact.at,
      until: null,
      last_message: null,
    };
    await x.run(insert({ ...row }));
    await x.run(
      addEvent({ incident: row.id, at: fact.now, actor: ACTOR, action: 'opened', from: null, to: 'open', note: '', until: null }),
    );
    return row;
  }

  /** Adds a fact to the incident of its cause, which it opens where there is none. The same fact again changes nothing. */
  async function addFact(x: Executor, cause: IncidentCause, fact: Fact): Promise<void> {
    const known = await x.get(byKey({ key: cause.key }));
    const row = known ?? (await openIncident(x, cause, fact));
    const { message } = fact;
    let patients = 0;
    if (message !== null) {
      const added = await x.run(
        addMessage({
          incident: row.id,
          receivedAt: fact.at,
          message: message.message,
          type: message.type,
          findings: JSON.stringify(cause.matches.slice(0, KEPT_FINDINGS)),
        }),
      );
      if (added === 0) return;
      for (const patient of message.patients) patients += await x.run(addPatient({ incident: row.id, patient }));
    } else if (known !== undefined && fact.at <= known.last_seen) return;
    const after = onNewFact(row.state, row.until, fact.at);
    const graver = SEVERITIES.indexOf(cause.severity) > row.rank ? cause.severity : row.severity;
    const latest = fact.at >= row.last_seen;
    await x.run(
      update({
        id: row.id,
        severity: graver,
        rank: SEVERITIES.indexOf(graver),
        state: after.state,
        messages: row.messages + (message === null ? 0 : 1),
        patients: row.patients + patients,
        first_seen: Math.min(row.first_seen, fact.at),
        last_seen: Math.max(row.last_seen, fact.at),
        until: after.until,
        last_message: message !== null && latest ? message.message : row.last_message,
      }),
    );
    if (after.reopened) await reopened(x, row, fact.now, 'it was seen again');
  }

  async function reopened(x: Executor, row: IncidentsTable, at: number, note: string): Promise<void> {
    await x.run(
      addEvent({ incident: row.id, at, actor: ACTOR, action: 'reopened', from: row.state, to: 'open', note, until: null }),
    );
  }

  const overdue = prepare<{ now: number }>()((p) =>
    db.selectFrom('incidents').selectAll().where('until', '<=', p.now).where('state', '=', 'accepted-risk'),
  );

  return {
    addFact,
    async raise(x: Executor, raised: { cause: IncidentCause; source: string; destination: string; at: number }): Promise<void> {
      const { cause, source, destination, at } = raised;
      await addFact(x, cause, { at, now: at, source, destination, message: null });
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
      await x.run(update(moved));
      await x.run(addEvent({ incident: id, at, actor, action: to, from, to, note, until }));
      return toIncident(moved);
    },
    async expire(x: Executor, now: number): Promise<number> {
      const rows = await x.all(overdue({ now }));
      for (const row of rows) {
        await x.run(update({ ...row, state: 'open', until: null }));
        await reopened(x, row, now, 'the time of the accepted risk is over');
      }
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

function toIncident(row: IncidentsTable): IncidentRow {
  const { field_group: group, first_seen: firstSeen, last_seen: lastSeen, last_message: lastMessage, rank: _rank, ...rest } = row;
  return { ...rest, group, firstSeen, lastSeen, lastMessage };
}

function toEvent(row: IncidentEventsTable): IncidentEvent {
  const { at, actor, action, from_state: from, to_state: to, note, until } = row;
  return { at, actor, action, from, to, note, until };
}
