import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { z } from 'zod';
import { toolPath } from '../setup/tools.ts';
import { freshData, portOf, startAgent } from '../support/agent.ts';
import { ENTRY } from '../support/entry.ts';

const LOCATIONS = resolve(import.meta.dirname, '../../src/demo/locations');
const SCREENS = resolve(import.meta.dirname, '../../.cache/screens');

/** Of every account of a test: as long as one has to be. */
const PASSWORD = 'four quiet herons at noon';

/** What every page is looked at in: the widths at which the frame is whole, narrow, and a phone's. */
const WIDTHS = [1280, 820, 360] as const;
/** Has the elements of the one and the layout of the other: axe-core reads those two. */
const BETWEEN = 820;
/** Colours are the theme's and not the width's: both themes where the frame is whole, one where it is not. */
const THEMES = { 1280: ['light', 'dark'], 820: ['light'], 360: ['dark'] } as const;

/** An agent that has a synthetic hospital's traffic behind it, and a browser. One a file: it takes a quarter of a minute to make. */
export interface BrowserDesk {
  readonly url: string;
  readonly data: string;
  /** A reader of their own, signed in through the real page with a link of the command line. */
  signIn(name: string, role?: string): Promise<Reader>;
  /** A reader with an account, made by the command line and signed in with its password. */
  signInWithPassword(name: string, role: string): Promise<Reader>;
  close(): Promise<void>;
}

export interface Reader {
  readonly page: Page;
  /** What the browser complained of since: refused by the policy of the page, thrown, or written to its console as an error. */
  readonly problems: readonly string[];
}

/**
 * Starts an agent on what the demo left, and Chromium. `env` goes to the agent. The demo runs once for all files of a run: each has a copy of its folder,
 * as it was when the demo was done. Rejects with what either said if it ends before its desk is there.
 */
export async function openBrowserDesk(env: Readonly<Record<string, string>> = {}): Promise<BrowserDesk> {
  const data = freshData();
  const folder = join(data, 'demo');
  cpSync(join(await demoData(), 'demo'), folder, { recursive: true });
  const [agent, browser] = await Promise.all([
    startAgent({ data: folder, env: { CORDON_FLOWS: join(folder, 'flows'), CORDON_LOCATIONS: LOCATIONS, ...env } }),
    launch(),
  ]);
  const port = String(portOf(agent, 'http'));
  const link = await printLink(folder, port, undefined);
  let first: string | null = link;
  const { origin } = new URL(link);
  return {
    url: origin,
    data,
    async signIn(name, role) {
      const way = role === undefined && first !== null ? first : await printLink(join(data, 'demo'), new URL(origin).port, role);
      if (way === first) first = null;
      return signInWith(browser, way, name);
    },
    async signInWithPassword(name, role) {
      const args = ['users', 'add', name, '--role', role, '--password-stdin'];
      await runCommand(join(data, 'demo'), new URL(origin).port, args, `${PASSWORD}\n`);
      return newReader(browser, async (page) => {
        await page.goto(`${origin}/sign-in`);
        await page.getByLabel('Account', { exact: true }).fill(name);
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: 'Sign in with password' }).click();
      });
    },
    async close() {
      await browser.close();
      await agent.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Chromium. No sandbox: tests may run as root in a container, and the only pages that are opened are ours. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: toolPath('chromium'), args: ['--no-sandbox', '--disable-gpu'] });
}

/** The folder that the demo of this run of the tests left: made by whoever asks first, while the others wait. */
async function demoData(): Promise<string> {
  const made = join(inject('shared'), 'demo');
  try {
    mkdirSync(made);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    while (!existsSync(join(made, 'done'))) await sleep(100);
    return made;
  }
  await runDemo(made);
  writeFileSync(join(made, 'done'), '');
  return made;
}

async function runDemo(data: string): Promise<void> {
  const demo = spawn(process.execPath, [ENTRY, 'demo', '--once'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CORDON_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [demo.stdout, demo.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((done) => demo.once('exit', done));
  if (code !== 0) throw new Error(`the demo ended with ${code}:\n${said}`);
}

/** Another link, beside the running demo, as an administrator makes one. */
async function printLink(data: string, port: string, role: string | undefined): Promise<string> {
  const said = await runCommand(data, port, ['users', 'link', ...(role === undefined ? [] : ['--role', role])]);
  const link = /http\S+#\S+/.exec(said)?.[0];
  if (link === undefined) throw new Error(`users link printed no link:\n${said}`);
  return link;
}

/** What a command beside the running demo printed. Rejects with it where the command failed. */
async function runCommand(data: string, port: string, args: readonly string[], input = ''): Promise<string> {
  const command = spawn(process.execPath, [ENTRY, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CORDON_DATA: data, CORDON_HTTP_PORT: port },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  command.stdin.end(input);
  let said = '';
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((done) => command.once('exit', done));
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}:\n${said}`);
  return said;
}

function signInWith(browser: Browser, link: string, name: string): Promise<Reader> {
  return newReader(browser, async (page) => {
    await page.goto(link);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  });
}

/** A browser of its own, which nobody else's sign-in is in, in which somebody does what ends in front of the desk. */
export async function newReader(browser: Browser, signIn: (page: Page) => Promise<void>): Promise<Reader> {
  const context = await browser.newContext({ viewport: { width: WIDTHS[0], height: 800 }, locale: 'en-US', timezoneId: 'UTC' });
  const problems: string[] = [];
  const page = await newPage(context, problems);
  await signIn(page);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return { page, problems };
}

async function newPage(context: BrowserContext, problems: string[]): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    console.error('refused by the policy: ' + event.violatedDirective + ' ' + event.blockedURI);
  });`);
  return page;
}

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const VIOLATIONS = z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** What axe-core finds wrong with the page as it stands (WCAG 2.2 A and AA, and good practice), one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Half a megabyte of script, once for each document.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source);
  const found = VIOLATIONS.parse(
    await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)'),
  );
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Chromium can't take a picture now and then, on a busy machine that has no graphics: the same page, asked again, gives one. */
const PICTURE_TRIES = 3;

/** Keeps a picture of the whole page. Throws what Chromium says where it gives none in three tries. */
async function takePicture(page: Page, path: string, tries = PICTURE_TRIES): Promise<void> {
  try {
    await page.screenshot({ path, fullPage: true });
  } catch (error) {
    if (tries <= 1 || !String(error).includes('Unable to capture screenshot')) throw error;
    await takePicture(page, path, tries - 1);
  }
}

/**
 * Opens an address in each width, in both themes, keeps a picture of it under `.cache/screens`, and returns what is wrong: what axe-core finds in the
 * widest and the narrowest, and what is wider than the window.
 */
export async function lookAt(page: Page, name: string, address: string): Promise<string[]> {
  mkdirSync(SCREENS, { recursive: true });
  const wrong: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address);
    for (const theme of THEMES[width]) {
      await page.emulateMedia({ colorScheme: theme });
      await takePicture(page, join(SCREENS, `${name}-${theme}-${width}.png`));
      if (width === BETWEEN) continue;
      wrong.push(...(await axeViolations(page)).map((each) => `${name} ${theme} ${width}: ${each}`));
    }
    const over = z.number().parse(await page.evaluate(OVERFLOW));
    if (over > 0) wrong.push(`${name} ${width}: ${over} px wider than the window`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: WIDTHS[0], height: 800 });
  return wrong;
}
