import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hop } from '../../src/lineage/row.ts';
import { hop, lineageRow } from '../ledger/lineage-rows.ts';
import { acceptRow, DAY, NOON, scanRow } from '../ledger/rows.ts';
import { type Desk, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
let bea: Reader;
let next = 100;

async function send(over: Partial<Hop>, row: Parameters<typeof lineageRow>[0] = {}): Promise<void> {
  const accepted = acceptRow({ receivedAt: desk.now });
  await desk.ledger.messages.accept(accepted);
  next += 1;
  const lineage = lineageRow({ hop: hop({ id: next, ...over }), ...row });
  await desk.ledger.messages.saveScan(scanRow(accepted.id, { lineage }));
}

const unregistered = { flow: 'http|VENDOR|EHR', flowKey: 'http|VENDOR|EHR', policy: null, entity: null, location: null };

beforeAll(async () => {
  desk = await openDesk();
  await send({});
  await send({ ...unregistered, source: 'sys:registry', destination: 'ae:STORE' }, { transit: 'failed' });
  desk.now = NOON + 40 * DAY;
  await send({ flow: 'late', flowKey: 'late', destination: 'sys:late' }, { transit: 'unknown', unpermitted: 0b1 });
  dana = await signIn(desk);
  bea = await signIn(desk, 'bea', 'biomed');
});
afterAll(() => desk.close());

const text = async (path: string, reader: Reader = dana): Promise<string> => {
  const answer = await reader.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return await answer.text();
};
const lineAddress = (page: string, label: string): string =>
  new RegExp(`href="([^"]+)" aria-label="${label}`).exec(page)?.[1]?.replaceAll('&amp;', '&').replace('#map', '') ?? '';

/** Of a box of the picture, by its words. */
const boxAddress = (page: string, title: string, sub: string): string =>
  new RegExp(`<a class="node" href="([^"]+)#map"[^>]*><rect[^>]*></rect><text [^>]*>${title}</text> <text [^>]*>${sub}<`)
    .exec(page)?.[1]
    ?.replaceAll('&amp;', '&') ?? '';

describe('/map', () => {
  it('draws systems and lines as links, and has the same as a table', async () => {
    const page = await text('/map');
    expectCleanPage(page);
    expect(page).toContain('<h1>2 of 3 connections carry what is not permitted</h1>');
    for (const label of [
      'LIS\\^LAB to registry, 1 message: permitted, encryption proven',
      'registry to STORE, 1 message: not permitted, encryption failed',
      'LIS\\^LAB to late, 1 message: not permitted, encryption unknown',
    ])
      expect(page).toMatch(new RegExp(`class="line [a-z]+ [a-z]+ w1" href="/map\\?edge=[\\w-]{16}#map" aria-label="${label}"`));
    expect(page.match(/<tr role="row"/g)).toHaveLength(4);
  });

  it('opens a line beside the picture, by an address that names no system', async () => {
    const address = lineAddress(await text('/map'), 'registry to STORE');
    expect(address).toMatch(/^\/map\?edge=[\w-]{16}$/);
    const page = await text(address);
    expectCleanPage(page);
    expect(page).toContain('a receiver that no policy names');
    expect(page).toMatch(/class="line flagged failed w1" [^>]+ aria-current="true"/);
  });

  it('shows those that are not permitted, not proven, or of one system', async () => {
    expect((await text('/map?show=flagged')).match(/class="row-link"/g)).toHaveLength(2);
    expect((await text('/map?show=failed')).match(/class="row-link"/g)).toHaveLength(1);
    const system = boxAddress(await text('/map'), 'STORE', 'AE title');
    expect((await text(system)).match(/class="row-link"/g)).toHaveLength(1);
    for (const bad of ['show=all', 'at=yesterday', 'from=2026-12-01&to=2026-11-01', 'to=2026-11-01', 'edge=%3Cb%3E'])
      expect([bad, (await dana.get(`/map?${bad}`)).status]).toEqual([bad, 400]);
  });

  it('shows a day, and what changed between two', async () => {
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    expect(await text(`/map?at=${day(NOON)}`)).toContain('1 of 2 connections carried what is not permitted');
    expect(await text(`/map?at=${day(NOON - DAY)}`)).toContain('Nothing had been sent by that day');
    const changes = await text(`/map?from=${day(NOON)}&to=${day(desk.now)}`);
    expectCleanPage(changes);
    expect(changes).toContain('3 connections differ: 1 new, 2 gone');
    expect(await text(`/map?from=${day(NOON - 9 * DAY)}&to=${day(NOON - 8 * DAY)}`)).toContain('Nothing changed');
  });

  it('gives its rows as a file', async () => {
    const rows = (await text('/map.csv?show=failed')).trim().split('\r\n');
    expect(rows[0]).toMatch(/^change,source,destination,flow,policy/);
    expect(rows.slice(1)).toEqual([
      expect.stringMatching(/^,sys:registry,ae:STORE,http\|VENDOR\|EHR,,mllp,,,flagged,failed,0,0,0,1,/),
    ]);
  });

  it('is for biomedical engineers too, without a way to incidents', async () => {
    const page = await text(lineAddress(await text('/map', bea), 'registry to STORE'), bea);
    expect(page).not.toContain('/incidents');
    expect(page).toContain('/devices?flow=');
  });
});

describe('joining systems', () => {
  it('is done and taken back from the panel, on the audit log', async () => {
    const page = await text(boxAddress(await text('/map', bea), 'STORE', 'AE title'), bea);
    const system = /name="system" value="([\w-]+)"/.exec(page)?.[1] ?? '';
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const into = /<option value="([\w-]+)">LIS\^LAB/.exec(page)?.[1] ?? '';
    expect((await bea.post('/map/merges', { csrf, system, into, note: ' ' })).status).toBe(422);
    expect((await bea.post('/map/merges', { csrf, system, into: 'nobody', note: 'one box' })).status).toBe(409);
    expect((await bea.post('/map/merges', { system, into, note: 'one box', csrf: 'x' })).status).toBe(403);
    const done = await bea.post('/map/merges', { csrf, system, into, note: 'one box' });
    expect(done.status).toBe(303);
    const joined = await text((done.headers.get('Location') ?? '').replace('#map', ''), bea);
    expectCleanPage(joined);
    expect(joined).toContain('bea joined');
    const undo = /action="(\/map\/merges\/[\w-]+\/undo)"/.exec(joined)?.[1] ?? '';
    desk.now += 1;
    expect((await bea.post(undo, { csrf, system })).status).toBe(303);
    desk.now += 1;
    expect((await bea.post(undo, { csrf, system })).status).toBe(409);
    const log = await desk.ledger.audit.list({ limit: 2 });
    expect(log.map(({ actor, action, role }) => [actor, role, action])).toEqual([
      ['bea', 'biomed', 'system.unmerge'],
      ['bea', 'biomed', 'system.merge'],
    ]);
  });

  it('is not offered to who may only look', async () => {
    const ana = await signIn(desk, 'ana', 'analyst');
    const page = await text(boxAddress(await text('/map', ana), 'STORE', 'AE title'), ana);
    expect(page).not.toContain('/map/merges');
  });
});

it('groups what is past sixty boxes, and keeps what is not permitted out of the groups', { timeout: 60_000 }, async () => {
  for (let at = 0; at < 70; at++) await send({ flow: `f${at}`, flowKey: `f${at}`, destination: `sys:many${at}` });
  await send({ ...unregistered, source: 'ae:LAST', destination: 'ae:STORE' });
  const page = await text('/map');
  expectCleanPage(page);
  expect(page.match(/<a class="node"/g)?.length).toBeLessThanOrEqual(60);
  expect(page).toMatch(/>\d+ others<\/text> <text [^>]*>that receive, in the table</);
  expect(boxAddress(page, 'LAST', 'AE title')).toMatch(/^\/map\?system=/);
});
