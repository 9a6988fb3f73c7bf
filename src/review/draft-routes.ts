import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import { checkRegister } from '../policy/check.ts';
import { ENTITIES, type FlowPolicy, PURPOSES } from '../policy/flow.ts';
import { loadFlows } from '../policy/load.ts';
import { compileRegister } from '../policy/register.ts';
import { replay } from '../policy/replay.ts';
import { type SeenFlow, type SeenUse, type Suggestion, suggestFlows, unregistered } from '../policy/suggest.ts';
import { acts } from './acts.ts';
import type { ReviewDeps } from './deps.ts';
import { type DraftView, draftPage } from './draft-page.ts';
import { filled } from './draft-text.ts';
import { errorPage } from './errors.ts';
import { formLimit, formOf } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { PERIODS, type Period, sinceOf } from './period.ts';
import { fromOurPages, hasCsrfToken, type SessionEnv } from './session.ts';

/** A month, unless a reader asks for another time. */
const USUAL: Period = '30d';
/** What the shipped folder is called, where this process has none of its own. */
const SHIPPED = 'rules/flows';

const FilledSchema = z.object({
  draft: z.string(),
  owner: z.string().trim().min(1).max(200),
  entity: z.enum(ENTITIES),
  purpose: z.enum(PURPOSES),
});

/** Drafts of policies, what a changed one would have done, and accepting one. */
export function draftRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();

  app.get('/flows/drafts', requires(deps, 'read'), async (c) => {
    const names = (await deps.policyFolder?.names()) ?? [];
    const saved = names.find((name) => name === c.req.query('saved')) ?? null;
    return c.html(await view(deps, c, { saved }));
  });

  app.post('/flows/drafts', requires(deps, 'read'), formLimit, async (c) => {
    const form = await formOf(c);
    if (!fromOurPages(c, deps) || !hasCsrfToken(c.var.session, form.csrf)) return c.html(errorPage('forged'), 403);
    const period = PERIODS.find((each) => each === form.period) ?? USUAL;
    const answers = FilledSchema.safeParse(form);
    const draft = answers.success ? (await draftsOf(deps)).find(({ id }) => id === answers.data.draft) : undefined;
    if (answers.success && draft !== undefined)
      return c.html(await view(deps, c, { text: filled(draft.yaml, answers.data), period }));
    return c.html(await view(deps, c, { text: (form.policy ?? '').replaceAll('\r\n', '\n'), period }));
  });

  app.post('/flows/policies', requires(deps, 'flow.accept'), formLimit, async (c) => {
    const form = await formOf(c);
    if (!fromOurPages(c, deps) || !hasCsrfToken(c.var.session, form.csrf)) return c.html(errorPage('forged'), 403);
    const text = `${(form.policy ?? '').replaceAll('\r\n', '\n').trimEnd()}\n`;
    const read = readPolicy(deps, text);
    const refuse = async (problem: string) => c.html(await view(deps, c, { text, problem }), 409);
    if ('problem' in read) return refuse(read.problem);
    const { id } = read.policy;
    if (!read.isNew) return refuse(`The register has a policy ${id} already: change its file where changes are reviewed.`);
    const { policyFolder } = deps;
    if (policyFolder === undefined || !(await policyFolder.isWritable()))
      return refuse('Cordon cannot write where policies are kept: apply the change as a patch.');
    if ((await policyFolder.names()).includes(id)) return refuse(`${policyFolder.name}/${id}.yaml is there already.`);
    // The entry first: a file that nobody answers for must not be.
    const digest = createHash('sha256').update(text).digest('hex');
    await acts(deps, c.var.session)('flow.accept', `flow:${id}`, { sha256: digest });
    const saved = await policyFolder.add(id, text);
    if (saved.kind === 'exists') return refuse(`${policyFolder.name}/${id}.yaml is there already.`);
    if (saved.kind === 'refused') return refuse(`The file could not be written: ${saved.why}.`);
    return c.redirect(`/flows/drafts?saved=${id}`, 303);
  });

  return app;
}

