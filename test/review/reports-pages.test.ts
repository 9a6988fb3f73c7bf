import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptRow, cause, DAY, flaggedRow, NOON } from '../ledger/rows.ts';
import { type Desk, flag, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
let flow = '';
beforeAll(async () => {
  desk = await openDesk();
  await flag(desk, [cause()], { patients: ['k1.patient-one', 'k1.patient-two'] });
  flow = (await desk.ledger.flows.list())[0]?.key ?? '';
  dana = await signIn(desk);
});
afterAll(() => desk.close());

const text = async (path: string, reader = dana): Promise<string> => {
  const answer = await reader.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const DAYS = { from: '2026-11-24', through: '2026-11-24' };

describe('exports', () => {
  it('are a file of the days that were asked for, with an entry on the audit log', async () => {
    expectCleanPage(await text('/reports'));
    const answer = await dana.post('/reports/exports', { kind: 'csv', ...DAYS });
    expect([answer.status, answer.headers.get('Content-Disposition')]).toEqual([
      200,
      'attachment; filename="cordon-csv-2026-11-24-2026-11-24.csv"',
    ]);
    expect(await answer.text()).toContain('k1.patient-two');
    const [entry] = await desk.ledger.audit.list({ limit: 1 });
    expect(entry).toMatchObject({
      actor: 'dana',
      action: 'export',
      object: 'export:csv',
      detail: { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' },
    });
  });

  it('are refused where they are no kind, no period, or not of a page of ours', async () => {
    const size = await desk.ledger.audit.size();
    const odd = await dana.post('/reports/exports', { kind: 'everything', ...DAYS });
    expect([odd.status, await odd.text()]).toEqual([422, expect.stringContaining('there is no export of this kind')]);
    const back = await dana.post('/reports/exports', { kind: 'csv', from: '2026-11-24', through: '2026-11-01' });
    expect([back.status, await back.text()]).toEqual([422, expect.stringContaining('is before the first')]);
    expect((await dana.post('/reports/exports', { kind: 'csv', ...DAYS }, { Origin: 'https://elsewhere.example' })).status).toBe(
      403,
    );
    // No export; but that a form came which none of our pages sent.
    expect((await desk.ledger.audit.list({ limit: 1 }))[0]).toMatchObject({ seq: size, action: 'access.refused' });
    expect(await desk.ledger.audit.size()).toBe(size + 1);
  });

  it('are nothing for an administrator, who runs the installation', async () => {
    const ada = await signIn(desk, 'ada', 'admin');
    expect(await text('/reports', ada)).toContain('Exports are for the roles officer, analyst, auditor');
    expect((await ada.post('/reports/exports', { kind: 'csv', ...DAYS })).status).toBe(403);
  });
});

describe('disclosures', () => {
  it('are candidates until an officer decides on the flow, or on one patient', async () => {
    const open = await text('/reports/disclosures');
    expectCleanPage(open);
    expect(open).toContain('<h1>1 of 1 flow waits for a decision</h1>');
    const one = `/reports/disclosures/decide?${new URLSearchParams({ flow, patient: 'k1.patient-two' }).toString()}`;
    expectCleanPage(await text(one));
    const decide = (fields: Record<string, string>) =>
      dana.post('/reports/disclosures/decide', { flow, patient: '', from: '2026-11-01', purpose: '', exemption: '', ...fields });
    expect((await decide({ decision: 'disclosure', purpose: 'reportable results', exemption: 'tpo' })).status).toBe(303);
    expect((await decide({ decision: 'exempt', exemption: 'individual', patient: 'k1.patient-two' })).status).toBe(303);
    const decided = await text('/reports/disclosures?done=yes');
    expect(decided).toContain('The only flow is decided');
    expect(decided).toContain('reportable results, by dana');
    expect(decided).toContain('to the patient, by dana');
    const [entry] = await desk.ledger.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ action: 'disclosure.decide', object: `flow:${flow}`, detail: { of: 'a patient' } });
    expect(JSON.stringify(entry)).not.toContain('k1.patient');
  });

  it('say what a decision lacks, and decide nothing', async () => {
    const before = await desk.ledger.exports.decisions(flow, []);
    const lacking = await dana.post('/reports/disclosures/decide', { flow, patient: '', from: '2026-11-01', decision: 'exempt' });
    expect([lacking.status, await lacking.text()]).toEqual([422, expect.stringContaining('Why it is exempt: choose why it is')]);
    const nowhere = { flow: 'none', patient: '', from: '2026-11-01', decision: 'disclosure', purpose: 'x' };
    expect((await dana.post('/reports/disclosures/decide', nowhere)).status).toBe(404);
    expect(await desk.ledger.exports.decisions(flow, [])).toEqual(before);
    expect((await dana.get('/reports/disclosures?month=2026-13')).status).toBe(400);
  });

  it('are paged, a month at a time', async () => {
    for (let n = 0; n < 60; n++) {
      const row = acceptRow({ id: uuid({ msecs: NOON, random: randomBytes(16) }), receivedAt: NOON });
      await desk.ledger.messages.accept(row);
      await desk.ledger.messages.saveScan(flaggedRow(row.id, { patients: [`k1.many-${n}`] }));
    }
    const first = await text('/reports/disclosures');
    const next =
      /href="(\/reports\/disclosures\?month=2026-11&amp;cursor=[^"#]+)/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await text(next);
    const tokens = (page: string) => [...page.matchAll(/patient=(k1[^"]+)"/g)].map(([, token]) => token);
    expect(new Set([...tokens(first), ...tokens(second)]).size).toBe(62);
    expect(await text('/reports/disclosures?month=2026-09')).toContain('Nothing was sent in this month');
    const lines = (await text('/reports/disclosures.csv?month=2026-11')).trim().split('\r\n');
    expect(lines[0]).toMatch(/^day,flow,source,destination,patient,/);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[4])).size).toBe(62);
    expect(lines.find((line) => line.includes('k1.patient-two'))).toContain(',exempt,individual,,dana,');
    expect((await text('/reports/disclosures.csv?month=2026-09')).trim().split('\r\n')).toHaveLength(1);
    expect((await dana.get('/reports/disclosures.csv?month=x')).status).toBe(400);
    const alex = await signIn(desk, 'alex', 'admin');
    expect((await alex.get('/reports/disclosures.csv')).status).toBe(403);
    expect(await text('/reports/disclosures', alex)).not.toContain('disclosures.csv');
  });
});

