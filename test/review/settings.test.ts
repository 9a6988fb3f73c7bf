import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '../../src/review/passwords.ts';
import { IDLE_LIFE, SESSION_LIFE } from '../../src/review/session.ts';
import { type Desk, formRequest, HTTP, openDesk, type Reader, signIn, signInAsGuest } from './desk.ts';
import { expectCleanPage } from './html.ts';

/** Each guess would take a second of this machine. */
vi.mock('../../src/review/password-cost.ts', () => ({ COST: { N: 2 ** 11, r: 8, p: 1 } }));

const PASSWORD = 'nine lamps under the jetty';
const NEXT = 'a kettle for each lighthouse';

let desk: Desk;
let admin: Reader;
beforeAll(async () => {
  desk = await openDesk();
  admin = await signIn(desk, 'Alex', 'admin');
});
afterAll(() => desk.close());

/** A reader who came by a link that a page showed. */
async function follow(page: string): Promise<Reader> {
  const link = /<code>(http\S+#[\w-]{43})<\/code>/.exec(page)?.[1] ?? '';
  return readerOf(await desk.app.request(`${HTTP}/sign-in`, formRequest({ link })));
}

async function enter(name: string, password: string): Promise<Reader> {
  return readerOf(await desk.app.request(`${HTTP}/sign-in/password`, formRequest({ name, password })));
}

async function readerOf(answer: Response): Promise<Reader> {
  const cookie = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  const get: Reader['get'] = async (path) => desk.app.request(`${HTTP}${path}`, { headers: { Cookie: cookie } });
  const csrf = /name="csrf" value="([^"]+)"/.exec(await (await get('/settings')).text())?.[1] ?? '';
  return {
    cookie,
    csrf,
    get,
    post: async (path, fields) => desk.app.request(`${HTTP}${path}`, formRequest({ csrf, ...fields }, { Cookie: cookie })),
  };
}

async function add(name: string, role: string): Promise<{ page: string; id: string }> {
  const answer = await admin.post('/settings/accounts', { name, role });
  const page = await answer.text();
  expect([answer.status, page.match(/role="alert"><p>[^<]*/)?.[0]]).toEqual([200, undefined]);
  return { page, id: (await desk.ledger.accounts.byName(name))?.id ?? '' };
}

describe('an administrator', () => {
  it('adds an account, whose owner comes in by its link and chooses a password', async () => {
    const { page, id } = await add('Dana', 'officer');
    expectCleanPage(page);
    const dana = await follow(page);
    expect(await (await dana.get('/settings')).text()).toContain('Choose a password');
    expect(await desk.ledger.accounts.byId(id)).toMatchObject({ signedInAt: desk.now });
    const short = await dana.post('/settings/password', { password: 'too short' });
    expect([short.status, (await short.text()).includes('at least 15 characters')]).toEqual([422, true]);
    expect((await dana.post('/settings/password', { password: PASSWORD })).status).toBe(200);
    expect((await (await enter('Dana', PASSWORD)).get('/incidents')).status).toBe(200);
    const acts = (await desk.ledger.audit.list({ object: `account:${id}`, limit: 20 })).map(({ action }) => action);
    expect(acts).toEqual(['signin', 'password.change', 'signin', 'link.create', 'account.add']);
  });

  it('takes accounts and sessions as files, in which no password is', async () => {
    const { id } = await add('Dax', 'biomed');
    const accounts = (await (await admin.get('/settings/accounts.csv')).text()).split('\r\n');
    expect(accounts[0]).toBe('id,name,role,signs_in_with,created,last_signed_in,disabled');
    expect(accounts.find((line) => line.startsWith(id))).toMatch(/,Dax,biomed,"a link, no password yet",2\S+Z,,$/);
    expect(accounts.join()).not.toContain('scrypt');
    const sessions = (await (await admin.get('/settings/sessions.csv')).text()).trim().split('\r\n');
    expect([sessions[0], sessions.length]).toEqual(['id,began,with,idle_until,ends', 2]);
    const { page } = await add('Fay', 'officer');
    expect((await (await follow(page)).get('/settings/accounts.csv')).status).toBe(403);
  });

  it('changes a role, disables, enables and resets; each ends the sessions', async () => {
    const { page, id } = await add('Erin', 'analyst');
    let erin = await follow(page);
    await erin.post('/settings/password', { password: PASSWORD });
    const to = `/settings/accounts/${id}`;
    expect((await admin.post(`${to}/role`, { role: 'auditor' })).status).toBe(200);
    expect((await erin.get('/settings')).status).toBe(303);
    erin = await enter('Erin', PASSWORD);
    expect(await (await erin.get('/settings')).text()).toContain('in the role auditor');
    await admin.post(`${to}/disable`, {});
    expect((await erin.get('/settings')).status).toBe(303);
    expect((await (await enter('Erin', PASSWORD)).get('/settings')).status).toBe(303);
    await admin.post(`${to}/enable`, {});
    erin = await enter('Erin', PASSWORD);
    expect((await erin.get('/settings')).status).toBe(200);
    const reset = await (await admin.post(`${to}/reset`, {})).text();
    expect((await erin.get('/settings')).status).toBe(303);
    expect((await (await enter('Erin', PASSWORD)).get('/settings')).status).toBe(303);
    expect((await (await follow(reset)).get('/settings')).status).toBe(200);
  });

  it.each([
    ['dana', 'officer', 'There is an account of this name'],
    ['key:siem', 'officer', 'A name has at most 60'],
    ['New', 'emperor', 'A role is one of'],
  ])('is told why %s as %s is not added', async (name, role, text) => {
    const answer = await admin.post('/settings/accounts', { name, role });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(text);
  });

  it('does nothing to the own account, nor to the role of who comes from the provider', async () => {
    const own = await follow((await add('Boss', 'admin')).page);
    const boss = await desk.ledger.accounts.byName('Boss');
    const answer = await own.post(`/settings/accounts/${boss?.id}/disable`, {});
    expect([answer.status, (await answer.text()).includes('ask another administrator')]).toEqual([422, true]);
    const said = { id: 'oidc-1', subject: 'idp 1', name: 'Lee', role: 'analyst', at: desk.now } as const;
    await desk.ledger.accounts.saveIdentity(said);
    const role = await admin.post('/settings/accounts/oidc-1/role', { role: 'admin' });
    expect([role.status, (await role.text()).includes('its groups there give the role')]).toEqual([422, true]);
  });

  it('is the only one to see accounts, or to change them', async () => {
    const officer = await signIn(desk, 'Olga');
    expect(await (await officer.get('/settings')).text()).not.toContain('Erin');
    expect((await officer.post('/settings/accounts', { name: 'Mallory', role: 'admin' })).status).toBe(403);
    expect((await admin.post('/settings/accounts', { name: 'Forged', role: 'admin', csrf: 'x' })).status).toBe(403);
    expect(await desk.ledger.accounts.byName('Mallory')).toBeNull();
    expect(await desk.ledger.accounts.byName('Forged')).toBeNull();
  });
});

