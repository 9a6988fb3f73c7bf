import { searchWords } from '../../policy/search-words.ts';
import type { Acceptance } from '../../policy/suppression.ts';
import { onNewFact } from '../../policy/transitions.ts';
import { shadowOfPacks } from '../desk/packs.ts';
import { type Columns, insertMany, runMany, selectMany, storable, updateMany } from '../many.ts';
import type { IncidentsTable, Schema } from '../schema.ts';
import type { Builder, Executor } from '../statement.ts';
import {
  accepted,
  eventOf,
  type Fact,
  type NewEvent,
  newIncident,
  pictureOf,
  reopened,
  standingOf,
  withFact,
  withSeverity,
} from './rows.ts';

/** The numbers of findings that an incident keeps of one message: enough to show, however many there are. */
export const KEPT_FINDINGS = 20;

/** What changes of an incident, and its id. */
type Moving = Omit<IncidentsTable, 'key' | 'reason' | 'flow' | 'source' | 'destination' | 'category' | 'field_group'>;

const MOVING: Columns<Moving> = {
  id: 'text',
  severity: 'text',
  rank: 'integer',
  state: 'text',
  messages: 'bigint',
  patients: 'bigint',
  first_seen: 'bigint',
  last_seen: 'bigint',
  until: 'bigint',
  last_message: 'text',
  assignee: 'text',
  due: 'bigint',
  late: 'integer',
  opened_at: 'bigint',
  admitted_at: 'bigint',
  shadow_until: 'bigint',
  unconfirmed: 'integer',
  told: 'integer',
  floor: 'integer',
  exposure: 'text',
  accepted: 'text',
  ongoing: 'integer',
  revision: 'bigint',
};
const INCIDENT: Columns<IncidentsTable> = {
  ...MOVING,
  key: 'text',
  reason: 'text',
  flow: 'text',
  source: 'text',
  destination: 'text',
  category: 'text',
  field_group: 'text',
};
const EVENT: Columns<NewEvent> = {
  incident: 'text',
  at: 'bigint',
  actor: 'text',
  action: 'text',
  from_state: 'text',
  to_state: 'text',
  note: 'text',
  until: 'bigint',
  act: 'text',
  former: 'text',
  revision: 'bigint',
};

/** Which entries of overlays accept it, whose they are and why. */
function acceptedEvent(row: IncidentsTable, now: number, from: IncidentsTable['state'], { note, until }: Acceptance): NewEvent {
  return eventOf(row, now, 'accepted-risk', from, note, until);
}

/** The statements that incidents are written with. */
export function incidentStatements(db: Builder) {
  return {
    insert: insertMany<IncidentsTable>(db, 'incidents', INCIDENT),
    update: updateMany<Moving>(db, 'incidents', ['id'], MOVING),
    addEvents: insertMany<NewEvent>(db, 'incident_events', EVENT),
  };
}

