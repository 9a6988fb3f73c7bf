import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BrowserDesk, lookAt, openBrowserDesk, type Reader } from './kit.ts';

const LINKS =
  '[...document.querySelectorAll("a[href]")].filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)';
/** What is no page: downloads, and what would sign the reader out. */
const NO_PAGE = /\.\w+$|^\/sign-|^\/v1\/|^\/static\//;

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signInWithPassword('dana', 'officer');
}, 120_000);
afterAll(() => desk.close());

/** Pages of one section and depth that are looked at: a list's rows lead to pages of one kind. */
const EACH = 2;

/** `/incidents/01J…/breach` and that of the next incident are of one kind, and so is a list however it is filtered. */
function kindOf(link: string): string {
  return pathOf(link)
    .split('/')
    .map((segment) => (/\d|%|\.|.{25}/.test(segment) ? '*' : segment))
    .join('/');
}

function pathOf(link: string): string {
  return link.split('?')[0] ?? '';
}

/** Some address of every kind of page that links lead to, from Home on. */
async function everyKind(): Promise<ReadonlyMap<string, string>> {
  const found = new Map([['/', '/']]);
  const alike = new Map<string, number>();
  // A Map takes what is added while it is walked through.
  for (const path of found.values()) {
    await dana.page.goto(`${desk.url}${path}`);
    for (const link of z.array(z.string()).parse(await dana.page.evaluate(LINKS))) {
      const [, section = '', ...rest] = pathOf(link).split('/');
      const group = `${section}/${rest.length}`;
      const seen = alike.get(group) ?? 0;
      if (NO_PAGE.test(pathOf(link)) || found.has(kindOf(link)) || (rest.length > 0 && seen >= EACH)) continue;
      alike.set(group, seen + 1);
      found.set(kindOf(link), link);
    }
  }
  return found;
}

describe('every page that a link leads to, light and dark, wide and narrow', () => {
  it('is readable by everybody, fits the window, and breaks no policy', { timeout: 600_000 }, async () => {
    const kinds = await everyKind();
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(['/incidents', '/incidents/*', '/incidents/*/breach', '/settings']));
    const wrong: string[] = [];
    for (const [kind, path] of kinds) {
      const name = kind.slice(1).replaceAll('/', '-').replaceAll('*', 'one') || 'home';
      wrong.push(...(await lookAt(dana.page, name, `${desk.url}${path}`)));
    }
    expect(wrong).toEqual([]);
    expect(dana.problems).toEqual([]);
  });
});
