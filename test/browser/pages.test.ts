import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BrowserDesk, lookAt, openBrowserDesk, type Reader } from './kit.ts';

const PATHS = '[...document.querySelectorAll(".rail-list a")].map((link) => link.pathname)';

let desk: BrowserDesk;
let dana: Reader;
beforeAll(async () => {
  desk = await openBrowserDesk();
  dana = await desk.signIn('dana');
}, 120_000);
afterAll(() => desk.close());

describe('every section, light and dark, wide and narrow', () => {
  it('is readable by everybody, fits the window, and breaks no policy', { timeout: 240_000 }, async () => {
    const paths = z.array(z.string()).parse(await dana.page.evaluate(PATHS));
    expect(paths).toContain('/incidents');
    const wrong: string[] = [];
    for (const path of paths) wrong.push(...(await lookAt(dana.page, path.slice(1) || 'home', `${desk.url}${path}`)));
    expect(wrong).toEqual([]);
    expect(dana.problems).toEqual([]);
  });
});
