import type { Engine } from '../engine.ts';
import { accountReads } from './accounts.ts';
import type { AccountStore } from './store.ts';

/** The accounts of an engine's ledger. */
export function accountStore({ db, reader, call }: Pick<Engine, 'db' | 'reader' | 'call'>): AccountStore {
  const reads = accountReads(db);
  return {
    add: (account) => call('addAccount', account),
    saveIdentity: (said) => call('saveIdentity', said),
    byName: (name) => reads.byName(reader, name),
    byId: (id) => reads.byId(reader, id),
    list: () => reads.list(reader),
    setRole: (id, role) => call('setRole', { id, role }),
    setPassword: (change) => call('setPassword', change),
    rehashPassword: (change) => call('rehashPassword', change),
    disable: (id, at) => call('disableAccount', { id, at }),
    enable: (id) => call('enableAccount', id),
    noteSignIn: (id, at) => call('noteSignIn', { id, at }),
    countAttempt: (subjects, now) => call('countAttempt', { subjects, now }),
    clearAttempts: (subjects) => call('clearAttempts', subjects),
  };
}
