import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tracePicture } from '../../src/review/trace-picture.ts';
import { createQuestions, QUESTION_LIFE } from '../../src/review/trace-questions.ts';
import { leakHops, lineageRow, seenNodes } from '../ledger/lineage-rows.ts';
import { acceptRow, finding, NOON, scanRow } from '../ledger/rows.ts';
import { type Desk, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

const MRN = 'MR40012345';
/** However it is written, it is nowhere. */
const VALUE = /4001\s?2345/;

let desk: Desk;
let dana: Reader;
let ana: Reader;
const messages: string[] = [];
const seen: string[] = [];

beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
  ana = await signIn(desk, 'ana', 'analyst');
  const [person = ''] = desk.deps.tokensOf(MRN, 'mrn');
  const hops = leakHops(31);
  for (const [index, each] of hops.entries()) {
    const row = acceptRow({ receivedAt: NOON + index * 1000 });
    messages.push(row.id);
    await desk.ledger.messages.accept(row);
    const lineage = lineageRow({
      hop: each,
      trail: [{ key: person, patient: true }],
      prints: ['p'],
      transit: index === 0 ? 'proven' : 'failed',
    });
    const devices = index === 0 ? seenNodes('SCANNER', '<CT>') : seenNodes('SCANNER');
    const scan = scanRow(row.id, {
      lineage,
      ...devices,
      findings: [finding({ category: 'mrn', path: 'PID-3.1', mask: 'AA9999' })],
    });
    await desk.ledger.messages.saveScan({ ...scan, decision: { ...scan.decision, verdict: 'flagged' } });
  }
});
afterAll(() => desk.close());

async function read(answer: Response): Promise<string> {
  const body = await answer.text();
  seen.push(body, answer.headers.get('Location') ?? '');
  return body;
}

/** Asks, and returns the address of the answer. */
async function ask(fields: Record<string, string>, reader = dana): Promise<string> {
  const answer = await reader.post('/trace', fields);
  expect([answer.status, await read(answer)]).toEqual([303, '']);
  return answer.headers.get('Location') ?? '';
}

describe('asking', () => {
  it('is a form that no browser keeps, and answers at an address that says nothing', async () => {
    const page = await dana.get('/trace');
    const body = await read(page);
    expectCleanPage(body);
    expect(page.headers.get('Cache-Control')).toBe('no-store');
    expect(body).toMatch(/<input name="identifier" type="text" autocomplete="off"[^>]* spellcheck="false"/);
    expect(await ask({ identifier: 'mr-4001 2345', kind: 'mrn' })).toMatch(/^\/trace\/[\w-]{22}$/);
    expect(await ask({ identifier: MRN, at: '2026-11-24' })).toMatch(/^\/trace\/[\w-]{22}\?at=2026-11-24$/);
  });

  it.each([
    [{ identifier: '~~~' }, 422],
    [{ identifier: ' ' }, 422],
    [{ identifier: 'x'.repeat(257) }, 422],
    [{ identifier: MRN, kind: 'shoe' }, 422],
    [{ identifier: MRN, at: 'yesterday' }, 422],
    [{ identifier: MRN, csrf: 'forged' }, 403],
  ])('refuses %o', async (fields, status) => {
    const answer = await dana.post('/trace', fields);
    const body = await read(answer);
    expect(answer.status).toBe(status);
    expect(body).not.toContain(fields.identifier.trim() || 'nothing at all');
  });

  it('is answered to who asked, and for half an hour', async () => {
    const address = await ask({ identifier: MRN });
    expect((await dana.get(address)).status).toBe(200);
    expect((await ana.get(address)).status).toBe(404);
    expect((await dana.get('/trace/somethingElse')).status).toBe(404);
    const questions = createQuestions();
    const { id } = questions.ask('s', { tokens: ['t'], kind: null }, NOON);
    expect(questions.find('s', id, NOON + QUESTION_LIFE - 1)?.tokens).toEqual(['t']);
    expect(questions.find('s', id, NOON + QUESTION_LIFE)).toBeNull();
    for (let n = 0; n < 1000; n++) questions.ask('s', { tokens: [], kind: null }, NOON);
    expect(questions.find('s', id, NOON)).toBeNull();
  });
});

