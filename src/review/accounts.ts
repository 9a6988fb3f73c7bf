import { randomUUID } from 'node:crypto';
import type { AuditDetail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { DeskRole } from '../core/vocabulary.ts';
import type { LoggedStores } from '../ledger/ledger.ts';
import type { Account, AccountStore } from '../ledger/people/store.ts';
import { createSignInLink, isActor } from './auth.ts';
import { nameSubject } from './lock-out.ts';
import { hashPassword, passwordProblem } from './passwords.ts';

/** What whoever manages accounts needs, at the desk or on the command line. */
export interface AccountDeps {
  readonly accounts: Pick<AccountStore, 'byName' | 'list' | 'clearAttempts'>;
  readonly clock: Clock;
  /** What a browser shows of the desk: `https://cordon.hospital.example`. */
  readonly origin: string;
  /** The stores that are changed, with what the audit log says of it. */
  readonly change: (action: string, object: string, detail?: AuditDetail) => LoggedStores;
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
  const { accounts } = deps.change('account.add', `account:${id}`, { name, role });
  if (!(await accounts.add({ id, name, role, password, at: deps.clock() }))) {
    throw new CordonError('usage', 'there is an account of this name: give another, or change that one');
  }
  return way === 'link' ? linkOf(deps, { id, role }) : null;
}

/** Takes the password away, ends the sessions and forgets failed attempts; then as `addAccount`. Not for who signs in at a provider. */
export async function resetAccount(deps: AccountDeps, account: Account, way: Way): Promise<string | null> {
  local(account, 'its password is kept there');
  const password = way === 'link' ? null : await hashed(way.password, account.name);
  await deps.change('account.reset', `account:${account.id}`).accounts.setPassword({ id: account.id, password });
  await deps.accounts.clearAttempts([nameSubject(account.name)]);
  return way === 'link' ? linkOf(deps, account) : null;
}

/** Gives another role and ends the sessions in the former one. */
export async function changeRole(deps: AccountDeps, account: Account, role: DeskRole): Promise<void> {
  local(account, 'its groups there give the role (oidc.roles)');
  const { accounts } = deps.change('account.role', `account:${account.id}`, { from: account.role, to: role });
  await accounts.setRole(account.id, role);
}

/** Lets an account in no more, or again. Disabling ends its sessions. */
export async function setDisabled(deps: AccountDeps, account: Account, disabled: boolean): Promise<void> {
  const { accounts } = deps.change(disabled ? 'account.disable' : 'account.enable', `account:${account.id}`);
  if (disabled) await accounts.disable(account.id, deps.clock());
  else await accounts.enable(account.id);
}

async function linkOf(deps: AccountDeps, { id, role }: Pick<Account, 'id' | 'role'>): Promise<string> {
  const { access } = deps.change('link.create', `account:${id}`, { role });
  return createSignInLink(access, deps.clock, deps.origin, { role, account: id });
}

async function hashed(password: string, name: string): Promise<string> {
  const problem = passwordProblem(password, name);
  if (problem !== null) throw new CordonError('usage', problem);
  return hashPassword(password);
}

function local({ subject }: Account, why: string): void {
  if (subject !== null) throw new CordonError('usage', `this account is of the identity provider: ${why}`);
}
