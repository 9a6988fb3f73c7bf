import { acceptWrites } from './accept.ts';
import { accessWrites } from './access.ts';
import { evidenceWrites } from './evidence.ts';
import { incidentWrites } from './incidents.ts';
import { messageWrites } from './messages.ts';
import { retentionWrites } from './retention.ts';
import { scanWrites } from './save-scan.ts';
import { type Builder, type Executor, once } from './statement.ts';
import { vaultWrites } from './vault.ts';

/**
 * Every write of the ledger, by name: what the writer thread is asked for. Each takes one argument that can be posted, runs inside
 * the transaction it is given, and leaves the same rows when it runs twice.
 */
export function createOperations(db: Builder) {
  const { accept } = acceptWrites(db);
  const { fail } = messageWrites(db);
  const { saveScan } = scanWrites(db);
  const { raise, transition, expire } = incidentWrites(db);
  const { saveDataKey, bindKeyring, dropExpired, shredKeys } = vaultWrites(db);
  const { dropFacts, dropOldBodies, dropMessages, dropIncidents } = retentionWrites(db);
  const { createKey, revokeKey, createLink, redeemLink, createSession, endSession } = accessWrites(db);
  const { saveEvidence, claimTargets } = evidenceWrites(db);
  return {
    accept,
    fail,
    saveScan,
    raise,
    transition,
    expire,
    saveDataKey,
    bindKeyring,
    dropExpired,
    shredKeys,
    dropFacts,
    dropOldBodies,
    dropMessages,
    dropIncidents,
    createKey,
    revokeKey,
    createLink,
    redeemLink,
    createSession,
    endSession,
    saveEvidence,
    claimTargets,
    async ping(x: Executor, at: number): Promise<void> {
      await x.run(
        once(
          db
            .insertInto('meta')
            .values({ name: 'ping', value: String(at) })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(at) })),
        ),
      );
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
export type OperationName = keyof Operations;
export type Argument<Name extends OperationName> = Parameters<Operations[Name]>[1];
export type Answer<Name extends OperationName> = Awaited<ReturnType<Operations[Name]>>;

/** One operation as it is posted. */
export type Call = {
  readonly [Name in OperationName]: { readonly name: Name; readonly argument: Argument<Name> };
}[OperationName];
