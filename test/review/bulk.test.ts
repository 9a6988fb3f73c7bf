import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, formRequest, HTTP, openDesk, openIncident, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
});
afterAll(() => desk.close());

/** A form with one name more than once, as check boxes send it. */
function send(reader: Reader, path: string, fields: readonly (readonly [string, string])[]): Promise<Response> {
  const request = formRequest({}, { Cookie: reader.cookie });
  return Promise.resolve(
    desk.app.request(`${HTTP}${path}`, {
      ...request,
      body: new URLSearchParams([['csrf', reader.csrf], ...fields.map(([a, b]) => [a, b])]).toString(),
    }),
  );
}

const stateOf = async (id: string) => (await desk.ledger.incidents.get(id))?.state;

describe('acting on many', () => {
  it('acknowledges at once, says so, and takes it back', async () => {
    const ids = [
      await openIncident(desk, { key: 'one', severity: 'critical' }),
      await openIncident(desk, { key: 'two', severity: 'critical' }),
    ];
    const answer = await send(dana, '/incidents/bulk', [
      ['act', 'acknowledge'],
      ['back', '?severity=critical'],
      ...ids.map((id) => ['item', `${id}|open`] as const),
    ]);
    expect(answer.status).toBe(303);
    const back = answer.headers.get('Location') ?? '';
    expect(back).toMatch(/^\/incidents\?severity=critical&act=[0-9a-f-]{36}&did=acknowledge&done=2&refused=0$/);
    expect(await Promise.all(ids.map(stateOf))).toEqual(['acknowledged', 'acknowledged']);
    const page = await (await dana.get(back)).text();
    expectCleanPage(page);
    expect(page).toContain('2 incidents acknowledged.');
    const undo = /action="(\/acts\/[^"]+\/undo)"/.exec(page)?.[1] ?? '';
    const undone = await send(dana, undo, [['back', '?severity=critical']]);
    expect(undone.headers.get('Location')).toContain('did=undo&done=2');
    expect(await Promise.all(ids.map(stateOf))).toEqual(['open', 'open']);
    const log = await desk.ledger.audit.list({ actor: 'dana', limit: 5 });
    expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(['incident.acknowledge', 'incident.undo']));
  });

  it('shows what a decision would do before it is taken, and asks why', async () => {
    const id = await openIncident(desk, { key: 'three', severity: 'critical' });
    const gone = uuid();
    const items = [
      ['item', `${id}|open`],
      ['item', `${gone}|open`],
    ] as const;
    const preview = await send(dana, '/incidents/bulk', [['act', 'false-positive'], ...items]);
    const page = await preview.text();
    expectCleanPage(page);
    expect(page).toContain('<h1>False positive: 1 incident</h1>');
    expect(page).toContain('1 other will stay as it is');
    expect(await stateOf(id)).toBe('open');
    const act = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const silent = await send(dana, '/incidents/bulk', [['act', 'false-positive'], ['id', act], ['sure', 'yes'], ...items]);
    expect([silent.status, await stateOf(id)]).toEqual([422, 'open']);
    const done = await send(dana, '/incidents/bulk', [
      ['act', 'false-positive'],
      ['id', act],
      ['sure', 'yes'],
      ['note', 'Test patients.'],
      ...items,
    ]);
    expect([done.status, await stateOf(id)]).toEqual([303, 'false-positive']);
  });

  it('takes an incident for the reader, whose filter then finds it', async () => {
    const id = await openIncident(desk, { key: 'four', severity: 'critical' });
    await send(dana, '/incidents/bulk', [
      ['act', 'take'],
      ['item', `${id}|open`],
    ]);
    expect((await desk.ledger.incidents.get(id))?.desk.assignee).toBe('dana');
    expect(await (await dana.get('/incidents?owner=me')).text()).toContain(id);
    expect(await (await dana.get('/incidents?owner=nobody')).text()).not.toContain(id);
  });

  it('refuses what no page of ours sends, and who may not', async () => {
    const id = await openIncident(desk, { key: 'five', severity: 'critical' });
    const item = ['item', `${id}|open`] as const;
    const forged = [
      await send({ ...dana, csrf: 'x' }, '/incidents/bulk', [['act', 'acknowledge'], item]),
      await send(dana, '/incidents/bulk', [['act', 'gone'], item]),
      await send(dana, '/incidents/bulk', [
        ['act', 'acknowledge'],
        ['item', 'x|odd'],
      ]),
      await send(dana, '/incidents/bulk', [['act', 'acknowledge'], ['back', '//evil.example'], item]),
    ];
    expect(forged.map(({ status }) => status)).toEqual([403, 400, 400, 400]);
    expect(await stateOf(id)).toBe('open');
  });
});

it('searches by words, and does not search for what looks like a person', async () => {
  const id = await openIncident(desk, { key: 'six', severity: 'critical' });
  expect(await (await dana.get('/incidents?state=all&q=ssn')).text()).toContain(id);
  for (const text of ['536-22-8147', 'MRN 00012345', 'jane@example.org']) {
    expect((await dana.get(`/incidents?q=${encodeURIComponent(text)}`)).status).toBe(400);
  }
});

it('writes the queue as a file under the same filters', async () => {
  const file = await (await dana.get('/incidents.csv?state=false-positive')).text();
  const lines = file.trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^id,title,reason,severity,state,/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('false-positive');
});
