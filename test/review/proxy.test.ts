import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReviewApp } from '../../src/review/app.ts';
import { createSignInLink } from '../../src/review/auth.ts';
import type { IdentityProvider } from '../../src/review/oidc.ts';
import { hashPassword } from '../../src/review/passwords.ts';
import { type Desk, formRequest, HTTP, openDesk } from './desk.ts';

/** Each guess would take a second of this machine. */
vi.mock('../../src/review/password-cost.ts', () => ({ COST: { N: 2 ** 11, r: 8, p: 1 } }));

/** What browsers show; the proxy ends their TLS and asks us at `HTTP`, by the name that it has for us. */
const PUBLIC = 'https://cordon.hospital.example';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ secure: true, publicOrigin: PUBLIC });
});
afterAll(() => desk.close());

describe('behind a proxy that ends TLS', () => {
  it('lets people in from the public address, with a cookie for https alone', async () => {
    const link = await createSignInLink(desk.ledger.access, () => desk.now, PUBLIC);
    const answer = await desk.app.request(`${HTTP}/sign-in`, formRequest({ link }, { Origin: PUBLIC }));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Set-Cookie')).toMatch(/^__Host-cordon=.*Secure/);
    expect(answer.headers.get('Strict-Transport-Security')).not.toBeNull();
  });

  it.each([HTTP, 'https://127.0.0.1:8480', 'https://elsewhere.example', 'null'])('takes no form from %s', async (origin) => {
    const link = await createSignInLink(desk.ledger.access, () => desk.now, PUBLIC);
    const answer = await desk.app.request(`${HTTP}/sign-in`, formRequest({ link }, { Origin: origin }));
    expect([answer.status, answer.headers.get('Set-Cookie')]).toEqual([403, null]);
  });

  it('has an OpenID provider send people back to the public address', async () => {
    const asked: string[] = [];
    const secret = 'x'.repeat(43);
    const oidc: IdentityProvider = {
      host: 'login.example',
      begin: async (redirect) => {
        asked.push(redirect);
        return { url: new URL('https://login.example/'), checks: { state: secret, nonce: secret, verifier: secret } };
      },
      finish: async (answer) => {
        asked.push(answer.href);
        return { subject: 'https://login.example 1', name: 'Kim', role: 'analyst' };
      },
      signOut: async () => null,
    };
    const app = createReviewApp({ ...desk.deps, oidc });
    const begun = await app.request(`${HTTP}/sign-in/oidc`, { headers: { Host: '127.0.0.1:8480' } });
    const cookie = (begun.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
    expect(cookie).toMatch(/^__Host-cordon-oidc=/);
    const back = await app.request(`${HTTP}/sign-in/oidc/callback?code=c&state=s`, {
      headers: { Host: '127.0.0.1:8480', Cookie: cookie },
    });
    expect(back.status).toBe(303);
    expect(asked).toEqual([`${PUBLIC}/sign-in/oidc/callback`, `${PUBLIC}/sign-in/oidc/callback?code=c&state=s`]);
  });

  it('counts guesses by name, and not by the address that all share', async () => {
    const password = 'nine lamps under the jetty';
    const hash = await hashPassword(password, { N: 2 ** 10, r: 8, p: 1 });
    await desk.ledger.accounts.add({ id: 'a1', name: 'Dana', role: 'analyst', password: hash, at: desk.now });
    const proxied = { incoming: { socket: socketOf('10.0.0.1') } };
    const enter = (name: string, typed: string) =>
      desk.app.request(`${HTTP}/sign-in/password`, formRequest({ name, password: typed }, { Origin: PUBLIC }), proxied);
    const delays = new Array<number>(49).fill(0);
    for (let guess = 0; guess < 55; guess++) {
      await desk.ledger.accounts.countAttempt([{ subject: 'address:10.0.0.1', delays: [...delays, 60_000] }], desk.now);
    }
    expect((await enter('Dana', password)).status).toBe(303);
  });
});

function socketOf(address: string): Socket {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  return socket;
}
