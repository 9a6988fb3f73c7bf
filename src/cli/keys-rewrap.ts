import { Command } from 'commander';
import { keyringPath } from '../config.ts';
import { CordonError } from '../core/errors.ts';
import { openDataFolder } from '../data-folder.ts';
import { rewrapKeyring } from '../keyring/open.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

/** `keys rewrap`: moves the keyring, a key file too, under another KMS key. */
export function rewrapCommand(): Command {
  return new Command('rewrap')
    .description('move the keyring under an AWS KMS key, from a key file or from another key')
    .option('--kms-key <key>', 'id, ARN or alias of the new key (CORDON_KMS_KEY by default)')
    .action(async (options: { kmsKey?: string }, self: Command) => {
      const { config } = configOf(self);
      const key = options.kmsKey ?? config.kmsKey;
      if (key === undefined) throw new CordonError('usage', 'which key? Give --kms-key, an id, ARN or alias');
      const path = keyringPath(config);
      const { from, to, keys } = await rewrapKeyring(path, key);
      const { ledger } = await openDataFolder(config);
      try {
        const entry = { at: Date.now(), ...operator(), action: 'keyring.rewrap', object: 'keyring', detail: { from, to, keys } };
        await ledger.audit.append(entry);
      } finally {
        await ledger.close();
      }
      console.log(`${path}: ${keys} keys are under ${to} now`);
      console.log(`Restart the agents: from then on ${to} wraps the keys of new bodies`);
      console.log(
        from === null
          ? 'Destroy the backups of the key file: until the bodies that came before are dropped, whoever has one opens them'
          : `Keep ${from} enabled until the bodies that came before are dropped: it opens them`,
      );
    });
}
