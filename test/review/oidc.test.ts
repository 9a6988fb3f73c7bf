import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReviewApp } from '../../src/review/app.ts';
import { createIdentityProvider, type OidcSettings } from '../../src/review/oidc.ts';
import { roleOf } from '../../src/review/oidc-claims.ts';
import { CLIENT_ID, CLIENT_SECRET, ROLES, type RunningProvider, startProvider } from '../support/oidc-provider.ts';
import { type Desk, HTTP, openDesk } from './desk.ts';

/** Follows the provider's redirects with its cookies, until it sends the reader to another origin. */
async function visit(issuer: string, from: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const step = async (url: string, body?: Record<string, string>): Promise<Response> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body: new URLSearchParams(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  let url = from;
  for (let n = 0; n < 12; n++) {
    const answer = await step(url);
    const location = answer.headers.get('Location');
    if (location === null) {
      const page = await answer.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
      const sent = await step(url, prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
      url = new URL(sent.headers.get('Location') ?? '', url).href;
    } else url = new URL(location, url).href;
    if (!url.startsWith(issuer)) return url;
  }
  throw new Error('the provider never sent the reader back');
}

let desk: Desk;
let provider: RunningProvider;
let app: Desk['app'];
beforeAll(async () => {
  desk = await openDesk();
  provider = await startProvider(HTTP);
  app = appWith(settings());
});
afterAll(async () => {
  await provider.close();
  await desk.close();
});

const settings = (over: Partial<OidcSettings> = {}): OidcSettings => ({
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  scope: 'openid profile groups',
  roleClaim: 'groups',
  roles: ROLES,
  ...over,
});

function appWith(from: OidcSettings): Desk['app'] {
  return createReviewApp({ ...desk.deps, oidc: createIdentityProvider(from) });
}

interface Begun {
  readonly url: string;
  readonly cookie: string;
}

async function begin(next = '/flows', on = app): Promise<Begun> {
  const answer = await on.request(`${HTTP}/sign-in/oidc?next=${encodeURIComponent(next)}`);
  expect(answer.status).toBe(303);
  return { url: answer.headers.get('Location') ?? '', cookie: cookieOf(answer) };
}

const cookieOf = (answer: Response): string => (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
const come = (url: string, cookie: string, on = app): Promise<Response> =>
  Promise.resolve(on.request(url, { headers: { Cookie: cookie } }));
const latest = async () => (await desk.ledger.audit.list({ limit: 1 }))[0];

describe('sign-in at an OpenID provider', () => {
  it('asks with code, PKCE, state and nonce, and lets in whom a group gives a role', async () => {
    const { url, cookie } = await begin();
    const asked = new URL(url).searchParams;
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(url).not.toContain(cookie.split('.')[2]);
    const back = await visit(provider.issuer, url, 'dana');
    const answer = await come(back, cookie);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/flows']);
    const session = answer.headers.getSetCookie().find((text) => text.startsWith('cordon='));
    const page = await come(`${HTTP}/incidents`, session?.split(';')[0] ?? '');
    expect(page.status).toBe(200);
    const account = await desk.ledger.accounts.byName('dana@hospital.example');
    expect(account).toMatchObject({ role: 'officer', subject: `${provider.issuer} dana`, password: null });
    expect(await latest()).toMatchObject({ action: 'signin', actor: 'dana@hospital.example', detail: { how: 'oidc' } });
  });

  it('refuses who is in no group that has a role, and makes no account', async () => {
    const { url, cookie } = await begin();
    const answer = await come(await visit(provider.issuer, url, 'erin'), cookie);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('none of your groups has a role here');
    expect(answer.headers.getSetCookie().some((text) => text.startsWith('cordon='))).toBe(false);
    expect(await desk.ledger.accounts.byName('erin@hospital.example')).toBeNull();
    expect(await latest()).toMatchObject({ action: 'signin.refused', detail: { reason: 'no role' } });
  });

  it('refuses whom an administrator disabled', async () => {
    const first = await begin();
    await come(await visit(provider.issuer, first.url, 'lee'), first.cookie);
    const lee = await desk.ledger.accounts.byName('lee@hospital.example');
    await desk.ledger.accounts.disable(lee?.id ?? '', desk.now);
    const again = await begin();
    expect((await come(await visit(provider.issuer, again.url, 'lee'), again.cookie)).status).toBe(403);
  });

  it('takes an answer once, in the browser that asked, and no other answer', async () => {
    const mine = await begin();
    const other = await begin();
    const back = await visit(provider.issuer, mine.url, 'dana');
    expect((await come(back, '')).status).toBe(401);
    expect((await come(back, other.cookie)).status).toBe(401);
    expect((await come(`${HTTP}/sign-in/oidc/callback?code=x&state=y`, mine.cookie)).status).toBe(401);
    const [name, value = ''] = mine.cookie.split('=');
    const [state, , verifier, next] = value.split('.');
    expect((await come(back, `${name}=${state}.${'n'.repeat(43)}.${verifier}.${next}`)).status).toBe(401);
    expect((await come(back, mine.cookie)).status, 'the code was spent by the answer before').toBe(401);
    const fresh = await begin();
    const good = await visit(provider.issuer, fresh.url, 'dana');
    expect((await come(good, fresh.cookie)).status).toBe(303);
    expect((await come(good, fresh.cookie)).status).toBe(401);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example'])('goes on to no other origin: %s', async (next) => {
    const { url, cookie } = await begin(next);
    const answer = await come(await visit(provider.issuer, url, 'dana'), cookie);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/']);
  });

  it('leads to where one signs out there', async () => {
    const answer = await come(`${HTTP}/sign-in/oidc/sign-out`, '');
    const url = new URL(answer.headers.get('Location') ?? '');
    expect([url.origin, url.searchParams.get('client_id')]).toEqual([provider.issuer, 'cordon']);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${HTTP}/sign-in`);
  });

  it('says that the provider is away, and leaves passwords as they are', async () => {
    const away = appWith(settings({ issuer: 'http://127.0.0.1:1' }));
    const answer = await away.request(`${HTTP}/sign-in/oidc`);
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain('The identity provider does not answer');
    expect(text).toContain('action="/sign-in/password"');
  });

  it('tells a wrong client secret from a provider that is away', async () => {
    const wrong = appWith(settings({ clientSecret: 'wrong' }));
    const { url, cookie } = await begin('/', wrong);
    expect((await come(await visit(provider.issuer, url, 'dana'), cookie, wrong)).status).toBe(401);
  });
});

it.each([
  [{ groups: ['a', 'x'] }, 'groups', 'analyst'],
  [{ groups: 'a' }, 'groups', 'analyst'],
  [{ groups: ['b', 'a'] }, 'groups', 'analyst'],
  [{ realm_access: { roles: ['b'] } }, 'realm_access.roles', 'admin'],
  [{ 'https://x.example/roles': ['b'] }, 'https://x.example/roles', 'admin'],
  [{ groups: ['c'] }, 'groups', null],
  [{ groups: [{ a: 1 }] }, 'groups', null],
  [{}, 'groups', null],
  [{}, 'constructor.name', null],
])('reads the role of %j', (claims, roleClaim, role) => {
  const roles = [
    { value: 'a', role: 'analyst' },
    { value: 'b', role: 'admin' },
  ] as const;
  expect(roleOf(claims, { roleClaim, roles })).toBe(role);
});
