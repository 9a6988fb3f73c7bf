import { Hono } from 'hono';
import { breachDay } from './breach-day.ts';
import type { ReviewDeps } from './deps.ts';
import { matrixOf } from './evidence-matrix.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { absorbedBy, coverageOf, decisionOf, endingPolicies, hopStandings, wholeDays } from './home.ts';
import { type Coverage, homePage, type Visit } from './home-page.ts';
import { can } from './permissions.ts';
import { sectionsOf } from './sections.ts';
import type { Session, SessionEnv } from './session.ts';

const DAY = 24 * 60 * 60 * 1000;
const SHOWN = 10;
const CHART_DAYS = 30;
/** Entries of one person that are looked through for the last visit: a visit's worth, and more. */
const LOOKED_THROUGH = 200;

/** The first page; who may not read incidents is sent to the first section that is open to them. */
export function homeRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/', requires(deps, 'account.self'), async (c) => {
    const { session } = c.var;
    if (!can(session.role, 'read')) return c.redirect(sectionsOf(session.role)[0]?.path ?? '/settings', 303);
    const now = deps.clock();
    const month = now - CHART_DAYS * DAY;
    const policies = deps.policies();
    const [frame, queue, flows, days, places, evidence, coverage] = await Promise.all([
      frameOf(deps, session),
      deps.desk.queue(now, SHOWN),
      deps.flows.list(),
      deps.overview.days(month),
      deps.places(),
      deps.evidence.list(),
      coverageNow(deps, now),
    ]);
    const keysOf = (policy: string): string[] => flows.flatMap((flow) => (flow.policy === policy ? flow.key : []));
    const ending = endingPolicies(policies, now);
    const [uses, visit] = await Promise.all([
      deps.overview.permitted(
        ending.flatMap(({ id }) => keysOf(id)),
        month,
      ),
      visitOf(deps, session),
    ]);
    const overdue = queue.overdue.filter(({ id }) => !queue.needing.some((other) => other.id === id));
    const shown = [...overdue, ...queue.needing].slice(0, SHOWN);
    const matrix = matrixOf(policies, places, evidence, now);
    const standings = hopStandings(matrix);
    const decisions = shown.map(async (incident) =>
      decisionOf(incident, { ...(await breachDay(deps, incident)), standing: standings.get(incident.flow) }, now),
    );
    return c.html(
      homePage(frame, {
        queue,
        decisions: await Promise.all(decisions),
        coverage: {
          ...coverage,
          flowsHeard: new Set(flows.flatMap(({ policy }) => policy ?? [])).size,
          flowsExpected: policies.length,
          unregistered: flows.filter(({ policy }) => policy === null).length,
        },
        days: wholeDays(days, CHART_DAYS, now),
        encryption: coverageOf(matrix),
        absorbed: absorbedBy(policies, uses, keysOf, now),
        visit: {
          ...visit,
          newFlows: visit.since === null ? 0 : flows.filter(({ firstSeen }) => firstSeen > (visit.since ?? 0)).length,
        },
        now,
      }),
    );
  });

  return app;
}

type CountedMessages = Pick<Coverage, 'received' | 'examined' | 'unexamined' | 'oldestWaiting'>;

async function coverageNow({ messages }: ReviewDeps, now: number): Promise<CountedMessages> {
  const [counts, waiting] = await Promise.all([messages.counts(), messages.pending(now, 1)]);
  const oldest = waiting[0];
  return {
    received: counts.total,
    examined: counts.done,
    unexamined: counts.unexaminedMessages,
    // The first 48 bits of a UUIDv7 are when it was made (RFC 9562, 5.7).
    oldestWaiting: oldest === undefined ? null : Number.parseInt(oldest.replaceAll('-', '').slice(0, 12), 16),
  };
}

/** The last thing on the audit log of this reader before this session began is the end of the visit before. */
async function visitOf(deps: ReviewDeps, session: Session): Promise<Omit<Visit, 'newFlows'>> {
  const [own, acts] = await Promise.all([
    deps.access.sessionsOf(session.user, deps.clock()),
    deps.audit.list({ actor: session.actor, limit: LOOKED_THROUGH }),
  ]);
  const began = own.find(({ id }) => id === session.id)?.startedAt;
  const since = began === undefined ? null : (acts.find(({ at }) => at < began)?.at ?? null);
  if (since === null) return { since, opened: 0, closed: 0 };
  const days = await deps.overview.days(since);
  return {
    since,
    opened: days.reduce((sum, each) => sum + each.opened, 0),
    closed: days.reduce((sum, each) => sum + each.closed, 0),
  };
}
