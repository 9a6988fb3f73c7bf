import type { AuditEntry } from '../core/audit.ts';
import type { ActDeps } from './acts.ts';

const MINUTE = 60_000;

/** Puts on the audit log that an account or a key was refused what a route does. */
export type Refused = (account: string, who: Pick<AuditEntry, 'actor' | 'role'>, route: string) => Promise<void>;

/** One entry for an account, a route and a minute, and process: who asks in a loop fills no log. Holds what was refused in one minute. */
export function refusalsOf({ audit, clock }: ActDeps): Refused {
  let minute = 0;
  let told = new Set<string>();
  return async (account, who, route) => {
    const at = clock();
    const now = Math.floor(at / MINUTE);
    if (now !== minute) {
      minute = now;
      told = new Set();
    }
    const key = `${account} ${route}`;
    if (told.has(key)) return;
    told.add(key);
    await audit.append({ at, ...who, action: 'access.refused', object: `route:${route}`, detail: {} });
  };
}
