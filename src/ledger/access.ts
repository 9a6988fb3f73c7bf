import type { KeyScope } from './ledger.ts';
import { type Builder, type Executor, once } from './statement.ts';

/** API keys and sign-in. Hashes only; nothing here is hot. */
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
    async createLink(x: Executor, link: { hash: string; expires: number }): Promise<void> {
      await x.run(
        once(
          db
            .insertInto('links')
            .values(link)
            .onConflict((conflict) => conflict.doNothing()),
        ),
      );
    },
    /** Removing the row is what redeems: of two at once, one removes it. Links and sessions that ran out go with it. */
    async redeemLink(x: Executor, link: { hash: string; now: number }): Promise<boolean> {
      await x.run(once(db.deleteFrom('links').where('expires', '<=', link.now)));
      await x.run(once(db.deleteFrom('sessions').where('expires', '<=', link.now)));
      return (await x.run(once(db.deleteFrom('links').where('hash', '=', link.hash)))) > 0;
    },
    async createSession(x: Executor, session: { hash: string; actor: string; csrf: string; expires: number }): Promise<void> {
      const { hash, actor, csrf, expires } = session;
      const insert = db.insertInto('sessions').values({ hash, actor, csrf, expires });
      await x.run(once(insert.onConflict((conflict) => conflict.doNothing())));
    },
    async endSession(x: Executor, hash: string): Promise<void> {
      await x.run(once(db.deleteFrom('sessions').where('hash', '=', hash)));
    },
  };
}

export function accessReads(db: Builder) {
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
    async session(x: Executor, hash: string, now: number): Promise<{ actor: string; csrf: string } | null> {
      const query = db.selectFrom('sessions').select(['actor', 'csrf']).where('hash', '=', hash).where('expires', '>', now);
      return (await x.get(once(query))) ?? null;
    },
  };
}
