import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BrowserDesk, lookAt, openBrowserDesk, type Reader } from './kit.ts';

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signInWithPassword('dana', 'officer');
}, 120_000);
afterAll(() => desk.close());

/** Presses keys one after another, as a reader without a mouse does. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await dana.page.keyboard.press(key);
}

/** Whoever has the focus, and whether it shows: an outline of its own, or of the row that it stands for. */
const FOCUS = `(() => {
  const at = document.activeElement;
  const shows = (of, pseudo) => {
    const style = getComputedStyle(of, pseudo);
    return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
  };
  return { name: at.textContent.trim().slice(0, 60) || at.name || at.tagName, visible: at !== document.body && (shows(at) || shows(at, '::after')) };
})()`;
const Focus = z.object({ name: z.string(), visible: z.boolean() });

async function focus(): Promise<z.output<typeof Focus>> {
  return Focus.parse(await dana.page.evaluate(FOCUS));
}

/** Tabs to a control by what it says; each stop on the way must show that it has the focus. */
async function tabTo(name: RegExp): Promise<void> {
  for (let stop = 0; stop < 120; stop++) {
    await press('Tab');
    const now = await focus();
    expect(now.visible, `the focus at "${now.name}" shows`).toBe(true);
    if (name.test(now.name)) return;
  }
  throw new Error(`no stop says ${name}`);
}

/** What the audit log says of a person, the earliest first, by the page that an auditor reads. */
async function logged(actions: RegExp): Promise<string[]> {
  await dana.page.goto(`${desk.url}/audit?actor=dana`);
  const rows = await dana.page.locator('table tbody tr').allTextContents();
  return rows.flatMap((row) => row.match(actions)?.[0] ?? []).toReversed();
}

const ACTS = /incident\.[a-z-]+/;

describe("an officer's morning, with the mouse", () => {
  it('begins at the decisions, and handles the first of them', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/`);
    await page.locator('.decisions .row-link').first().click();
    await page.waitForURL('**/incidents/*');
    await page
      .getByRole('heading', { name: 'Why it fired' })
      .or(page.getByRole('heading', { name: 'Samples' }))
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Take' }).click();
    await page.getByText('Given to dana.').waitFor();
    await page.getByLabel('Comment').fill('Asked the integration team who added this destination.');
    await page.getByRole('button', { name: 'Comment' }).click();
    await page.getByText('Your comment is in the history.').waitFor();
    await page.locator('summary', { hasText: 'Escalate' }).click();
    await page.getByLabel('To whom, and why').fill('To the privacy board: the receiver has no agreement.');
    await page.getByRole('button', { name: 'Escalate' }).click();
    await page.getByText('Now escalated.').waitFor();
    const story = await page.locator('#history').textContent();
    for (const part of ['gave it to dana', 'wrote', 'Asked the integration team', 'escalated it', 'To the privacy board'])
      expect(story).toContain(part);
  });

  it('takes two at once, takes that back, and resolves one with a note', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents`);
    const boxes = page.locator('input[name="item"]');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByText('2 selected:').waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('2 incidents acknowledged.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 incidents put back.').waitFor();
    await page.locator('[data-rows] .row-link').first().click();
    await page.locator('summary', { hasText: 'Resolve' }).click();
    await page.getByLabel('What was done').fill('The field is removed in the channel.');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Now resolved.').waitFor();
  });

  it('is all on the audit log, without a word of what was written', async () => {
    expect(await logged(ACTS)).toEqual([
      'incident.assign',
      'incident.comment',
      'incident.move',
      'incident.acknowledge',
      'incident.undo',
      'incident.move',
    ]);
    expect(await dana.page.locator('main').textContent()).not.toContain('integration team');
  });
});

