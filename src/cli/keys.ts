import { Command, Option } from 'commander';
import { isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { openDataFolder } from '../data-folder.ts';
import { makeKey } from '../ingest/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeyScope } from '../ledger/people/store.ts';
import { changes } from '../review/acts.ts';
import { auditKeyCommand } from './keys-audit.ts';
import { rewrapCommand } from './keys-rewrap.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;

/** `keys create`, `keys list`, `keys revoke`, and `keys rewrap` for the keyring. */
export function keysCommand(): Command {
  const command = new Command('keys').description(
    'Makes, lists and revokes API keys, and moves the keyring under another KMS key.',
  );
  command
    .command('create')
    .description('make a key and print it, once: only its hash is stored')
    .requiredOption('--name <name>', 'whom it is for')
    .addOption(
      new Option('--scope <scope>', 'send messages, read results, or decide on incidents')
        .choices(['ingest', 'read', 'review'])
        .default('ingest'),
    )
    .action((options: { name: string; scope: KeyScope }, self: Command) =>
      withLedger(self, async (_ledger, change) => {
        if (!NAME.test(options.name)) {
          throw new CordonError('usage', '--name: 1 to 64 letters, digits, blanks and . _ @ -, a letter or digit first');
        }
        const { id, key, hash } = makeKey();
        const { access } = change('key.create', `key:${id}`, { name: options.name, scope: options.scope });
        await access.createKey({ id, name: options.name, hash, scope: options.scope, at: Date.now() });
        // The key alone on stdout: KEY=$(cordon keys create --name engine)
        process.stderr.write(`key ${id} for ${options.name} (${options.scope}); it is shown this once:\n`);
        console.log(key);
      }),
    );
  command
    .command('list')
    .description('list keys by id, name and scope')
    .action((_options: unknown, self: Command) =>
      withLedger(self, async ({ access }) => {
        for (const key of await access.listKeys()) {
          const state = key.revokedAt === null ? 'in force' : `revoked ${isoTime(key.revokedAt)}`;
          console.log(`${key.id}  ${key.scope.padEnd(6)}  ${isoTime(key.createdAt)}  ${state}  ${key.name}`);
        }
      }),
    );
  command
    .command('revoke')
    .description('end a key; running agents let go of it within half a minute')
    .argument('<id>')
    .action((id: string, _options: unknown, self: Command) =>
      withLedger(self, async (_ledger, change) => {
        if (!(await change('key.revoke', `key:${id}`).access.revokeKey(id, Date.now()))) {
          throw new CordonError('usage', `there is no key "${id}" in force: cordon keys list shows the ids`);
        }
        console.log(`key ${id} is revoked`);
      }),
    );
  return command.addCommand(rewrapCommand()).addCommand(auditKeyCommand());
}

async function withLedger(
  command: Command,
  run: (ledger: Ledger, change: ReturnType<typeof changes>) => Promise<void>,
): Promise<void> {
  const { ledger } = await openDataFolder(configOf(command).config);
  try {
    await run(ledger, changes({ logged: ledger.logged, clock: systemClock }, operator()));
  } finally {
    await ledger.close();
  }
}
