import { randomUUID } from 'node:crypto';
import type { AuditDetail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { DeskRole } from '../core/vocabulary.ts';
import type { AccessStore } from '../ledger/ledger.ts';
import type { Account, AccountStore } from '../ledger/people.ts';
import { createSignInLink, isActor } from './auth.ts';
import { nameSubject } from './lock-out.ts';
import { hashPassword, passwordProblem } from './passwords.ts';

/** What whoever manages accounts needs, at the desk or on the command line. */
export interface AccountDeps {
  readonly access: Pick<AccessStore, 'createLink'>;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  /** What a browser shows of the desk: `https://cordon.hospital.example`. */
  readonly origin: string;
  /** Puts what was done on the audit log. */
  readonly act: (action: string, object: string, detail?: AuditDetail) => Promise<void>;
}

/** What an account is made with: a password, or a link that lets its owner in to choose one. */
type Way = { readonly password: string } | 'link';

/**
 * Makes an account. Returns its link, where it was given no password. Throws `usage` for a name that nobody can have or somebody has, and for
 * a password that is none.
 */
export async function addAccount(
  deps: AccountDeps,
  { name, role, way }: { readonly name: string; readonly role: DeskRole; readonly way: Way },
): Promise<string | null> {
  if (!isActor(name)) {
    throw new CordonError(
      'usage',
      'a name has at most 60 letters, digits, spaces and . , @ _ -, and starts with a letter or a digit',
    );
  }
  const id = randomUUID();
  const password = way === 'link' ? null : await hashed(way.password, name);
  if (!(await deps.accounts.add({ id, name, role, password, at: deps.clock() }))) {
    throw new CordonError('usage', 'there is an account of this name: give another, or change that one');
  }
  await deps.act('account.add', `account:${id}`, { name, role });
  return way === 'link' ? linkOf(deps, { id, role }) : null;
}

/** Takes the password away, ends the sessions and forgets failed attempts; then as `addAccount`. Not for who signs in at a provider. */
export async function resetAccount(deps: AccountDeps, account: Account, way: Way): Promise<string | null> {
  local(account, 'its password is kept there');
  const password = way === 'link' ? null : await hashed(way.password, account.name);
  await deps.accounts.setPassword({ id: account.id, password });
  await deps.accounts.clearAttempts([nameSubject(account.name)]);
  await deps.act('account.reset', `account:${account.id}`);
  return way === 'link' ? linkOf(deps, account) : null;
}

/** Gives another role and ends the sessions in the former one. */
export async function changeRole(deps: AccountDeps, account: Account, role: DeskRole): Promise<void> {
  local(account, 'its groups there give the role (oidc.roles)');
  if (!(await deps.accounts.setRole(account.id, role))) return;
  await deps.act('account.role', `account:${account.id}`, { from: account.role, to: role });
}

/** Lets an account in no more, or again. Disabling ends its sessions. */
export async function setDisabled(deps: AccountDeps, account: Account, disabled: boolean): Promise<void> {
  const { accounts, clock, act } = deps;
  const changed = disabled ? await accounts.disable(account.id, clock()) : await accounts.enable(account.id);
  if (changed) await act(disabled ? 'account.disable' : 'account.enable', `account:${account.id}`);
}

async function linkOf(deps: AccountDeps, { id, role }: Pick<Account, 'id' | 'role'>): Promise<string> {
  await deps.act('link.create', `account:${id}`, { role });
  return createSignInLink(deps.access, deps.clock, deps.origin, { role, account: id });
}

async function hashed(password: string, name: string): Promise<string> {
  const problem = passwordProblem(password, name);
  if (problem !== null) throw new CordonError('usage', problem);
  return hashPassword(password);
}

function local({ subject }: Account, why: string): void {
  if (subject !== null) throw new CordonError('usage', `this account is of the identity provider: ${why}`);
}
