import { sql } from 'kysely';
import type { LineageRow, PersonToken, Transit } from '../../lineage/row.ts';
import { type Columns, insertMany, runMany } from '../many.ts';
import { monthNumber } from '../months.ts';
import { type Builder, type Executor, together } from '../statement.ts';
import { bothSeen, type Counted, lineageCountWrites, seenOf, summed } from './counts.ts';
import type { LineageExposureTable, LineageHopsTable, LineageSchema } from './schema.ts';

type Names = LineageSchema['lineage_names'];
type People = LineageSchema['lineage_people'];

const DAY = 86_400_000;
const PEOPLE: Columns<People> = { token: 'text', person: 'text', strong: 'integer', kind: 'text', learnt: 'bigint' };

type Exposed = Pick<LineageExposureTable, 'person' | 'hop' | Transit>;

/** A scanned message and what it adds. */
export interface LineageFact {
  readonly message: string;
  readonly receivedAt: number;
  readonly scannedAt: number;
  readonly lineage: LineageRow;
}

/** Adds what scanned messages say of lineage. Runs once for a message: saveScan sees to that. What several of them add to is written once. */
export function lineageWrites(db: Builder) {
  const addHops = insertMany<LineageHopsTable>(
    db,
    'lineage_hops',
    {
      id: 'bigint',
      flow: 'text',
      flow_key: 'text',
      policy: 'text',
      protocol: 'text',
      source: 'text',
      destination: 'text',
      entity: 'text',
      location: 'text',
      first_seen: 'bigint',
      last_seen: 'bigint',
    },
    { conflict: sql`(id) do update set ${seenOf('lineage_hops')}` },
  );
  const addCounted = lineageCountWrites(db);
  const addNames = insertMany<Names>(
    db,
    'lineage_names',
    { name: 'text', beside: 'text', rule: 'text', first_seen: 'bigint', last_seen: 'bigint' },
    { conflict: sql`(name, beside, rule) do update set ${seenOf('lineage_names')}` },
  );
  const addTokens = insertMany<People>(db, 'lineage_people', PEOPLE);
  // A token that is taught again is written again once a day: by that, retention and other processes know it.
  const teachTokens = insertMany<People>(db, 'lineage_people', PEOPLE, {
    conflict: sql`(token, person) do update set kind = excluded.kind, learnt = excluded.learnt
      where lineage_people.learnt is null or lineage_people.learnt + ${sql.lit(DAY)} <= excluded.learnt`,
  });
  const addTrail = insertMany<LineageSchema['lineage_trail']>(db, 'lineage_trail', {
    month: 'integer',
    person: 'text',
    at: 'bigint',
    message: 'text',
  });
  const addContent = insertMany<LineageSchema['lineage_content']>(db, 'lineage_content', {
    month: 'integer',
    print: 'text',
    message: 'text',
  });
  const addExposure = insertMany<LineageExposureTable, Exposed>(
    db,
    'lineage_exposure',
    {
      person: 'text',
      hop: 'bigint',
      proven: 'bigint',
      claimed: 'bigint',
      unknown: 'bigint',
      failed: 'bigint',
      categories: 'integer',
      first_seen: 'bigint',
      last_seen: 'bigint',
    },
    {
      conflict: sql`(person, hop) do update set proven = lineage_exposure.proven + excluded.proven,
        claimed = lineage_exposure.claimed + excluded.claimed, unknown = lineage_exposure.unknown + excluded.unknown,
        failed = lineage_exposure.failed + excluded.failed, categories = lineage_exposure.categories | excluded.categories,
        ${seenOf('lineage_exposure')}`,
      returning: ['person', 'hop', 'proven', 'claimed', 'unknown', 'failed'],
    },
  );

  /** Days and months count patients whom the exposure had not known, so it comes first. */
  async function addCounts(x: Executor, facts: readonly LineageFact[]): Promise<void> {
    const exposed = summed(facts.flatMap(exposuresOf), ({ person, hop }) => `${hop}|${person}`, joinExposures);
    const before = new Map(exposed.map((row) => [`${row.hop}|${row.person}`, totalOf(row)]));
    const after = await runMany(x, addExposure, exposed);
    const fresh = new Set(
      after
        .map((row) => ({ key: `${row.hop}|${row.person}`, total: totalOf(row) }))
        .flatMap(({ key, total }) => (before.get(key) === total ? [key] : [])),
    );
    const counted = facts.map((fact): Counted => {
      const keys = fact.lineage.trail.filter(({ patient }) => patient).map(({ key }) => `${fact.lineage.hop.id}|${key}`);
      // The first message of the batch that shows a patient counts the patient.
      return countedOf(fact, keys.filter((key) => fresh.delete(key)).length);
    });
    await addCounted(x, counted);
  }

  async function addPeople(x: Executor, tokens: readonly People[]): Promise<void> {
    const { taught = [], others = [] } = Object.groupBy(tokens, ({ learnt }) => (learnt === null ? 'others' : 'taught'));
    await runMany(x, addTokens, others);
    await runMany(x, teachTokens, taught);
  }

  return {
    async addLineage(x: Executor, facts: readonly LineageFact[]): Promise<void> {
      if (facts.length === 0) return;
      await together(x, [
        () =>
          runMany(
            x,
            addHops,
            summed(facts.map(hopOf), ({ id }) => String(id), bothSeen),
          ),
        () => addCounts(x, facts),
        () =>
          runMany(
            x,
            addNames,
            summed(facts.flatMap(namesOf), ({ name, beside, rule }) => `${name}|${beside}|${rule}`, bothSeen),
          ),
        () => addPeople(x, tokensOf(facts)),
        () => runMany(x, addTrail, facts.flatMap(trailOf)),
        () => runMany(x, addContent, facts.flatMap(contentOf)),
      ]);
    },
  };
}

