import { Command, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { openDataFolder } from '../data-folder.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../lineage/identifier.ts';
import { readIdentifiers, tokensOf } from './identifiers.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

/** What stays, and why, so that nobody takes this for more than it is. */
const STAYS = `What stays, under tokens that only this keyring makes:
  findings and samples of flagged messages, until the messages go by retention: incidents are decided by them
  counts of patients a flow and an incident, and edges of the map: they name nobody
  sealed bodies of flagged messages, for as long as they are kept (30 days by default)
  the audit log, which says that a person was forgotten, and not who
Messages that come from now on are listed again, and a flow that teaches makes the person known again.
`;

/** `forget`: removes a person from the registry that `trace` looks in. The identifier comes by standard input. */
export function forgetCommand(): Command {
  return new Command('forget')
    .description(
      'Reads an identifier from standard input and removes its person from the registry and from cohorts, so that trace finds nothing any more, and no finding is known to be theirs.',
    )
    .addOption(new Option('--kind <kind>', 'what it is (default: whatever fits)').choices(IDENTIFIER_KINDS))
    .action(async ({ kind = null }: { kind?: IdentifierKind | null }, self: Command) => {
      const identifiers = await readIdentifiers();
      const { ledger, keyring } = await openDataFolder(configOf(self).config);
      try {
        const tokens = tokensOf(identifiers, kind, keyring);
        const { persons } = await ledger.lineage.trace({ tokens, limit: 1 });
        if (persons > 1) {
          throw new CordonError(
            'usage',
            `${persons} persons have it, and none was forgotten: give a record number, or a name with its birth date`,
          );
        }
        const act = { at: systemClock(), ...operator(), action: 'forget', object: '', detail: { kind, persons } };
        if (persons === 0) await ledger.audit.append(act);
        const gone = await ledger.logged(act).lineage.forget(tokens);
        process.stdout.write(
          persons === 0
            ? 'Nothing was known of it.\n'
            : `Forgotten: ${gone.tokens} tokens, and ${gone.messages} entries of messages that carried them.\n${STAYS}`,
        );
      } finally {
        await ledger.close();
      }
    });
}
