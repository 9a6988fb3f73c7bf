import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { CordonError } from '../../core/errors.ts';
import { type Finding, SEVERITIES } from '../../core/vocabulary.ts';
import { INCIDENT_STATES, type IncidentCause, type IncidentRow, type IncidentState } from '../../policy/decision.ts';
import { askedWords } from '../../policy/search-words.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import { changed } from '../desk/change.ts';
import { fromJson } from '../json.ts';
import type { IncidentEvent, IncidentFilter, IncidentSample, Transition } from '../ledger.ts';
import { runMany } from '../many.ts';
import { toFinding } from '../messages/messages.ts';
import type { Page } from '../page.ts';
import type { IncidentEventsTable, IncidentsTable } from '../schema.ts';
import { type Builder, type Executor, once, prepare } from '../statement.ts';
import { factWrites, incidentStatements } from './facts.ts';
import { eventOf, type KnownExposure, reopened } from './rows.ts';

export function incidentWrites(db: Builder) {
  const { update, addEvents } = incidentStatements(db);
  const { addFacts } = factWrites(db);
  const byId = prepare<{ id: string }>()((p) => db.selectFrom('incidents').selectAll().where('id', '=', p.id));
  const lapsed = prepare<{ now: number }>()((p) =>
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
      const { to, actor, note, until, at } = transition;
      const by = { actor, at, act: transition.act ?? uuid() };
      const after = changed(row, { from }, { kind: 'move', to, note, until }, by);
      await runMany(x, update, [after.row]);
      await runMany(x, addEvents, [after.event]);
      return toIncident(after.row);
    },
    async expire(x: Executor, now: number): Promise<number> {
      const rows = await x.all(lapsed({ now }));
      await runMany(
        x,
        update,
        rows.map((row) => reopened(row, now)),
      );
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

/** Greater than any character that a word has. */
const AFTER_ALL = '\u{10ffff}';

/** So many incidents are looked up one by one rather than found by walking through all. */
const RARE = 500;

export function incidentReads(db: Builder) {
  const beginning = (word: string) =>
    db.selectFrom('incident_words').where('word', '>=', word).where('word', '<', `${word}${AFTER_ALL}`);

  /** Of the words of a search, those that begin few words of incidents: incidents are looked up by these, and by others only tried. */
  async function rareWords(x: Executor, q: string | undefined): Promise<ReadonlySet<string>> {
    const rare = new Set<string>();
    for (const word of askedWords(q ?? '')) {
      const some = await x.all(
        once(
          beginning(word)
            .select('incident')
            .limit(RARE + 1),
        ),
      );
      if (some.length <= RARE) rare.add(word);
    }
    return rare;
  }

  /** Incidents that a filter lets through, whatever is asked of them. `rare`: what `rareWords` said of its words. */
  function filtered(
    { states, flow, severity, category, assignee, overdueAt, since, unconfirmed, q }: IncidentFilter,
    rare: ReadonlySet<string> = new Set(),
  ) {
    let query = db.selectFrom('incidents');
    // All states narrow nothing, and would keep a page from being read in the order of the queue.
    if (states !== undefined && states.length < INCIDENT_STATES.length) query = query.where('state', 'in', [...states]);
    if (flow !== undefined) query = query.where('flow', '=', flow);
    if (severity !== undefined) query = query.where('rank', '=', SEVERITIES.indexOf(severity));
    if (category !== undefined) query = query.where('category', '=', category);
    if (assignee !== undefined) query = query.where('assignee', assignee === null ? 'is' : '=', assignee);
    if (overdueAt !== undefined) query = query.where('due', 'is not', null).where('due', '<=', overdueAt);
    if (unconfirmed === true) query = query.where('unconfirmed', '=', sql.lit(1));
    if (since !== undefined) query = query.where('last_seen', '>=', since);
    for (const word of askedWords(q ?? '')) {
      query = rare.has(word)
        ? query.where('id', 'in', beginning(word).select('incident'))
        : query.where((eb) =>
            eb.exists(
              eb
                .selectFrom('incident_words')
                .select('incident')
                .where('word', '>=', word)
                .where('word', '<', `${word}${AFTER_ALL}`)
                .whereRef('incident_words.incident', '=', 'incidents.id'),
            ),
          );
    }
    return query;
  }

  /** The production SQL of a page, for `list` and for the test that explains it. */
  function listQuery(filter: IncidentFilter & { limit: number; cursor?: string }, rare?: ReadonlySet<string>) {
    let query = filtered(filter, rare)
      .selectAll()
      .orderBy('rank', 'desc')
      .orderBy('last_seen', 'desc')
      .orderBy('id', 'desc')
      .limit(filter.limit + 1);
    const { cursor } = filter;
    if (cursor !== undefined) {
      const [rank, seen, id] = readCursor(cursor, 2);
      query = query.where((eb) => eb(eb.refTuple('rank', 'last_seen', 'id'), '<', eb.tuple(rank, seen, id)));
    }
    return once(query);
  }

  function countQuery(filter: IncidentFilter, rare?: ReadonlySet<string>) {
    return once(filtered(filter, rare).select((eb) => eb.fn.countAll<number>().as('count')));
  }

  /** The production SQL of `tally` for what no index counts: a search is run, or some of those that nobody has are read, once for all states. */
  function tallyQuery(filter: Omit<IncidentFilter, 'states'>) {
    const words = new Set(askedWords(filter.q ?? ''));
    return once(
      filtered(filter, words)
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state'),
    );
  }

  return {
    listQuery,
    countQuery,
    tallyQuery,
    async list(x: Executor, filter: IncidentFilter & { limit: number; cursor?: string }): Promise<Page<IncidentRow>> {
      const rows = await x.all(listQuery(filter, await rareWords(x, filter.q)));
      const shown = rows.slice(0, filter.limit);
      const last = shown.at(-1);
      const more = rows.length > filter.limit && last !== undefined;
      return { rows: shown.map(toIncident), next: more ? cursorOf(last.rank, last.last_seen, last.id) : null };
    },
    async count(x: Executor, states: readonly IncidentState[], filter: Omit<IncidentFilter, 'states'> = {}): Promise<number> {
      // Whoever counts goes through all that a word finds, rare or not.
      const words = new Set(askedWords(filter.q ?? ''));
      return (await x.get(countQuery({ ...filter, states }, words)))?.count ?? 0;
    },
    async tally(x: Executor, filter: Omit<IncidentFilter, 'states'>): Promise<ReadonlyMap<IncidentState, number>> {
      const none = INCIDENT_STATES.map((state) => [state, 0] as const);
      // All that nobody has are counted by an index of theirs; those of them that something else is asked of are read.
      if (filter.q !== undefined || (filter.assignee === null && isNarrowed(filter))) {
        const rows = await x.all(tallyQuery(filter));
        return new Map([...none, ...rows.map(({ state, count }) => [state, count] as const)]);
      }
      const counts = none.map(async ([state]) => [state, await x.get(countQuery({ ...filter, states: [state] }))] as const);
      return new Map((await Promise.all(counts)).map(([state, row]) => [state, row?.count ?? 0]));
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

/** Whether more is asked of incidents than who has them. */
function isNarrowed({ assignee: _, ...others }: Omit<IncidentFilter, 'states'>): boolean {
  return Object.values(others).some((asked) => asked !== undefined);
}

export function toIncident(row: IncidentsTable): IncidentRow {
  const { id, key, reason, flow, source, destination, category, severity, state, messages, patients, until } = row;
  const { assignee, due, exposure, revision } = row;
  return {
    ...{ id, key, reason, flow, source, destination, category, group: row.field_group, severity, state, messages, patients },
    ...{ firstSeen: row.first_seen, lastSeen: row.last_seen, until, lastMessage: row.last_message },
    desk: {
      assignee,
      due,
      openedAt: row.opened_at,
      admittedAt: row.admitted_at,
      shadowUntil: row.shadow_until,
      unconfirmed: row.unconfirmed === 1,
      ongoing: row.ongoing === 1,
      exposure: exposure === null ? null : fromJson<KnownExposure>(exposure),
      revision,
    },
  };
}

function toEvent(row: IncidentEventsTable): IncidentEvent {
  const { at, actor, action, from_state: from, to_state: to, note, until, act } = row;
  return { at, actor, action, from, to, note, until, act };
}
