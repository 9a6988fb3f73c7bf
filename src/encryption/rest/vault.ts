import { type Clock, systemClock } from '../../core/clock.ts';
import { CordonError } from '../../core/errors.ts';
import type { Evidence, Verifier } from '../../core/evidence.ts';
import type { KmsClients } from './aws.ts';
import { recogniseClear } from './clear.ts';
import { evidenceOf, type Finding, failed, proven, unknown } from './evidence-row.ts';
import { type Machine, thisMachine } from './machine.ts';
import { checkSwap, checkVolume } from './volume.ts';

/** Bodies that are opened. */
const BODIES = 20;

/** A body as it rests, and what opens it: `open` throws `vault.corrupt` where its seal does not hold. */
export interface RestingBody {
  readonly chunks: readonly Uint8Array[];
  open(): Promise<void>;
}

export interface Vault {
  /** Where the ledger lies; null where a database keeps it. */
  readonly folder: string | null;
  /** URLs of the database that keeps it and of the Redis that carries the queue, where there are such. */
  readonly database?: string | null;
  readonly queue?: string | null;
  /** PEM of the authorities that this Redis is trusted by, instead of those of Node. */
  readonly queueCa?: string | undefined;
  /** The key file, or the KMS key (ARN) that wraps the keyring's keys. */
  readonly keyring: { readonly file: string } | { readonly kmsKey: string };
  /** Bodies that rest, newest first. Throws what opening the ledger and the keyring throw. */
  bodies(): AsyncIterable<RestingBody>;
}

interface VaultOptions {
  readonly machine?: Machine;
  readonly clock?: Clock;
  readonly kms?: KmsClients;
}

/**
 * Verifies `vault`, Cordon's own store: `volume` of its folder or of its database's, `swap`, `keyring` (a key file protects nothing where it
 * lies in clear beside what it opens) and `sealed` (bodies that rest are opened: the tag of AES-GCM fits only what was sealed under their
 * key); of a cluster also the connections to its database and to the Redis of its queue, `database-connection` and `queue-connection`.
 */
export function vaultVerifier(
  vault: Vault,
  { machine = thisMachine, clock = systemClock, kms }: VaultOptions = {},
): Verifier<string> {
  return {
    name: 'vault',
    async check(target, signal) {
      const findings = [
        ...(await services(vault, machine, signal)),
        ...(vault.folder === null ? [] : [checkVolume(machine, vault.folder)]),
        checkSwap(machine),
        await keyring(vault.keyring, machine, kms, signal),
        await checkSealed(vault, signal),
      ];
      return evidenceOf(target, findings, clock());
    },
  };
}

/** What holds the ledger and the queue, where that is not this process: asked as any other database, but for samples, since `sealed` has them. */
async function services({ folder, database, queue, queueCa }: Vault, machine: Machine, signal: AbortSignal): Promise<Finding[]> {
  const found: Finding[] = [];
  if (database !== undefined && database !== null) {
    const { postgresVerifier } = await import('./postgres/verifier.ts');
    const rows = await postgresVerifier({ machine, sample: false }).check(database, signal);
    const connection = findingIn(rows, 'connection');
    found.push({ ...connection, check: 'database-connection' });
    found.push(
      rows.some(({ check }) => check === 'volume') ? findingIn(rows, 'volume') : unknown('volume', connection.reason ?? ''),
    );
  } else if (folder === null) {
    found.push(unknown('volume', 'the ledger lies in a database: verify its volume on its host'));
  }
  if (queue !== undefined && queue !== null) {
    const { redisVerifier } = await import('./redis/verifier.ts');
    const rows = await redisVerifier({ machine, sample: false, ca: queueCa }).check(queue, signal);
    found.push({ ...findingIn(rows, 'connection'), check: 'queue-connection' });
  }
  return found;
}

/** One check of a service, with the name of the service among its facts. */
function findingIn(rows: readonly Evidence[], check: string): Finding {
  const row = rows.find((one) => one.check === check);
  if (row === undefined) return unknown(check, `the ${check} was not looked at`);
  return { check, outcome: row.outcome, facts: { ...row.facts, service: row.target }, reason: row.reason };
}

async function keyring(
  place: Vault['keyring'],
  machine: Machine,
  kms: KmsClients | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  if ('kmsKey' in place) {
    // Loaded here: who has a key file waits for no client of AWS.
    const [{ checkKey }, { kmsClients }] = await Promise.all([import('./kms.ts'), import('./aws.ts')]);
    return { ...(await checkKey(kms ?? kmsClients(), place.kmsKey, signal)), check: 'keyring' };
  }
  const { outcome, reason, facts } = checkVolume(machine, place.file);
  if (reason === null) return { check: 'keyring', outcome, facts, reason };
  return { check: 'keyring', outcome, facts, reason: `the keyring is a file, which is as safe as its volume: ${reason}` };
}

async function checkSealed(vault: Vault, signal: AbortSignal): Promise<Finding> {
  let [opened, broken] = [0, 0];
  const formats = new Set<string>();
  try {
    for await (const body of vault.bodies()) {
      for (const chunk of body.chunks) {
        const format = recogniseClear(chunk);
        if (format !== null) formats.add(format);
      }
      if (await opens(body)) opened++;
      else broken++;
      if (signal.aborted || opened + broken >= BODIES) break;
    }
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return unknown('sealed', error.message, { opened, broken });
  }
  const facts = { opened, broken, formats: [...formats] };
  if (formats.size > 0)
    return failed('sealed', 'contradiction: bodies of the vault are in clear. Run `cordon ledger check`', facts);
  if (broken > 0) return failed('sealed', `${broken} bodies do not open under their key. Run \`cordon ledger check\``, facts);
  if (opened === 0) return unknown('sealed', 'no body rests in the vault now', facts);
  return proven('sealed', { ...facts, cipher: 'AES-256-GCM' });
}

async function opens(body: RestingBody): Promise<boolean> {
  try {
    await body.open();
    return true;
  } catch (error) {
    if (error instanceof CordonError && error.code === 'vault.corrupt') return false;
    throw error;
  }
}