describe("an officer's morning, by keyboard alone", () => {
  it('goes from Home to the first decision, takes it, comments and escalates', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/`);
    await press('j');
    expect((await focus()).visible).toBe(true);
    await press('Enter');
    await page.waitForURL('**/incidents/*');
    await press('m');
    await page.getByText('Given to dana.').waitFor();
    await press('c');
    await page.keyboard.type('Called the vendor.');
    await press('Tab', 'Enter');
    await page.getByText('Your comment is in the history.').waitFor();
    await press('e');
    await page.keyboard.type('To the security team.');
    await press('Tab', 'Enter');
    await page.getByText('Now escalated.').waitFor();
  });

  it('reaches every act of an incident with Tab, each stop in sight', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents?state=escalated`);
    await press('j', 'Enter');
    await page.waitForURL('**/incidents/*');
    await tabTo(/^Resolve/);
    await press('Enter', 'Tab');
    expect((await focus()).name).toBe('note');
    await tabTo(/^Give to somebody/);
    await tabTo(/^Comment/);
  });

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
    await tabTo(/^note$/);
    await page.keyboard.type('Removed in the channel.');
    await press('Tab', 'Enter');
    await page.getByText('1 incident resolved.').waitFor();
  });

  it('shows its keys, and begins a page with a way past the frame', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents`);
    await press('Tab');
    expect(await focus()).toEqual({ name: 'Skip to the content', visible: true });
    await press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await press('Escape', '/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
    expect((await focus()).visible).toBe(true);
  });

  it('sends no search that looks for a person', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/incidents`);
    await press('/');
    await page.keyboard.type('536-22-8147');
    await press('Enter');
    expect(new URL(page.url()).search).toBe('');
  });

  it('is on the audit log too, in its order', async () => {
    expect((await logged(ACTS)).slice(6)).toEqual([
      'incident.assign',
      'incident.comment',
      'incident.move',
      'incident.acknowledge',
      'incident.undo',
      'incident.resolve',
    ]);
  });
});

describe('a flow that nobody registered', () => {
  it('gets a policy: its draft is filled in, tried on last month, and added as a file', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/flows/drafts`);
    const draft = page.locator('.suggestion').first();
    const path = (await draft.getByRole('heading').textContent()) ?? '';
    await draft.getByLabel('Who answers for it').fill('privacy@hospital.example');
    await draft.getByLabel('What the receiver is to us').selectOption('vendor');
    await draft.getByLabel('Why it gets the data').selectOption('operations');
    await draft.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('region', { name: 'What would change' }).waitFor();
    await page.getByRole('button', { name: `Accept: add ${path}` }).click();
    await page.getByRole('status').getByText('is saved').waitFor();
    expect(await logged(/flow\.accept/)).toEqual(['flow.accept']);
  });

  it('tries the rules and keeps what is typed on the page alone', async () => {
    const { page } = dana;
    await page.goto(`${desk.url}/rules`);
    await page.getByLabel('A text, or an HL7 v2 message').fill('SSN: 536-22-8147');
    await page.getByRole('button', { name: 'Try' }).click();
    await page.getByText('999-99-9999').first().waitFor();
    expect(await page.locator('[data-tried]').textContent()).not.toContain('8147');
  });
});

describe('what the morning went through', () => {
  it('is readable in both themes and at each width, and breaks no policy of the page', { timeout: 240_000 }, async () => {
    const { page } = dana;
    const first = async (list: string, rows: string): Promise<string> => {
      await page.goto(`${desk.url}${list}`);
      return (await page.locator(rows).first().getAttribute('href')) ?? '/none';
    };
    const wrong = [
      ...(await lookAt(
        page,
        'morning-escalated',
        `${desk.url}${await first('/incidents?state=escalated', '[data-rows] .row-link')}`,
      )),
      ...(await lookAt(
        page,
        'morning-resolved',
        `${desk.url}${await first('/incidents?state=resolved', '[data-rows] .row-link')}`,
      )),
    ];
    expect(wrong).toEqual([]);
    expect(dana.problems).toEqual([]);
  });
});
