import { type Builder, type Executor, once } from '../statement.ts';

/** Devices that one transaction drops: retention must not make accepts wait. */
const SLICE = 200;

/** Lets go of devices that nobody heard of for as long as messages are kept. */
export function deviceDrops(db: Builder) {
  /** Devices that stand alone and were last seen before; one of which a part was seen since stays. */
  function silentQuery(at: number) {
    return once(
      db
        .selectFrom('devices')
        .select('id')
        .where('standing', '=', 1)
        .where('last_seen', '<', at)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('devices as part')
                .select('part.id')
                .whereRef('part.root', '=', 'devices.id')
                .where('part.last_seen', '>=', at),
            ),
          ),
        )
        .orderBy('last_seen')
        .orderBy('id')
        .limit(SLICE),
    );
  }

  return {
    silentQuery,
    /** Devices last seen before `at` with all that was said of them; their incidents stay. More where it is a full slice. */
    async dropDevices(x: Executor, at: number): Promise<boolean> {
      const roots = (await x.all(silentQuery(at))).map(({ id }) => id);
      if (roots.length === 0) return false;
      const parts = (await x.all(once(db.selectFrom('devices').select('id').where('root', 'in', roots)))).map(({ id }) => id);
      for (const table of ['device_values', 'device_flows', 'device_conflicts'] as const) {
        await x.run(once(db.deleteFrom(table).where('device', 'in', parts)));
      }
      await x.run(once(db.deleteFrom('devices').where('root', 'in', roots)));
      return roots.length === SLICE;
    },
  };
}
