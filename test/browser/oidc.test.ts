import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshData, portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { freePort } from '../support/free-port.ts';
import { openTestLedger } from '../support/ledger.ts';
import { CLIENT_ID, CLIENT_SECRET, ROLES, type RunningProvider, startProvider } from '../support/oidc-provider.ts';
import { axeViolations, launch, newReader } from './kit.ts';

/** The way to the desk over an OpenID provider that is another site, as a browser goes it with its own rules for cookies, forms and redirects. */
let provider: RunningProvider;
let agent: RunningAgent;
let browser: Browser;
let desk = '';

beforeAll(async () => {
  // The provider has to know the way back before the desk is there.
  const port = await freePort();
  desk = `http://127.0.0.1:${port}`;
  provider = await startProvider(desk, 'localhost');
  const data = freshData();
  const env = {
    CORDON_HTTP_PORT: String(port),
    CORDON_OIDC_ISSUER: provider.issuer,
    CORDON_OIDC_CLIENT_ID: CLIENT_ID,
    CORDON_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    CORDON_OIDC_SCOPE: 'openid profile groups',
    CORDON_OIDC_ROLES: JSON.stringify(ROLES),
  };
  [agent, browser] = await Promise.all([startAgent({ data, env }), launch()]);
  expect(portOf(agent, 'http')).toBe(port);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await agent.stop();
  await provider.close();
  rmSync(agent.data, { recursive: true, force: true });
});

/** From the desk to the provider, through its pages, and back. */
async function signInAs(page: Page, name: string, path: string): Promise<void> {
  await page.goto(`${desk}${path}`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await page.getByRole('link', { name: /^Sign in at localhost:/ }).click();
  await page.waitForURL((url) => url.origin === provider.issuer);
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin === desk);
}

async function whoIs(page: Page): Promise<string> {
  await page.locator('summary[title^="Signed in as"]').click();
  return (await page.locator('.who').textContent()) ?? '';
}

const signIns = async (): Promise<unknown[]> => {
  const ledger = await openTestLedger(agent.data);
  try {
    const acts = await ledger.audit.list({ limit: 20 });
    return acts
      .filter(({ action }) => /^sign/.test(action))
      .map(({ action, actor, role, detail }) => [action, actor, role, detail]);
  } finally {
    await ledger.close();
  }
};

describe('signing in at an OpenID provider in a browser', () => {
  it('lands where one wanted to go, in the role of one’s group, and signs out here and there', { timeout: 120_000 }, async () => {
    const { page, problems } = await newReader(browser, (opened) => signInAs(opened, 'dana', '/incidents?state=all'));
    expect(page.url()).toBe(`${desk}/incidents?state=all`);
    expect(await whoIs(page)).toBe('dana@hospital.exampleofficer');
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out of Cordon.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: /^Sign out at localhost:/ }).click();
    await page.waitForURL((url) => url.origin === provider.issuer);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.waitForURL(`${desk}/sign-in*`);

    // Signed out there too: another person is asked who they are, and is what their group is.
    await signInAs(page, 'lee', '/audit');
    expect(await whoIs(page)).toBe('lee@hospital.exampleauditor');
    expect(problems.filter((problem) => problem.startsWith(desk))).toEqual([]);
    expect(await signIns()).toEqual([
      ['signin', 'lee@hospital.example', 'auditor', { how: 'oidc' }],
      ['signout', 'dana@hospital.example', 'officer', {}],
      ['signin', 'dana@hospital.example', 'officer', { how: 'oidc' }],
    ]);
  });
});
