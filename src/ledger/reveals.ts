import { CordonError } from '../core/errors.ts';
import { moveReveal, type Reveal, type RevealMove } from '../reveal/reveal.ts';
import type { Answer, Argument, OperationName } from './operations.ts';
import type { RevealsTable } from './reveal-schema.ts';
import { type Builder, type Executor, once } from './statement.ts';

/** Questions to see a value, and what was answered. The value itself is nowhere here. */
export interface RevealStore {
  /** Keeps a question; the same one twice is one. */
  ask(reveal: Reveal): Promise<void>;
  /** Errors as of `moveReveal`; `ledger.conflict` too where there is no such reveal. Of two who decide at once, one does. */
  move(id: string, move: RevealMove): Promise<Reveal>;
  get(id: string): Promise<Reveal | null>;
  /** Those that wait for a decision at `now`, or are open then; the one that ends first before. */
  live(state: 'asked' | 'approved', now: number, limit: number): Promise<readonly Reveal[]>;
  /** Those of an incident, the latest first. */
  ofIncident(incident: string, limit: number): Promise<readonly Reveal[]>;
}

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
  };
}

/** The production SQL of pages, for the store and for the test that explains it. */
export function revealReads(db: Builder) {
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
  return { liveQuery, incidentQuery };
}

interface Parts {
  readonly db: Builder;
  readonly reader: Executor;
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
}

export function revealStore({ db, reader, call }: Parts): RevealStore {
  const { liveQuery, incidentQuery } = revealReads(db);
  return {
    ask: (reveal) => call('askReveal', reveal),
    move: (id, move) => call('moveReveal', { id, move }),
    async get(id) {
      const row = await reader.get(once(db.selectFrom('reveals').selectAll().where('id', '=', id)));
      return row === undefined ? null : toReveal(row);
    },
    live: async (state, now, limit) => (await reader.all(liveQuery(state, now, limit))).map(toReveal),
    ofIncident: async (incident, limit) => (await reader.all(incidentQuery(incident, limit))).map(toReveal),
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
