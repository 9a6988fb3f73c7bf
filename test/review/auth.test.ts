import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInLink, isActor, LINK_LIFE, secretOf } from '../../src/review/auth.ts';
import { hashSecret, isSecret, newSecret, sameSecret } from '../../src/review/secrets.ts';
import { SESSION_LIFE, safeNext } from '../../src/review/session.ts';
import { type Desk, formRequest, HTTP, openDesk, openIncident, signIn, signInAsGuest } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const link = () => createSignInLink(desk.ledger.access, () => desk.now, HTTP);
const redeem = (fields: Record<string, string>, headers: Record<string, string | null> = {}) =>
  desk.app.request(`${HTTP}/sign-in`, formRequest(fields, headers));

describe('the link', () => {
  it('keeps its secret behind the #, and only a hash in the ledger', async () => {
    const made = new URL(await link());
    expect([made.origin, made.pathname, made.search]).toEqual([HTTP, '/sign-in', '']);
    expect(isSecret(made.hash.slice(1))).toBe(true);
    expect(await desk.ledger.access.redeemLink(made.hash.slice(1), 'dana', desk.now)).toBeNull();
  });

  it('signs in once', async () => {
    const made = await link();
    const first = await redeem({ link: made, actor: 'Dana' });
    expect([first.status, first.headers.get('Location')]).toEqual([303, '/']);
    const second = await redeem({ link: made });
    expect(second.status).toBe(401);
    expect(second.headers.get('Set-Cookie')).toBeNull();
    expect(await second.text()).toContain('This link was used before');
  });

  it('signs in one of two who try at once', async () => {
    const made = await link();
    const answers = await Promise.all([redeem({ link: made }), redeem({ link: made })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 401]);
  });

  it('expires', async () => {
    const made = await link();
    desk.now += LINK_LIFE;
    expect((await redeem({ link: made })).status).toBe(401);
  });

  it('is not spent by looking at it, nor by a request from elsewhere', async () => {
    const made = await link();
    const looked = await desk.app.request(made);
    expect(looked.status).toBe(200);
    expect(looked.headers.get('Set-Cookie')).toBeNull();
    expect((await redeem({ link: made }, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await redeem({ link: made }, { Origin: 'null' })).status).toBe(403);
    expect((await redeem({ link: made }, { Origin: null })).status).toBe(403);
    expect((await redeem({ link: made }, { Origin: null, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await redeem({ link: made }, { Origin: null, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(303);
  });

  it.each([[''], ['hello'], ['http://127.0.0.1:8480/sign-in'], ['<script>alert(1)</script>']])(
    'asks again for %j',
    async (pasted) => {
      const answer = await redeem({ link: pasted, actor: 'Dana' });
      expect(answer.status).toBe(422);
      const text = await answer.text();
      expect(text).toContain('This is not a sign-in link');
      expect(text).not.toContain('<script>alert');
      expectCleanPage(text);
    },
  );

  it('takes the code alone too', () => {
    const secret = newSecret();
    for (const pasted of [secret, `#${secret}`, ` ${HTTP}/sign-in#${secret} `]) expect(secretOf(pasted)).toBe(secret);
  });

  it('gives nobody a name that reads like that of an account', async () => {
    await desk.ledger.accounts.add({ id: 'zoe', name: 'Zoë Lee', role: 'analyst', password: null, at: desk.now });
    const made = await link();
    for (const actor of ['zoë lee', 'Zoë  Lee', 'Zoë Lee\uFE0F', 'Zoe\u0308 Lee']) {
      const refused = await redeem({ link: made, actor });
      expect([actor, refused.status]).toEqual([actor, 422]);
      expect(await refused.text()).toContain('Somebody has an account of this name');
    }
  });

  it.each(['key:siem', '<b>', 'x'.repeat(61), '-dash'])('refuses the name %j and keeps the link good', async (actor) => {
    const made = await link();
    const refused = await redeem({ link: made, actor });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('A name has at most 60');
    expect((await redeem({ link: made, actor: 'Dr. Zoë O’Neil' })).status).toBe(303);
  });
});

describe('the session', () => {
  it('has a plain cookie on http and a __Host- one on https', async () => {
    const plain = (await redeem({ link: await link() })).headers.get('Set-Cookie') ?? '';
    expect(plain).toMatch(/^cordon=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    const safe = await openDesk({ secure: true });
    const origin = 'https://cordon.example';
    const made = await createSignInLink(safe.ledger.access, () => safe.now, origin);
    const answer = await safe.app.request(
      `${origin}/sign-in`,
      formRequest({ link: made }, { Origin: origin, Host: 'cordon.example' }),
    );
    expect(answer.headers.get('Set-Cookie')).toMatch(
      /^__Host-cordon=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.headers.get('Strict-Transport-Security')).not.toBeNull();
    await safe.close();
  });

  it.each(['/', '/incidents', '/incidents/x', '/incidents?severity=high', '/flows'])('is needed for %s', async (path) => {
    for (const cookie of ['', 'cordon=nonsense', `cordon=${newSecret()}`]) {
      const answer = await desk.app.request(`${HTTP}${path}`, { headers: { Cookie: cookie } });
      expect(answer.status).toBe(303);
      const wanted = path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
      expect(answer.headers.get('Location')).toBe(wanted);
      expect(await answer.text()).toBe('');
    }
  });

  it('of a link of no account has a name that is marked as claimed, which no account can have', async () => {
    const guest = await signInAsGuest(desk, 'gia');
    const id = await openIncident(desk);
    await guest.post(`/incidents/${id}/transitions`, { from: 'open', to: 'acknowledged' });
    expect((await desk.ledger.incidents.events(id)).map(({ actor }) => actor)).toEqual(['cordon', 'gia (claimed)']);
    expect(await (await guest.get('/settings')).text()).toContain('You are signed in as gia (claimed), officer');
    expect((await desk.ledger.audit.list({ actor: 'gia (claimed)', limit: 5 })).map(({ action }) => action)).toContain(
      'incident.move',
    );
    expect(isActor('gia (claimed)')).toBe(false);
  });

  it('is needed to decide', async () => {
    const answer = await desk.app.request(`${HTTP}/incidents/x/transitions`, formRequest({ from: 'open', to: 'resolved' }));
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/sign-in']);
  });

  it('rests as a hash, ends with the day and with signing out', async () => {
    const reader = await signIn(desk);
    const secret = reader.cookie.slice('cordon='.length);
    expect(await desk.ledger.access.session(secret, desk.now)).toBeNull();
    expect(await desk.ledger.access.session(hashSecret(secret), desk.now)).toMatchObject({ actor: 'dana' });
    expect(await desk.ledger.access.session(hashSecret(secret), desk.now + SESSION_LIFE)).toBeNull();
    expect((await reader.post('/sign-out', { csrf: newSecret() })).status).toBe(403);
    expect((await reader.get('/incidents')).status).toBe(200);
    const out = await reader.post('/sign-out', {});
    expect([out.status, out.headers.get('Location')]).toEqual([303, '/sign-in']);
    expect(out.headers.get('Set-Cookie')).toMatch(/^cordon=; Max-Age=0/);
    expect((await reader.get('/incidents')).status).toBe(303);
  });

  it('is made anew by a sign-in, and the one before ends', async () => {
    const before = await signIn(desk);
    const answer = await redeem({ link: await link() }, { Cookie: before.cookie });
    expect(answer.headers.get('Set-Cookie')).not.toContain(before.cookie);
    expect((await before.get('/incidents')).status).toBe(303);
  });

  it('skips the sign-in page', async () => {
    const reader = await signIn(desk);
    const answer = await reader.get('/sign-in?next=%2Fflows');
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/flows']);
  });
});

it.each([
  ['/incidents/abc?moved=open', '/incidents/abc?moved=open'],
  ['/flows', '/flows'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/a\nb', '/'],
  ['/sign-out', '/'],
  [`/${'a'.repeat(2000)}`, '/'],
  [undefined, '/'],
])('goes on to %j only as %s', (next, path) => {
  expect(safeNext(next)).toBe(path);
});

it('compares secrets of any length', () => {
  expect([sameSecret('a', 'a'), sameSecret('a', 'b'), sameSecret('a', 'aa'), sameSecret('', '')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
