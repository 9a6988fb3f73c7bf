import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK_ROLES } from '../../src/core/vocabulary.ts';
import { sectionsOf } from '../../src/review/sections.ts';
import { type Desk, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
});
afterAll(() => desk.close());

it('leads to pages that are there, each marked as where the reader is', async () => {
  for (const { path, label, key } of sectionsOf('officer')) {
    const answer = await dana.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const markup = await answer.text();
    expectCleanPage(markup);
    expect(markup).toContain(`<a href="${path}" title="${label}" data-key="${key}" aria-current="page">`);
  }
});

it('has a key of its own for each section, and none twice', () => {
  const all = DESK_ROLES.flatMap((role) => sectionsOf(role));
  const keys = new Map(all.map(({ id, key }) => [id, key]));
  expect(new Set(keys.values()).size).toBe(keys.size);
});

it('shows biomedical engineers nothing of incidents', () => {
  expect(sectionsOf('biomed').map(({ id }) => id)).not.toContain('incidents');
});
