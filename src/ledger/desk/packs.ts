import { SHADOW } from '../../policy/triage.ts';
import { type Builder, type Executor, once } from '../statement.ts';

/** Rule packs, and since when they judge. */
export function packWrites(db: Builder) {
  return {
    /** Packs that a ledger was begun with are not new to anybody; later ones are, from now on. */
    async knowPacks(x: Executor, { names, now }: { names: readonly string[]; now: number }): Promise<void> {
      if (names.length === 0) return;
      const isFirst = (await x.get(once(db.selectFrom('desk_packs').select('name').limit(1)))) === undefined;
      const insert = db
        .insertInto('desk_packs')
        .values(names.map((name) => ({ name, first_seen: isFirst ? 0 : now })))
        .onConflict((conflict) => conflict.doNothing());
      await x.run(once(insert));
    },
  };
}

/** Until when what these packs alone find is in shadow; null where one of them is not new, or nobody knows it. */
export async function shadowOfPacks(
  x: Executor,
  db: Builder,
  names: readonly string[],
): Promise<(packs: readonly string[]) => number | null> {
  const asked = [...new Set(names)];
  if (asked.length === 0) return () => null;
  const rows = await x.all(once(db.selectFrom('desk_packs').selectAll().where('name', 'in', asked)));
  const since = new Map(rows.map((row) => [row.name, row.first_seen]));
  return (packs) => {
    const earliest = Math.min(...packs.map((name) => since.get(name) ?? 0));
    return packs.length === 0 || earliest === 0 ? null : earliest + SHADOW;
  };
}
