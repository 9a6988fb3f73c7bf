import { INCIDENT_STATES } from '../../policy/decision.ts';
import { deleteMany, runMany } from '../many.ts';
import { idFrom } from '../months.ts';
import type { EvidenceHistoryTable, MessagesTable } from '../schema.ts';
import { type Builder, type Executor, once, prepare } from '../statement.ts';
import { sealsLess } from '../vault/vault.ts';

/** Messages, facts, incidents or periods of evidence that one transaction drops: retention must not make accepts wait. */
const SLICE = 200;

/** States of incidents that somebody has yet to close. Named, so that an index finds them. */
const UNSETTLED = INCIDENT_STATES.filter((state) => state !== 'resolved' && state !== 'false-positive');

/** What the tally says less of. */
export interface Dropped {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly flagged: number;
  readonly quarantined: number;
  readonly unexamined: number;
}

type Body = Pick<MessagesTable, 'id' | 'data_key' | 'sealed'>;
type Period = Pick<EvidenceHistoryTable, 'target' | 'check_name' | 'profile' | 'since'>;
type OldMessage = Body & Pick<MessagesTable, 'state' | 'verdict' | 'quarantined' | 'unexamined'>;

/**
 * Drops rows of messages before a month, in slices (docs/adr/0029-retention.md). A message that was never scanned stays, and one that
 * could not be scanned stays until the incident that says so is closed: nothing goes that nobody knows of.
 */
export function retentionWrites(db: Builder) {
  const uncount = prepare<{ [Name in keyof Dropped]: number }>()((p) =>
    db.updateTable('tally').set((eb) => ({
      total: eb('total', '-', p.total),
      done: eb('done', '-', p.done),
      failed: eb('failed', '-', p.failed),
      flagged: eb('flagged', '-', p.flagged),
      quarantined: eb('quarantined', '-', p.quarantined),
      unexamined: eb('unexamined', '-', p.unexamined),
    })),
  );
  const sealLess = sealsLess(db);

  const deletePeriods = deleteMany<Period>(db, 'evidence_history', {
    target: 'text',
    check_name: 'text',
    profile: 'text',
    since: 'bigint',
  });

  /** Removes chunks and gives their bytes back; the caller sees to the rows of the messages. */
  async function dropBodies(x: Executor, rows: readonly Body[]): Promise<void> {
    for (const [id, bodies] of Map.groupBy(rows, (row) => row.data_key)) {
      if (id === null) continue;
      const bytes = bodies.reduce((sum, body) => sum + body.sealed, 0);
      await x.run(
        once(
          db.deleteFrom('chunks').where(
            'message',
            'in',
            bodies.map((body) => body.id),
          ),
        ),
      );
      await x.run(sealLess({ id, bodies: bodies.length, bytes }));
    }
  }

  return {
    uncount,
    /** Periods of evidence that ended before `at`; what is known now stays, however old. More where it is a full slice. */
    async dropEvidence(x: Executor, at: number): Promise<boolean> {
      const rows = await x.all(periodsQuery(db, at));
      await runMany(x, deletePeriods, rows);
      return rows.length === SLICE;
    },
    /** Facts of incidents go with the messages they show; the incident keeps its row and its counts. More where it is a full slice. */
    async dropFacts(x: Executor, before: string): Promise<boolean> {
      const facts = await x.all(factsQuery(db, before));
      if (facts.length === 0) return false;
      const incidents = [...new Set(facts.map((fact) => fact.incident))];
      const messages = [...new Set(facts.map((fact) => fact.message))];
      await x.run(once(db.deleteFrom('incident_messages').where('message', 'in', messages).where('incident', 'in', incidents)));
      await x.run(
        once(
          db.updateTable('incidents').set({ last_message: null }).where('id', 'in', incidents).where('last_message', '<', before),
        ),
      );
      return facts.length === SLICE;
    },
    /** Bodies that were to be kept for longer than their rows, of messages that were scanned. More where it is a full slice. */
    async dropOldBodies(x: Executor, before: string): Promise<boolean> {
      const rows = await x.all(bodiesQuery(db, before));
      if (rows.length === 0) return false;
      await dropBodies(x, rows);
      const ids = rows.map((row) => row.id);
      await x.run(once(db.updateTable('messages').set({ data_key: null, sealed: 0, body_until: null }).where('id', 'in', ids)));
      return rows.length === SLICE;
    },
    /** Messages with all that hangs on them. Their facts went before. */
    async dropMessages(x: Executor, before: string): Promise<{ messages: number; more: boolean }> {
      const rows = await x.all(messagesQuery(db, before));
      if (rows.length === 0) return { messages: 0, more: false };
      const ids = rows.map((row) => row.id);
      await dropBodies(x, rows);
      await x.run(once(db.deleteFrom('findings').where('message', 'in', ids)));
      await x.run(once(db.deleteFrom('messages').where('id', 'in', ids)));
      await x.run(uncount({ ...droppedOf(rows) }));
      return { messages: rows.length, more: rows.length === SLICE };
    },
    /**
     * Incidents that were closed, and that nothing was seen of and nobody touched since `at`. One that a breach assessment is of stays: that is kept for
     * six years (45 CFR 164.414(b), 164.530(j)), however short the retention of the rest, and says nothing without it.
     */
    async dropIncidents(x: Executor, at: number): Promise<{ incidents: number; more: boolean }> {
      const ids = (await x.all(closedQuery(db, at))).map((row) => row.id);
      if (ids.length === 0) return { incidents: 0, more: false };
      await x.run(once(db.deleteFrom('incident_events').where('incident', 'in', ids)));
      await x.run(once(db.deleteFrom('incident_patients').where('incident', 'in', ids)));
      await x.run(once(db.deleteFrom('incidents').where('id', 'in', ids)));
      return { incidents: ids.length, more: ids.length === SLICE };
    },
  };
}

