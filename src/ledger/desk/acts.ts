import { CordonError } from '../../core/errors.ts';
import { incidentStatements } from '../incidents/facts.ts';
import type { NewEvent } from '../incidents/rows.ts';
import { runMany } from '../many.ts';
import type { IncidentsTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { type By, type Changed, changed, checkChange, undone } from './change.ts';
import { type Act, type Acted, MOST_AT_ONCE, type RefusedItem } from './store.ts';

/** Incidents that one transaction changes: acts of people must not make accepts wait. */
export const ACT_SLICE = 200;

/** An act or its undo, of a slice of the incidents. */
export interface ActSlice extends By {
  readonly act: string;
}

/** What people do to incidents, one or many: each as a whole or not at all, and the same act once. */
export function actWrites(db: Builder) {
  const { update, addEvents } = incidentStatements(db);

  async function save(x: Executor, all: readonly Changed[]): Promise<void> {
    await runMany(
      x,
      update,
      all.map(({ row }) => row),
    );
    await runMany(
      x,
      addEvents,
      all.map(({ event }) => event),
    );
  }

  return {
    async actOn(x: Executor, act: Act): Promise<Acted> {
      const by = { actor: act.actor, at: act.at, act: act.id };
      const ids = act.items.map(({ id }) => id);
      const had = new Set((await eventsOf(x, db, act.id, ids)).map(({ incident }) => incident));
      const outcome = judgeAct(await rowsOf(x, db, ids), act, by, had);
      await save(x, outcome.changes);
      return { id: act.id, done: outcome.done, refused: outcome.refused };
    },
    async undoOn(x: Executor, undo: { undone: string; by: ActSlice; ids: readonly string[] }): Promise<Acted> {
      const { by, ids } = undo;
      const had = new Set((await eventsOf(x, db, by.act, ids)).map(({ incident }) => incident));
      const events = await eventsOf(x, db, undo.undone, ids);
      const rows = await rowsOf(x, db, ids);
      const outcome = gather(
        events.map((event) => event.incident),
        had,
        (id) => {
          const event = events.find(({ incident }) => incident === id);
          const row = rows.get(id);
          if (row === undefined || event === undefined) throw missing(id);
          return undone(row, event, by);
        },
      );
      await save(x, outcome.changes);
      return { id: by.act, done: outcome.done, refused: outcome.refused };
    },
  };
}

export function actReads(db: Builder) {
  return {
    async preview(x: Executor, act: Act): Promise<Acted> {
      checkAct(act);
      const rows = new Map<string, IncidentsTable>();
      for (const slice of slicesOf(act.items)) {
        const ids = slice.map(({ id }) => id);
        for (const [id, row] of await rowsOf(x, db, ids)) rows.set(id, row);
      }
      const { done, refused } = judgeAct(rows, act, { actor: act.actor, at: act.at, act: act.id }, new Set());
      return { id: act.id, done, refused };
    },
    /** The incidents that an act changed; empty where there was none. */
    async incidentsOf(x: Executor, act: string): Promise<readonly string[]> {
      const rows = await x.all(
        once(db.selectFrom('incident_events').select('incident').where('act', '=', act).orderBy('incident').limit(MOST_AT_ONCE)),
      );
      return rows.map(({ incident }) => incident);
    },
  };
}

/** Throws `usage` where the change lacks something, names nobody, or is of too many. */
export function checkAct({ change, at, items }: Act): void {
  checkChange(change, at);
  if (items.length > MOST_AT_ONCE) {
    throw new CordonError(
      'usage',
      `${items.length} incidents are more than one act changes (${MOST_AT_ONCE}): filter them further`,
    );
  }
  if (new Set(items.map(({ id }) => id)).size !== items.length) throw new CordonError('usage', 'an incident is named twice');
}

export function slicesOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / ACT_SLICE);
  return Array.from({ length: count }, (_, index) => items.slice(index * ACT_SLICE, (index + 1) * ACT_SLICE));
}

interface Outcome {
  readonly changes: readonly Changed[];
  readonly done: readonly string[];
  readonly refused: readonly RefusedItem[];
}

function judgeAct(rows: ReadonlyMap<string, IncidentsTable>, act: Act, by: By, had: ReadonlySet<string>): Outcome {
  const items = new Map(act.items.map((item) => [item.id, item]));
  return gather([...items.keys()], had, (id) => {
    const row = rows.get(id);
    const item = items.get(id);
    if (row === undefined || item === undefined) throw missing(id);
    return changed(row, item, act.change, by);
  });
}

/** What each incident answers: those that had it already are done, a conflict refuses one and lets the others go on. */
function gather(ids: readonly string[], had: ReadonlySet<string>, change: (id: string) => Changed): Outcome {
  const changes: Changed[] = [];
  const done: string[] = [];
  const refused: RefusedItem[] = [];
  for (const id of ids) {
    try {
      if (!had.has(id)) changes.push(change(id));
      done.push(id);
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== 'ledger.conflict') throw error;
      refused.push({ id, why: error.message });
    }
  }
  return { changes, done, refused };
}

function missing(id: string): CordonError {
  return new CordonError('ledger.conflict', `there is no incident ${id}`);
}

async function rowsOf(x: Executor, db: Builder, ids: readonly string[]): Promise<ReadonlyMap<string, IncidentsTable>> {
  if (ids.length === 0) return new Map();
  const rows = await x.all(
    once(
      db
        .selectFrom('incidents')
        .selectAll()
        .where('id', 'in', [...ids]),
    ),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function eventsOf(x: Executor, db: Builder, act: string, ids: readonly string[]): Promise<readonly NewEvent[]> {
  if (ids.length === 0) return [];
  const found = db.selectFrom('incident_events').selectAll().where('act', '=', act);
  return await x.all(once(found.where('incident', 'in', [...ids])));
}
