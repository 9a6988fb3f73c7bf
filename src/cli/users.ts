import { Command } from 'commander';
import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { openDataFolder } from '../data-folder.ts';
import { createSignInLink } from '../review/auth.ts';
import { configOf } from './load-config.ts';

/** `users link`: a fresh sign-in link, beside a running agent. */
export function usersCommand(): Command {
  const command = new Command('users').description('Lets people sign in at the desk.');
  command
    .command('link')
    .description('print a link that signs one person in, once, within the hour')
    .action(async (_options: unknown, self: Command) => {
      const { config } = configOf(self);
      const { ledger } = await openDataFolder(config);
      try {
        console.log(await createSignInLink(ledger.access, systemClock, configuredOrigin(config)));
      } finally {
        await ledger.close();
      }
    });
  return command;
}

/** Where the configuration says that the desk is. A host that stands for every address is reached as this machine. */
function configuredOrigin({ host, http }: Config): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${http.certificate === undefined ? 'http' : 'https'}://${name.includes(':') ? `[${name}]` : name}:${http.port}`;
}