describe('the answer', () => {
  it('sums up, draws and lists where it went, in time order, with the way of the content', async () => {
    const answer = await dana.get(await ask({ identifier: MRN, kind: 'mrn' }));
    const body = await read(answer);
    expectCleanPage(body);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(body).toContain('<h1>2 messages carried it to 2 systems</h1>');
    expect(body).toContain('a public health authority <span class="quiet">1 message</span>');
    expect(body).toContain('a receiver that no policy names <span class="quiet">1 message</span>');
    expect(body).toContain('1 message, in clear or weakly encrypted');
    expect(body).toContain('<a href="/locations/place/registry-db">registry-db</a>');
    expect([...body.matchAll(/<li id="m-([\w-]+)"/g)].map(([, id]) => id)).toEqual(messages);
    expect(body).toMatch(/The same content went<\/span>\s+LIS\^LAB/);
    expect(body.match(/<a class="line /g)).toHaveLength(2);
  });

  it('opens a message by the shapes of what was in it, and no message of somebody else', async () => {
    const address = await ask({ identifier: MRN });
    const body = await read(await dana.get(`${address}?message=${messages[0]}`));
    expectCleanPage(body);
    expect(body).toMatch(/PID-3\.1<\/td><td class="mono mask">AA9999/);
    const other = acceptRow({ receivedAt: NOON });
    await desk.ledger.messages.accept(other);
    await desk.ledger.messages.saveScan(scanRow(other.id, { findings: [finding({ mask: 'OTHER' })] }));
    expect(await read(await dana.get(`${address}?message=${other.id}`))).not.toContain('OTHER');
    for (const bad of ['message=x', 'at=x', 'cursor=x'])
      expect([bad, (await dana.get(`${address}?${bad}`)).status]).toEqual([bad, 400]);
  });

  it('names the devices of each message and of all, with links to them, and gives them as a file', async () => {
    const address = await ask({ identifier: MRN });
    const body = await read(await dana.get(address));
    const links = (text: string) =>
      [...text.matchAll(/<a href="\/devices\/[0-9a-f]{16}">([^<]+)<\/a>/g)].map(([, title]) => title);
    const entries = body.split('<li id="m-').slice(1);
    expect(entries.map((entry) => links(entry))).toEqual([['SCANNER', '&lt;CT&gt;'], ['SCANNER']]);
    const [, table = ''] = body.split('id="devices"');
    expect(links(table.slice(0, table.indexOf('</section>'))).sort()).toEqual(['&lt;CT&gt;', 'SCANNER']);
    expect(body).toContain('<a href="#devices">2 devices</a>');
    expect(body).not.toContain('Devices are known of');
    const id = /\/devices\/([0-9a-f]{16})">SCANNER/.exec(body)?.[1] ?? '';
    expect((await dana.get(`/devices/${id}`)).status).toBe(200);
    const rows = (await read(await dana.get(`${address}/devices.csv`))).trim().split('\r\n');
    expect(rows[0]).toBe('id,device,messages,first_seen,last_seen');
    expect(rows).toContain(`${id},SCANNER,2,2026-11-24T12:00:00.000Z,2026-11-24T12:00:01.000Z`);
    expect(rows).toHaveLength(3);
  });

  it('says of how many messages the devices are known, where it is not all', async () => {
    const [token = ''] = desk.deps.tokensOf('MR7', 'mrn');
    for (const devices of [{}, seenNodes('SCANNER')]) {
      const row = acceptRow({ receivedAt: NOON });
      await desk.ledger.messages.accept(row);
      const lineage = lineageRow({ trail: [{ key: token, patient: true }] });
      await desk.ledger.messages.saveScan(scanRow(row.id, { lineage, ...devices }));
    }
    const body = await read(await dana.get(await ask({ identifier: 'MR7', kind: 'mrn' })));
    expectCleanPage(body);
    expect(body).toContain('Devices are known of 1 of the 2 messages');
  });

  it('gives its hops as a file', async () => {
    const rows = (await read(await dana.get(`${await ask({ identifier: MRN })}/hops.csv`))).trim().split('\r\n');
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
      ['source', 'destination'],
      ['app:LIS^LAB', 'sys:registry'],
      ['sys:registry', 'ae:STORE'],
    ]);
  });

  it('draws what carried the most where there are more than sixty systems', () => {
    const name = (id: string) => ({ id, title: id });
    const hops = Array.from({ length: 100 }, (_, at) => ({
      ...({
        source: name('ae:FROM'),
        destination: name(`ae:TO${at}`),
        flow: 'f',
        policy: 'f',
        protocol: 'dimse',
        entity: null,
      } as const),
      ...{ location: null, messages: at + 1, outcomes: { proven: at + 1, claimed: 0, unknown: 0, failed: 0 }, categories: [] },
      ...{ firstSeen: NOON, lastSeen: NOON },
    }));
    const { nodes, lines } = tracePicture({ hops });
    expect([nodes.length, lines.length, lines.at(-1)?.messages]).toEqual([60, 59, 42]);
  });

  it('is as of a day, and says what nothing means', async () => {
    const body = await read(await dana.get(await ask({ identifier: MRN, at: '2026-11-01' })));
    expectCleanPage(body);
    expect(body).toContain('<h1>No message that is known carried it</h1>');
    expect(body).toContain('by the end of 2026-11-01 UTC');
    expect(body).toContain('What this does not mean');
    expect(body).toContain('for 2000 days');
  });

  it('is on the audit log each time that it is shown, and not whom it is about', async () => {
    const address = await ask({ identifier: MRN, kind: 'mrn' }, ana);
    const before = await desk.ledger.audit.list({ limit: 100 });
    await ana.get(address);
    await ana.get(`${address}?at=2026-11-01`);
    const log = await desk.ledger.audit.list({ limit: 100 });
    expect(log.length - before.length).toBe(2);
    expect(log.slice(0, 2)).toMatchObject([
      { actor: 'ana', role: 'analyst', action: 'trace', object: '', detail: { at: '2026-11-01', messages: 0 } },
      { actor: 'ana', action: 'trace', detail: { kind: 'mrn', persons: 1, messages: 2 } },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/k1\.|4001/);
  });
});

describe('forgetting', () => {
  it('is for officers, with a second look, once, and on the audit log', async () => {
    const own = await ask({ identifier: MRN }, ana);
    expect(await read(await ana.get(own))).not.toContain('/forget');
    expect((await ana.post(`${own}/forget`, { sure: 'yes' })).status).toBe(403);
    const address = await ask({ identifier: MRN, kind: 'mrn' });
    expect(await read(await dana.get(address))).toContain(`action="${address}/forget"`);
    const unsure = await dana.post(`${address}/forget`, {});
    expect([unsure.status, await read(unsure)]).toEqual([422, expect.stringContaining('tick the box')]);
    expect((await dana.post(`${address}/forget`, { sure: 'yes', csrf: 'forged' })).status).toBe(403);
    const done = await dana.post(`${address}/forget`, { sure: 'yes' });
    expect([done.status, await read(done)]).toEqual([200, expect.stringContaining('The person is forgotten')]);
    expect((await dana.get(address)).status).toBe(404);
    const [entry] = await desk.ledger.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ actor: 'dana', action: 'forget', detail: { kind: 'mrn', persons: 1 } });
    expect(await read(await dana.get(await ask({ identifier: MRN })))).toContain('No message that is known carried it');
  });
});

it('showed the identifier nowhere', () => {
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.filter((text) => VALUE.test(text))).toEqual([]);
  expect(desk.reported).toEqual([]);
});
