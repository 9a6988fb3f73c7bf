import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserDesk, lookAt, openBrowserDesk, type Reader } from './kit.ts';

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signIn('dana');
}, 120_000);
afterAll(() => desk.close());

const today = (): string => new Date().toISOString().slice(0, 10);

/** Chooses yesterday, so that midnight may pass, until today in the form that a button sends, and waits for the file. */
async function take(page: Page, button: string): Promise<Download> {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: button }) });
  await form.getByLabel('Last day').fill(today());
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return download;
}

describe('reports in a browser', () => {
  it('are files: an export, and a pack', { timeout: 120_000 }, async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/reports`);
    await page.getByRole('radio', { name: /^ocsf/ }).check();
    const events = await take(page, 'Export');
    expect(events.suggestedFilename()).toMatch(/^cordon-ocsf-.*\.ndjson$/);
    expect(await readFile(await events.path(), 'utf8')).toContain('"class_uid":2006');
    const pack = await take(page, 'Make the pack');
    expect(pack.suggestedFilename()).toMatch(/\.zip$/);
    expect((await readFile(await pack.path())).subarray(0, 2).toString()).toBe('PK');
  });

  it('are signed and decided by keyboard and mouse, and stand in the audit log', { timeout: 240_000 }, async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/reports/disclosures`);
    await page.locator('.row-link').first().click();
    expect(await lookAt(page, 'disclosure', page.url())).toEqual([]);
    await page.getByRole('radio', { name: /^Accountable disclosure/ }).check();
    await page.getByLabel('Purpose, briefly').fill('reportable results');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('It is decided').waitFor();

    await page.goto(`${desk.url}/reports/reviews`);
    await page.getByRole('radio', { name: /^Nothing further found/ }).check();
    await page.getByLabel('What I looked at').fill('Every incident that was open.');
    await page.getByRole('button', { name: 'Sign as dana' }).click();
    await page.getByText('The review is signed').waitFor();

    await page.goto(`${desk.url}/audit?actor=${encodeURIComponent('dana (claimed)')}`);
    const done = await page.locator('.c-action').allTextContents();
    for (const action of ['export', 'disclosure.decide', 'review.sign']) expect(done).toContain(action);
    expect(dana.problems).toEqual([]);
  });
});
