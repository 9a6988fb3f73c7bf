import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserDesk, openBrowserDesk, type Reader } from './kit.ts';

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signIn('dana');
}, 120_000);
afterAll(() => desk.close());

/** Presses keys one after another, as a reader without a mouse does. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await dana.page.keyboard.press(key);
}

describe("an officer's morning, by keyboard alone", () => {
  it('acknowledges with one key and takes it back, then resolves after a look', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/`);
    await press('g', 'i');
    await page.waitForURL('**/incidents');
    await press('j');
    const first = await page.evaluate('document.activeElement.textContent');
    await press('x', 'a');
    await page.getByText('1 incident acknowledged.').waitFor();
    await press('z');
    await page.getByText('1 incident put back.').waitFor();
    await press('j', 'r');
    await page.getByRole('heading', { name: 'Resolve: 1 incident' }).waitFor();
    expect(await page.locator('main').textContent()).toContain(first);
    await page.getByLabel('Why').focus();
    await page.keyboard.type('Removed in the channel.');
    await press('Tab', 'Enter');
    await page.getByText('1 incident resolved.').waitFor();
  });

  it('shows its keys, and begins a page with a way past the frame', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents`);
    await press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await press('Escape', '/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
  });

  it('sends no search that looks for a person', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents`);
    await press('/');
    await page.keyboard.type('536-22-8147');
    await press('Enter');
    expect(new URL(page.url()).search).toBe('');
  });

  it('tries the rules and keeps what is typed on the page alone', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/rules`);
    await page.getByLabel('A text, or an HL7 v2 message').fill('SSN: 536-22-8147');
    await page.getByRole('button', { name: 'Try' }).click();
    await page.getByText('999-99-9999').first().waitFor();
    expect(await page.locator('[data-tried]').textContent()).not.toContain('8147');
  });

  it('breaks no policy of the page on the way', () => {
    expect(dana.problems).toEqual([]);
  });
});
