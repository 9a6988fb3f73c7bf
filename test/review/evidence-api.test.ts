import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { writeEvidence } from '../../src/cli/verify-output.ts';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import { createReviewApi } from '../../src/review/api.ts';
import { Refusal } from '../../src/review/api-schemas.ts';
import { EvidencePage } from '../../src/review/evidence-schemas.ts';
import { DAY, HOUR, NOON } from '../ledger/rows.ts';
import { type Desk, HTTP, openDesk } from './desk.ts';

let desk: Desk;
let api: ReturnType<typeof createReviewApi>;

function row(target: string, check: string, outcome: Outcome, over: Partial<Evidence> = {}): Evidence {
  const what = { profile: 'rfc9325', section: '3.1.1', how: 'probed', facts: { versions: ['TLSv1.2'], days: 7 } } as const;
  const reason = outcome === 'proven' ? null : 'turn it on';
  return { target, check, outcome, ...what, reason, at: NOON, expires: NOON + DAY, ...over };
}

const OLD = row('tls:pacs.example:2762', 'suites', 'failed', { at: NOON - DAY, expires: NOON });
const ROWS = [
  row('tls:pacs.example:2762', 'suites', 'proven'),
  row('tls:pacs.example:2762', 'version', 'proven', { profile: 'dicom-b12' }),
  row('tls:pacs.example:2762', 'plain-port', 'not_applicable', { profile: null, section: '' }),
  row('s3://films/', 'bucket-encryption', 'claimed', { profile: null, section: '', expires: NOON + 3 * HOUR }),
  row('s3://films/', 'sample', 'proven', { profile: null, section: '', expires: NOON + HOUR }),
];

beforeAll(async () => {
  desk = await openDesk();
  await desk.ledger.evidence.save([OLD]);
  await desk.ledger.evidence.save(ROWS);
  desk.now = NOON + 2 * HOUR;
  api = createReviewApi({
    ...desk.ledger,
    checkKey: async () => ({ id: 'k', name: 'auditor', scope: 'read' }),
    clock: () => desk.now,
    tokensOf: () => [],
    report: (error) => expect.fail(String(error)),
  });
});
afterAll(() => desk.close());

async function get(query: string): Promise<Response> {
  return await api.request(`${HTTP}/v1/evidence${query}`, { headers: { Authorization: 'Bearer key' } });
}

async function read(query: string): Promise<z.output<typeof EvidencePage>> {
  return EvidencePage.parse(await (await get(query)).json());
}

async function named(query: string): Promise<string[]> {
  return (await read(query)).rows.map(({ target, check, outcome }) => `${target} ${check} ${outcome}`);
}

it('says what is known now, what has expired as unknown and what it was, and how much is proven', async () => {
  const { rows, next, coverage } = await read('');
  expect(next).toBeNull();
  expect(rows.map(({ check, outcome, was }) => [check, outcome, was])).toEqual([
    ['bucket-encryption', 'claimed', null],
    ['sample', 'unknown', 'proven'],
    ['plain-port', 'not_applicable', null],
    ['suites', 'proven', null],
    ['version', 'proven', null],
  ]);
  expect(rows[1]?.reason).toBe('it was proven until 2026-11-24T13:00:00.000Z: verify it again');
  expect(coverage?.overall).toEqual({
    counts: { proven: 2, failed: 0, unknown: 1, claimed: 1, not_applicable: 1 },
    coverage: 0.5,
  });
  expect(Object.entries(coverage?.kinds ?? {}).map(([kind, each]) => [kind, each.coverage])).toEqual([
    ['rest', 0],
    ['transit', 1],
  ]);
  expect(Object.keys(coverage?.profiles ?? {})).toEqual(['dicom-b12', 'rfc9325']);
});

it('says what was known at an instant', async () => {
  const { rows, coverage } = await read('?at=2026-11-24T13:59:59%2B02:00');
  expect(rows).toMatchObject([
    { check: 'suites', outcome: 'failed', was: null, since: '2026-11-23T12:00:00.000Z', ended: '2026-11-24T12:00:00.000Z' },
  ]);
  expect(coverage?.overall.coverage).toBe(0);
  expect((await read('?at=2020-01-01T00:00:00Z')).coverage).toMatchObject({ overall: { coverage: null }, kinds: {} });
});

it.each([
  ['?target=s3://films/', 2],
  ['?kind=transit', 3],
  ['?kind=rest', 2],
  ['?profile=rfc9325', 1],
  ['?check=version', 1],
  ['?outcome=unknown', 1],
  ['?outcome=proven', 2],
  ['?outcome=failed', 0],
  ['?target=tls:nobody:1', 0],
])('takes of it %s', async (query, count) => {
  expect(await named(query)).toHaveLength(count);
});

it('counts in the coverage of the first page what the outcome leaves out, and what other pages show', async () => {
  const whole = (await read('?kind=transit')).coverage;
  expect((await read('?kind=transit&outcome=not_applicable')).coverage).toEqual(whole);
  const first = await read('?kind=transit&limit=2');
  const second = await read(`?kind=transit&limit=2&cursor=${first.next}`);
  expect([first.rows.length, second.rows.length, second.next]).toEqual([2, 1, null]);
  expect([first.coverage, second.coverage]).toEqual([whole, null]);
});

it('names things as `verify --format ndjson` does', async () => {
  const write = vi.fn<(text: string) => void>();
  writeEvidence(ROWS.slice(0, 1), 'ndjson', write);
  const printed: unknown = JSON.parse(write.mock.calls[0]?.[0] ?? '');
  const [shown] = (await read('?check=suites')).rows;
  expect(shown).toEqual({ ...Object(printed), was: null, since: '2026-11-24T12:00:00.000Z', ended: null });
});

it.each([
  ['?at=yesterday', 'at: '],
  ['?kind=odd', 'kind: '],
  ['?outcome=odd', 'outcome: '],
  ['?limit=1000', 'limit: '],
  ['?cursor=odd', 'cursor'],
  ['?cursor=WzEsIngiXQ', 'cursor'],
])('refuses %s and says what is wrong', async (query, part) => {
  const answer = await get(query);
  expect(Refusal.parse(await answer.json()).message).toContain(part);
  expect(answer.status).toBe(400);
});