async function draftsOf(deps: ReviewDeps): Promise<readonly Suggestion[]> {
  const flows = await deps.flows.list();
  const kinds = await deps.flows.kinds(unregistered(flows).map(({ key }) => key));
  const taken = deps.policies().map(({ id }) => id);
  return suggestFlows(flows, kinds, deps.clock(), taken);
}

interface Shown {
  readonly text?: string;
  readonly period?: Period;
  readonly problem?: string;
  readonly saved?: string | null;
}

async function view(deps: ReviewDeps, c: Context<SessionEnv>, { text, period = USUAL, problem, saved = null }: Shown) {
  const { policyFolder } = deps;
  const [frame, drafts, names, writable] = await Promise.all([
    frameOf(deps, c.var.session),
    draftsOf(deps),
    policyFolder?.names() ?? [],
    policyFolder?.isWritable() ?? false,
  ]);
  const tried = text === undefined || problem !== undefined ? null : await tryPolicy(deps, text, period);
  const wrong = problem ?? (tried !== null && 'problem' in tried ? tried.problem : null);
  return draftPage(frame, {
    drafts,
    waiting: names,
    text: text ?? '',
    period,
    problem: wrong,
    tried: tried === null || 'problem' in tried ? null : tried,
    saved,
    folder: { name: policyFolder?.name ?? SHIPPED, writable },
  });
}

/** What the register would have done with this policy in it; the problem where it is none. */
async function tryPolicy(
  deps: ReviewDeps,
  text: string,
  period: Period,
): Promise<NonNullable<DraftView['tried']> | { readonly problem: string }> {
  const read = readPolicy(deps, text);
  if ('problem' in read) return read;
  const { policy, isNew } = read;
  const now = deps.clock();
  const [flows, uses] = await Promise.all([deps.flows.list(), deps.flows.use(sinceOf(period, now))]);
  const before = deps.policies();
  const after = [...before.filter(({ id }) => id !== policy.id), policy];
  const rows = replay(seenIn(flows, uses), uses, compileRegister(before), compileRegister(after), now);
  return { id: policy.id, isNew, rows };
}

/** Flows with what they carried in a period in the place of all: of each type its most frequent kind, which is at least so many messages. */
function seenIn(flows: readonly SeenFlow[], uses: readonly SeenUse[]): readonly SeenFlow[] {
  const byFlow = Map.groupBy(uses, ({ key }) => key);
  return flows.map((flow) => {
    const types = Map.groupBy(byFlow.get(flow.key) ?? [], ({ type }) => type);
    const messages = [...types.values()].reduce((sum, own) => sum + Math.max(...own.map((use) => use.messages)), 0);
    return { ...flow, messages: Math.min(flow.messages, messages) };
  });
}

type ReadPolicy = { readonly policy: FlowPolicy; readonly isNew: boolean } | { readonly problem: string };

/** One policy that goes with the others; the problem where it is none, or two of them would match the same. */
function readPolicy(deps: ReviewDeps, text: string): ReadPolicy {
  try {
    const [policy, ...more] = loadFlows([{ file: 'this policy', text }]);
    if (policy === undefined || more.length > 0) return { problem: 'Write one policy: more of them are more files.' };
    const others = deps.policies().filter(({ id }) => id !== policy.id);
    const known = new Set(errorsOf(deps, others));
    const errors = errorsOf(deps, [...others, policy]).filter((error) => !known.has(error));
    if (errors.length > 0) return { problem: errors.join('\n') };
    return { policy, isNew: others.length === deps.policies().length };
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== 'flows.invalid') throw error;
    return { problem: error.message };
  }
}

function errorsOf({ clock }: ReviewDeps, policies: readonly FlowPolicy[]): string[] {
  return checkRegister(compileRegister(policies), clock())
    .filter(({ level }) => level === 'error')
    .map(({ flow, message }) => `flow "${flow}": ${message}`);
}