function periodsQuery(db: Builder, at: number) {
  return once(
    db
      .selectFrom('evidence_history')
      .select(['target', 'check_name', 'profile', 'since'])
      .where('ended', '<', at)
      .orderBy('ended')
      .limit(SLICE),
  );
}

function factsQuery(db: Builder, before: string) {
  return once(
    db
      .selectFrom('incident_messages')
      .select(['incident', 'message'])
      .where('message', '<', before)
      .orderBy('message')
      .limit(SLICE),
  );
}

function bodiesQuery(db: Builder, before: string) {
  return once(
    db
      .selectFrom('messages')
      .select(['id', 'data_key', 'sealed'])
      .where('body_until', 'is not', null)
      .where('id', '<', before)
      .where('state', '=', 'done')
      .orderBy('body_until')
      .limit(SLICE),
  );
}

function messagesQuery(db: Builder, before: string) {
  return once(
    db
      .selectFrom('messages')
      .select(['id', 'state', 'verdict', 'quarantined', 'unexamined', 'data_key', 'sealed'])
      .where('id', '<', before)
      .where((eb) =>
        eb.or([
          eb('state', '=', 'done'),
          // What consume raises for messages that it gives up is one incident for each listener, or peer.
          eb.and([
            eb('state', '=', 'failed'),
            eb(
              'listener',
              'not in',
              eb.selectFrom('incidents').select('flow').where('reason', '=', 'quarantined').where('state', 'in', UNSETTLED),
            ),
          ]),
        ]),
      )
      .orderBy('id')
      .limit(SLICE),
  );
}

function closedQuery(db: Builder, at: number) {
  return once(
    db
      .selectFrom('incidents')
      .select('id')
      .where('state', 'in', ['resolved', 'false-positive'])
      .where('last_seen', '<', at)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('incident_events')
              .select('incident_events.id')
              .whereRef('incident_events.incident', '=', 'incidents.id')
              .where('incident_events.at', '>=', at),
          ),
        ),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('incident_messages')
              .select('incident_messages.message')
              .whereRef('incident_messages.incident', '=', 'incidents.id'),
          ),
        ),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('breach_assessments')
              .select('breach_assessments.version')
              .whereRef('breach_assessments.incident', '=', 'incidents.id'),
          ),
        ),
      )
      .limit(SLICE),
  );
}

function droppedOf(rows: readonly OldMessage[]): Dropped {
  const count = (is: (row: OldMessage) => boolean): number => rows.filter(is).length;
  return {
    total: rows.length,
    done: count((row) => row.state === 'done'),
    failed: count((row) => row.state === 'failed'),
    flagged: count((row) => row.verdict === 'flagged'),
    quarantined: count((row) => row.quarantined === 1),
    unexamined: count((row) => row.state === 'done' && row.unexamined !== null && row.unexamined !== '[]'),
  };
}

/** Messages before the id that retention left: never scanned, or given up and not yet looked into. */
export async function heldBefore(x: Executor, db: Builder, at: number): Promise<{ pending: number; failed: number }> {
  const rows = await x.all(
    once(
      db
        .selectFrom('messages')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .where('id', '<', idFrom(at))
        .where('state', '<>', 'done')
        .groupBy('state'),
    ),
  );
  const of = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
  return { pending: of('pending'), failed: of('failed') };
}
