import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cause, NOON, scanRow } from '../ledger/rows.ts';
import { type Desk, flag, openDesk, openIncident, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
  const account = { id: 'a-kim', name: 'kim', role: 'analyst', password: null, at: NOON } as const;
  await desk.ledger.accounts.add(account);
  await desk.ledger.accounts.add({ ...account, id: 'a-ben', name: 'ben', role: 'biomed' });
});
afterAll(() => desk.close());

/** Follows the answer of a form to the page that says what was done. */
async function followed(answer: Response): Promise<string> {
  expect(answer.status).toBe(303);
  const page = await (await dana.get(answer.headers.get('Location') ?? '')).text();
  expectCleanPage(page);
  return page;
}

const actOn = (page: string): string => /name="act" value="([^"]+)"/.exec(page)?.[1] ?? '';

describe('handling one incident', () => {
  it('gives it to who may work on it, and takes that back', async () => {
    const id = await openIncident(desk, { key: 'give' });
    const before = await (await dana.get(`/incidents/${id}`)).text();
    expect(before).toContain('<option value="kim">');
    expect(before).not.toContain('<option value="ben">');
    const given = await followed(await dana.post(`/incidents/${id}/assignment`, { from: 'open', assignee: 'kim' }));
    expect(given).toContain('Given to kim.');
    expect(given).toContain('<strong>dana</strong> gave it to kim');
    const back = await followed(await dana.post(`/incidents/${id}/undo`, { act: actOn(given) }));
    expect(back).toContain('Taken back. It is open.');
    expect((await desk.ledger.incidents.get(id))?.desk.assignee).toBeNull();
    expect((await dana.post(`/incidents/${id}/assignment`, { from: 'open', assignee: 'ben' })).status).toBe(400);
  });

  it('keeps a due day and a comment in the history, and on the audit log without its words', async () => {
    const id = await openIncident(desk, { key: 'due' });
    expect(await followed(await dana.post(`/incidents/${id}/due`, { from: 'open', due: '2026-12-24' }))).toContain(
      'Due by the end of 2026-12-24.',
    );
    expect((await desk.ledger.incidents.get(id))?.desk.due).toBe(Date.UTC(2026, 11, 25));
    const said = await followed(
      await dana.post(`/incidents/${id}/comments`, { from: 'open', text: 'Asked the <lab>.\r\nThey mend it.' }),
    );
    expect(said).toContain('<blockquote>Asked the &lt;lab&gt;.\nThey mend it.</blockquote>');
    const log = await desk.ledger.audit.list({ limit: 50 });
    expect(log.filter(({ object }) => object === `incident:${id}`).map(({ action }) => action)).toEqual([
      'incident.comment',
      'incident.due',
    ]);
    expect(JSON.stringify(log)).not.toContain('Asked');
  });

  it.each([
    ['due', { due: '2026-02-30' }, 422, 'The day is written YYYY-MM-DD.'],
    ['due', { due: '2026-01-01' }, 422, 'A due day must not be over.'],
    ['comments', { text: ' \r\n' }, 422, 'A comment says something.'],
    ['comments', { text: 'x'.repeat(2001) }, 422, 'at most 2,000 characters'],
    ['assignment', { from: 'resolved', assignee: 'kim' }, 409, 'reload it and decide again'],
  ])('says beside the form what is wrong: %s %o', async (form, fields, status, problem) => {
    const id = await openIncident(desk, { key: 'wrong' });
    const answer = await dana.post(`/incidents/${id}/${form}`, { from: 'open', ...fields });
    const page = await answer.text();
    expect([answer.status, page.includes(problem)]).toEqual([status, true]);
    expectCleanPage(page);
  });

  it('takes back nothing that is not of the incident, or that somebody changed since', async () => {
    const id = await openIncident(desk, { key: 'mine' });
    const other = await openIncident(desk, { key: 'other' });
    const page = await followed(await dana.post(`/incidents/${id}/transitions`, { from: 'open', to: 'acknowledged' }));
    expect((await dana.post(`/incidents/${other}/undo`, { act: actOn(page) })).status).toBe(400);
    await dana.post(`/incidents/${id}/assignment`, { from: 'acknowledged', assignee: 'kim' });
    const late = await dana.post(`/incidents/${id}/undo`, { act: actOn(page) });
    expect([late.status, (await late.text()).includes('That could not be taken back')]).toEqual([409, true]);
  });

  it('offers no act to who may only read', async () => {
    const id = await openIncident(desk, { key: 'read' });
    const auditor = await signIn(desk, 'ada', 'auditor');
    const page = await (await auditor.get(`/incidents/${id}`)).text();
    expect(page).not.toContain(`action="/incidents/${id}/`);
    expect((await auditor.post(`/incidents/${id}/comments`, { from: 'open', text: 'x' })).status).toBe(403);
  });
});

it('shows what else is on the flow and at the destination, and how many patients they share', async () => {
  const flow = (key: string, destination: string) => ({ key, listener: 'mllp', source: 'LIS', destination, policy: key });
  const show = async (key: string, name: string, destination: string, patients: readonly string[]) => {
    desk.now += 1000;
    const raised = cause({ key, flow: name });
    await flag(desk, [raised], { patients, decision: { ...scanRow('').decision, flow: flow(name, destination) } });
    const { rows } = await desk.ledger.incidents.list({ flow: name, limit: 20 });
    return rows.find((row) => row.key === key)?.id ?? '';
  };
  const own = await show('r1', 'first', 'SHARED', ['k1.a', 'k1.b', 'k1.c']);
  const same = await show('r2', 'first', 'SHARED', ['k1.b', 'k1.c', 'k1.d']);
  const beside = await show('r3', 'second', 'SHARED', ['k1.z']);
  await show('r4', 'third', 'ELSEWHERE', ['k1.a']);
  const page = await (await dana.get(`/incidents/${own}`)).text();
  const related = /<section class="related">[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
  expect([...related.matchAll(/href="\/incidents\/([0-9a-f-]{36})"/g)].map((match) => match[1])).toEqual([same, beside]);
  expect(related).toContain('2 patients of this one too');
  expect(related.indexOf('On the same flow')).toBeLessThan(related.indexOf('To the same destination'));
});

it('says how the hop and the place stand, and where they are looked at', async () => {
  const id = await openIncident(desk, { key: 'hop' });
  const page = await (await dana.get(`/incidents/${id}`)).text();
  expect(page).toContain('Encryption of each hop');
  expect(page).toContain('No policy says where it comes to rest.');
});
