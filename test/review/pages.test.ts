import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { assetPath } from '../../src/review/static.ts';
import { acceptRow, cause, finding, flaggedRow, NOON } from '../ledger/rows.ts';
import { type Desk, flag, HTTP, openDesk, pass, policy, type Reader, seedMorning, signIn, VENDOR } from './desk.ts';
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

describe('before anything happened', () => {
  it('says so, and what to do', async () => {
    const queue = await text('/incidents');
    expect(queue).toContain('<h1>Nothing needs you</h1>');
    expect(queue).toContain('No message has arrived yet');
    expect(await text('/flows')).toContain('<h1>No flow has been heard yet</h1>');
    expectCleanPage(queue);
  });
});

describe('an incident whose messages are past their retention', () => {
  it('keeps its counts, and says why there is nothing to show', async () => {
    const old = await openDesk();
    await flag(old, [cause()]);
    // By the month of the message's id, which was made just now.
    await old.ledger.retention.dropBefore(Date.now() + 40 * 86_400_000);
    const reader = await signIn(old);
    const { rows } = await old.ledger.incidents.list({ limit: 1 });
    const answer = await reader.get(`/incidents/${rows[0]?.id}`);
    const page = await answer.text();
    await old.close();
    expect(answer.status).toBe(200);
    expect(page).toContain('<h2>Its messages are gone</h2>');
    expect(page).toContain('1 message, 1 patient');
    expect(page).not.toContain('No message opened this');
    expectCleanPage(page);
  });

  it('says how many are gone where others are left', async () => {
    const old = await openDesk();
    const reader = await signIn(old);
    const DAY = 86_400_000;
    for (const at of [NOON - 100 * DAY, NOON - 99 * DAY, NOON]) {
      const row = acceptRow({ id: uuid({ msecs: at }), receivedAt: at });
      await old.ledger.messages.accept(row);
      await old.ledger.messages.saveScan(flaggedRow(row.id, { scannedAt: at }, [cause()]));
    }
    const page = async (): Promise<string> => {
      const { rows } = await old.ledger.incidents.list({ limit: 1 });
      return await (await reader.get(`/incidents/${rows[0]?.id}`)).text();
    };
    expect(await page()).not.toContain('gone');
    await old.ledger.retention.dropBefore(NOON);
    const after = await page();
    await old.close();
    expect(after).toContain('2 messages of it are gone: older than messages are kept');
    expect(after).toContain('3 messages');
    expectCleanPage(after);
  });
});

describe('a morning', () => {
  let morning: Desk;
  let reader: Reader;
  beforeAll(async () => {
    morning = await openDesk();
    await seedMorning(morning);
    reader = await signIn(morning);
  });
  afterAll(() => morning.close());
  const page = async (path: string) => (await reader.get(path)).text();

  it('lists what needs a person, gravest first', async () => {
    const queue = await page('/incidents');
    expect(queue).toContain('<h1>5 incidents need you</h1>');
    expect(queue).toContain('70 messages examined');
    const titles = [...queue.matchAll(/class="row-link" id="[^"]+" href="[^"]+">([^<]+)</g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Patient Social Security number in a custom segment (ZPI) sent to REGISTRY',
      'Unregistered flow from PUMPS to DRUGLIB',
      'Patient name in a result (OBX) sent to VENDOR CLOUD',
      'Date of a patient in the order (OBR) sent to REGISTRY',
      'Nothing heard on adt-portal for longer than it may be quiet',
    ]);
    expect(queue).toMatch(/<time datetime="2026-11-24T11:30:00.000Z" title="2026-11-24 11:30:00 UTC">30 minutes ago<\/time>/);
  });

  it.each([
    ['/incidents?severity=high', '2 open incidents match these filters'],
    ['/incidents?flow=vendor-cloud', '1 open incident matches these filters'],
    ['/incidents?state=resolved', 'No resolved incidents'],
    ['/incidents?state=all&severity=low', '1 incident matches these filters'],
  ])('filters by address: %s', async (path, title) => {
    expect(await page(path)).toContain(`<h1>${title}</h1>`);
  });

  it('tells the whole story of one', async () => {
    const { rows } = await morning.ledger.incidents.list({ flow: 'vendor-cloud', limit: 1 });
    const story = await page(`/incidents/${rows[0]?.id}`);
    for (const part of [
      '14 messages, 5 patients',
      'echo.name',
      'echo@1.0.0',
      'OBX[3]-5',
      'AAAA, Aaaa',
      '97 % sure',
      'Results to the vendor cloud',
      'a limited data set, DUA until 2027-12-31',
      'opened it',
    ]) {
      expect(story).toContain(part);
    }
    expectCleanPage(story);
  });

  it('tells one that no message opened', async () => {
    const { rows } = await morning.ledger.incidents.list({ flow: 'adt-portal', limit: 1 });
    expect(await page(`/incidents/${rows[0]?.id}`)).toContain('No message opened this');
  });

  it('holds observed flows against the register', async () => {
    const flows = await page('/flows');
    expect(flows).toContain('<h1>1 of 3 flows is not registered</h1>');
    expect(flows).toContain('<code>cordon flows suggest</code>');
    expect(flows.indexOf('PUMPS')).toBeLessThan(flows.indexOf('LIS'));
    expect(flows).toMatch(/Registered, never heard[\s\S]+Admissions to the patient portal/);
    expectCleanPage(flows);
  });
});

