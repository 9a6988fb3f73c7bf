import type { AuditDetail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { AuditStore } from '../ledger/audit-store.ts';

export interface ActDeps {
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
}

/** Writes what somebody did at the desk to the audit log. */
export function acts({ audit, clock }: ActDeps, { actor, role }: { readonly actor: string; readonly role: string }) {
  return async (action: string, object: string, detail: AuditDetail = {}): Promise<void> => {
    await audit.append({ at: clock(), actor, role, action, object, detail });
  };
}
