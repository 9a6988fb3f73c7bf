import { Command } from 'commander';
import { verifierText } from '../audit/note.ts';
import { auditSigner } from '../audit/signer.ts';
import { keyringPlace } from '../config.ts';
import { openKeyring } from '../keyring/open.ts';
import { configOf } from './load-config.ts';

/** `keys audit`: what an auditor checks signatures of the audit log with. */
export function auditKeyCommand(): Command {
  return new Command('audit')
    .description('print the public key that checkpoints of the audit log are checked with: give it to auditors beforehand')
    .action(async (_options: unknown, self: Command) => {
      const keyring = await openKeyring(keyringPlace(configOf(self).config), false);
      console.log(verifierText(auditSigner(keyring).verifier));
    });
}
