import { type Builder, type Executor, once } from '../statement.ts';
import { nameKey } from './account-name.ts';
import type { KeyScope, NewLink, NewSession, Redeemed, SessionRow } from './store.ts';

/** API keys, sign-in links and sessions. Hashes only; nothing here is hot. */
export function accessWrites(db: Builder) {
  return {
    async createKey(x: Executor, key: { id: string; name: string; hash: string; scope: KeyScope; at: number }): Promise<void> {
      const { id, name, hash, scope, at } = key;
      await x.run(
        once(
          db
            .insertInto('api_keys')
            .values({ id, name, hash, scope, created_at: at, revoked_at: null })
            .onConflict((conflict) => conflict.column('id').doNothing()),
        ),
      );
    },
    async revokeKey(x: Executor, key: { id: string; at: number }): Promise<boolean> {
      const revoke = db
        .updateTable('api_keys')
        .set({ revoked_at: key.at })
        .where('id', '=', key.id)
        .where('revoked_at', 'is', null);
      return (await x.run(once(revoke))) > 0;
    },
    async createLink(x: Executor, { hash, role, account, expires }: NewLink): Promise<void> {
      const insert = db.insertInto('links').values({ hash, role, account, expires });
      await x.run(once(insert.onConflict((conflict) => conflict.doNothing())));
    },
    /**
     * Removing the row is what redeems: of two at once, one removes it. A name that an account has stays its own: the link is kept, so
     * that its holder can give another.
     */
    async redeemLink(x: Executor, { hash, name, now }: { hash: string; name: string; now: number }): Promise<Redeemed | null> {
      const good = db.selectFrom('links').select(['role', 'account']).where('hash', '=', hash).where('expires', '>', now);
      const link = await x.get(once(good));
      if (link === undefined) return null;
      const owner = db.selectFrom('accounts').select(['id', 'name', 'role']).where('disabled_at', 'is', null);
      if (link.account === null) {
        const taken = await x.get(once(db.selectFrom('accounts').select('id').where('name_key', '=', nameKey(name))));
        if (taken !== undefined) return { kind: 'taken' };
      }
      if ((await x.run(once(db.deleteFrom('links').where('hash', '=', hash)))) === 0) return null;
      if (link.account === null) return { kind: 'guest', role: link.role };
      const account = await x.get(once(owner.where('id', '=', link.account)));
      return account === undefined ? null : { kind: 'account', ...account };
    },
    /** However somebody comes in, the links and sessions that ran out go. */
    async createSession(x: Executor, session: NewSession): Promise<void> {
      const now = session.startedAt;
      await x.run(once(db.deleteFrom('links').where('expires', '<=', now)));
      await x.run(once(db.deleteFrom('sessions').where((or) => or.or([or('expires', '<=', now), or('idle_until', '<=', now)]))));
      const { hash, id, user, actor, role, how, csrf, startedAt, idleUntil, expires } = session;
      const row = { hash, id, user_id: user, actor, role, how, csrf, started_at: startedAt, idle_until: idleUntil, expires };
      await x.run(
        once(
          db
            .insertInto('sessions')
            .values(row)
            .onConflict((conflict) => conflict.doNothing()),
        ),
      );
    },
    /** Puts off the end of a session that is in use; one that is over stays over. */
    async touchSession(x: Executor, { hash, now, idleUntil }: { hash: string; now: number; idleUntil: number }): Promise<void> {
      const touch = db.updateTable('sessions').set({ idle_until: idleUntil });
      await x.run(once(touch.where('hash', '=', hash).where('idle_until', '>', now)));
    },
    async endSession(x: Executor, hash: string): Promise<void> {
      await x.run(once(db.deleteFrom('sessions').where('hash', '=', hash)));
    },
    /** Ends one session of a user by its id, or all of them but `except` (an id). Returns how many. */
    async endSessionsOf(x: Executor, { user, id, except }: { user: string; id?: string; except?: string }): Promise<number> {
      let end = db.deleteFrom('sessions').where('user_id', '=', user);
      if (id !== undefined) end = end.where('id', '=', id);
      if (except !== undefined) end = end.where('id', '!=', except);
      return x.run(once(end));
    },
  };
}

const SESSION = [
  'id',
  'user_id as user',
  'actor',
  'role',
  'how',
  'csrf',
  'started_at as startedAt',
  'idle_until as idleUntil',
  'expires',
] as const;

export function accessReads(db: Builder) {
  const live = (now: number) =>
    db.selectFrom('sessions').select(SESSION).where('expires', '>', now).where('idle_until', '>', now);
  return {
    async keyByHash(x: Executor, hash: string): Promise<{ id: string; name: string; scope: KeyScope } | null> {
      const query = db
        .selectFrom('api_keys')
        .select(['id', 'name', 'scope'])
        .where('hash', '=', hash)
        .where('revoked_at', 'is', null);
      return (await x.get(once(query))) ?? null;
    },
    async listKeys(x: Executor) {
      const query = db
        .selectFrom('api_keys')
        .select(['id', 'name', 'scope', 'created_at as createdAt', 'revoked_at as revokedAt']);
      return await x.all(once(query.orderBy('created_at').orderBy('id')));
    },
    async session(x: Executor, hash: string, now: number): Promise<SessionRow | null> {
      return (await x.get(once(live(now).where('hash', '=', hash)))) ?? null;
    },
    /** The latest first. */
    async sessionsOf(x: Executor, user: string, now: number): Promise<readonly SessionRow[]> {
      return x.all(once(live(now).where('user_id', '=', user).orderBy('started_at', 'desc').orderBy('id')));
    },
  };
}
