import { expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { NewAccount, NewLink, NewSession } from '../../src/ledger/people/store.ts';
import { HOUR, NOON } from '../ledger/rows.ts';

const MINUTE = 60_000;

/** Links, sessions and accounts, on whatever engine. `group` gives its tests a ledger of their own. */
export function accountsConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  const link = (over: Partial<NewLink> = {}): NewLink => ({
    hash: 'link',
    role: 'officer',
    account: null,
    expires: NOON + HOUR,
    ...over,
  });
  const session = (over: Partial<NewSession> = {}): NewSession => ({
    hash: 's',
    id: 'session-1',
    user: 'link:dana',
    actor: 'Dana',
    role: 'officer',
    how: 'link',
    csrf: 'c',
    startedAt: NOON,
    idleUntil: NOON + 30 * MINUTE,
    expires: NOON + HOUR,
    ...over,
  });
  const dana = (over: Partial<NewAccount> = {}): NewAccount => ({
    id: 'a1',
    name: 'Dana',
    role: 'officer',
    password: 'hash-1',
    at: NOON,
    ...over,
  });

  group('links and sessions', (ledger) => {
    it('redeems a link once, and not after its time', async () => {
      const { access } = ledger();
      await access.createLink(link({ role: 'auditor' }));
      await access.createLink(link({ hash: 'late', expires: NOON }));
      expect(await access.redeemLink('late', 'dana', NOON)).toBeNull();
      const both = await Promise.all([access.redeemLink('link', 'dana', NOON), access.redeemLink('link', 'dana', NOON)]);
      expect(both.filter((redeemed) => redeemed !== null)).toEqual([{ kind: 'guest', role: 'auditor' }]);
      expect(await access.redeemLink('none', 'dana', NOON)).toBeNull();
    });

    it('redeems the link of an account as that account in its role of now, and a name that an account has as no other', async () => {
      const { access, accounts } = ledger();
      await accounts.add(dana());
      await access.createLink(link());
      expect(await access.redeemLink('link', ' DANA ', NOON)).toEqual({ kind: 'taken' });
      expect(await access.redeemLink('link', 'erin', NOON)).toEqual({ kind: 'guest', role: 'officer' });
      await accounts.setRole('a1', 'analyst');
      await access.createLink(link({ account: 'a1' }));
      expect(await access.redeemLink('link', 'dana', NOON)).toEqual({
        kind: 'account',
        id: 'a1',
        name: 'Dana',
        role: 'analyst',
      });
    });

    it('knows a session until it ends, is idle, or its time is over', async () => {
      const { access } = ledger();
      const { hash: _, ...row } = session();
      await access.createSession(session());
      await access.createSession(session());
      expect(await access.session('s', NOON)).toEqual(row);
      expect(await access.session('s', NOON + 30 * MINUTE)).toBeNull();
      await access.touchSession('s', NOON + MINUTE, NOON + 2 * HOUR);
      expect(await access.session('s', NOON + 30 * MINUTE)).toMatchObject({ idleUntil: NOON + 2 * HOUR });
      expect(await access.session('s', NOON + HOUR)).toBeNull();
      await access.endSession('s');
      expect(await access.session('s', NOON)).toBeNull();
    });

    it('brings no idle session back', async () => {
      const { access } = ledger();
      await access.createSession(session());
      await access.touchSession('s', NOON + 30 * MINUTE, NOON + HOUR);
      expect(await access.session('s', NOON + 30 * MINUTE)).toBeNull();
    });

    it('lists the sessions of a user, and ends one or the others', async () => {
      const { access } = ledger();
      for (const n of [1, 2, 3])
        await access.createSession(session({ hash: `s${n}`, id: `i${n}`, user: 'link:lee', startedAt: NOON + n }));
      await access.createSession(session({ hash: 'x', id: 'x', user: 'link:erin' }));
      expect((await access.sessionsOf('link:lee', NOON)).map(({ id }) => id)).toEqual(['i3', 'i2', 'i1']);
      expect(await access.endSessionsOf({ user: 'link:erin', id: 'i1' })).toBe(0);
      expect(await access.endSessionsOf({ user: 'link:lee', id: 'i1' })).toBe(1);
      expect(await access.endSessionsOf({ user: 'link:lee', except: 'i2' })).toBe(1);
      expect((await access.sessionsOf('link:lee', NOON)).map(({ id }) => id)).toEqual(['i2']);
      expect(await access.session('x', NOON)).not.toBeNull();
    });
  });

  group('accounts', (ledger) => {
    it('keeps one account of a name, however it is written', async () => {
      const { accounts } = ledger();
      expect(await accounts.add(dana())).toBe(true);
      expect(await accounts.add(dana())).toBe(true);
      expect(await accounts.add(dana({ id: 'a2', name: 'DANA' }))).toBe(false);
      expect(await accounts.byName('dana')).toEqual({
        id: 'a1',
        name: 'Dana',
        role: 'officer',
        password: 'hash-1',
        subject: null,
        createdAt: NOON,
        signedInAt: null,
        disabledAt: null,
      });
      await accounts.noteSignIn('a1', NOON + 1);
      expect(await accounts.byId('a1')).toMatchObject({ signedInAt: NOON + 1 });
      expect([await accounts.byName('erin'), await accounts.byId('a2')]).toEqual([null, null]);
      await accounts.add(dana({ id: 'a0', name: 'Alex' }));
      expect((await accounts.list()).map(({ name }) => name)).toEqual(['Alex', 'Dana']);
    });

    it('signs out who claimed a name that is somebody’s now', async () => {
      const { access, accounts } = ledger();
      const claim = (user: string) => access.createSession(session({ user, hash: user, id: user }));
      for (const user of ['link:dana', 'link:kim', 'link:lee']) await claim(user);
      await accounts.add(dana());
      await accounts.saveIdentity({ id: 'o1', subject: 'https://idp kim', name: 'Kim', role: 'analyst', at: NOON });
      const left = await Promise.all(['link:dana', 'link:kim', 'link:lee'].map((hash) => access.session(hash, NOON)));
      expect(left.map((row) => row?.user ?? null)).toEqual([null, null, 'link:lee']);
    });

    it('ends sessions and links with a change of role, of password, and with disabling', async () => {
      const { access, accounts } = ledger();
      await accounts.add(dana());
      const start = async (): Promise<void> => {
        await access.createSession(session({ user: 'a1' }));
        await access.createSession(session({ user: 'a1', hash: 's2', id: 'session-2' }));
        await access.createLink(link({ account: 'a1' }));
      };
      const left = async (): Promise<string[]> => (await access.sessionsOf('a1', NOON)).map(({ id }) => id);
      await start();
      expect(await accounts.setRole('a1', 'officer')).toBe(false);
      expect(await left()).toHaveLength(2);
      expect(await accounts.setRole('a1', 'admin')).toBe(true);
      expect(await left()).toEqual([]);
      expect(await access.redeemLink('link', 'x', NOON)).toBeNull();
      await start();
      expect(await accounts.setPassword({ id: 'a1', password: 'hash-2', keep: 'session-2' })).toBe(true);
      expect(await left()).toEqual(['session-2']);
      await accounts.rehashPassword({ id: 'a1', from: 'hash-1', to: 'old' });
      await accounts.rehashPassword({ id: 'a1', from: 'hash-2', to: 'hash-3' });
      expect(await accounts.byId('a1')).toMatchObject({ password: 'hash-3', role: 'admin' });
      expect(await left()).toEqual(['session-2']);
      expect(await accounts.disable('a1', NOON + 2)).toBe(true);
      expect(await accounts.disable('a1', NOON + 3)).toBe(false);
      expect(await left()).toEqual([]);
      expect(await accounts.byId('a1')).toMatchObject({ disabledAt: NOON + 2 });
      await access.createLink(link({ account: 'a1' }));
      expect(await access.redeemLink('link', 'dana', NOON)).toBeNull();
      expect(await accounts.enable('a1')).toBe(true);
      expect(await accounts.setPassword({ id: 'none', password: 'x' })).toBe(false);
    });

    it('takes name and role of an identity provider each time, never the name of another, and nobody who is disabled', async () => {
      const { access, accounts } = ledger();
      await accounts.add(dana());
      const said = { id: 'o-123456', subject: 'https://idp 7', name: 'dana', role: 'analyst', at: NOON } as const;
      const own = { id: 'o-123456', name: 'dana ~123456', role: 'analyst' };
      expect(await accounts.saveIdentity(said)).toEqual(own);
      expect(await accounts.saveIdentity({ ...said, id: 'other' })).toEqual(own);
      await access.createSession(session({ user: 'o-123456' }));
      expect(await accounts.saveIdentity({ ...said, name: 'Dana L.', role: 'auditor', at: NOON + 1 })).toEqual({
        id: 'o-123456',
        name: 'Dana L.',
        role: 'auditor',
      });
      expect(await access.sessionsOf('o-123456', NOON)).toEqual([]);
      expect(await accounts.byName('dana l.')).toMatchObject({ subject: 'https://idp 7', signedInAt: NOON + 1 });
      await accounts.disable('o-123456', NOON + 2);
      expect(await accounts.saveIdentity(said)).toBeNull();
    });

    it('counts attempts before they are judged, and locks for longer each time', async () => {
      const { accounts } = ledger();
      const name = { subject: 'name:x', delays: [0, 0, MINUTE, HOUR] };
      const address = { subject: 'address:10.0.0.1', delays: [0, 0, 0, 0, 0, MINUTE] };
      const both = [address, name];
      const at = await Promise.all([1, 2, 3, 4, 5].map(() => accounts.countAttempt(both, NOON)));
      expect(at).toEqual([0, 0, 0, NOON + MINUTE, NOON + MINUTE]);
      expect(await accounts.countAttempt([name], NOON + MINUTE)).toBe(0);
      expect(await accounts.countAttempt([name], NOON + 2 * MINUTE)).toBe(NOON + MINUTE + HOUR);
      expect(await accounts.countAttempt([{ ...name, subject: 'name:y' }, address], NOON)).toBe(0);
      expect(await accounts.countAttempt([address], NOON)).toBe(NOON + MINUTE);
      await accounts.clearAttempts(['name:x']);
      expect(await accounts.countAttempt([name], NOON + 2 * MINUTE)).toBe(0);
    });
  });
}
