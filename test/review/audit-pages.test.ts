import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, NOON } from '../ledger/rows.ts';
import { type Desk, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;

const act = (at: number, actor: string, action: string, object = ''): Promise<number> =>
  desk.ledger.audit.append({ at, actor, role: 'officer', action, object, detail: { reason: '<b>' } });

beforeAll(async () => {
  desk = await openDesk();
  await act(NOON - 40 * DAY, 'old', 'export', 'export:csv');
  for (let n = 0; n < 60; n++)
    await act(NOON - DAY, n % 2 === 0 ? 'lee' : 'key:siem', n === 7 ? 'reveal.ask' : 'incident.move', 'incident:i1');
  dana = await signIn(desk);
});
afterAll(() => desk.close());

const text = async (path: string): Promise<string> => {
  const answer = await dana.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const places = (page: string): number[] =>
  [...page.matchAll(/c-place-no" data-label="">(\d+)</g)].map(([, place]) => Number(place));

it('shows the latest first, page by page, none twice and none left out', async () => {
  const first = await text('/audit');
  expectCleanPage(first);
  expect(first).toContain('<a href="/incidents/i1">incident:i1</a>');
  expect(first).toContain('&lt;b&gt;');
  const before = /before=(\d+)/.exec(first)?.[1] ?? '';
  const all = [...places(first), ...places(await text(`/audit?before=${before}`))];
  const size = await desk.ledger.audit.size();
  expect(all).toEqual(Array.from({ length: size }, (_, index) => size - 1 - index));
});

it('is narrowed by who, by what, and by when', async () => {
  expect(places(await text('/audit?actor=lee'))).toHaveLength(30);
  expect(places(await text('/audit?action=reveal'))).toEqual([8]);
  expect(places(await text('/audit?action=export'))).toEqual([0]);
  expect(places(await text('/audit?action=export&period=7d'))).toEqual([]);
  expect(places(await text('/audit?object=incident:none'))).toEqual([]);
  expect((await dana.get('/audit?period=1y')).status).toBe(400);
});

it('is a file too, of all that the filters let through', async () => {
  const lines = async (path: string) => (await text(path)).trim().split('\r\n');
  const whole = await lines('/audit.csv');
  expect(whole[0]).toBe('place,at,actor,role,action,object,particulars');
  expect(whole.slice(1).map((line) => Number(line.split(',')[0]))).toEqual(
    Array.from({ length: await desk.ledger.audit.size() }, (_, index) => whole.length - 2 - index),
  );
  expect(whole.at(-1)).toBe('0,2026-10-15T12:00:00.000Z,old,officer,export,export:csv,"{""reason"":""<b>""}"');
  expect(await lines('/audit.csv?actor=lee')).toHaveLength(31);
  expect(await lines('/audit.csv?action=reveal')).toHaveLength(2);
  expect((await dana.get('/audit.csv?period=1y')).status).toBe(400);
});

it('says what of it is signed, with the text that is signed', async () => {
  expect(await text('/audit')).toContain('none signed yet');
  await desk.ledger.audit.saveCheckpoint({
    size: 61,
    at: NOON,
    note: 'cordon/audit/test\n61\nroot\n\n— cordon/audit/test sig\n',
  });
  const page = await text('/audit');
  expectCleanPage(page);
  expect(page).toMatch(/61 of \d+ entries are signed/);
  expect(page).toContain('— cordon/audit/test sig');
});

it('is for who may read it', async () => {
  expect((await (await signIn(desk, 'an', 'analyst')).get('/audit')).status).toBe(403);
  expect((await (await signIn(desk, 'ad', 'admin')).get('/audit')).status).toBe(200);
});
