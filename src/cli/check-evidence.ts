import { Command } from 'commander';
import { checkMain } from '../exports/evidence/check-main.ts';

/** `check-evidence PACK [--key KEY]`: what the script in the pack does, from this Cordon. Exit code 0, 1 where something was touched, 2 on bad use. */
export function checkEvidenceCommand(): Command {
  return new Command('check-evidence')
    .description('Checks an evidence pack, offline: names what was touched. Exit code 1 where something was.')
    .argument('<pack>', 'the zip that `cordon export evidence` made')
    .option('--key <key>', 'what the installation gave you beforehand (`cordon keys audit`)')
    .action((pack: string, { key }: { key?: string }) => {
      process.exitCode = checkMain(key === undefined ? [pack] : [pack, '--key', key]);
    });
}
