import type { Location } from '../../policy/location.ts';
import { fromJson } from '../json.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { MadePlace } from './store.ts';

/** Places that somebody described over the API; those of rules/locations are files. */
export function placeWrites(db: Builder) {
  return {
    async savePlace(x: Executor, { location, by, at }: MadePlace): Promise<void> {
      const said = { description: JSON.stringify(location), made_by: by, made_at: at };
      await x.run(
        once(
          db
            .insertInto('places')
            .values({ id: location.id, ...said })
            .onConflict((conflict) => conflict.column('id').doUpdateSet(said)),
        ),
      );
    },
    async removePlace(x: Executor, id: string): Promise<boolean> {
      return (await x.run(once(db.deleteFrom('places').where('id', '=', id)))) > 0;
    },
  };
}

export function placeReads(db: Builder) {
  return {
    async list(x: Executor): Promise<readonly MadePlace[]> {
      const rows = await x.all(once(db.selectFrom('places').selectAll().orderBy('id')));
      return rows.map(({ description, made_by: by, made_at: at }) => ({ location: fromJson<Location>(description), by, at }));
    },
  };
}
