import { sql } from 'kysely';
import { type EvidencePeriod, type EvidenceTally, HOPS, type Outcome, standingOutcome } from '../../core/evidence.ts';
import { cursorOf, readCursor, unusable } from '../cursor.ts';
import type { Page } from '../page.ts';
import type { EvidenceHistoryTable, EvidenceTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { keyOf, toKnown } from './evidence.ts';
import type { EvidenceFilter } from './store.ts';

/** Rows that a walk reads at a time of each table. */
const CHUNK = 500;

/** The place of a period in the order of a walk. */
type Place = Pick<EvidenceTable, 'target' | 'check_name' | 'profile' | 'since'>;

/** Which periods: those that overlap a time, both its ends included. */
interface Periods extends EvidenceFilter {
  readonly from: number;
  readonly to: number;
}

/** Target, check and profile of a row, in their order. */
const KEY = sql`(target, check_name, profile)`;
const keyTuple = ({ target, check_name, profile }: Place) => sql`(${target}, ${check_name}, ${profile})`;

/** Targets of hops are stretches of the index: `;` comes after `:`. */
const IS_HOP = sql<boolean>`(${sql.join(
  HOPS.map((hop) => sql`(target >= ${hop} AND target < ${hop.replace(':', ';')})`),
  sql` OR `,
)})`;

/** Periods of evidence: the newest of each check, and from evidence_history those before it. */
export function evidenceHistoryReads(db: Builder) {
  /** What a filter asks of a row of either table. */
  function asks({ target, check, profile, kind }: EvidenceFilter) {
    const asked = [
      target === undefined ? null : sql<boolean>`target = ${target}`,
      check === undefined ? null : sql<boolean>`check_name = ${check}`,
      profile === undefined ? null : sql<boolean>`profile = ${profile}`,
      kind === undefined ? null : kind === 'transit' ? IS_HOP : sql<boolean>`NOT ${IS_HOP}`,
    ].filter((one) => one !== null);
    return asked.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`${sql.join(asked, sql` AND `)}`;
  }

  /** The newest of each check, from the place on, whatever its time: they say which checks there are. */
  function newestQuery(filter: EvidenceFilter, after: Place | null) {
    const query = db
      .selectFrom('evidence')
      .selectAll()
      .where(asks(filter))
      .orderBy('target')
      .orderBy('check_name')
      .orderBy('profile')
      .limit(CHUNK);
    return once(after === null ? query : query.where(sql<boolean>`${KEY} >= ${keyTuple(after)}`));
  }

  /** Periods that ended, of the checks after the place up to the last of the newest that were read. */
  function endedQuery({ from, to, ...filter }: Periods, after: Place | null, last: EvidenceTable) {
    const query = db
      .selectFrom('evidence_history')
      .selectAll()
      .where(asks(filter))
      .where('ended', '>', from)
      .where('since', '<=', to)
      .where(sql<boolean>`${KEY} <= ${keyTuple(last)}`)
      .orderBy('target')
      .orderBy('check_name')
      .orderBy('profile')
      .orderBy('since')
      .limit(CHUNK);
    if (after === null) return once(query);
    const { target, check_name, profile, since } = after;
    return once(
      query.where(sql<boolean>`(target, check_name, profile, since) > (${target}, ${check_name}, ${profile}, ${since})`),
    );
  }

  /** Periods in order, after the place. Reads a chunk of each table at a time, as far as it is asked on. */
  async function* walk(x: Executor, periods: Periods, start: Place | null): AsyncGenerator<EvidencePeriod> {
    for (let after = start; ; ) {
      // In this order: what is ended by a write between the two is then in both, never in none.
      const newest = await x.all(newestQuery(periods, after));
      const last = newest.at(-1);
      if (last === undefined) return;
      const ended = await x.all(endedQuery(periods, after, last));
      const cut = ended.length === CHUNK ? ended.at(-1) : undefined;
      yield* inOrder(periods, after, newest, ended);
      if (cut !== undefined) after = cut;
      else if (newest.length < CHUNK) return;
      else after = { ...last, since: Number.MAX_SAFE_INTEGER };
    }
  }

  function tallyQuery(table: 'evidence' | 'evidence_history', { at, ...filter }: EvidenceFilter & { at: number }) {
    const query = db
      .selectFrom(table)
      .select([
        sql<EvidenceTally['kind']>`CASE WHEN ${IS_HOP} THEN 'transit' ELSE 'rest' END`.as('kind'),
        'profile',
        sql<Outcome>`CASE WHEN outcome <> 'not_applicable' AND expires <= ${at} THEN 'unknown' ELSE outcome END`.as('standing'),
        sql<number>`count(*)`.as('rows'),
      ])
      .where(asks(filter))
      .where('since', '<=', at)
      .groupBy(['kind', 'profile', 'standing']);
    return once(table === 'evidence' ? query : query.where(sql<boolean>`ended > ${at}`));
  }

  return {
    newestQuery,
    endedQuery,
    tallyQuery,
    /** One page of the periods that overlap the time. Throws `usage` for a cursor that no page gave out. */
    async page(
      x: Executor,
      filter: Periods & { outcome?: Outcome; limit: number; cursor?: string },
    ): Promise<Page<EvidencePeriod>> {
      const { outcome, limit, cursor, ...periods } = filter;
      const rows: EvidencePeriod[] = [];
      for await (const row of walk(x, periods, cursor === undefined ? null : placeOf(cursor))) {
        if (outcome !== undefined && standingOutcome(row, filter.to) !== outcome) continue;
        const last = rows.at(-1);
        if (rows.length === limit && last !== undefined) return { rows, next: cursorAfter(last) };
        rows.push(row);
      }
      return { rows, next: null };
    },
    /** By kind, profile and outcome; one row of each table may be about the same three. */
    async tally(x: Executor, filter: EvidenceFilter & { at: number }): Promise<readonly EvidenceTally[]> {
      const [newest, ended] = [await x.all(tallyQuery('evidence', filter)), await x.all(tallyQuery('evidence_history', filter))];
      return [...newest, ...ended].map(({ standing, profile, ...tally }) => ({
        ...tally,
        profile: profile === '' ? null : profile,
        outcome: standing,
      }));
    },
  };
}

/** Periods of both tables in one order. Where the ended ones fill a chunk, nothing after the last of them: others may be missing. */
function* inOrder(
  { to }: Periods,
  after: Place | null,
  newest: readonly EvidenceTable[],
  ended: readonly EvidenceHistoryTable[],
): Generator<EvidencePeriod> {
  const before = Map.groupBy(ended, keyOf);
  const cut = ended.length === CHUNK ? ended.at(-1) : undefined;
  for (const row of newest) {
    const key = keyOf(row);
    const own = before.get(key) ?? [];
    for (const period of own) yield { ...toKnown(period), ended: period.ended };
    if (cut !== undefined && keyOf(cut) === key) return;
    const passed = after !== null && keyOf(after) === key && row.since <= after.since;
    const moved = own.some(({ since }) => since === row.since);
    if (row.since <= to && !passed && !moved) yield { ...toKnown(row), ended: null };
  }
}

function cursorAfter({ target, check, profile, since }: EvidencePeriod): string {
  return cursorOf(since, keyOf({ target, check_name: check, profile: profile ?? '' }));
}

function placeOf(cursor: string): Place {
  const [since, key] = readCursor(cursor, 1);
  const [target, check_name, profile, ...more] = key.split('\0');
  if (target === undefined || check_name === undefined || profile === undefined || more.length > 0) throw unusable();
  return { target, check_name, profile, since };
}