function hopOf({ receivedAt, lineage }: LineageFact): LineageHopsTable {
  const { flowKey: flow_key, ...hop } = lineage.hop;
  return { ...hop, flow_key, first_seen: receivedAt, last_seen: receivedAt };
}

function namesOf({ receivedAt, lineage }: LineageFact): Names[] {
  return lineage.pairs.map((pair) => ({ ...pair, first_seen: receivedAt, last_seen: receivedAt }));
}

function tokensOf(facts: readonly LineageFact[]): People[] {
  const tokens = facts.flatMap(({ scannedAt, lineage }) => lineage.tokens.map((each): People => peopleOf(each, scannedAt)));
  return summed(tokens, keyOf, (one, other) =>
    other.learnt === null ? { ...other, kind: one.kind, learnt: one.learnt } : other,
  ).slice();
}

function peopleOf({ token, person, strong, kind }: PersonToken, scannedAt: number): People {
  return { token, person, strong: strong ? 1 : 0, kind: kind ?? null, learnt: kind === undefined ? null : scannedAt };
}

function keyOf({ token, person }: People): string {
  return `${token}|${person}`;
}

function trailOf({ message, receivedAt, lineage }: LineageFact): LineageSchema['lineage_trail'][] {
  return lineage.trail.map(({ key }) => ({ month: monthNumber(receivedAt), person: key, at: receivedAt, message }));
}

function contentOf({ message, receivedAt, lineage }: LineageFact): LineageSchema['lineage_content'][] {
  return lineage.prints.map((print) => ({ month: monthNumber(receivedAt), print, message }));
}

function exposuresOf({ receivedAt, lineage }: LineageFact): LineageExposureTable[] {
  const { hop, transit, categories } = lineage;
  const none = { proven: 0, claimed: 0, unknown: 0, failed: 0 };
  const seen = { categories, first_seen: receivedAt, last_seen: receivedAt };
  return lineage.trail.map(({ key }) => ({ person: key, hop: hop.id, ...none, [transit]: 1, ...seen }));
}

function joinExposures(one: LineageExposureTable, other: LineageExposureTable): LineageExposureTable {
  return {
    ...bothSeen(one, other),
    proven: one.proven + other.proven,
    claimed: one.claimed + other.claimed,
    unknown: one.unknown + other.unknown,
    failed: one.failed + other.failed,
    categories: one.categories | other.categories,
  };
}

function totalOf({ proven, claimed, unknown, failed }: Exposed): number {
  return proven + claimed + unknown + failed;
}

function countedOf({ receivedAt, lineage }: LineageFact, patients: number): Counted {
  const { hop, transit, bytes, categories, others, unpermitted, subjects } = lineage;
  const counted = { messages: 1, bytes, patients, categories, others, unpermitted, subjects };
  return { at: receivedAt, hop: hop.id, transit, ...counted, first_seen: receivedAt, last_seen: receivedAt };
}
