import { sql } from 'kysely';
import type { Decision, ObservedFlow } from '../policy/decision.ts';
import type { FlowCarried, FlowKind, FlowRow, FlowUse, ShadowedCause } from './flow-store.ts';
import { insertMany, runMany } from './many.ts';
import type { FlowsTable, FlowUseTable, Schema, ShadowedTable } from './schema.ts';
import { type Builder, type Executor, once, together } from './statement.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The hour or day that a time falls in, as its first millisecond (UTC). */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}

/** The name that messages, incidents and hours know a flow by: the policy's id where registered, the observed key otherwise. */
export function flowName(flow: ObservedFlow): string {
  return flow.policy ?? flow.key;
}

/** What a scanned message adds to the counters of its flow. Runs once for a message: saveScan sees to that. */
export interface FlowFact {
  readonly receivedAt: number;
  readonly type: string;
  readonly decision: Decision;
  readonly patients: readonly string[];
}

export function flowWrites(db: Builder) {
  const observe = insertMany<FlowsTable>(
    db,
    'flows',
    {
      key: 'text',
      listener: 'text',
      source: 'text',
      destination: 'text',
      policy: 'text',
      first_seen: 'bigint',
      last_seen: 'bigint',
      messages: 'bigint',
    },
    {
      conflict: sql`(key) do update set policy = excluded.policy,
        first_seen = case when flows.first_seen < excluded.first_seen then flows.first_seen else excluded.first_seen end,
        last_seen = case when flows.last_seen > excluded.last_seen then flows.last_seen else excluded.last_seen end,
        messages = flows.messages + excluded.messages`,
    },
  );
  const countHours = insertMany<Schema['flow_hours']>(
    db,
    'flow_hours',
    { flow: 'text', hour: 'bigint', messages: 'bigint' },
    { conflict: sql`(flow, hour) do update set messages = flow_hours.messages + excluded.messages` },
  );
  const addPatients = insertMany<Schema['flow_patients']>(db, 'flow_patients', { flow: 'text', day: 'bigint', patient: 'text' });
  const countUse = insertMany<FlowUseTable>(
    db,
    'flow_use',
    {
      flow: 'text',
      day: 'bigint',
      type: 'text',
      category: 'text',
      subject: 'text',
      permitted: 'integer',
      messages: 'bigint',
    },
    {
      conflict: sql`(flow, day, type, category, subject, permitted)
        do update set messages = flow_use.messages + excluded.messages`,
    },
  );
  const countShadowed = insertMany<ShadowedTable>(
    db,
    'shadowed',
    {
      key: 'text',
      flow: 'text',
      reason: 'text',
      category: 'text',
      field_group: 'text',
      severity: 'text',
      messages: 'bigint',
      last_seen: 'bigint',
    },
    { conflict: sql`(key) do update set messages = shadowed.messages + excluded.messages, last_seen = excluded.last_seen` },
  );

  /** Which kinds of identifiers flows carried. */
  async function addUses(x: Executor, facts: readonly FlowFact[]): Promise<void> {
    const use = summed(facts.flatMap(usesOf), (row) =>
      JSON.stringify([row.flow, row.day, row.type, row.category, row.subject, row.permitted]),
    );
    await runMany(x, countUse, use);
  }

  return {
    addUses,
    /** Each counter is written once, whatever the number of facts. */
    async addFlowFacts(x: Executor, facts: readonly FlowFact[]): Promise<void> {
      await together(x, [
        () =>
          runMany(
            x,
            observe,
            summed(facts.map(flowOf), ({ key }) => key, bothSeen),
          ),
        () =>
          runMany(
            x,
            countHours,
            summed(facts.map(hourOfFact), ({ flow, hour }) => `${hour}|${flow}`),
          ),
        () => runMany(x, addPatients, facts.flatMap(patientsOf)),
        () => addUses(x, facts),
        () =>
          runMany(
            x,
            countShadowed,
            summed(facts.flatMap(shadowedOf), ({ key }) => key),
          ),
      ]);
    },
  };
}

/** Rows of the same key as one: their messages summed, the rest as the last of them has it. */
function summed<Row extends { readonly messages: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  join: (earlier: Row, later: Row) => Row = (_earlier, later) => later,
): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = sums.get(key);
    sums.set(key, known === undefined ? row : { ...join(known, row), messages: known.messages + row.messages });
  }
  return [...sums.values()];
}

function bothSeen(earlier: FlowsTable, later: FlowsTable): FlowsTable {
  const first_seen = Math.min(earlier.first_seen, later.first_seen);
  return { ...later, first_seen, last_seen: Math.max(earlier.last_seen, later.last_seen) };
}

function flowOf({ decision, receivedAt }: FlowFact): FlowsTable {
  return { ...decision.flow, first_seen: receivedAt, last_seen: receivedAt, messages: 1 };
}

