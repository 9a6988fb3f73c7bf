import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pack } from '../../src/detect/pack.ts';
import { createTryRules, TRY_LIMIT } from '../../src/review/try-rules.ts';
import { loadOverlays } from '../../src/tuning/load.ts';
import { cause, finding } from '../ledger/rows.ts';
import { shippedPacks } from '../support/rules.ts';
import { type Desk, flag, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

const SSN = '536-22-8147';
let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
});
afterAll(() => desk.close());

describe('trying', () => {
  it('says what is found where and why, by its shape alone', () => {
    const tried = createTryRules(shippedPacks)(`SSN: ${SSN}`, null);
    expect(tried.map(({ category, mask, path }) => [category, mask, path])).toContainEqual(['ssn', '999-99-9999', 'OBX-5']);
    expect(JSON.stringify(tried)).not.toContain(SSN);
  });

  it('is by the rules that are in force now, also after others took their place', () => {
    let packs: readonly Pack[] = shippedPacks();
    const tryRules = createTryRules(() => packs);
    expect(tryRules(SSN, null)).not.toEqual([]);
    packs = [];
    expect(tryRules(SSN, null)).toEqual([]);
  });

  it('shows nothing of what was typed, on the page or in the answer alone', async () => {
    for (const part of ['yes', 'no']) {
      const answer = await dana.post('/rules/try', { text: `The SSN is ${SSN}`, part });
      const page = await answer.text();
      expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
      expect(page).toContain('999-99-9999');
      expect(page).not.toContain(SSN);
      if (part === 'no') expectCleanPage(page);
    }
    expect(JSON.stringify(await desk.ledger.audit.list({ limit: 50 }))).not.toContain(SSN);
  });

  it('refuses what is too long and what no page of ours sends', async () => {
    expect((await dana.post('/rules/try', { text: 'x'.repeat(TRY_LIMIT + 1) })).status).toBe(422);
    expect((await dana.post('/rules/try', { text: 'x' }, { Origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('the pages', () => {
  it('say what the site changes, who wrote it, why and until when, and a token by its beginning', async () => {
    expect(await (await dana.get('/rules')).text()).not.toContain('by the site');
    const token = `k1.${'t'.repeat(43)}`;
    const text = `name: st-anna
version: 1.0.0
title: Our site
changes:
  - {id: no-phone, rule: hipaa.phone, disable: true, author: Dana, reason: ticket 4711, expires: 2026-12-31}
allow:
  - {id: desk-line, tokens: [${token}], author: Lee, reason: the number of the desk, expires: 2026-12-31}
`;
    const files = [{ file: 'overlays/st-anna.yaml', text }];
    desk.overlays.push(...loadOverlays(files, { packs: shippedPacks(), flows: null, now: desk.now }).overlays);
    const page = await (await dana.get('/rules')).text();
    for (const words of [
      '2 changes by the site',
      'st-anna/no-phone',
      'in force',
      'Dana',
      'ticket 4711',
      '2026-12-31',
      'token k1.ttttttt…',
    ])
      expect(page).toContain(words);
    expect(page).not.toContain(token);
    expectCleanPage(page);
    desk.overlays.length = 0;
  });

  it('count hits, and false positives among what was decided', async () => {
    const rule = 'hipaa.ssn';
    const known = shippedPacks().flatMap(({ rules }) => rules.map(({ id }) => id));
    const id = known.includes(rule) ? rule : (known[0] ?? '');
    for (const key of ['a', 'b']) await flag(desk, [cause({ key, matches: [0] })], { findings: [finding({ rule: id })] });
    const { rows } = await desk.ledger.incidents.list({ states: ['open'], limit: 2 });
    await dana.post(`/incidents/${rows[0]?.id}/transitions`, { from: 'open', to: 'false-positive', note: 'none' });
    await dana.post(`/incidents/${rows[1]?.id}/transitions`, { from: 'open', to: 'resolved', note: 'done' });
    expect(await desk.ledger.overview.rules()).toEqual([{ rule: id, findings: 2, decided: 2, falsePositive: 1 }]);
    const list = await (await dana.get('/rules')).text();
    expectCleanPage(list);
    expect(list).toContain('50 %');
    const one = await (await dana.get(`/rules/${id}`)).text();
    expectCleanPage(one);
    expect(one).toContain('1 of 2 decided incidents');
    expect(one).toMatch(/Status<\/dt><dd>Stable <span class="quiet">version \d/);
    expect((await dana.get('/rules/none.such')).status).toBe(404);
    expect((await (await dana.get('/rules.csv')).text()).split('\r\n')[0]).toContain('rule,title,pack,version,status,');
  });
});
