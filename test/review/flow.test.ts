import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk, type Reader, seedMorning, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  await seedMorning(desk);
  dana = await signIn(desk);
});
afterAll(() => desk.close());

async function page(path: string): Promise<string> {
  const answer = await dana.get(path);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expectCleanPage(text);
  return text;
}

it('holds what a flow carried against what its policy names', async () => {
  const flow = await page('/flows/vendor-cloud');
  expect(flow).toMatch(/<tr><th scope="row">City or ZIP code<\/th><td>[\s\S]*?permitted, never seen/);
  expect(flow).toContain('Results to the vendor cloud');
  expect(flow).toContain('minimum necessary (45 CFR 164.502(b))');
  expect(flow).toContain('no limit of silence');
  expect(flow).toContain('href="/evidence?row=hop%3Avendor-cloud#hop%3Avendor-cloud"');
});

it('shows one that nobody registered, one that was never heard, and none for another address', async () => {
  expect(await page(`/flows/${encodeURIComponent('mllp|DRUGLIB|PUMPS')}`)).toContain(
    '<h1>The flow from PUMPS to DRUGLIB is not registered</h1>',
  );
  expect(await page('/flows/adt-portal')).toContain('<h1>Nothing was heard on Admissions to the patient portal</h1>');
  expect((await dana.get('/flows/none')).status).toBe(404);
  expect((await dana.get('/flows/vendor-cloud?period=ever')).status).toBe(400);
});

it('counts in the period that is asked for', async () => {
  const now = desk.now;
  desk.now = now + 40 * 24 * 60 * 60 * 1000;
  dana = await signIn(desk);
  const [all, lately] = [await page('/flows/vendor-cloud'), await page('/flows/vendor-cloud?period=30d')];
  desk.now = now;
  dana = await signIn(desk);
  const seen = (text: string): number => [...text.matchAll(/[\d,]+ (not )?permitted</g)].length;
  expect([seen(all) > 0, seen(lately)]).toEqual([true, 0]);
});

it('writes the flows as a file', async () => {
  const file = await (await dana.get('/flows.csv')).text();
  const [head, ...rows] = file.trimEnd().split('\r\n');
  expect(head).toBe('key,policy,status,listener,source,destination,messages,first_seen,last_seen');
  expect(rows).toHaveLength(3);
  expect(file).toContain('mllp|DRUGLIB|PUMPS,,unregistered,mllp,PUMPS,DRUGLIB,31,');
});
