import { type Clock, systemClock } from '../../core/clock.ts';
import { CordonError } from '../../core/errors.ts';
import type { Verifier } from '../../core/evidence.ts';
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
  /** Where the ledger lies; null where a database keeps it, which this machine cannot see into. */
  readonly folder: string | null;
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
 * Verifies `vault`, Cordon's own store: `volume` of its folder, `swap`, `keyring` (a key file protects nothing where it lies in clear
 * beside what it opens) and `sealed` (bodies that rest are opened: the tag of AES-GCM fits only what was sealed under their key).
 */
export function vaultVerifier(
  vault: Vault,
  { machine = thisMachine, clock = systemClock, kms }: VaultOptions = {},
): Verifier<string> {
  return {
    name: 'vault',
    async check(target, signal) {
      const volume =
        vault.folder === null
          ? unknown('volume', 'the ledger lies in a database: verify its volume on its host')
          : checkVolume(machine, vault.folder);
      const findings = [
        volume,
        checkSwap(machine),
        await keyring(vault.keyring, machine, kms, signal),
        await checkSealed(vault, signal),
      ];
      return evidenceOf(target, findings, clock());
    },
  };
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