describe('everybody', () => {
  it('changes the own password with the one of now, and the other sessions end', async () => {
    const password = await hashPassword(PASSWORD, { N: 2 ** 10, r: 8, p: 1 });
    await desk.ledger.accounts.add({ id: 'kim', name: 'Kim', role: 'biomed', password, at: desk.now });
    const [here, there] = [await enter('Kim', PASSWORD), await enter('Kim', PASSWORD)];
    const refused = await here.post('/settings/password', { current: 'a guess', password: NEXT });
    expect([refused.status, (await refused.text()).includes('nothing changed')]).toEqual([422, true]);
    expect((await there.get('/settings')).status).toBe(200);
    expect((await here.post('/settings/password', { current: PASSWORD, password: NEXT })).status).toBe(200);
    expect([(await here.get('/settings')).status, (await there.get('/settings')).status]).toEqual([200, 303]);
    const [latest] = await desk.ledger.audit.list({ actor: 'Kim', limit: 1 });
    expect(latest).toMatchObject({ action: 'password.change' });
  });

  it('ends a session of their own, and nobody else’s', async () => {
    const [one, two] = [await signInAsGuest(desk, 'Twice'), await signInAsGuest(desk, 'Twice')];
    const other = await signInAsGuest(desk, 'Other');
    const sessions = await desk.ledger.access.sessionsOf('link:twice', desk.now);
    const theirs = await desk.ledger.access.sessionsOf('link:other', desk.now);
    await one.post('/settings/sessions', { id: theirs[0]?.id ?? '' });
    expect((await other.get('/settings')).status).toBe(200);
    expect(sessions).toHaveLength(2);
    await one.post('/settings/sessions', { id: '' });
    expect([(await one.get('/settings')).status, (await two.get('/settings')).status]).toEqual([200, 303]);
  });

  it('is signed out after half an hour of nothing, and after twelve hours of anything', async () => {
    const idle = await signIn(desk, 'Idle');
    const busy = await signIn(desk, 'Busy');
    const started = desk.now;
    desk.now += IDLE_LIFE - 1;
    expect((await busy.get('/settings')).status).toBe(200);
    desk.now += 1;
    expect((await idle.get('/settings')).status).toBe(303);
    for (; desk.now < started + SESSION_LIFE - 1; desk.now = Math.min(desk.now + IDLE_LIFE / 2, started + SESSION_LIFE - 1)) {
      expect((await busy.get('/settings')).status).toBe(200);
    }
    expect((await busy.get('/settings')).status).toBe(200);
    desk.now += 1;
    expect((await busy.get('/settings')).status).toBe(303);
  });
});
