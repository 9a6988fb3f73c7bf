import { PassThrough } from 'node:stream';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Clock, isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { Exporter, ExportRequest } from '../exports/exporter.ts';
import { readPeriod } from '../exports/period.ts';
import { EXPORT_KINDS } from '../exports/registry.ts';
import type { AuditStore } from '../ledger/audit/store.ts';
import { type ApiEnv, type Guard, type Guards, json, refusals, security } from './api-parts.ts';
import { DecisionBody, decisionOf } from './disclosure-decisions.ts';

export interface ExportsApiDeps {
  /** What exports are made of. */
  readonly exporting: Pick<ExportRequest, 'ledger' | 'keyring' | 'register' | 'locations'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
  /** Told of an export that broke off after its answer had begun. */
  readonly report: (error: unknown) => void;
}

const KINDS = EXPORT_KINDS.map(({ name }) => name);

const ExportBody = z
  .strictObject({
    kind: z.enum(KINDS).openapi({ description: EXPORT_KINDS.map(({ name, summary }) => `\`${name}\`: ${summary}`).join('; ') }),
    from: z.string().max(64).openapi({ description: 'First day (2026-11-01, UTC) or instant.' }),
    to: z.string().max(64).openapi({ description: 'The day or instant it ends before.' }),
  })
  .openapi('Export');

/** `POST /v1/exports`, which streams, and `POST /v1/disclosures/decisions`. Both are on the audit log before anything is answered. */
export function exportsRoutes(app: OpenAPIHono<ApiEnv>, deps: ExportsApiDeps, guards: Guards): void {
  exportRoute(app, deps, guards.reading);
  decisionRoute(app, deps, guards.reviewing);
}

function exportRoute(app: OpenAPIHono<ApiEnv>, deps: ExportsApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/exports',
    summary: 'Write what happened in a period, masked, for others to read',
    description:
      'Streams; an answer that ends before its last chunk is not all of it. A transfer or incident belongs to the period of its last message.',
    security,
    middleware,
    request: { body: { required: true, content: { 'application/json': { schema: ExportBody } } } },
    responses: {
      200: {
        description: 'The export, of the type of its kind.',
        content: { 'application/octet-stream': { schema: z.string() } },
      },
      ...refusals,
    },
  });
  app.openapi(route, async (c) => {
    const { kind, from, to } = c.req.valid('json');
    const period = readPeriod(from, to);
    const exporter = await EXPORT_KINDS.find(({ name }) => name === kind)?.load();
    if (exporter === undefined) throw new CordonError('usage', `there is no export "${kind}"`);
    const { name, scope } = c.var.key;
    const who = { actor: `key:${name}`, role: scope };
    const detail = { from: isoTime(period.from), to: isoTime(period.to) };
    await deps.audit.append({ at: deps.clock(), ...who, action: 'export', object: `export:${kind}`, detail });
    const request = { ...deps.exporting, period, clock: deps.clock, ...who };
    return new Response(streamOf(exporter, request, deps.report), { headers: { 'Content-Type': exporter.contentType } });
  });
}

/** Who goes away ends it; what fails after the first byte breaks the connection off, so that nobody takes a part for all of it. */
export function streamOf(
  exporter: Exporter,
  request: ExportRequest,
  report: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const out = new PassThrough();
  let left = false;
  exporter.write(request, out).then(
    () => out.end(),
    (error: unknown) => {
      if (!left) report(error);
      out.destroy(new Error('the export broke off'));
    },
  );
  const chunks: AsyncIterator<Uint8Array> = out[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel() {
      left = true;
      out.destroy();
    },
  });
}

function decisionRoute(app: OpenAPIHono<ApiEnv>, deps: ExportsApiDeps, middleware: Guard): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/disclosures/decisions',
    summary: 'Decide whether transfers are accounted for (45 CFR 164.528)',
    description: 'Of everybody on a flow, or of one patient by token. A later decision on the same takes its place.',
    security,
    middleware,
    request: { body: { required: true, content: { 'application/json': { schema: DecisionBody } } } },
    responses: { 201: json(z.object({ id: z.uuid() }), 'Decided. The same id again changes nothing.'), ...refusals },
  });
  app.openapi(route, async (c) => {
    const { name, scope } = c.var.key;
    const { ledger } = deps.exporting;
    const decision = decisionOf(c.req.valid('json'), `key:${name}`, deps.clock());
    if (!(await ledger.flows.list()).some(({ key }) => key === decision.flow)) {
      throw new CordonError('usage', 'flow: no flow has this key: GET /v1/flows lists them');
    }
    const { id, flow, at, actor } = decision;
    const detail = {
      id,
      decision: decision.decision,
      exemption: decision.exemption,
      of: decision.patient === '' ? 'everybody' : 'a patient',
    };
    const act = { at, actor, role: scope, action: 'disclosure.decide', object: `flow:${flow}`, detail };
    await ledger.logged(act).exports.decide(decision);
    return c.json({ id }, 201);
  });
}
