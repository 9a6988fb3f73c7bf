import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditRecord } from '../../src/core/audit.ts';
import { hashPassword, isOutdated } from '../../src/review/passwords.ts';
import { type Desk, formRequest, HTTP, openDesk } from './desk.ts';
import { expectCleanPage } from './html.ts';

/** Each guess would take a second of this machine. */
vi.mock('../../src/review/password-cost.ts', () => ({ COST: { N: 2 ** 11, r: 8, p: 1 } }));

const PASSWORD = 'nine lamps under the jetty';
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const MINUTE = 60_000;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const password = await hashPassword(PASSWORD, CHEAP);
  for (const [id, name] of [
    ['a1', 'Dana'],
    ['a2', 'Gone'],
    ['a3', 'Locked'],
    ['a4', 'Sure'],
  ] as const) {
    await desk.ledger.accounts.add({ id, name, role: 'analyst', password, at: desk.now });
  }
  await desk.ledger.accounts.add({ id: 'a5', name: 'Empty', role: 'analyst', password: null, at: desk.now });
  await desk.ledger.accounts.disable('a2', desk.now);
});
afterAll(() => desk.close());

const enter = (name: string, password: string, headers: Record<string, string | null> = {}) =>
  desk.app.request(`${HTTP}/sign-in/password`, formRequest({ name, password, next: '/flows' }, headers));
const latest = async (): Promise<AuditRecord | undefined> => (await desk.ledger.audit.list({ limit: 1 }))[0];

describe('name and password', () => {
  it('let somebody in, in the role of the account, and bring an old hash up to date', async () => {
    const answer = await enter(' dana ', PASSWORD);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/flows']);
    expect(answer.headers.get('Set-Cookie')).toMatch(/^cordon=[\w-]{43};.*HttpOnly/);
    const [session] = await desk.ledger.access.sessionsOf('a1', desk.now);
    expect(session).toMatchObject({ actor: 'Dana', role: 'analyst', how: 'password' });
    const stored = (await desk.ledger.accounts.byId('a1'))?.password ?? '';
    expect(isOutdated(stored)).toBe(false);
    expect(await latest()).toMatchObject({ actor: 'Dana', action: 'signin', object: 'account:a1', detail: { how: 'password' } });
    expect((await enter('dana', PASSWORD)).status).toBe(303);
  });

  it.each([
    ['Dana', 'nine lamps under the bridge'],
    ['nobody', PASSWORD],
    ['Gone', PASSWORD],
    ['Empty', PASSWORD],
    ['Empty', ''],
  ])('refuse %s with the same words, and start no session', async (name, password) => {
    const answer = await enter(name, password);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('Set-Cookie')).toBeNull();
    const text = await answer.text();
    expectCleanPage(text);
    expect(text.replaceAll(name, '')).toBe((await (await enter('somebody', 'x')).text()).replaceAll('somebody', ''));
    expect(text).not.toContain(PASSWORD);
    expect(await latest()).toMatchObject({ action: 'signin.refused' });
    desk.now += 25 * 60 * MINUTE;
  });

  it('are not taken from another page', async () => {
    expect((await enter('dana', PASSWORD, { Origin: 'https://evil.example' })).status).toBe(403);
  });

  it.each(['Locked', 'nobody at all'])('lock %s for longer each time, right or wrong, known or not', async (name) => {
    for (let n = 0; n < 5; n++) expect((await enter(name, 'wrong')).status).toBe(401);
    const locked = await enter(name, PASSWORD);
    expect([locked.status, locked.headers.get('Retry-After')]).toEqual([429, '30']);
    expect(await locked.text()).toContain('The next one is heard in 1 minute.');
    expect(await latest()).toMatchObject({ action: 'signin.locked' });
    desk.now += 30_000;
    expect((await enter(name, 'wrong')).status).toBe(401);
    expect((await enter(name, 'wrong')).headers.get('Retry-After')).toBe('60');
  });

  it('forget the failures of who came in', async () => {
    for (let n = 0; n < 4; n++) await enter('Sure', 'wrong');
    expect((await enter('Sure', PASSWORD)).status).toBe(303);
    expect((await enter('Sure', 'wrong')).status).toBe(401);
    expect((await enter('Sure', PASSWORD)).status).toBe(303);
  });

  it('are in no entry of the audit log, not even a mistyped name', async () => {
    await enter(PASSWORD, 'x');
    const all = JSON.stringify(await desk.ledger.audit.list({ limit: 200 }));
    expect(all).not.toContain('jetty');
  });
});
