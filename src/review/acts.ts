import type { AuditDetail, AuditEntry } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { AuditStore } from '../ledger/audit/store.ts';
import type { Ledger, LoggedStores } from '../ledger/ledger.ts';

export interface ActDeps {
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
}

export interface ChangeDeps extends Pick<Ledger, 'logged'> {
  readonly clock: Clock;
}

interface Who {
  readonly actor: string;
  readonly role: string;
}

/** Writes what somebody did at the desk to the audit log, where it changed nothing: what was looked at, or refused. */
export function acts({ audit, clock }: ActDeps, who: Who) {
  return async (action: string, object: string, detail: AuditDetail = {}): Promise<void> => {
    await audit.append(entryOf(clock, who, action, object, detail));
  };
}

/**
 * The stores that somebody changes something in, with what the audit log says of it: one commit has both.
 *
 * @example await changes(deps, session)('account.enable', `account:${id}`).accounts.enable(id)
 */
export function changes({ logged, clock }: ChangeDeps, who: Who) {
  return (action: string, object: string, detail: AuditDetail = {}): LoggedStores =>
    logged(entryOf(clock, who, action, object, detail));
}

function entryOf(clock: Clock, { actor, role }: Who, action: string, object: string, detail: AuditDetail): AuditEntry {
  return { at: clock(), actor, role, action, object, detail };
}
