import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK_ROLES, type DeskRole } from '../../src/core/vocabulary.ts';
import { actionOf } from '../../src/review/guard.ts';
import { type Action, can } from '../../src/review/permissions.ts';
import { type Desk, formRequest, HTTP, openDesk, type Reader, signIn } from './desk.ts';

/** What is there before somebody signed in, and signing out. Everything else asks for an action: a route that does not fails here. */
const OPEN = new Set(['GET /static/*', 'GET /sign-in', 'POST /sign-in', 'POST /sign-in/password', 'POST /sign-out']);

const FORBIDDEN = 'This is not open to your role';

let desk: Desk;
const readers = new Map<DeskRole, Reader>();
beforeAll(async () => {
  desk = await openDesk();
  for (const role of DESK_ROLES) readers.set(role, await signIn(desk, role, role));
});
afterAll(() => desk.close());

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly action: Action | null;
}

/** Every address of the desk, with what the first of its guards asks for. Middleware of all addresses is none. */
function routes(): Route[] {
  const found = new Map<string, Route>();
  for (const { method, path, handler } of desk.app.routes) {
    const name = `${method} ${path}`;
    if (path === '/*' || path === '*') continue;
    const action = found.get(name)?.action ?? actionOf(handler);
    found.set(name, { name, method, path: path.replaceAll(/:\w+(\{[^}]*\})?/g, 'x'), action });
  }
  return [...found.values()];
}

const ask = ({ method, path }: Route, cookie: string): Promise<Response> =>
  Promise.resolve(
    desk.app.request(
      `${HTTP}${path}`,
      method === 'GET' ? { headers: { Cookie: cookie } } : { ...formRequest({}, { Cookie: cookie }), method },
    ),
  );

it('has no route behind the sign-in that asks for no action', () => {
  const all = routes();
  expect(all.length).toBeGreaterThan(8);
  const unguarded = all.filter(({ name, action }) => action === null && !OPEN.has(name));
  expect(
    unguarded.map(({ name }) => name),
    'begin each with requires(deps, action)',
  ).toEqual([]);
});

it('lets nobody in who is not signed in', async () => {
  for (const route of routes().filter(({ name }) => !OPEN.has(name))) {
    const answer = await ask(route, '');
    expect([route.name, answer.status]).toEqual([route.name, 303]);
    expect(answer.headers.get('Location')).toMatch(/^\/sign-in/);
  }
});

it.each(DESK_ROLES)('opens to %s what the table of permissions says, and nothing else', async (role) => {
  const cookie = readers.get(role)?.cookie ?? '';
  for (const route of routes()) {
    if (route.action === null) continue;
    const answer = await ask(route, cookie);
    const refused = answer.status === 403 && (await answer.text()).includes(FORBIDDEN);
    expect([route.name, role, refused ? 'refused' : 'open']).toEqual([
      route.name,
      role,
      can(role, route.action) ? 'open' : 'refused',
    ]);
  }
});

it('changes nothing for a form that is not of its own pages: no token of the session, or another origin', async () => {
  const changing = routes().filter(({ method, action }) => method === 'POST' && action !== null);
  expect(changing.length).toBeGreaterThan(20);
  for (const { name, path, action } of changing) {
    const role = DESK_ROLES.find((each) => action !== null && can(each, action)) ?? 'officer';
    const reader = readers.get(role) ?? expect.fail('every role has a reader');
    const forged = [
      await reader.post(path, { csrf: 'another' }),
      await reader.post(path, {}, { Origin: 'https://elsewhere.example' }),
      await reader.post(path, {}, { Origin: null }),
    ];
    for (const answer of forged)
      expect([name, answer.status, (await answer.text()).includes('did not come from a page of Cordon')]).toEqual([
        name,
        403,
        true,
      ]);
  }
});

it('says which roles may', async () => {
  const answer = await readers.get('biomed')?.get('/incidents');
  expect(answer?.status).toBe(403);
  expect(await answer?.text()).toContain('It is for: officer, analyst, auditor, admin.');
});