function hourOfFact({ decision, receivedAt }: FlowFact): Schema['flow_hours'] {
  return { flow: flowName(decision.flow), hour: hourOf(receivedAt), messages: 1 };
}

function patientsOf({ decision, receivedAt, patients }: FlowFact): Schema['flow_patients'][] {
  return patients.map((patient) => ({ flow: flowName(decision.flow), day: dayOf(receivedAt), patient }));
}

/** A batch lists a category once for each of its messages; the body counts as one. */
function usesOf({ decision, receivedAt, type }: FlowFact): FlowUseTable[] {
  const counted = new Map<string, FlowUseTable>();
  for (const { category, subject, permitted } of decision.summary) {
    counted.set(`${category}|${subject}|${permitted}`, {
      flow: decision.flow.key,
      day: dayOf(receivedAt),
      type,
      category,
      subject,
      permitted: permitted ? 1 : 0,
      messages: 1,
    });
  }
  return [...counted.values()];
}

function shadowedOf({ decision, receivedAt }: FlowFact): ShadowedTable[] {
  return decision.shadowed.map(({ key, flow, reason, category, group, severity }) => ({
    key,
    flow,
    reason,
    category,
    field_group: group,
    severity,
    messages: 1,
    last_seen: receivedAt,
  }));
}

/** Keys of one question: an engine takes only so many parameters. */
const KEYS_AT_ONCE = 1000;

export function flowReads(db: Builder) {
  /** The production SQL of `kinds`. Without sums, which nobody who asks for kinds needs: adding them up took twice as long. */
  function kindsQuery(keys: readonly string[]) {
    const kind = ['type', 'category', 'subject'] as const;
    const query = db
      .selectFrom('flow_use')
      .select(['flow as key', ...kind])
      .distinct()
      .where('flow', 'in', [...keys]);
    return once(query.orderBy('flow').orderBy('type').orderBy('category').orderBy('subject'));
  }

  return {
    kindsQuery,
    async list(x: Executor): Promise<readonly FlowRow[]> {
      const rows = await x.all(once(db.selectFrom('flows').selectAll().orderBy('key')));
      return rows.map(({ first_seen: firstSeen, last_seen: lastSeen, ...rest }) => ({ ...rest, firstSeen, lastSeen }));
    },
    async activity(x: Executor, policy: string, since: { hour: number; day: number }) {
      const heard = await x.get(
        once(
          db
            .selectFrom('flows')
            .select((eb) => eb.fn.max('last_seen').as('last'))
            .where('policy', '=', policy),
        ),
      );
      const hours = await x.get(
        once(
          db
            .selectFrom('flow_hours')
            .select((eb) => eb.fn.sum<number | null>('messages').as('messages'))
            .where('flow', '=', policy)
            .where('hour', '>=', hourOf(since.hour)),
        ),
      );
      const patients = await x.get(
        once(
          db
            .selectFrom('flow_patients')
            .select((eb) => eb.fn.count<number>('patient').distinct().as('patients'))
            .where('flow', '=', policy)
            .where('day', '>=', dayOf(since.day)),
        ),
      );
      return { lastHeard: heard?.last ?? null, messages: hours?.messages ?? 0, patients: patients?.patients ?? 0 };
    },
    async use(x: Executor, since = 0): Promise<readonly FlowUse[]> {
      const rows = await x.all(
        once(
          db
            .selectFrom('flow_use')
            .select((eb) => ['flow as key', 'type', 'category', 'subject', eb.fn.sum<number>('messages').as('messages')])
            .where('day', '>=', dayOf(since))
            .groupBy(['flow', 'type', 'category', 'subject'])
            .orderBy('flow')
            .orderBy('type')
            .orderBy('category')
            .orderBy('subject'),
        ),
      );
      return rows;
    },
    async kinds(x: Executor, keys: readonly string[]): Promise<readonly FlowKind[]> {
      const kinds: FlowKind[] = [];
      for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
        kinds.push(...(await x.all(kindsQuery(keys.slice(from, from + KEYS_AT_ONCE)))));
      }
      return kinds;
    },
    async carried(x: Executor, keys: readonly string[], since: number): Promise<readonly FlowCarried[]> {
      if (keys.length === 0) return [];
      const query = db
        .selectFrom('flow_use')
        .select((eb) => ['category', 'subject', 'permitted', eb.fn.sum<number>('messages').as('messages')])
        .where('flow', 'in', [...keys])
        .where('day', '>=', dayOf(since))
        .groupBy(['category', 'subject', 'permitted']);
      return (await x.all(once(query))).map(({ permitted, ...rest }) => ({ ...rest, permitted: permitted === 1 }));
    },
    async shadowed(x: Executor): Promise<readonly ShadowedCause[]> {
      const rows = await x.all(once(db.selectFrom('shadowed').selectAll().orderBy('messages', 'desc').orderBy('key')));
      return rows.map(({ field_group: group, last_seen: lastSeen, ...rest }) => ({ ...rest, group, lastSeen }));
    },
  };
}
