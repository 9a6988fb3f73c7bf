import { CordonError } from '../../core/errors.ts';
import { moveReveal, REVEAL_STATES, type Reveal, type RevealMove } from '../../reveal/reveal.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { RevealsTable } from './schema.ts';

/** Reveals that one transaction drops. */
const SLICE = 200;

export function revealWrites(db: Builder) {
  const byId = (id: string) => once(db.selectFrom('reveals').selectAll().where('id', '=', id));
  return {
    async askReveal(x: Executor, reveal: Reveal): Promise<void> {
      const insert = db.insertInto('reveals').values(toRow(reveal));
      await x.run(once(insert.onConflict((conflict) => conflict.column('id').doNothing())));
    },
    async moveReveal(x: Executor, { id, move }: { id: string; move: RevealMove }): Promise<Reveal> {
      const row = await x.get(byId(id));
      if (row === undefined) throw new CordonError('ledger.conflict', `there is no reveal ${id}`);
      // The answer to the same call was lost.
      if (row.state === move.to && row.decided_user === move.by.user && row.decided_at === move.at) return toReveal(row);
      const moved = moveReveal(toReveal(row), move);
      const { state, decided_user, decided_name, decided_at, until } = toRow(moved);
      const set = { state, decided_user, decided_name, decided_at, until };
      await x.run(once(db.updateTable('reveals').set(set).where('id', '=', id)));
      return moved;
    },
    /** Reveals that were over before `at`; the audit log has its own time. More where it is a full slice. */
    async dropReveals(x: Executor, at: number): Promise<boolean> {
      const ids = (await x.all(overQuery(db, at))).map(({ id }) => id);
      if (ids.length > 0) await x.run(once(db.deleteFrom('reveals').where('id', 'in', ids)));
      return ids.length === SLICE;
    },
  };
}

/** Every state by name, so that the index finds them. */
function overQuery(db: Builder, at: number) {
  return once(
    db
      .selectFrom('reveals')
      .select('id')
      .where('state', 'in', [...REVEAL_STATES])
      .where('until', '<', at)
      .limit(SLICE),
  );
}

export function revealReads(db: Builder) {
  /** The production SQL of a page, for `live` and for the test that explains it. */
  const liveQuery = (state: 'asked' | 'approved', now: number, limit: number) =>
    once(
      db
        .selectFrom('reveals')
        .selectAll()
        .where('state', '=', state)
        .where('until', '>', now)
        .orderBy('until')
        .orderBy('id')
        .limit(limit),
    );
  const incidentQuery = (incident: string, limit: number) =>
    once(
      db
        .selectFrom('reveals')
        .selectAll()
        .where('incident', '=', incident)
        .orderBy('asked_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit),
    );
  return {
    liveQuery,
    incidentQuery,
    async get(x: Executor, id: string): Promise<Reveal | null> {
      const row = await x.get(once(db.selectFrom('reveals').selectAll().where('id', '=', id)));
      return row === undefined ? null : toReveal(row);
    },
    async live(x: Executor, state: 'asked' | 'approved', now: number, limit: number): Promise<readonly Reveal[]> {
      return (await x.all(liveQuery(state, now, limit))).map(toReveal);
    },
    async ofIncident(x: Executor, incident: string, limit: number): Promise<readonly Reveal[]> {
      return (await x.all(incidentQuery(incident, limit))).map(toReveal);
    },
  };
}

function toRow({ asked, decided, ...rest }: Reveal): RevealsTable {
  return {
    ...rest,
    asked_user: asked.user,
    asked_name: asked.name,
    asked_at: asked.at,
    decided_user: decided?.user ?? null,
    decided_name: decided?.name ?? null,
    decided_at: decided?.at ?? null,
  };
}

function toReveal(row: RevealsTable): Reveal {
  const { asked_user, asked_name, asked_at, decided_user, decided_name, decided_at, ...rest } = row;
  return {
    ...rest,
    asked: { user: asked_user, name: asked_name, at: asked_at },
    decided:
      decided_user === null || decided_name === null || decided_at === null
        ? null
        : { user: decided_user, name: decided_name, at: decided_at },
  };
}
