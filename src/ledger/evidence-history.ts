import type { EvidencePeriod } from '../core/evidence.ts';
import { cursorOf, readCursor, unusable } from './cursor.ts';
import { keyOf, toKnown } from './evidence.ts';
import type { Page } from './ledger.ts';
import type { EvidenceHistoryTable, EvidenceTable } from './schema.ts';
import { type Builder, type Executor, once } from './statement.ts';

/** Rows that a walk reads at a time of each table. */
const CHUNK = 500;

/** A row in the order of the walk: the place of the period before which nothing is left to read. */
type Place = Pick<EvidenceTable, 'target' | 'check_name' | 'profile' | 'since'>;

/** Whose periods: both ends of the time are included. */
interface Periods {
  readonly target?: string;
  readonly from: number;
  readonly to: number;
}

/** Periods of evidence: the newest of each check, and from evidence_history those before it. */
export function evidenceHistoryReads(db: Builder) {
  /** The newest of each check, from the place on, whatever its time: they say which checks there are. */
  function newestQuery({ target }: Periods, after: Place | null) {
    let query = db.selectFrom('evidence').selectAll().orderBy('target').orderBy('check_name').orderBy('profile').limit(CHUNK);
    if (target !== undefined) query = query.where('target', '=', target);
    if (after !== null) {
      const place = after;
      query = query.where((eb) =>
        eb(eb.refTuple('target', 'check_name', 'profile'), '>=', eb.tuple(place.target, place.check_name, place.profile)),
      );
    }
    return once(query);
  }

  /** Periods that ended, of the checks after the place up to the last of the newest that were read. */
  function endedQuery({ target, from, to }: Periods, after: Place | null, last: EvidenceTable) {
    let query = db
      .selectFrom('evidence_history')
      .selectAll()
      .where('ended', '>', from)
      .where('since', '<=', to)
      .where((eb) =>
        eb(eb.refTuple('target', 'check_name', 'profile'), '<=', eb.tuple(last.target, last.check_name, last.profile)),
      )
      .orderBy('target')
      .orderBy('check_name')
      .orderBy('profile')
      .orderBy('since')
      .limit(CHUNK);
    if (target !== undefined) query = query.where('target', '=', target);
    if (after !== null) {
      const place = after;
      query = query.where((eb) =>
        eb(
          eb.refTuple('target', 'check_name', 'profile', 'since'),
          '>',
          eb.tuple(place.target, place.check_name, place.profile, place.since),
        ),
      );
    }
    return once(query);
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

  return {
    newestQuery,
    endedQuery,
    /** One page of the periods that overlap the time. Throws `usage` for a cursor that no page gave out. */
    async page(x: Executor, filter: Periods & { limit: number; cursor?: string }): Promise<Page<EvidencePeriod>> {
      const rows: EvidencePeriod[] = [];
      for await (const row of walk(x, filter, filter.cursor === undefined ? null : placeOf(filter.cursor))) {
        const last = rows.at(-1);
        if (rows.length === filter.limit && last !== undefined) return { rows, next: cursorAfter(last) };
        rows.push(row);
      }
      return { rows, next: null };
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
