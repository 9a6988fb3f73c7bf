import { deleteMany, runMany } from '../many.ts';
import { registryWrites } from '../registry/writes.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { LineageSchema } from './schema.ts';

/** Rows that one transaction removes: nobody's accept waits for more. */
const SLICE = 500;

type Trail = LineageSchema['lineage_trail'];

/** What was removed, and whether there may be more. */
export interface Forgotten {
  readonly tokens: number;
  readonly messages: number;
  readonly more: boolean;
}

/** Removes from lineage: a person who asks for it, and what is older than rows of messages are kept. */
export function forgetWrites(db: Builder) {
  const { forgetKnown } = registryWrites(db);
  const dropTrail = deleteMany<Trail>(db, 'lineage_trail', { month: 'integer', person: 'text', at: 'bigint', message: 'text' });
  const dropContent = deleteMany<LineageSchema['lineage_content']>(db, 'lineage_content', {
    month: 'integer',
    print: 'text',
    message: 'text',
  });
  const trailOf = (keys: readonly string[], month: number) =>
    once(db.selectFrom('lineage_trail').selectAll().where('month', '=', month).where('person', 'in', keys).limit(SLICE));
  const trailBefore = (month: number) =>
    once(db.selectFrom('lineage_trail').selectAll().where('month', '<', month).orderBy('month').limit(SLICE));
  const contentBefore = (month: number) =>
    once(db.selectFrom('lineage_content').selectAll().where('month', '<', month).orderBy('month').limit(SLICE));
  /** What a person had that was seen last before a time; and who has nothing left is known by no token any more. */
  async function dropPersons(x: Executor, persons: readonly string[], at: number): Promise<void> {
    if (persons.length === 0) return;
    await x.run(once(db.deleteFrom('lineage_exposure').where('person', 'in', persons).where('last_seen', '<', at)));
    const left = await x.all(once(db.selectFrom('lineage_exposure').select('person').distinct().where('person', 'in', persons)));
    const seen = new Set(left.map(({ person }) => person));
    const gone = persons.filter((person) => !seen.has(person));
    // What the registry learnt goes by its own clock.
    if (gone.length > 0)
      await x.run(once(db.deleteFrom('lineage_people').where('person', 'in', gone).where('learnt', 'is', null)));
  }

  return {
    /** A slice of what lists the keys in one month; without a month, their tokens and sums, which go last, from registry and cohorts too. */
    async forgetPerson(
      x: Executor,
      { keys, month, at }: { keys: readonly string[]; month: number | null; at: number },
    ): Promise<Forgotten> {
      if (month !== null) {
        const rows = await x.all(trailOf(keys, month));
        await runMany(x, dropTrail, rows);
        return { tokens: 0, messages: rows.length, more: rows.length === SLICE };
      }
      await x.run(once(db.deleteFrom('lineage_exposure').where('person', 'in', keys)));
      const known = await x.all(
        once(
          db
            .selectFrom('lineage_people')
            .selectAll()
            .where((eb) => eb.or([eb('person', 'in', keys), eb('token', 'in', keys)])),
        ),
      );
      const people = db.deleteFrom('lineage_people');
      const tokens =
        (await x.run(once(people.where('person', 'in', keys)))) + (await x.run(once(people.where('token', 'in', keys))));
      await forgetKnown(x, known, keys, at);
      return { tokens, messages: 0, more: false };
    },
    /** A slice of what is listed of months before, and of persons whom nothing lists any more. More where it is a full one. */
    async dropTrail(x: Executor, { month, at }: { month: number; at: number }): Promise<boolean> {
      const trail = await x.all(trailBefore(month));
      const content = await x.all(contentBefore(month));
      await runMany(x, dropTrail, trail);
      await runMany(x, dropContent, content);
      await dropPersons(x, [...new Set(trail.map(({ person }) => person))], at);
      return trail.length === SLICE || content.length === SLICE;
    },
  };
}
