import type { DeskRole } from '../../core/vocabulary.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { guestOf, nameKey } from './account-name.ts';
import type { Account, AttemptSubject, NewAccount } from './store.ts';

/** Attempts that nobody added to for so long are forgotten. */
const FORGET_AFTER = 24 * 60 * 60 * 1000;

/** Accounts of people, and what was tried in their names. What changes who somebody is ends their sessions in the same transaction. */
export function accountWrites(db: Builder) {
  const endSessions = async (x: Executor, user: string, except?: string): Promise<void> => {
    const end = db.deleteFrom('sessions').where('user_id', '=', user);
    await x.run(once(except === undefined ? end : end.where('id', '!=', except)));
    await x.run(once(db.deleteFrom('links').where('account', '=', user)));
  };
  return {
    /** False where the name is another account's. Whoever claimed it without an account is signed out: from now on it is somebody's. */
    async addAccount(x: Executor, account: NewAccount): Promise<boolean> {
      const { id, name, role, password, at } = account;
      const row = { id, name, name_key: nameKey(name), role, password, subject: null, created_at: at };
      await x.run(
        once(
          db
            .insertInto('accounts')
            .values({ ...row, signed_in_at: null, disabled_at: null })
            .onConflict((conflict) => conflict.doNothing()),
        ),
      );
      const made = await x.get(once(db.selectFrom('accounts').select('id').where('name_key', '=', nameKey(name))));
      if (made?.id !== id) return false;
      await endSessions(x, guestOf(name));
      return true;
    },
    /**
     * The account of a person whom an identity provider vouched for, made at the first sign-in. The provider says name and role each time; a
     * name that another account has gets a suffix, so that the history never takes one person for another. Null where it is disabled.
     */
    async saveIdentity(x: Executor, said: { id: string; subject: string; name: string; role: DeskRole; at: number }) {
      const { id, subject, role, at } = said;
      const known = await x.get(once(db.selectFrom('accounts').selectAll().where('subject', '=', subject)));
      if (known !== undefined && known.disabled_at !== null) return null;
      const own = known?.id ?? id;
      const holder = await x.get(once(db.selectFrom('accounts').select('id').where('name_key', '=', nameKey(said.name))));
      const name = holder === undefined || holder.id === own ? said.name : `${said.name} ~${own.slice(-6)}`;
      if (known === undefined) {
        const row = { id, name, name_key: nameKey(name), role, password: null, subject, created_at: at };
        await x.run(once(db.insertInto('accounts').values({ ...row, signed_in_at: at, disabled_at: null })));
      } else {
        if (known.role !== role) await endSessions(x, own);
        const update = db.updateTable('accounts').set({ name, name_key: nameKey(name), role, signed_in_at: at });
        await x.run(once(update.where('id', '=', own)));
      }
      await endSessions(x, guestOf(name));
      return { id: own, name, role };
    },
    async setRole(x: Executor, { id, role }: { id: string; role: DeskRole }): Promise<boolean> {
      const changed = await x.run(once(db.updateTable('accounts').set({ role }).where('id', '=', id).where('role', '!=', role)));
      if (changed > 0) await endSessions(x, id);
      return changed > 0;
    },
    /** Every session ends but `keep` (an id): the one that the person changes it in. */
    async setPassword(
      x: Executor,
      { id, password, keep }: { id: string; password: string | null; keep?: string },
    ): Promise<boolean> {
      const changed = await x.run(once(db.updateTable('accounts').set({ password }).where('id', '=', id)));
      if (changed > 0) await endSessions(x, id, keep);
      return changed > 0;
    },
    /** The same password under stronger parameters, unless it was changed meanwhile. Ends nothing. */
    async rehashPassword(x: Executor, { id, from, to }: { id: string; from: string; to: string }): Promise<void> {
      const update = db.updateTable('accounts').set({ password: to });
      await x.run(once(update.where('id', '=', id).where('password', '=', from)));
    },
    async disableAccount(x: Executor, { id, at }: { id: string; at: number }): Promise<boolean> {
      const disable = db.updateTable('accounts').set({ disabled_at: at });
      const changed = await x.run(once(disable.where('id', '=', id).where('disabled_at', 'is', null)));
      if (changed > 0) await endSessions(x, id);
      return changed > 0;
    },
    async enableAccount(x: Executor, id: string): Promise<boolean> {
      const enable = db.updateTable('accounts').set({ disabled_at: null });
      return (await x.run(once(enable.where('id', '=', id).where('disabled_at', 'is not', null)))) > 0;
    },
    async noteSignIn(x: Executor, { id, at }: { id: string; at: number }): Promise<void> {
      await x.run(once(db.updateTable('accounts').set({ signed_in_at: at }).where('id', '=', id)));
    },
    /**
     * Counts an attempt before it is judged, so that a hundred at once are a hundred. Returns until when a subject of it is locked, which is
     * then not counted, nor those after it; 0 where it may be judged.
     */
    async countAttempt(x: Executor, { subjects, now }: { subjects: readonly AttemptSubject[]; now: number }): Promise<number> {
      await x.run(once(db.deleteFrom('sign_in_attempts').where('at', '<=', now - FORGET_AFTER)));
      for (const { subject, delays } of subjects) {
        const row = { subject, failures: 1, until: now, at: now };
        // The row stays ours until the commit: whoever comes at the same time counts after us.
        const count = db
          .insertInto('sign_in_attempts')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .column('subject')
              .doUpdateSet((set) => ({ failures: set('sign_in_attempts.failures', '+', 1), at: now }))
              .where('sign_in_attempts.until', '<=', now),
          );
        const counted = await x.run(once(count));
        const standing = await x.get(once(db.selectFrom('sign_in_attempts').selectAll().where('subject', '=', subject)));
        if (counted === 0) return standing?.until ?? 0;
        const delay = delays[Math.min(standing?.failures ?? 1, delays.length) - 1] ?? 0;
        await x.run(
          once(
            db
              .updateTable('sign_in_attempts')
              .set({ until: now + delay })
              .where('subject', '=', subject),
          ),
        );
      }
      return 0;
    },
    /** Forgets what was counted: the person came in, or was given a new password. */
    async clearAttempts(x: Executor, subjects: readonly string[]): Promise<void> {
      if (subjects.length === 0) return;
      await x.run(once(db.deleteFrom('sign_in_attempts').where('subject', 'in', [...subjects])));
    },
  };
}

const ACCOUNT = [
  'id',
  'name',
  'role',
  'password',
  'subject',
  'created_at as createdAt',
  'signed_in_at as signedInAt',
  'disabled_at as disabledAt',
] as const;

export function accountReads(db: Builder) {
  const accounts = db.selectFrom('accounts').select(ACCOUNT);
  return {
    async byName(x: Executor, name: string): Promise<Account | null> {
      return (await x.get(once(accounts.where('name_key', '=', nameKey(name))))) ?? null;
    },
    async byId(x: Executor, id: string): Promise<Account | null> {
      return (await x.get(once(accounts.where('id', '=', id)))) ?? null;
    },
    /** By name; at most 1,000. */
    async list(x: Executor): Promise<readonly Account[]> {
      return x.all(once(accounts.orderBy('name_key').limit(1000)));
    },
  };
}
