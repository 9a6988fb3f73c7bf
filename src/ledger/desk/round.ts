import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { isoTime } from '../../core/clock.ts';
import { SEVERITIES } from '../../core/vocabulary.ts';
import { ONGOING } from '../../policy/severity.ts';
import { type Digest, ROWS_A_DAY, startOfToday, triage, type Unconfirmed } from '../../policy/triage.ts';
import { incidentStatements } from '../incidents/facts.ts';
import { eventOf, withSeverity } from '../incidents/rows.ts';
import { runMany } from '../many.ts';
import type { IncidentsTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { NoticesTable } from './schema.ts';
import type { DeskRound } from './store.ts';

/** Incidents that one round does one thing to: the next round is soon. */
const SLICE = 200;

export const CRITICAL = SEVERITIES.indexOf('critical');
/** The least that somebody is told of. */
const TOLD_FROM = SEVERITIES.indexOf('high');

/** So long a notice is kept, sent or not. */
const KEPT = 30 * 24 * 60 * 60 * 1000;

/** What the desk does by itself, a slice at a time, all of it in the writer: twice is once. */
export function roundWrites(db: Builder) {
  const { update, addEvents } = incidentStatements(db);

  /** What was not seen for a day goes on no longer, and is less severe. */
  async function lower(x: Executor, now: number): Promise<number> {
    const rows = await x.all(once(quietQuery(db, now)));
    const lowered = rows.map((row) => withSeverity({ ...row, ongoing: 0 }, now));
    await runMany(x, update, lowered);
    const events = lowered.flatMap((row, index) => {
      const before = rows[index];
      if (before === undefined || before.rank === row.rank) return [];
      return [eventOf(row, now, 'lowered', row.state, `${before.severity} became ${row.severity}: not seen for a day`)];
    });
    await runMany(x, addEvents, events);
    return events.length;
  }

  async function admit(x: Executor, now: number): Promise<number> {
    const today = (await x.get(once(admittedQuery(db, startOfToday(now)))))?.count ?? 0;
    const critical = await x.all(once(waitingQuery(db, now).where('rank', '=', CRITICAL).limit(SLICE)));
    const others = today >= ROWS_A_DAY ? [] : await x.all(once(othersQuery(db, now)));
    const waiting = [...critical, ...others].map((row) => ({
      id: row.id,
      severity: row.severity,
      openedAt: row.opened_at,
      shadowUntil: row.shadow_until,
      unconfirmed: row.unconfirmed === 1,
    }));
    const ids = triage(now, waiting, today);
    if (ids.length === 0) return 0;
    const set = db.updateTable('incidents').set({ admitted_at: now });
    return await x.run(once(set.where('id', 'in', [...ids]).where('admitted_at', 'is', null)));
  }

  async function overdue(x: Executor, now: number): Promise<readonly NoticesTable[]> {
    const rows = await x.all(once(dueQuery(db, now)));
    await runMany(
      x,
      update,
      rows.map((row) => ({ ...row, late: 1 })),
    );
    await runMany(
      x,
      addEvents,
      rows.map((row) => eventOf(row, now, 'overdue', row.state, '')),
    );
    return rows.map((row) => noticeOf('overdue', `${row.id}|${row.due ?? 0}`, row.id, now));
  }

  /** Of what was admitted, or became graver since. */
  async function tell(x: Executor, now: number): Promise<readonly NoticesTable[]> {
    const rows = await x.all(once(untoldQuery(db)));
    await runMany(
      x,
      update,
      rows.map((row) => ({ ...row, told: row.rank })),
    );
    return rows.map((row) => noticeOf('incident', `${row.id}|${row.opened_at}|${row.rank}`, row.id, now));
  }

  async function digest(x: Executor, now: number): Promise<readonly NoticesTable[]> {
    const notice = noticeOf('digest', isoTime(now).slice(0, 10), null, now);
    const known = await x.get(once(db.selectFrom('notices').select('id').where('subject', '=', notice.subject)));
    if (known !== undefined) return [];
    const isAny = (await readDigest(x, db, now)) !== null || (await readUnconfirmed(x, db)) !== null;
    return isAny ? [notice] : [];
  }

  return {
    async deskRound(x: Executor, now: number): Promise<DeskRound> {
      const lowered = await lower(x, now);
      const admitted = await admit(x, now);
      const late = await overdue(x, now);
      const notices = [...late, ...(await tell(x, now)), ...(await digest(x, now))];
      if (notices.length > 0) {
        await x.run(
          once(
            db
              .insertInto('notices')
              .values(notices)
              .onConflict((conflict) => conflict.doNothing()),
          ),
        );
      }
      const old = db
        .selectFrom('notices')
        .select('id')
        .where('at', '<', now - KEPT)
        .orderBy('at')
        .limit(SLICE);
      await x.run(once(db.deleteFrom('notices').where('id', 'in', old)));
      return { admitted, overdue: late.length, lowered, notices: notices.length };
    },
  };
}

/** What is in shadow now, as one row; null where nothing is. */
export async function readDigest(x: Executor, db: Builder, now: number): Promise<Digest | null> {
  const row = await x.get(once(digestQuery(db, now)));
  if (row === undefined || row.until === null || Number(row.incidents) === 0) return null;
  return { incidents: Number(row.incidents), flows: Number(row.flows), until: Number(row.until) };
}

export function digestQuery(db: Builder, now: number) {
  return open(db)
    .select((eb) => [
      eb.fn.countAll<number>().as('incidents'),
      eb.fn.count<number>('flow').distinct().as('flows'),
      eb.fn.min<number | null>('shadow_until').as('until'),
    ])
    .where('admitted_at', 'is', null)
    .where('shadow_until', 'is not', null)
    .where('shadow_until', '>', now)
    .where('unconfirmed', '=', sql.lit(0))
    .where('rank', '<', CRITICAL);
}

/** What words of texts alone speak for, as one row; null where nothing is. */
export async function readUnconfirmed(x: Executor, db: Builder): Promise<Unconfirmed | null> {
  const row = await x.get(once(unconfirmedQuery(db)));
  if (row === undefined || Number(row.incidents) === 0) return null;
  return { incidents: Number(row.incidents), flows: Number(row.flows), messages: Number(row.messages) };
}

export function unconfirmedQuery(db: Builder) {
  return open(db)
    .select((eb) => [
      eb.fn.countAll<number>().as('incidents'),
      eb.fn.count<number>('flow').distinct().as('flows'),
      eb.fn.sum<number | null>('messages').as('messages'),
    ])
    .where('unconfirmed', '=', sql.lit(1))
    .where('admitted_at', 'is', null)
    .where('rank', '<', CRITICAL);
}

function open(db: Builder) {
  return db.selectFrom('incidents').where('state', '=', 'open');
}

export function waitingQuery(db: Builder, _now: number) {
  return open(db)
    .select(['id', 'severity', 'opened_at', 'shadow_until', 'unconfirmed'])
    .where('admitted_at', 'is', null)
    .orderBy('rank', 'desc')
    .orderBy('opened_at')
    .orderBy('id');
}

export function othersQuery(db: Builder, now: number) {
  return waitingQuery(db, now)
    .where('rank', '<', CRITICAL)
    .where((eb) => eb.or([eb('shadow_until', 'is', null), eb('shadow_until', '<=', now)]))
    .where('unconfirmed', '=', sql.lit(0))
    .limit(ROWS_A_DAY);
}

export function admittedQuery(db: Builder, since: number) {
  return db
    .selectFrom('incidents')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('admitted_at', '>=', since)
    .where('rank', '<', CRITICAL);
}

export function quietQuery(db: Builder, now: number) {
  return db
    .selectFrom('incidents')
    .selectAll()
    .where('ongoing', '=', sql.lit(1))
    .where('last_seen', '<=', now - ONGOING)
    .orderBy('last_seen')
    .limit(SLICE);
}

export function dueQuery(db: Builder, now: number) {
  return db
    .selectFrom('incidents')
    .selectAll()
    .where('late', '=', sql.lit(0))
    .where('due', 'is not', null)
    .where('due', '<=', now)
    .orderBy('due')
    .limit(SLICE);
}

export function untoldQuery(db: Builder) {
  return db
    .selectFrom('incidents')
    .selectAll()
    .where('admitted_at', 'is not', null)
    .whereRef('rank', '>', 'told')
    .where('rank', '>=', TOLD_FROM)
    .orderBy('rank')
    .limit(SLICE);
}

function noticeOf(kind: string, subject: string, incident: IncidentsTable['id'] | null, at: number): NoticesTable {
  return { id: uuid(), subject: `${kind}|${subject}`, kind, incident, at, planned: 0 };
}