describe('reviews', () => {
  it('are signed for a period with its coverage beside them', async () => {
    const page = await text(`/reports/reviews?from=${DAYS.from}&through=${DAYS.through}`);
    expectCleanPage(page);
    expect(page).toContain('60 messages');
    const signed = await dana.post('/reports/reviews', { ...DAYS, outcome: 'nothing-further', note: 'Looked at all incidents.' });
    expect(signed.headers.get('Location')).toBe('/reports/reviews?done=signed');
    const [review] = await desk.ledger.reviews.list(0, NOON + DAY, 10);
    expect(review).toMatchObject({ actor: 'dana', outcome: 'nothing-further', to: review === undefined ? 0 : review.from + DAY });
    expect(await text('/reports/reviews')).toContain('Reviewed until 2026-11-24');
    const [columns, row] = (await text('/reports/reviews.csv')).split('\r\n');
    expect(columns).toBe(
      'from,through,outcome,note,signed_by,role,signed_at,messages,scanned,examined_in_part,flagged,quarantined',
    );
    expect(row).toMatch(/^2026-11-24,2026-11-24,nothing-further,Looked at all incidents\.,dana,officer,2026-\S+Z,60,60,/);
  });

  it('are not signed without an outcome, a note, or a period that has begun', async () => {
    const sign = async (fields: Record<string, string>) => (await dana.post('/reports/reviews', { ...DAYS, ...fields })).status;
    expect(await sign({ note: 'x' })).toBe(422);
    expect(await sign({ outcome: 'findings', note: ' ' })).toBe(422);
    expect(await sign({ outcome: 'findings', note: 'x', from: '2030-01-01', through: '2030-01-02' })).toBe(422);
    expect((await desk.ledger.reviews.list(0, NOON + 9999 * DAY, 10)).length).toBe(1);
    expect((await dana.get('/reports/reviews?from=x&through=y')).status).toBe(422);
    const ada = await signIn(desk, 'ada', 'auditor');
    expect(await text('/reports/reviews', ada)).not.toContain('Sign as');
    expect((await ada.post('/reports/reviews', { ...DAYS, outcome: 'findings', note: 'x' })).status).toBe(403);
  });
});
