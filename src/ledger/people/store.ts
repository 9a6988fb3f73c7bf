import type { DeskRole } from '../../core/vocabulary.ts';

/** People at the desk as the ledger knows them: links, sessions, accounts. */

export type SignInMethod = 'link' | 'password' | 'oidc';

/** A one-time link: of an account, or of whoever holds it, in a role. */
export interface NewLink {
  readonly hash: string;
  readonly role: DeskRole;
  readonly account: string | null;
  readonly expires: number;
}

/** What a link led to. `taken`: the name that was given is an account's; the link is not spent. */
export type Redeemed =
  | { readonly kind: 'taken' }
  | { readonly kind: 'guest'; readonly role: DeskRole }
  | { readonly kind: 'account'; readonly id: string; readonly name: string; readonly role: DeskRole };

export interface SessionRow {
  /** Names the session to its owner; opens nothing. */
  readonly id: string;
  /** Who, for good: the id of an account, or `link:` and the name that the holder of a link claims. */
  readonly user: string;
  /** Who, as it stands in the history. */
  readonly actor: string;
  readonly role: DeskRole;
  /** A name that came with a link is claimed, not proven. */
  readonly how: SignInMethod;
  readonly csrf: string;
  readonly startedAt: number;
  readonly idleUntil: number;
  readonly expires: number;
}

export interface NewSession extends SessionRow {
  readonly hash: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: DeskRole;
  /** Hash with its parameters; null for who signs in elsewhere, or was given none yet. */
  readonly password: string | null;
  /** Who it is at the identity provider; null for local accounts. */
  readonly subject: string | null;
  readonly createdAt: number;
  readonly signedInAt: number | null;
  readonly disabledAt: number | null;
}

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly role: DeskRole;
  readonly password: string | null;
  readonly at: number;
}

/** Whom an attempt to sign in is counted for, and how long (ms) it is locked after the first, the second, … failure; the last stays. */
export interface AttemptSubject {
  readonly subject: string;
  readonly delays: readonly number[];
}

/** Accounts of people. What changes who somebody is ends their sessions. */
export interface AccountStore {
  /** False where the name is another account's. */
  add(account: NewAccount): Promise<boolean>;
  /** Of a person whom an identity provider vouched for; `id` is for a new one. Null where the account is disabled. */
  saveIdentity(said: {
    id: string;
    subject: string;
    name: string;
    role: DeskRole;
    at: number;
  }): Promise<{ id: string; name: string; role: DeskRole } | null>;
  byName(name: string): Promise<Account | null>;
  byId(id: string): Promise<Account | null>;
  list(): Promise<readonly Account[]>;
  setRole(id: string, role: DeskRole): Promise<boolean>;
  /** `keep`: the session that it is changed in goes on. */
  setPassword(change: { id: string; password: string | null; keep?: string }): Promise<boolean>;
  rehashPassword(change: { id: string; from: string; to: string }): Promise<void>;
  disable(id: string, at: number): Promise<boolean>;
  enable(id: string): Promise<boolean>;
  noteSignIn(id: string, at: number): Promise<void>;
  /** Counts an attempt; returns until when it is locked, 0 where it may be judged. */
  countAttempt(subjects: readonly AttemptSubject[], now: number): Promise<number>;
  clearAttempts(subjects: readonly string[]): Promise<void>;
}

/** What an API key may do: deliver messages; read; read and move incidents between states. */
export type KeyScope = 'ingest' | 'read' | 'review';

/** API keys and sign-in: only hashes rest. */
export interface AccessStore {
  createKey(key: { id: string; name: string; hash: string; scope: KeyScope; at: number }): Promise<void>;
  keyByHash(hash: string): Promise<{ id: string; name: string; scope: KeyScope } | null>;
  listKeys(): Promise<readonly { id: string; name: string; scope: KeyScope; createdAt: number; revokedAt: number | null }[]>;
  revokeKey(id: string, at: number): Promise<boolean>;
  createLink(link: NewLink): Promise<void>;
  /** Once, before it expires; null otherwise. `name`: as whom, where the link is of no account. */
  redeemLink(hash: string, name: string, now: number): Promise<Redeemed | null>;
  createSession(session: NewSession): Promise<void>;
  /** Null where it is over: ended, idle for too long, or too old. */
  session(hash: string, now: number): Promise<SessionRow | null>;
  touchSession(hash: string, now: number, idleUntil: number): Promise<void>;
  sessionsOf(user: string, now: number): Promise<readonly SessionRow[]>;
  endSession(hash: string): Promise<void>;
  /** One session of a user by its id, or all of them but `except`. Returns how many ended. */
  endSessionsOf(which: { user: string; id?: string; except?: string }): Promise<number>;
}
