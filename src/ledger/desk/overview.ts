import { sql } from 'kysely';
import type { IncidentState } from '../../policy/decision.ts';
import { dayOf } from '../flows.ts';
import { fromJson } from '../json.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { DeskDay, OverviewStore, PermittedUse, RuleUse } from './overview-store.ts';

/** Entries of the history that a chart is made of: a month of a busy desk. Findings, and decided incidents, that rules are judged by. */
const LATEST_EVENTS = 20_000;
export const LATEST_FINDINGS = 5_000;
export const LATEST_DECIDED = 500;

const CLOSED: readonly IncidentState[] = ['resolved', 'false-positive', 'accepted-risk'];
const DAY = 24 * 60 * 60 * 1000;

export function overviewStore({ db, reader }: { readonly db: Builder; readonly reader: Executor }): OverviewStore {
  return {
    days: (since) => days(reader, db, since),
    permitted: (flows, since) => permitted(reader, db, flows, since),
    rules: () => rules(reader, db),
  };
}

async function days(x: Executor, db: Builder, since: number): Promise<readonly DeskDay[]> {
  const counted = new Map<number, { opened: number; closed: number }>();
  for (const { day, from_state: from, to_state: to, count } of await x.all(once(daysQuery(db, since)))) {
    if (from === to) continue;
    const known = counted.get(day) ?? { opened: 0, closed: 0 };
    counted.set(day, known);
    if (to === 'open' && (from === null || CLOSED.includes(from))) known.opened += count;
    if (CLOSED.includes(to) && (from === null || !CLOSED.includes(from))) known.closed += count;
  }
  return [...counted].map(([day, counts]) => ({ day, ...counts })).sort((a, b) => a.day - b.day);
}

/** Moves of the latest entries by the day. The database sums them: twenty thousand rows took longer to hand over than to read. */
function daysQuery(db: Builder, since: number) {
  const latest = db
    .selectFrom('incident_events')
    .select(['at', 'from_state', 'to_state'])
    .orderBy('id', 'desc')
    .limit(LATEST_EVENTS);
  // Written out, since a number that is bound is no integer to SQLite.
  const day = sql<number>`at / ${sql.lit(DAY)}`;
  return db
    .selectFrom(latest.as('latest'))
    .select((eb) => [day.as('day'), 'from_state', 'to_state', eb.fn.countAll<number>().as('count')])
    .where('at', '>=', since)
    .groupBy([day, 'from_state', 'to_state']);
}

async function permitted(x: Executor, db: Builder, flows: readonly string[], since: number): Promise<readonly PermittedUse[]> {
  if (flows.length === 0) return [];
  return x.all(
    once(
      db
        .selectFrom('flow_use')
        .select((eb) => ['flow', 'category', 'subject', eb.fn.sum<number>('messages').as('messages')])
        .where('flow', 'in', [...flows])
        .where('day', '>=', dayOf(since))
        .where('permitted', '=', 1)
        .groupBy(['flow', 'category', 'subject']),
    ),
  );
}

async function rules(x: Executor, db: Builder): Promise<readonly RuleUse[]> {
  const found = await x.all(
    once(db.selectFrom('findings').select('rule').orderBy('message', 'desc').orderBy('number', 'desc').limit(LATEST_FINDINGS)),
  );
  const uses = new Map<string, { findings: number; decided: number; falsePositive: number }>();
  const useOf = (rule: string): { findings: number; decided: number; falsePositive: number } => {
    const known = uses.get(rule) ?? { findings: 0, decided: 0, falsePositive: 0 };
    uses.set(rule, known);
    return known;
  };
  for (const { rule } of found) useOf(rule).findings += 1;
  for (const { rules: of, state } of await decided(x, db)) {
    for (const rule of of) {
      const use = useOf(rule);
      use.decided += 1;
      if (state === 'false-positive') use.falsePositive += 1;
    }
  }
  return [...uses].map(([rule, use]) => ({ rule, ...use })).sort((a, b) => b.findings - a.findings || (a.rule < b.rule ? -1 : 1));
}

/** The rules behind the latest message of incidents that were decided. An incident was last seen when its latest message came. */
async function decided(x: Executor, db: Builder): Promise<readonly { state: IncidentState; rules: ReadonlySet<string> }[]> {
  const facts = (await Promise.all([x.all(once(factsOf(db, 'resolved'))), x.all(once(factsOf(db, 'false-positive')))])).flat();
  if (facts.length === 0) return [];
  const messages = [...new Set(facts.map(({ message }) => message))];
  const findings = await x.all(
    once(db.selectFrom('findings').select(['message', 'number', 'rule']).where('message', 'in', messages)),
  );
  const ruleOf = new Map(findings.map(({ message, number, rule }) => [`${message}|${number}`, rule]));
  return facts.map(({ state, message, findings: numbers }) => ({
    state,
    rules: new Set(fromJson<number[]>(numbers).flatMap((number) => ruleOf.get(`${message}|${number}`) ?? [])),
  }));
}

/** The production SQL, for the test that explains it too. */
export function factsOf(db: Builder, state: IncidentState) {
  const latest = db
    .selectFrom('incidents')
    .select(['id', 'state', 'last_seen'])
    .where('state', '=', state)
    .orderBy('rank', 'desc')
    .orderBy('last_seen', 'desc')
    .orderBy('id', 'desc')
    .limit(LATEST_DECIDED / 2);
  return db
    .selectFrom(latest.as('latest'))
    .innerJoin('incident_messages as fact', (join) =>
      join.onRef('fact.incident', '=', 'latest.id').onRef('fact.received_at', '=', 'latest.last_seen'),
    )
    .select(['latest.state', 'fact.message', 'fact.findings']);
}
