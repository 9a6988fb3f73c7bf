import { printText } from '../../registry/print.ts';
import { insertMany, runMany } from '../many.ts';
import type { Schema } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { RegistrySchema } from './schema.ts';
import type { KnownIdentifier } from './store.ts';

/** Identifiers that one transaction removes. */
const SLICE = 500;
/** Tokens that one statement names. */
const NAMED = 500;

type Gone = RegistrySchema['registry_gone'];
type Known = Pick<Schema['lineage_people'], 'token' | 'learnt'>;

/** What leaves registry and cohorts, and who enters a cohort. What is learnt is written with lineage (lineage/writes.ts). */
export function registryWrites(db: Builder) {
  const tell = insertMany<Gone>(db, 'registry_gone', { at: 'bigint', print: 'text', part: 'text' });
  const enter = insertMany<RegistrySchema['cohorts'], { token: string }>(
    db,
    'cohorts',
    { name: 'text', token: 'text', kind: 'text', added: 'bigint' },
    { returning: ['token'] },
  );

  /** Tells of tokens that nobody bears any more as far as the registry knows; another patient may have the same phone. */
  async function tellOf(x: Executor, tokens: readonly string[], at: number): Promise<void> {
    for (const some of inParts([...new Set(tokens)])) {
      const rows = await x.all(
        once(
          db.selectFrom('lineage_people').select('token').distinct().where('token', 'in', some).where('learnt', 'is not', null),
        ),
      );
      const still = new Set(rows.map(({ token }) => token));
      const gone = some.filter((token) => !still.has(token));
      await runMany(
        x,
        tell,
        gone.map((token) => ({ at, print: printText(token), part: 'patient' })),
      );
    }
  }

  async function leaveCohorts(x: Executor, name: string | null, tokens: readonly string[], at: number): Promise<number> {
    let left = 0;
    for (const some of inParts(tokens)) {
      const members = await x.all(
        once(
          db
            .selectFrom('cohorts')
            .select(['name', 'token'])
            .where('token', 'in', some)
            .$if(name !== null, (query) => query.where('name', '=', name ?? '')),
        ),
      );
      for (const member of members)
        left += await x.run(once(db.deleteFrom('cohorts').where('name', '=', member.name).where('token', '=', member.token)));
      await runMany(
        x,
        tell,
        members.map((member) => ({ at, print: printText(member.token), part: member.name })),
      );
    }
    return left;
  }

  return {
    /** Of a person who was just removed from lineage: out of the registry where it knew them, and out of every cohort, by the tokens asked for too. */
    async forgetKnown(x: Executor, known: readonly Known[], keys: readonly string[], at: number): Promise<void> {
      await tellOf(
        x,
        known.filter(({ learnt }) => learnt !== null).map(({ token }) => token),
        at,
      );
      await leaveCohorts(x, null, [...new Set([...known.map(({ token }) => token), ...keys])], at);
    },
    /** A slice of what nobody taught since `before`; lineage keeps its tokens where it still lists the person. Returns how many. */
    async dropKnown(x: Executor, { before, at }: { before: number; at: number }): Promise<number> {
      const rows = await x.all(
        once(
          db
            .selectFrom('lineage_people')
            .select(['token', 'person'])
            .where('learnt', '<', before)
            .orderBy('learnt')
            .orderBy('token')
            .limit(SLICE),
        ),
      );
      if (rows.length === 0) return 0;
      const persons = [...new Set(rows.map(({ person }) => person))];
      const listed = new Set(
        (await x.all(once(db.selectFrom('lineage_exposure').select('person').distinct().where('person', 'in', persons)))).map(
          ({ person }) => person,
        ),
      );
      for (const { token, person } of rows) {
        await x.run(
          listed.has(person)
            ? once(
                db
                  .updateTable('lineage_people')
                  .set({ kind: null, learnt: null })
                  .where('token', '=', token)
                  .where('person', '=', person),
              )
            : once(db.deleteFrom('lineage_people').where('token', '=', token).where('person', '=', person)),
        );
      }
      await tellOf(
        x,
        rows.map(({ token }) => token),
        at,
      );
      return rows.length;
    },
    async dropGone(x: Executor, before: number): Promise<number> {
      return await x.run(once(db.deleteFrom('registry_gone').where('at', '<', before)));
    },
    async enterCohort(
      x: Executor,
      { cohort, members, at }: { cohort: string; members: readonly KnownIdentifier[]; at: number },
    ): Promise<number> {
      const rows = members.map(({ token, kind }) => ({ name: cohort, token, kind, added: at }));
      return (await runMany(x, enter, rows)).length;
    },
    async leaveCohort(
      x: Executor,
      { cohort, tokens, at }: { cohort: string; tokens: readonly string[]; at: number },
    ): Promise<number> {
      return await leaveCohorts(x, cohort, tokens, at);
    },
  };
}

function inParts(tokens: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let from = 0; from < tokens.length; from += NAMED) parts.push(tokens.slice(from, from + NAMED));
  return parts;
}