it('turns pages without losing or repeating a row', async () => {
  const many = await openDesk();
  for (let n = 0; n < 60; n++) await flag(many, [cause({ key: `many-${n}` })]);
  const reader = await signIn(many);
  const seen = new Set<string>();
  let next: string | undefined = '/incidents';
  let pages = 0;
  while (next !== undefined) {
    const page: string = await (await reader.get(next)).text();
    for (const [, id = ''] of page.matchAll(/class="row-link" id="[^"]+" href="([^"]+)"/g)) seen.add(id);
    next = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    pages += 1;
  }
  expect([seen.size, pages]).toEqual([60, 2]);
  await many.close();
});

describe('text from messages', () => {
  const evil = `"><script>alert('x')</script><img src=x onerror=alert(1)>`;

  it('is text on every page, whatever it holds', async () => {
    const hostile = await openDesk();
    const flow = { ...VENDOR, key: `http|${evil}`, source: evil, destination: `${evil} & co`, policy: null };
    await pass(hostile, flow);
    const found = finding({ path: evil, mask: evil, rule: evil, pack: evil });
    const decision = {
      decision: { verdict: 'flagged', reasons: [], causes: [], shadowed: [], sensitivities: [], summary: [], flow },
    } as const;
    await flag(hostile, [cause({ key: evil, flow: flow.key, group: evil })], { findings: [found], type: evil, ...decision });
    const reader = await signIn(hostile);
    const id = (await hostile.ledger.incidents.list({ limit: 1 })).rows[0]?.id ?? '';
    await reader.post(`/incidents/${id}/transitions`, { from: 'open', to: 'false-positive', note: evil });
    const paths = [
      '/flows',
      '/incidents?state=all',
      `/incidents?state=all&flow=${encodeURIComponent(flow.key)}`,
      `/incidents/${id}`,
    ];
    for (const path of paths) {
      const page = await (await reader.get(path)).text();
      expect(page).toContain('&lt;script&gt;');
      expect(page).not.toMatch(/<script>|<img src=x/);
      expectCleanPage(page);
    }
    await hostile.close();
  });
});

describe('every answer', () => {
  it.each([
    '/',
    '/sign-in',
    '/incidents',
    '/flows',
    '/incidents/none',
    '/none',
    '/incidents?state=odd',
    '/static/none',
    assetPath('cordon.css'),
  ])('%s carries the headers', async (path) => {
    const { headers } = await dana.get(path);
    const policyText = headers.get('Content-Security-Policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      expect(policyText).toContain(part);
    }
    expect(policyText).not.toContain('unsafe');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    const cache = headers.get('Cache-Control');
    expect(cache).toBe(path.startsWith('/static/cordon') ? 'public, max-age=31536000, immutable' : 'no-store');
  });

  it.each([
    ['/none', 404],
    ['/incidents/none', 404],
    ['/incidents?state=odd', 400],
    ['/incidents?severity=odd', 400],
    ['/incidents?cursor=odd', 400],
    ['/static/none.css', 404],
  ])('%s is an error page of status %i', async (path, status) => {
    const answer = await dana.get(path);
    expect(answer.status).toBe(status);
    expectCleanPage(await answer.text());
  });

  it('says what failed without saying what was asked, and tells the log', async () => {
    const told: unknown[] = [];
    let failure: unknown = new CordonError('ledger.unavailable', 'disk I/O error');
    const broken = createReviewApp({
      ...desk.ledger,
      flows: { ...desk.ledger.flows, list: () => Promise.reject(failure) },
      policies: () => [policy('p', 'P', 'p')],
      packs: () => [],
      overlays: () => [],
      exporting: desk.deps.exporting,
      vendors: desk.deps.vendors,
      tokensOf: desk.deps.tokensOf,
      retention: desk.deps.retention,
      places: async () => new Map(),
      clock: () => NOON,
      secure: false,
      version: '0.1.0',
      report: (error) => told.push(error),
    });
    const ask = () => broken.request(`${HTTP}/flows`, { headers: { Cookie: dana.cookie } });
    const away = await ask();
    expect([away.status, away.headers.get('Retry-After')]).toEqual([503, '5']);
    failure = new Error('secret detail');
    const odd = await ask();
    expect(odd.status).toBe(500);
    expect(odd.headers.get('Content-Security-Policy')).not.toBeNull();
    const page = await odd.text();
    expect(page).not.toContain('secret detail');
    expectCleanPage(page);
    expect(told).toHaveLength(2);
  });
});

describe('static files', () => {
  it.each([
    ['cordon.css', 'text/css; charset=utf-8'],
    ['cordon.js', 'text/javascript; charset=utf-8'],
    ['cordon.svg', 'image/svg+xml'],
  ] as const)('%s needs no session and is not sent twice', async (name, type) => {
    const first = await desk.app.request(`${HTTP}${assetPath(name)}`);
    expect([first.status, first.headers.get('Content-Type')]).toEqual([200, type]);
    const etag = first.headers.get('ETag') ?? '';
    const again = await desk.app.request(`${HTTP}${assetPath(name)}`, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});
