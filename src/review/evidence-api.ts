import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../core/clock.ts';
import { EVIDENCE_KINDS, OUTCOMES } from '../core/evidence.ts';
import type { EvidenceStore } from '../ledger/evidence/store.ts';
import { type ApiEnv, type Guard, given, json, refusals, security } from './api-parts.ts';
import { paging } from './api-schemas.ts';
import { coverageBody, EvidencePage, evidenceBody } from './evidence-schemas.ts';

export interface EvidenceApiDeps {
  readonly evidence: Pick<EvidenceStore, 'asOf' | 'tally'>;
  readonly clock: Clock;
}

const list = (middleware: Guard) =>
  createRoute({
    method: 'get',
    path: '/v1/evidence',
    summary: 'What is known of encryption, now or at an instant, and how much of it is proven',
    description: 'By target, check and profile. What has expired is `unknown`.',
    security,
    middleware,
    request: {
      query: z.object({
        ...paging,
        target: z.string().min(1).max(1024).optional().openapi({ description: '`tls:pacs.example:2762`, `s3://bucket/prefix`' }),
        check: z.string().min(1).max(128).optional(),
        profile: z.string().min(1).max(128).optional().openapi({ description: '`rfc9325`' }),
        kind: z.enum(EVIDENCE_KINDS).optional().openapi({ description: 'Of hops (transit) or of places (rest).' }),
        outcome: z.enum(OUTCOMES).optional().openapi({ description: 'As it stands; coverage is of all outcomes nevertheless.' }),
        at: z.iso
          .datetime({ offset: true })
          .optional()
          .openapi({ description: 'What was known at this instant; now where it is left out. Give it with a cursor too.' }),
      }),
    },
    responses: { 200: json(EvidencePage, 'A page of it.'), ...refusals },
  });

/** `GET /v1/evidence`: statements as of an instant, with the coverage of all that the filters take, whatever their outcome, on the first page. */
export function evidenceRoutes(app: OpenAPIHono<ApiEnv>, { evidence, clock }: EvidenceApiDeps, middleware: Guard): void {
  app.openapi(list(middleware), async (c) => {
    const { at: asked, limit, cursor, outcome, ...filter } = c.req.valid('query');
    const at = asked === undefined ? clock() : Date.parse(asked);
    const which = { ...given(filter), at };
    const [page, tallies] = await Promise.all([
      evidence.asOf({ ...which, limit, ...given({ cursor, outcome }) }),
      cursor === undefined ? evidence.tally(which) : null,
    ]);
    const rows = page.rows.map((row) => evidenceBody(row, at));
    return c.json({ rows, next: page.next, coverage: tallies === null ? null : coverageBody(tallies) }, 200);
  });
}
