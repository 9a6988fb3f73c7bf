import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserDesk, openBrowserDesk, type Reader } from './kit.ts';

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signIn('dana');
}, 120_000);
afterAll(() => desk.close());

const address = (path: string): string => `${desk.url}${path}`;

describe('devices and locations in a browser', () => {
  it('lead from the list to a device, whose page says how sure it is', { timeout: 120_000 }, async () => {
    const { page } = dana;
    await page.goto(address('/devices?kind=equipment'));
    await page.locator('.row-link').first().click();
    await page.waitForURL(/\/devices\/[0-9a-f]{16}$/);
    expect(await page.getByRole('heading', { name: /^How sure it is/ }).count()).toBe(1);
    expect(dana.problems).toEqual([]);
  });

  it('describe a place that nobody described, and take it back', { timeout: 120_000 }, async () => {
    const { page } = dana;
    await page.goto(address('/locations?show=undescribed'));
    await page.locator('.row-link').first().click();
    await page.getByLabel('What people call it').fill('Store behind the new feed');
    await page.getByLabel('Who answers for it').fill('security@north.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The place is described').waitFor();
    await page.getByRole('link', { name: 'Store behind the new feed' }).click();
    await page.getByRole('button', { name: 'Remove this place' }).click();
    await page.getByText('The description is removed').waitFor();
    expect(dana.problems).toEqual([]);
  });
});
