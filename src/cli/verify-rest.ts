import { Command, Option } from 'commander';
import { type Config, keyringPlace } from '../config.ts';
import { CordonError } from '../core/errors.ts';
import type { Evidence } from '../core/evidence.ts';
import { isRestTarget, REST_TARGETS } from '../core/rest-target.ts';
import { ledgerPlace } from '../data-folder.ts';
import { restVerifierOf } from '../encryption/rest/targets.ts';
import { type RestingBody, vaultVerifier } from '../encryption/rest/vault.ts';
import { openKeyring } from '../keyring/open.ts';
import { openLedger } from '../ledger/open.ts';
import { ownVault, restingBodies } from '../own-vault.ts';
import { configOf } from './load-config.ts';
import { VERIFY_FORMATS, type VerifyFormat, writeEvidence } from './verify-output.ts';

/** Most time for one target; every call within it has its own bound. */
const TARGET_MS = 120_000;

/** Checks one target that was named on the command line. */
type Check = (signal: AbortSignal) => Promise<Evidence[]>;

/** `verify rest TARGET…`: evidence of encryption where data rests. Exit code 0, 1 where something failed, 2 on bad use. */
export function restCommand(): Command {
  return new Command('rest')
    .description(
      'Proves or disproves that data is encrypted where it rests: AWS KMS keys, S3 objects, Linux volumes, PostgreSQL, Redis, the vault.',
    )
    .argument('<target...>', `${REST_TARGETS} or vault`)
    .addOption(new Option('--format <format>', 'how to print').choices([...VERIFY_FORMATS]).default('table'))
    .addHelpText(
      'after',
      '\nA password in a URL is seen by whoever lists processes: give that of PostgreSQL in PGPASSWORD or ~/.pgpass.' +
        '\nAWS is asked as the AWS SDK is configured (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_KMS, AWS_ENDPOINT_URL_S3).' +
        '\nExit code: 0 when nothing failed, 1 when something did, 2 on bad use. What is denied or cannot be reached is unknown.',
    )
    .action(async (targets: string[], { format }: { format: VerifyFormat }, self: Command) => {
      // All of them before the first is asked: a slip in the last must not cost a run.
      const checks = targets.map((target) => checkOf(target, () => configOf(self).config));
      for (const check of checks) {
        writeEvidence(await check(AbortSignal.timeout(TARGET_MS)), format, (text) => process.stdout.write(text));
      }
    });
}

/** What a target asks for. Throws `usage`. */
function checkOf(target: string, config: () => Config): Check {
  if (target === 'vault')
    return async (signal) => vaultVerifier(ownVault(config(), () => bodiesOf(config()))).check(target, signal);
  if (isRestTarget(target)) return async (signal) => (await restVerifierOf(target))?.check(target, signal) ?? [];
  throw new CordonError('usage', `"${withoutSecrets(target)}" is no target: give ${REST_TARGETS} or vault`);
}

/** What is no URL that can be read may hold a password all the same. */
function withoutSecrets(target: string): string {
  return target.replace(/\/\/.*@/, '//…@').replace(/\?.*/, '?…');
}

/** Bodies that the vault keeps. Throws what opening the keyring and the ledger throw. */
async function* bodiesOf(config: Config): AsyncGenerator<RestingBody> {
  const keyring = await openKeyring(keyringPlace(config), false);
  const ledger = await openLedger({ ...ledgerPlace(config), migrate: false });
  try {
    yield* restingBodies(ledger, keyring);
  } finally {
    await ledger.close();
  }
}
