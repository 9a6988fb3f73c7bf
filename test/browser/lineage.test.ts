import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHospital, labelsOf } from '../../src/demo/hospital.ts';
import { axeViolations, type BrowserDesk, lookAt, openBrowserDesk, type Reader } from './kit.ts';

/** A record number that the demo's hospital gives a patient whose data it sends to more than one system. */
const MRN = labelsOf(createHospital({ start: 0 }).plants)
  .flatMap(({ values }) => values)
  .find((value) => /^HM\d{7}$/.test(value));

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signIn('dana');
}, 120_000);
afterAll(() => desk.close());

describe('the map', () => {
  it('opens lines and systems beside the picture, by keys, and is readable everywhere', { timeout: 240_000 }, async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/map`);
    const line = page.locator('svg.map a.line').first();
    await line.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/edge=/);
    const edge = page.url();
    await page.locator('.map-panel').getByText('Over').waitFor();
    expect(await page.locator('svg.map a.line[aria-current]').count()).toBe(1);
    expect(await page.locator('.map-rows tr.selected').count()).toBe(1);
    await page.locator('svg.map a.node', { hasText: 'pacs' }).first().click();
    await page.waitForURL(/system=/);
    expect(await lookAt(page, 'map-edge', edge)).toEqual([]);
    expect(dana.problems).toEqual([]);
  });

  it('joins two systems and takes them apart', { timeout: 60_000 }, async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/map`);
    const before = await page.locator('svg.map a.node').count();
    await page.locator('svg.map a.node', { hasText: 'pacs' }).first().click();
    await page.getByText('It is the same as another system').click();
    await page.getByLabel('Other system').selectOption({ label: 'pacs, named by the sender' });
    await page.getByLabel('Why you know').fill('One archive, by its administrator');
    await page.getByRole('button', { name: 'Join them' }).click();
    await page.getByText('dana (claimed) joined').waitFor();
    await page.goto(`${desk.url}/map`);
    expect(await page.locator('svg.map a.node').count()).toBe(before - 1);
    await page.locator('svg.map a.node', { hasText: 'pacs' }).click();
    await page.getByRole('button', { name: 'Take them apart again' }).click();
    await page.waitForURL(/system=/);
    await page.goto(`${desk.url}/map`);
    expect(await page.locator('svg.map a.node').count()).toBe(before);
  });
});

describe('a trace', () => {
  it('leads from a typed identifier to where it went, and leaves it nowhere', { timeout: 240_000 }, async () => {
    const { page } = dana;
    const value = MRN ?? expect.fail('the demo plants no record number');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${desk.url}/trace`);
    await page.getByLabel('Identifier').fill(value);
    await page.getByLabel('What it is').selectOption('mrn');
    await page.getByRole('button', { name: 'Trace' }).click();
    await page.getByRole('heading', { name: 'Scope of exposure' }).waitFor();
    await page.locator('.timeline li.flagged').getByText('What was in it').first().click();
    await page.waitForURL(/message=/);
    await page.locator('.message-facts .mask').first().waitFor();
    const answer = page.url();
    expect(await page.content()).not.toContain(value);
    expect(await lookAt(page, 'trace-answer', answer)).toEqual([]);
    await page.goBack();
    await page.goto(`${desk.url}/trace`);
    expect(await page.getByLabel('Identifier').inputValue()).toBe('');
    expect(requests.filter((url) => url.includes(value))).toEqual([]);
    expect(filesWith(desk.data, value)).toEqual([]);
    await page.getByLabel('Identifier').fill('ZZ00000000');
    await page.getByRole('button', { name: 'Trace' }).click();
    await page.getByRole('heading', { name: 'What this does not mean' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(dana.problems).toEqual([]);
  });
});

/** Files of a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text));
}
