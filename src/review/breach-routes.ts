import type { Context } from 'hono';
import { Hono } from 'hono';
import { type Answers, draftProblems, signProblems } from '../breach/assessment.ts';
import { breachClock, dayIn } from '../breach/clock.ts';
import { type Known, prefilled } from '../breach/prefill.ts';
import { securedTargets, securedThroughout } from '../breach/secured.ts';
import { CordonError } from '../core/errors.ts';
import type { EvidencePeriod } from '../core/evidence.ts';
import type { IncidentSample } from '../ledger/ledger.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { changes } from './acts.ts';
import { ownZone } from './breach-day.ts';
import { readAnswers } from './breach-form.ts';
import { breachPage } from './breach-page.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { longFormLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { ownForm } from './own-form.ts';
import { can } from './permissions.ts';
import { isGuest, type SessionEnv } from './session.ts';
import { CATEGORY_WORDS, SUBJECT_WORDS } from './words.ts';

const SAMPLES = 50;
/** Samples whose way is followed: each is a few queries. */
const FOLLOWED = 5;
/** Versions that the page lists; the ledger keeps all of them. */
const VERSIONS = 50;
/** Periods of evidence that are read; past them nothing is called proven. */
const PERIODS = 5000;

const CLAIMED =
  'To sign, come in with an account of your own: a name that came with a link is claimed. Keep it as a draft until then.';

type BreachContext = Context<SessionEnv>;

/** The breach assessment of an incident: read by whom may read, kept and signed by whom may assess. */
export function breachRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/incidents/:id/breach', requires(deps, 'read'), async (c) => {
    const incident = await deps.incidents.get(c.req.param('id'));
    if (incident === null) return c.html(errorPage('not-found'), 404);
    return c.html(await view(deps, c, incident, null, []));
  });

  app.post('/incidents/:id/breach', requires(deps, 'breach.assess'), longFormLimit, async (c) => {
    const form = await ownForm(c, deps);
    const { session } = c.var;
    if (form === null) return c.html(errorPage('forged'), 403);
    const incident = await deps.incidents.get(c.req.param('id'));
    if (incident === null) return c.html(errorPage('not-found'), 404);
    const [known, [newest]] = await Promise.all([knownOf(deps, incident), deps.breaches.versions(incident.id, 1)]);
    const { answers, problems: unread } = readAnswers(form, newest?.answers ?? prefilled(known));
    const signed = form.act === 'sign';
    const grounds = { firstAlert: dayIn(incident.firstSeen, known.timeZone), secured: known.secured.hop && known.secured.rest };
    const problems = [
      ...unread,
      ...(signed ? signProblems(answers, grounds) : draftProblems(answers, grounds)),
      ...(signed && isGuest(session.user) ? [CLAIMED] : []),
    ];
    if (problems.length > 0) return c.html(await view(deps, c, incident, answers, problems), 422);
    const version = Number(form.version);
    const saved = { user: session.user, name: session.actor, at: deps.clock() };
    const detail = { version, conclusion: answers.conclusion, people: answers.people, discovered: answers.discovered };
    const { breaches } = changes(deps, session)(signed ? 'breach.sign' : 'breach.draft', `incident:${incident.id}`, detail);
    try {
      await breaches.save({ incident: incident.id, version, saved, signed, answers });
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== 'ledger.conflict') throw error;
      const late =
        'Somebody kept another version meanwhile. Yours is still in the form: look at theirs below, then keep yours again.';
      return c.html(await view(deps, c, incident, answers, [late]), 409);
    }
    return c.redirect(`/incidents/${encodeURIComponent(incident.id)}/breach`, 303);
  });

  return app;
}

/** The page with the answers that were just sent, of the version that its address names, or of the newest; else what is known. */
async function view(
  deps: ReviewDeps,
  c: BreachContext,
  incident: IncidentRow,
  sent: Answers | null,
  problems: readonly string[],
) {
  const [frame, versions, known] = await Promise.all([
    frameOf(deps, c.var.session),
    deps.breaches.versions(incident.id, VERSIONS),
    knownOf(deps, incident),
  ]);
  const asked = versions.find(({ version }) => String(version) === c.req.query('version')) ?? versions[0];
  const answers = sent ?? asked?.answers ?? prefilled(known);
  const now = deps.clock();
  const affected = { people: answers.people, residentsOfOneState: answers.residentsOfOneState };
  return breachPage(frame, {
    incident,
    answers,
    firstAlert: dayIn(incident.firstSeen, known.timeZone),
    versions,
    clock: breachClock(answers.discovered, affected, dayIn(now, known.timeZone), answers.delay),
    secured: known.secured,
    problems,
    mayAssess: can(c.var.session.role, 'breach.assess'),
    now,
  });
}

async function knownOf(deps: ReviewDeps, incident: IncidentRow): Promise<Known> {
  const policy = deps.policies().find(({ id }) => id === incident.flow) ?? null;
  const location = policy?.destination.location;
  const verify = location === undefined ? [] : ((await deps.places()).get(location)?.verify ?? []);
  const time = { from: incident.firstSeen, to: incident.lastSeen };
  const { hop, rest } = securedTargets(policy, verify);
  const [samples, ...periods] = await Promise.all([
    deps.incidents.samples(incident.id, SAMPLES),
    ...[...hop, ...rest].map((target) => periodsOf(deps, target, time)),
  ]);
  const onward = await onwardOf(deps, incident, samples);
  const kinds = samples.flatMap(({ finding }) =>
    finding === null ? [] : [`${CATEGORY_WORDS[finding.category]} (${SUBJECT_WORDS[finding.subject]})`],
  );
  return {
    incident,
    policy,
    identifiers: [...new Set(kinds)],
    onward,
    secured: periods.includes(null)
      ? { hop: false, rest: false }
      : securedThroughout(
          policy,
          verify,
          periods.flatMap((each) => each ?? []),
          time,
        ),
    timeZone: policy?.limits.timezone ?? ownZone(),
  };
}

/** Whom content of the latest samples went to after them, as their paths show. */
async function onwardOf(
  { lineage }: ReviewDeps,
  { destination }: IncidentRow,
  samples: readonly IncidentSample[],
): Promise<readonly string[]> {
  const messages = [...new Set(samples.map(({ message }) => message))].slice(0, FOLLOWED);
  const paths = await Promise.all(messages.map(async (message) => ({ message, path: await lineage.path(message) })));
  const later = paths.flatMap(({ message, path }) => path.slice(path.findIndex((event) => event.message === message) + 1));
  return [...new Set(later.map((event) => event.destination.title))].filter((title) => title !== destination);
}

/** Null where there are too many to read: nothing is then proven by them. */
async function periodsOf(
  { evidence }: ReviewDeps,
  target: string,
  time: { from: number; to: number },
): Promise<readonly EvidencePeriod[] | null> {
  const page = await evidence.history({ target, ...time, limit: PERIODS });
  return page.next === null ? page.rows : null;
}
