import type { Category, MessageId, Severity, Subject } from '../core/vocabulary.ts';
import type { Decision, IncidentCause, ObservedFlow } from '../policy/decision.ts';
import type { FlowRow, FlowUse, ShadowedCause } from './ledger.ts';
import { type Builder, type Executor, once, prepare } from './statement.ts';

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
  readonly message: MessageId;
  readonly receivedAt: number;
  readonly type: string;
  readonly decision: Decision;
  readonly patients: readonly string[];
}

export function flowWrites(db: Builder) {
  const observe = prepare<{
    key: string;
    listener: string;
    source: string;
    destination: string;
    policy: string | null;
    at: number;
  }>()((p) =>
    db
      .insertInto('flows')
      .values({
        key: p.key,
        listener: p.listener,
        source: p.source,
        destination: p.destination,
        policy: p.policy,
        first_seen: p.at,
        last_seen: p.at,
        messages: 1,
      })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({
          policy: eb.ref('excluded.policy'),
          first_seen: eb
            .case()
            .when('flows.first_seen', '<', eb.ref('excluded.first_seen'))
            .then(eb.ref('flows.first_seen'))
            .else(eb.ref('excluded.first_seen'))
            .end(),
          last_seen: eb
            .case()
            .when('flows.last_seen', '>', eb.ref('excluded.last_seen'))
            .then(eb.ref('flows.last_seen'))
            .else(eb.ref('excluded.last_seen'))
            .end(),
          messages: eb('flows.messages', '+', 1),
        })),
      ),
  );
  const countHour = prepare<{ flow: string; hour: number }>()((p) =>
    db
      .insertInto('flow_hours')
      .values({ flow: p.flow, hour: p.hour, messages: 1 })
      .onConflict((conflict) =>
        conflict.columns(['flow', 'hour']).doUpdateSet((eb) => ({ messages: eb('flow_hours.messages', '+', 1) })),
      ),
  );
  const addPatient = prepare<{ flow: string; day: number; patient: string }>()((p) =>
    db
      .insertInto('flow_patients')
      .values({ flow: p.flow, day: p.day, patient: p.patient })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const countUse = prepare<{
    flow: string;
    day: number;
    type: string;
    category: Category;
    subject: Subject;
    permitted: number;
  }>()((p) =>
    db
      .insertInto('flow_use')
      .values({
        flow: p.flow,
        day: p.day,
        type: p.type,
        category: p.category,
        subject: p.subject,
        permitted: p.permitted,
        messages: 1,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['flow', 'day', 'type', 'category', 'subject', 'permitted'])
          .doUpdateSet((eb) => ({ messages: eb('flow_use.messages', '+', 1) })),
      ),
  );
  const countShadowed = prepare<{
    key: string;
    flow: string;
    reason: IncidentCause['reason'];
    category: Category | null;
    group: string | null;
    severity: Severity;
    at: number;
  }>()((p) =>
    db
      .insertInto('shadowed')
      .values({
        key: p.key,
        flow: p.flow,
        reason: p.reason,
        category: p.category,
        field_group: p.group,
        severity: p.severity,
        messages: 1,
        last_seen: p.at,
      })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({
          messages: eb('shadowed.messages', '+', 1),
          last_seen: eb.ref('excluded.last_seen'),
        })),
      ),
  );

  return {
    async addFlowFact(x: Executor, fact: FlowFact): Promise<void> {
      const { decision, receivedAt, type } = fact;
      const { key, listener, source, destination, policy } = decision.flow;
      const flow = flowName(decision.flow);
      await x.run(observe({ key, listener, source, destination, policy, at: receivedAt }));
      await x.run(countHour({ flow, hour: hourOf(receivedAt) }));
      const day = dayOf(receivedAt);
      for (const patient of fact.patients) await x.run(addPatient({ flow, day, patient }));
      const counted = new Set<string>();
      for (const { category, subject, permitted } of decision.summary) {
        // A batch lists a category once for each of its messages; the body counts as one.
        const use = `${category}|${subject}|${permitted}`;
        if (counted.has(use)) continue;
        counted.add(use);
        await x.run(countUse({ flow: key, day, type, category, subject, permitted: permitted ? 1 : 0 }));
      }
      for (const cause of decision.shadowed) {
        const { key: causeKey, flow: causeFlow, reason, category, group, severity } = cause;
        await x.run(countShadowed({ key: causeKey, flow: causeFlow, reason, category, group, severity, at: receivedAt }));
      }
    },
  };
}

export function flowReads(db: Builder) {
  return {
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
    async use(x: Executor): Promise<readonly FlowUse[]> {
      const rows = await x.all(
        once(
          db
            .selectFrom('flow_use')
            .select((eb) => ['flow as key', 'type', 'category', 'subject', eb.fn.sum<number>('messages').as('messages')])
            .groupBy(['flow', 'type', 'category', 'subject'])
            .orderBy('flow')
            .orderBy('type')
            .orderBy('category')
            .orderBy('subject'),
        ),
      );
      return rows;
    },
    async shadowed(x: Executor): Promise<readonly ShadowedCause[]> {
      const rows = await x.all(once(db.selectFrom('shadowed').selectAll().orderBy('messages', 'desc').orderBy('key')));
      return rows.map(({ field_group: group, last_seen: lastSeen, ...rest }) => ({ ...rest, group, lastSeen }));
    },
  };
}
