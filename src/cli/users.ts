import { Command, Option } from 'commander';
import type { Config } from '../config.ts';
import { publicOrigin } from '../config-listeners.ts';
import { isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { DESK_ROLES, type DeskRole } from '../core/vocabulary.ts';
import { openDataFolder } from '../data-folder.ts';
import type { Account } from '../ledger/people/store.ts';
import { type AccountDeps, addAccount, changeRole, resetAccount, setDisabled } from '../review/accounts.ts';
import { changes } from '../review/acts.ts';
import { createSignInLink } from '../review/auth.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';
import { firstLine } from './stdin.ts';

const PASSWORD = ['--password-stdin', 'read a password from the first line of stdin, instead of printing a link'] as const;
const role = (about: string) => new Option('--role <role>', about).choices([...DESK_ROLES]);

/** `users add|list|role|disable|enable|reset|link`: who may sign in at the desk. It works beside a running agent. */
export function usersCommand(): Command {
  const command = new Command('users').description('Says who may sign in at the desk, and as what.');
  command
    .command('add')
    .description('make an account, and print a link that its owner comes in with to choose a password')
    .argument('<name>')
    .addOption(role('what it may do').makeOptionMandatory())
    .option(...PASSWORD)
    .action((name: string, options: { role: DeskRole; passwordStdin?: true }, self: Command) =>
      withAccounts(self, async (deps) => {
        const link = await addAccount(deps, { name, role: options.role, way: await wayOf(options) });
        console.log(link ?? `${name} can sign in as ${options.role}`);
      }),
    );
  command
    .command('list')
    .description('list accounts by name, role and state')
    .action((_options: unknown, self: Command) =>
      withAccounts(self, async ({ accounts }) => {
        for (const account of await accounts.list()) console.log(lineOf(account));
      }),
    );
  command
    .command('role')
    .description('give an account another role; its sessions end')
    .argument('<name>')
    .addArgument(command.createArgument('<role>').choices([...DESK_ROLES]))
    .action((name: string, to: DeskRole, _options: unknown, self: Command) =>
      withAccounts(self, async (deps) => {
        await changeRole(deps, await named(deps, name), to);
        console.log(`${name} is ${to}`);
      }),
    );
  for (const [verb, disabled, about] of [
    ['disable', true, 'let an account in no more; its sessions end'],
    ['enable', false, 'let a disabled account in again'],
  ] as const) {
    command
      .command(verb)
      .description(about)
      .argument('<name>')
      .action((name: string, _options: unknown, self: Command) =>
        withAccounts(self, async (deps) => {
          await setDisabled(deps, await named(deps, name), disabled);
          console.log(`${name} is ${verb}d`);
        }),
      );
  }
  command
    .command('reset')
    .description('take the password of an account away, end its sessions and its lock, and print a link to choose a new one')
    .argument('<name>')
    .option(...PASSWORD)
    .action((name: string, options: { passwordStdin?: true }, self: Command) =>
      withAccounts(self, async (deps) => {
        const link = await resetAccount(deps, await named(deps, name), await wayOf(options));
        console.log(link ?? `${name} has the new password`);
      }),
    );
  command
    .command('link')
    .description('print a link that signs whoever holds it in, once, within the hour')
    .addOption(role('what they may do').default('officer'))
    .action((options: { role: DeskRole }, self: Command) =>
      withAccounts(self, async ({ clock, origin, change }) => {
        const { access } = change('link.create', '', { role: options.role });
        console.log(await createSignInLink(access, clock, origin, { role: options.role }));
      }),
    );
  return command;
}

async function wayOf({ passwordStdin }: { passwordStdin?: true }): Promise<{ password: string } | 'link'> {
  return passwordStdin === true ? { password: await firstLine(process.stdin) } : 'link';
}

async function named({ accounts }: AccountDeps, name: string): Promise<Account> {
  const account = await accounts.byName(name);
  if (account === null) throw new CordonError('usage', `there is no account "${name}": cordon users list shows them`);
  return account;
}

/** `dana  officer  password  in use, last signed in 2026-…` */
function lineOf({ name, role: held, password, subject, signedInAt, disabledAt }: Account): string {
  const how = subject === null ? (password === null ? 'no password' : 'password') : 'provider';
  const seen = signedInAt === null ? 'never signed in' : `signed in ${isoTime(signedInAt)}`;
  const state = disabledAt === null ? 'in use' : `disabled ${isoTime(disabledAt)}`;
  return `${held.padEnd(7)}  ${how.padEnd(11)}  ${state}, ${seen}  ${name}`;
}

async function withAccounts(command: Command, run: (deps: AccountDeps) => Promise<void>): Promise<void> {
  const { config } = configOf(command);
  const { ledger } = await openDataFolder(config);
  const { accounts, logged } = ledger;
  const change = changes({ logged, clock: systemClock }, operator());
  try {
    await run({ accounts, clock: systemClock, origin: publicOrigin(config) ?? ownOrigin(config), change });
  } finally {
    await ledger.close();
  }
}

/** Where the configuration says that we listen. A host that stands for every address is reached as this machine. */
function ownOrigin({ host, http }: Config): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${http.certificate === undefined ? 'http' : 'https'}://${name.includes(':') ? `[${name}]` : name}:${http.port}`;
}
