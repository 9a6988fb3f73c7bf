import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { DisclosureDecision, Transfer } from '../core/transfer.ts';
import { accountingOf } from '../exports/accounting.ts';
import type { FlowRow } from '../ledger/flow-store.ts';
import { csvFile, slicesOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { DecisionBody, decisionOf } from './disclosure-decisions.ts';
import { disclosurePage } from './disclosure-page.ts';
import { transfersShape } from './disclosures-file.ts';
import { disclosuresPage, type FlowAccounting, type TransferAccounting } from './disclosures-page.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { ownForm } from './own-form.ts';
import type { SessionEnv } from './session.ts';

const PAGE_SIZE = 50;
/** Rows of the file that are read at once. */
const FILE_SLICE = 200;

const FiltersSchema = z.object({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .optional(),
  cursor: z.string().min(1).max(2048).optional(),
  done: z.literal('yes').optional(),
});

const OneSchema = z.object({ flow: z.string().min(1).max(512), patient: z.string().max(128).default('') });

/** Candidates for an accounting of disclosures, and deciding on them. */
export function disclosuresRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const deciding = requires(deps, 'disclosure.decide');

  app.get('/reports/disclosures', requires(deps, 'read'), async (c) => {
    const filters = FiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    return c.html(await listView(deps, c, filters.data));
  });

  // Tokens derive from identifiers of patients: the file of them is for who may export.
  app.get('/reports/disclosures.csv', requires(deps, 'export'), async (c) => {
    const filters = FiltersSchema.safeParse(c.req.query());
    if (!filters.success) return c.html(errorPage('filter'), 400);
    const { month, asked } = monthOf(filters.data.month, deps.clock());
    const flows = await deps.flows.list();
    const slices = slicesOf(async (from) => {
      const page = await deps.exporting.ledger.exports.transfers({ ...asked, limit: FILE_SLICE, ...from });
      return { rows: await accounted(deps, flows, page.rows), next: page.next };
    });
    return csvFile(c, transfersShape(month), slices);
  });

  app.get('/reports/disclosures/decide', deciding, async (c) => {
    const asked = OneSchema.safeParse(c.req.query());
    if (!asked.success) return c.html(errorPage('filter'), 400);
    return decideView(deps, c, asked.data, {}, null);
  });

  app.post('/reports/disclosures/decide', deciding, formLimit, async (c) => {
    const form = await ownForm(c, deps);
    if (form === null) return c.html(errorPage('forged'), 403);
    const asked = OneSchema.safeParse(form);
    if (!asked.success) return c.html(errorPage('forged'), 400);
    const read = DecisionBody.safeParse(bodyOf(form));
    if (!read.success) return decideView(deps, c, asked.data, form, problemOf(read.error));
    if (!(await deps.flows.list()).some(({ key }) => key === read.data.flow)) return c.html(errorPage('not-found'), 404);
    const { actor, role } = c.var.session;
    const decided = decisionOf(read.data, actor, deps.clock());
    const { id, flow, at, decision, exemption } = decided;
    const detail = { id, decision, exemption, of: decided.patient === '' ? 'everybody' : 'a patient' };
    const act = { at, actor, role, action: 'disclosure.decide', object: `flow:${flow}`, detail };
    await deps.exporting.ledger.logged(act).exports.decide(decided);
    return c.redirect('/reports/disclosures?done=yes', 303);
  });

  return app;
}

/** What a form leaves empty is left out, and the token that it was sent with. */
function bodyOf(form: Readonly<Partial<Record<string, string>>>): Record<string, string> {
  const body: Record<string, string> = {};
  for (const [name, value] of Object.entries(form))
    if (name !== 'csrf' && value !== undefined && value !== '') body[name] = value;
  // A reason that stays chosen beside another decision is none.
  if (body.decision !== 'exempt') delete body.exemption;
  return body;
}

const LABELS: Readonly<Record<string, string>> = {
  exemption: 'Why it is exempt',
  purpose: 'Purpose',
  from: 'First day it is about',
  to: 'Ends before',
};

function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const field = String(issue?.path[0] ?? '');
  return `Nothing is decided. ${LABELS[field] ?? field}: ${field === 'exemption' ? 'choose why it is' : (issue?.message ?? 'is not valid')}.`;
}

