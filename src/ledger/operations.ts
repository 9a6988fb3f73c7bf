import type { SaltedEntry } from '../core/audit.ts';
import { auditWrites } from './audit/entries.ts';
import { reviewWrites } from './audit/reviews.ts';
import { actWrites } from './desk/acts.ts';
import { noticeWrites } from './desk/notices.ts';
import { packWrites } from './desk/packs.ts';
import { roundWrites } from './desk/round.ts';
import { deviceDrops } from './devices/drop.ts';
import { placeWrites } from './devices/places.ts';
import { deviceWrites } from './devices/writes.ts';
import { evidenceWrites } from './evidence/evidence.ts';
import { exportWrites } from './exports/writes.ts';
import { incidentWrites } from './incidents/incidents.ts';
import type { ScanRow } from './ledger.ts';
import { forgetWrites } from './lineage/forget.ts';
import { mergeWrites } from './lineage/merges.ts';
import { acceptWrites } from './messages/accept.ts';
import { messageWrites } from './messages/messages.ts';
import { scanWrites } from './messages/save-scan.ts';
import { accessWrites } from './people/access.ts';
import { accountWrites } from './people/accounts.ts';
import { registryWrites } from './registry/writes.ts';
import { rescanWrites } from './rescan/save.ts';
import { retentionWrites } from './retention/retention.ts';
import { breachWrites } from './reveal/breaches.ts';
import { revealWrites } from './reveal/reveals.ts';
import { type Builder, type Executor, once } from './statement.ts';
import { vaultWrites } from './vault/vault.ts';

/**
 * Every write of the ledger, by name: what the writer thread is asked for. Each takes one argument that can be posted, runs inside
 * the transaction it is given, and leaves the same rows when it runs twice. Those of every message take the arguments of many calls
 * at once, and answer for each.
 */
export function createOperations(db: Builder) {
  const { accept } = acceptWrites(db);
  const { fail } = messageWrites(db);
  const { saveScan } = scanWrites(db);
  const { raise, transition, expire } = incidentWrites(db);
  const { saveDataKey, bindKeyring, dropExpired, shredKeys } = vaultWrites(db);
  const { dropEvidence, dropFacts, dropOldBodies, dropMessages, dropIncidents } = retentionWrites(db);
  const { saveEvidence, claimTargets } = evidenceWrites(db);
  const { mergeDevices, splitDevice } = deviceWrites(db);
  const { dropDevices } = deviceDrops(db);
  const { savePlace, removePlace } = placeWrites(db);
  const { decideDisclosure, dropTransfers } = exportWrites(db);
  const { forgetPerson, dropTrail } = forgetWrites(db);
  const { mergeNames, undoMerge } = mergeWrites(db);
  const { dropKnown, dropGone, enterCohort, leaveCohort } = registryWrites(db);
  const one = {
    forgetPerson,
    dropTrail,
    mergeNames,
    undoMerge,
    dropKnown,
    dropGone,
    enterCohort,
    leaveCohort,
    fail,
    raise,
    transition,
    expire,
    ...actWrites(db),
    ...roundWrites(db),
    ...packWrites(db),
    ...noticeWrites(db),
    saveDataKey,
    bindKeyring,
    dropExpired,
    shredKeys,
    dropEvidence,
    dropFacts,
    dropOldBodies,
    dropMessages,
    dropIncidents,
    ...accessWrites(db),
    ...accountWrites(db),
    saveEvidence,
    claimTargets,
    mergeDevices,
    splitDevice,
    dropDevices,
    savePlace,
    removePlace,
    decideDisclosure,
    dropTransfers,
    ...auditWrites(db),
    ...reviewWrites(db),
    ...revealWrites(db),
    ...breachWrites(db),
    ...rescanWrites(db),
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
  const many = {
    accept,
    async saveScan(x: Executor, rows: readonly ScanRow[]): Promise<readonly undefined[]> {
      await saveScan(x, rows);
      return rows.map(() => undefined);
    },
  };
  return { one, many };
}

export type Operations = ReturnType<typeof createOperations>;
type One = Operations['one'];
type Many = Operations['many'];
export type OperationName = keyof One | keyof Many;
/** What one call of it is given, and its answer. */
export type Argument<Name extends OperationName> = Name extends keyof Many
  ? Parameters<Many[Name]>[1][number]
  : Name extends keyof One
    ? Parameters<One[Name]>[1]
    : never;
export type Answer<Name extends OperationName> = Name extends keyof Many
  ? Awaited<ReturnType<Many[Name]>>[number]
  : Name extends keyof One
    ? Awaited<ReturnType<One[Name]>>
    : never;

/** One operation as it is posted. `entry`: what the audit log says of it, in the same commit; of operations that take one call at a time. */
export type Call = {
  readonly [Name in OperationName]: { readonly name: Name; readonly argument: Argument<Name>; readonly entry?: SaltedEntry };
}[OperationName];

/** Runs calls in their order and answers in it; calls of the same name that follow each other run as one where the operation takes many. */
export async function runCalls(operations: Operations, x: Executor, calls: readonly Call[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (let from = 0; from < calls.length; ) {
    const { name } = calls[from] ?? {};
    let to = from + 1;
    while (calls[to]?.name === name) to++;
    answers.push(...(await runAlike(operations, x, calls.slice(from, to))));
    from = to;
  }
  return answers;
}

/** An entry of Call pairs a name with its own argument; the compiler cannot follow that through the lookup. */
async function runAlike({ one, many }: Operations, x: Executor, calls: readonly Call[]): Promise<readonly unknown[]> {
  const { name } = calls[0] ?? {};
  if (name === undefined) return [];
  if (isMany(many, name)) {
    const operation = many[name] as (x: Executor, rows: readonly Call['argument'][]) => Promise<readonly unknown[]>;
    return operation(
      x,
      calls.map(({ argument }) => argument),
    );
  }
  const operation = one[name] as (x: Executor, argument: Call['argument']) => Promise<unknown>;
  const answers: unknown[] = [];
  for (const { argument, entry } of calls) {
    const answer = await operation(x, argument);
    if (entry !== undefined && didSomething(answer)) await one.appendAudit(x, entry);
    answers.push(answer);
  }
  return answers;
}

/** What changed nothing answers false, null or 0; of acts on incidents, with none that is done. */
function didSomething(answer: unknown): boolean {
  if (answer === false || answer === null || answer === 0) return false;
  const done: unknown = typeof answer === 'object' && answer !== null && 'done' in answer ? answer.done : null;
  return !(Array.isArray(done) && done.length === 0);
}

function isMany(many: Many, name: OperationName): name is keyof Many {
  return name in many;
}
