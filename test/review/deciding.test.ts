import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, NOON } from '../ledger/rows.ts';
import { type Desk, openDesk, openIncident, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
});
afterAll(() => desk.close());

async function text(path: string): Promise<string> {
  const answer = await dana.get(path);
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('deciding', () => {
  const act = (id: string, fields: Record<string, string>, over: Record<string, string | null> = {}) =>
    dana.post(`/incidents/${id}/transitions`, fields, over);

  it.each([
    [{ to: 'acknowledged' }, 'Now acknowledged.', 'acknowledged it'],
    [{ to: 'resolved', note: 'Removed in the channel.' }, 'Now resolved.', 'resolved it'],
    [{ to: 'false-positive', note: 'A test patient.' }, 'Now false positive.', 'called it a false positive'],
    [
      { to: 'accepted-risk', note: 'Until the upgrade.', until: '2027-01-31' },
      'Now risk accepted.',
      'accepted the risk until 2027-01-31',
    ],
  ])('%o', async (fields, notice, event) => {
    const id = await openIncident(desk, { key: `act-${fields.to}` });
    const answer = await act(id, { from: 'open', ...fields });
    const location = answer.headers.get('Location') ?? '';
    const done = new URL(location, 'http://desk').searchParams;
    expect([answer.status, location.split('?')[0], done.get('did')]).toEqual([303, `/incidents/${id}`, fields.to]);
    const page = await text(location);
    for (const part of [notice, `<strong>dana</strong> ${event}`, 'Undo', ...('note' in fields ? [fields.note] : [])])
      expect(page).toContain(part);
    expectCleanPage(page);
    const undone = await dana.post(`/incidents/${id}/undo`, { act: done.get('act') ?? '' });
    expect([undone.status, undone.headers.get('Location')]).toEqual([303, `/incidents/${id}?did=undone`]);
    expect((await desk.ledger.incidents.get(id))?.state).toBe('open');
    await act(id, { from: 'open', to: 'false-positive', note: 'done with' });
  });

  it('ends an accepted risk with the last millisecond of its day', async () => {
    const id = await openIncident(desk, { key: 'day' });
    await act(id, { from: 'open', to: 'accepted-risk', note: 'n', until: '2026-12-01' });
    expect((await desk.ledger.incidents.get(id))?.until).toBe(Date.UTC(2026, 11, 2));
    expect(await text(`/incidents/${id}`)).toContain('until 2026-12-01');
  });

  it.each([
    [{ to: 'false-positive' }, 422, 'False-positive needs a note'],
    [{ to: 'false-positive', note: '  \r\n ' }, 422, 'False-positive needs a note'],
    [{ to: 'accepted-risk', until: '2027-01-31' }, 422, 'Accepted-risk needs a note'],
    [{ to: 'accepted-risk', note: 'kept <text>' }, 422, 'Accepted-risk needs until'],
    [{ to: 'accepted-risk', note: 'n', until: '2026-11-23' }, 422, 'must be in the future'],
    [{ to: 'accepted-risk', note: 'n', until: '2029-01-01' }, 422, 'within one year'],
    [{ to: 'accepted-risk', note: 'n', until: '2027-02-30' }, 422, 'The day is written YYYY-MM-DD'],
    [{ to: 'accepted-risk', note: 'n', until: 'soon' }, 422, 'The day is written YYYY-MM-DD'],
    [{ to: 'resolved', note: 'x'.repeat(2001) }, 422, 'at most 2,000 characters'],
    [{ to: 'open' }, 409, 'cannot become open'],
  ])('refuses %o and keeps what was typed', async (fields, status, problem) => {
    const id = await openIncident(desk, { key: 'refused' });
    const answer = await act(id, { from: 'open', ...fields });
    const page = await answer.text();
    expect(answer.status).toBe(status);
    expect(page).toContain(problem);
    if ('note' in fields) expect(page).toContain(fields.note.replace('<text>', '&lt;text&gt;').trim());
    expect((await desk.ledger.incidents.get(id))?.state).toBe('open');
    expectCleanPage(page);
  });

  it('tells a reader whose page is old what it is now', async () => {
    const id = await openIncident(desk, { key: 'stale' });
    await act(id, { from: 'open', to: 'resolved' });
    const late = await act(id, { from: 'open', to: 'acknowledged' });
    expect(late.status).toBe(409);
    const page = await late.text();
    expect(page).toContain('it is now resolved');
    expect(page).toContain('name="from" value="resolved"');
  });

  it('refuses what no page of ours sends', async () => {
    const id = await openIncident(desk, { key: 'forged' });
    const wanted = { from: 'open', to: 'resolved' };
    const answers = [
      await act(id, { ...wanted, csrf: '' }),
      await act(id, { ...wanted, csrf: `${dana.csrf.slice(0, -1)}_` }),
      await act(id, { ...wanted, csrf: (await signIn(desk, 'other')).csrf }),
      await act(id, wanted, { Origin: 'https://evil.example' }),
      await act(id, wanted, { Origin: 'null' }),
      await act(id, wanted, { Origin: null }),
      await act(id, wanted, { 'Content-Type': 'text/plain' }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(Array(7).fill(403));
    expect((await act(id, { from: 'open', to: 'gone' })).status).toBe(400);
    expect((await act(id, { ...wanted, note: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await act('none', wanted)).status).toBe(404);
    expect((await desk.ledger.incidents.get(id))?.state).toBe('open');
  });
});

it('reopens in the queue when a risk has run out', async () => {
  const id = await openIncident(desk, { key: 'run-out' });
  await dana.post(`/incidents/${id}/transitions`, { from: 'open', to: 'accepted-risk', note: 'n', until: '2026-11-25' });
  await desk.ledger.incidents.expire(NOON + 3 * DAY);
  expect(await text(`/incidents/${id}`)).toContain('opened it again');
});
