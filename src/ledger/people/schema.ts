import type { DeskRole } from '../../core/vocabulary.ts';
import type { SignInMethod } from './store.ts';

/** The tables of people at the desk (src/ledger/migrations/0010-accounts.ts). */
export interface PeopleSchema {
  accounts: AccountsTable;
  links: { hash: string; role: DeskRole; account: string | null; expires: number };
  sessions: SessionsTable;
  sign_in_attempts: { subject: string; failures: number; until: number; at: number };
}

interface AccountsTable {
  id: string;
  name: string;
  /** The name as it is compared. */
  name_key: string;
  role: DeskRole;
  /** Hash with its parameters; null for who signs in elsewhere, or was given none yet. */
  password: string | null;
  /** Who it is at the identity provider. */
  subject: string | null;
  created_at: number;
  signed_in_at: number | null;
  disabled_at: number | null;
}

interface SessionsTable {
  hash: string;
  id: string;
  user_id: string;
  actor: string;
  role: DeskRole;
  how: SignInMethod;
  csrf: string;
  started_at: number;
  idle_until: number;
  expires: number;
}