async function listView(deps: ReviewDeps, c: Context<SessionEnv>, filters: z.output<typeof FiltersSchema>) {
  const now = deps.clock();
  const { cursor, done } = filters;
  const { month, asked } = monthOf(filters.month, now);
  const { from } = asked;
  const { exports } = deps.exporting.ledger;
  const [frame, flows, page] = await Promise.all([
    frameOf(deps, c.var.session),
    deps.flows.list(),
    exports.transfers({ ...asked, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
  ]);
  return disclosuresPage(frame, {
    flows: await Promise.all(flows.map((flow) => flowAccounting(deps, flow, now))),
    transfers: await accounted(deps, flows, page.rows),
    month,
    before: nameOf(monthBeside(from, -1)),
    after: monthBeside(from, 1) <= now ? nameOf(monthBeside(from, 1)) : null,
    cursor,
    next: page.next,
    told: done === undefined ? null : 'It is decided. Exports and packs made from now on say so.',
    now,
  });
}

/** A month as an address names it, this one where it names none, and what is asked of the ledger for it. */
function monthOf(named: string | undefined, now: number) {
  const month = named ?? nameOf(now);
  const from = Date.parse(`${month}-01T00:00:00Z`);
  return { month, asked: { month: from, from, to: monthBeside(from, 1) } };
}

/** How some transfers are accounted for: the decisions of a flow are read once for all of them. */
async function accounted(
  deps: ReviewDeps,
  flows: readonly FlowRow[],
  transfers: readonly Transfer[],
): Promise<readonly TransferAccounting[]> {
  const byKey = new Map(flows.map((flow) => [flow.key, flow]));
  const decisions = new Map<string, readonly DisclosureDecision[]>();
  for (const [key, own] of Map.groupBy(transfers, ({ flow }) => flow)) {
    const patients = new Set(own.map(({ patient }) => patient).filter((patient) => patient !== ''));
    decisions.set(key, await deps.exporting.ledger.exports.decisions(key, [...patients]));
  }
  return transfers.map((transfer) => {
    const flow = byKey.get(transfer.flow) ?? null;
    const accounting = accountingOf(transfer, policyOf(deps, flow), decisions.get(transfer.flow) ?? []);
    return { transfer, flow, accounting };
  });
}

async function decideView(
  deps: ReviewDeps,
  c: Context<SessionEnv>,
  { flow: key, patient }: z.output<typeof OneSchema>,
  draft: Readonly<Partial<Record<string, string>>>,
  problem: string | null,
): Promise<Response> {
  const now = deps.clock();
  const flow = (await deps.flows.list()).find((each) => each.key === key);
  if (flow === undefined) return c.html(errorPage('not-found'), 404);
  const [frame, standing, decisions] = await Promise.all([
    frameOf(deps, c.var.session),
    flowAccounting(deps, flow, now, patient),
    deps.exporting.ledger.exports.decisions(key, patient === '' ? [] : [patient]),
  ]);
  const shown = { ...standing, patient, decisions: decisions.toReversed(), draft, problem, now };
  return c.html(disclosurePage(frame, shown), problem === null ? 200 : 422);
}

function policyOf(deps: ReviewDeps, flow: FlowRow | null) {
  return deps.policies().find(({ id }) => id === flow?.policy) ?? null;
}

/** How what goes over a flow today is accounted for, where nothing of it is flagged. */
async function flowAccounting(deps: ReviewDeps, flow: FlowRow, now: number, patient = ''): Promise<FlowAccounting> {
  const policy = policyOf(deps, flow);
  const decisions = await deps.exporting.ledger.exports.decisions(flow.key, patient === '' ? [] : [patient]);
  return { flow, policy, accounting: accountingOf(ofToday(flow, patient, now), policy, decisions) };
}

function ofToday({ key, messages }: FlowRow, patient: string, now: number): Transfer {
  const day = Math.floor(now / 86_400_000) * 86_400_000;
  const none = { flagged: 0, formats: [], categories: [], unpermitted: [], reasons: [], sensitivities: [] };
  return { ...none, day, flow: key, patient, firstAt: now, lastAt: now, messages };
}

/** The first millisecond of a month so many after one. */
function monthBeside(month: number, by: number): number {
  const date = new Date(month);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1);
}

function nameOf(month: number): string {
  return new Date(month).toISOString().slice(0, 7);
}
