import { Command, Option } from 'commander';
import { publicOrigin } from '../config-listeners.ts';
import { SYSTEM } from '../core/audit.ts';
import { systemClock } from '../core/clock.ts';
import { makeKey } from '../ingest/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Listening } from '../listeners.ts';
import { createLog, type Log } from '../log.ts';
import { type Agent, startAgent } from '../main.ts';
import { changes } from '../review/acts.ts';
import { createSignInLink } from '../review/auth.ts';
import { does, ROLES, type Role } from '../roles.ts';
import { configOf } from './load-config.ts';

/** `start`: the agent in the foreground, until SIGINT or SIGTERM. */
export function startCommand(): Command {
  return new Command('start')
    .description('Runs the agent: listeners, workers and pages in one process, or of a cluster the part that --role names.')
    .addOption(
      new Option('--role <role>', 'of a cluster on PostgreSQL and Redis, the one process').choices([...ROLES]).default('all'),
    )
    .addOption(new Option('--log <format>', 'text for people, json for machines').choices(['text', 'json']))
    .action(async ({ log: asked, role }: { log?: 'text' | 'json'; role: Role }, self: Command) => {
      const { config } = configOf(self);
      const log = createLog({ level: config.log.level, format: asked ?? config.log.format });
      const hung = hangUps();
      const agent = await startAgent(config, { log, role });
      hung.from(() => void agent.reload());
      announce(agent, log);
      if (does(role, 'ingest')) await firstKey(agent, log);
      if (does(role, 'web')) await firstLink(agent, publicOrigin(config) ?? originOf(agent), log);
      log('info', 'ready');
      const signal = await ended();
      log('info', 'stopping', { signal });
      await agent.close();
      log('info', 'stopped');
    });
}

/** SIGHUP reloads rules (`systemctl reload`), and never ends the process: one that comes during the start counts when that is over. */
function hangUps(): { from(reload: () => void): void } {
  let came = false;
  let act = (): void => {
    came = true;
  };
  process.on('SIGHUP', () => act());
  return {
    from(reload) {
      act = reload;
      if (came) reload();
    },
  };
}

/** Says where each listener is: `listening  listener=mllp  host=127.0.0.1  port=2575`. */
function announce({ listening }: Agent, log: Log): void {
  for (const { listener, host, port } of listening) log('info', 'listening', { listener, host, port });
}

/** A ledger without keys gets one, printed this once: without it nobody could send over HTTP. */
async function firstKey({ ledger }: Agent, log: Log): Promise<void> {
  if ((await ledger.access.listKeys()).length > 0) return;
  const { id, key, hash } = makeKey();
  const { access } = ownChange(ledger)('key.create', `key:${id}`, { name: 'first', scope: 'ingest' });
  await access.createKey({ id, name: 'first', hash, scope: 'ingest', at: systemClock() });
  log('info', 'api-key', { name: 'first', scope: 'ingest', key });
}

/**
 * While nobody can sign in with an account, each start prints a link of the role that decides on incidents: one person's hospital needs no
 * other. After that a log would let in whoever reads it; `cordon users link` prints one.
 */
async function firstLink(agent: Agent, origin: string, log: Log): Promise<void> {
  const accounts = await agent.ledger.accounts.list();
  if (accounts.some(({ password, subject, disabledAt }) => disabledAt === null && (password ?? subject) !== null)) return;
  const { access } = ownChange(agent.ledger)('link.create', '', { role: 'officer' });
  log('info', 'sign-in', { url: await createSignInLink(access, systemClock, origin) });
}

/** What the agent changes by itself when it starts. */
export function ownChange({ logged }: Pick<Ledger, 'logged'>): ReturnType<typeof changes> {
  return changes({ logged, clock: systemClock }, { actor: SYSTEM, role: SYSTEM });
}

/** The base URL of the API and the pages, as somebody on this machine reaches it. */
export function originOf({ listening, secure }: { listening: readonly Listening[]; secure: boolean }): string {
  const http = listening.find(({ listener }) => listener === 'http');
  const host = http === undefined || http.host === '0.0.0.0' || http.host === '::' ? '127.0.0.1' : http.host;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${name}:${http?.port ?? 0}`;
}

/** Resolves with the first signal that asks to end; a second one ends at once. */
export function ended(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve(signal);
      });
    }
  });
}
