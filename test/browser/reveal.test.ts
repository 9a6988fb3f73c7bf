import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserDesk, lookAt, openBrowserDesk, type Reader } from './kit.ts';

/** As the masks of samples are: letters, digits, separators. */
const SHAPE = /^[Aa9*.,:;/^&~()+\- ]+$/;

let desk: BrowserDesk;
let dana: Reader;
let omar: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signInWithPassword('dana', 'analyst');
  omar = await desk.signInWithPassword('omar', 'officer');
}, 180_000);
afterAll(() => desk.close());

describe('a value that two people decide on', () => {
  let asked = '';
  let incident = '';

  it('is asked for by one, with a reason, from the masked samples', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents?state=all`);
    await page.locator('a[href^="/incidents/"]').filter({ hasText: /name/i }).first().click();
    incident = new URL(page.url()).pathname;
    await page.getByText('Ask to see a value').click();
    expect(await page.locator('.choice .mask').first().textContent()).toMatch(SHAPE);
    await page.locator('#reveals').getByLabel('Why').fill('To tell the vendor which record to delete.');
    await page.getByRole('button', { name: 'Ask', exact: false }).last().click();
    await page.getByRole('heading', { name: 'A value is asked for' }).waitFor();
    asked = page.url();
    await page.getByText('Another person has to decide: you asked.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  });

  it('is shown to nobody before the second has agreed, and then to who asked alone', async () => {
    await omar.page.goto(`${desk.url}/reveals`);
    await omar.page
      .locator(`a[href="${new URL(asked).pathname}"]`)
      .first()
      .click();
    await omar.page.getByRole('button', { name: 'Approve' }).click();
    await omar.page.getByRole('heading', { name: 'A value is open to who asked for it' }).waitFor();
    expect(await omar.page.getByRole('button', { name: 'Show the value' }).count()).toBe(0);

    await dana.page.goto(asked);
    await dana.page.getByRole('button', { name: 'Show the value' }).click();
    await dana.page.getByRole('heading', { name: 'This value is shown to you alone' }).waitFor();
    const value = (await dana.page.locator('.revealed .value').textContent()) ?? '';
    expect(value).toMatch(/\p{L}|\d/u);
    expect(value).not.toMatch(SHAPE);
    expect(dana.page.url()).not.toContain(value);

    await dana.page.goto(`${desk.url}${incident}`);
    await dana.page.getByText('decided by omar').waitFor();
    expect(await dana.page.locator('main').textContent()).not.toContain(value);
  });

  it('can be read by everybody on the way, and breaks no policy of the pages', { timeout: 240_000 }, async () => {
    const wrong = [...(await lookAt(omar.page, 'reveals', `${desk.url}/reveals`)), ...(await lookAt(dana.page, 'reveal', asked))];
    expect(wrong).toEqual([]);
    expect([...dana.problems, ...omar.problems]).toEqual([]);
  });
});