export function factWrites(db: Builder) {
  const { insert, update, addEvents } = incidentStatements(db);
  const byKey = selectMany<{ key: string }, IncidentsTable>(db, 'incidents', { key: 'text' }, INCIDENT);
  const addMessages = insertMany<Schema['incident_messages'], { incident: string; message: string }>(
    db,
    'incident_messages',
    { incident: 'text', received_at: 'bigint', message: 'text', type: 'text', findings: 'text' },
    { returning: ['incident', 'message'] },
  );
  const addPatients = insertMany<Schema['incident_patients'], { incident: string }>(
    db,
    'incident_patients',
    { incident: 'text', patient: 'text' },
    { returning: ['incident'] },
  );

  const addWords = insertMany<Schema['incident_words']>(db, 'incident_words', { word: 'text', incident: 'text' });

  /** The incidents of these facts as they are before them, and the causes that have none. */
  async function find(x: Executor, facts: readonly Fact[]) {
    const keys = [...new Set(facts.map(({ cause }) => cause.key))];
    const known = await runMany(
      x,
      byKey,
      keys.map((key) => ({ key })),
    );
    const rows = new Map(known.map((row) => [row.key, row]));
    const opened: IncidentsTable[] = [];
    const events: NewEvent[] = [];
    const strangers = facts.filter(({ cause }) => !rows.has(cause.key));
    const shadows = await shadowOfPacks(
      x,
      db,
      strangers.flatMap(({ packs = [] }) => packs),
    );
    for (const fact of strangers) {
      if (rows.has(fact.cause.key)) continue;
      const { now, cause } = fact;
      const asked = newIncident(fact, shadows(fact.packs ?? []));
      const row = cause.accepted === undefined ? asked : accepted(asked, cause.accepted);
      rows.set(row.key, row);
      opened.push(row);
      events.push(eventOf(row, now, 'opened', null, cause.note ?? ''));
      if (cause.accepted !== undefined) events.push(acceptedEvent(row, now, 'open', cause.accepted));
    }
    await runMany(x, insert, opened);
    const words = opened.flatMap(({ id, field_group: group, ...row }) =>
      searchWords({ ...row, group }).map((word) => ({ word, incident: id })),
    );
    await runMany(x, addWords, words);
    return { rows, events, fresh: new Set(opened.map(({ key }) => key)) };
  }

  /** Which messages are new to their incidents, as `incident|message`, and how many new patients each incident has of them. */
  async function addShown(x: Executor, facts: readonly Fact[], rows: ReadonlyMap<string, IncidentsTable>) {
    const shown = facts.flatMap(({ cause, at, message }) => {
      const incident = rows.get(cause.key)?.id;
      return message === null || incident === undefined ? [] : [{ cause, at, message, incident }];
    });
    const added = await runMany(
      x,
      addMessages,
      shown.map(({ cause, at, message, incident }) => ({
        incident,
        received_at: at,
        message: message.message,
        type: message.type,
        findings: JSON.stringify(cause.matches.slice(0, KEPT_FINDINGS)),
      })),
    );
    const fresh = new Set(added.map(({ incident, message }) => `${incident}|${message}`));
    const patients = await runMany(
      x,
      addPatients,
      shown
        .filter(({ incident, message }) => fresh.has(`${incident}|${message.message}`))
        .flatMap(({ incident, message }) => message.patients.map((patient) => ({ incident, patient }))),
    );
    return { fresh, patients: Map.groupBy(patients, ({ incident }) => incident) };
  }

  return {
    /**
     * Adds facts to the incidents of their causes, which it opens where there are none. The same fact again changes nothing. Each
     * incident is read and written once, whatever the number of its facts.
     */
    async addFacts(x: Executor, given: readonly Fact[]): Promise<void> {
      if (given.length === 0) return;
      // Incidents are found by the key that the ledger gives back.
      const facts = given.map((fact) => ({ ...fact, cause: { ...fact.cause, key: storable(fact.cause.key) } }));
      const { rows, events, fresh } = await find(x, facts);
      const shown = await addShown(x, facts, rows);
      const moved = new Map<string, number>();
      for (const fact of facts) {
        const { cause, at, now, message } = fact;
        const row = rows.get(cause.key);
        if (row === undefined) continue;
        const isNew =
          message === null ? fresh.has(cause.key) || at > row.last_seen : shown.fresh.delete(`${row.id}|${message.message}`);
        if (!isNew) continue;
        const next = withFact(row, fact);
        if (next.unconfirmed < row.unconfirmed) events.push(eventOf(next, now, 'confirmed', row.state, ''));
        const after = onNewFact(standingOf(row), pictureOf(next), at, cause.accepted);
        moved.set(cause.key, now);
        if (after.accepted && cause.accepted !== undefined) {
          rows.set(cause.key, accepted(next, cause.accepted));
          events.push(acceptedEvent(next, now, row.state, cause.accepted));
          continue;
        }
        rows.set(cause.key, after.reopened ? reopened(next, now) : next);
        if (after.reopened) events.push(eventOf(row, now, 'reopened', row.state, cause.note ?? after.why));
      }
      const changed: IncidentsTable[] = [];
      for (const [key, now] of moved) {
        const row = rows.get(key);
        if (row === undefined) continue;
        const patients = row.patients + (shown.patients.get(row.id)?.length ?? 0);
        const next = withSeverity({ ...row, patients }, now);
        changed.push(next);
        if (next.rank === row.rank || (fresh.has(key) && row.messages <= 1)) continue;
        const action = next.rank > row.rank ? 'raised' : 'lowered';
        events.push(eventOf(next, now, action, row.state, `${row.severity} became ${next.severity}`));
      }
      await runMany(x, update, changed);
      await runMany(x, addEvents, events);
    },
  };
}
