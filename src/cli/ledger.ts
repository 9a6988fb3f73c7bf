import { Command, InvalidArgumentError } from 'commander';
import { keyringPlace } from '../config.ts';
import type { AuditDetail } from '../core/audit.ts';
import { CordonError } from '../core/errors.ts';
import { ledgerPlace } from '../data-folder.ts';
import { type KeyringPlace, openKeyring } from '../keyring/open.ts';
import { checkLedger } from '../ledger/check.ts';
import { backUpLedger, migrateLedger, openBulk } from '../ledger/maintain.ts';
import { boundKeyring, type LedgerPlace, openLedger } from '../ledger/open.ts';
import { seedLedger } from '../ledger/seed/seed.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';
import { createProgress, type Progress } from './progress.ts';

/** `ledger migrate`, `ledger check`, `ledger backup FILE`, `ledger seed`. */
export function ledgerCommand(): Command {
  const command = new Command('ledger').description('Migrates, checks and backs up the ledger.');
  command
    .command('migrate')
    .description('make the ledger, or bring its schema up to date')
    .action(async (_options: unknown, self: Command) => {
      const { ledger } = placesOf(self);
      if ('path' in ledger) migrateLedger(ledger.path);
      else await (await openLedger({ ...ledger, migrate: true })).close();
      console.log(`${nameOf(ledger)}: up to date`);
    });
  command
    .command('check')
    .description(
      'read everything: pages (of a file), references, counters, and every kept body; exit code 1 where something is wrong',
    )
    .action((_options: unknown, self: Command) => check(placesOf(self)));
  command
    .command('backup')
    .description('copy the ledger into a new file while the agent goes on; back up keyring.json apart from it')
    .argument('<file>')
    .action(async (file: string, _options: unknown, self: Command) => {
      const places = placesOf(self);
      const path = fileOf(places.ledger);
      // A copy of everything: on the log before it is there.
      await note(places, 'ledger.backup', {});
      backUpLedger(path, file);
      console.log(`${file}: complete. Without its keyring.json the bodies in it cannot be opened`);
    });
  command
    .command('seed')
    .description('fill the ledger with synthetic rows, to try pages on and to measure with')
    .requiredOption('--messages <n>', 'how many messages', wholeNumber)
    .option('--incidents <n>', 'how many incidents they are facts of', wholeNumber, 0)
    .option('--days <n>', 'over how many days up to now', wholeNumber, 30)
    .action((options: SeedAsked, self: Command) => seed(placesOf(self), options));
  return command;
}

const DAY_MS = 86_400_000;

interface Places {
  readonly ledger: LedgerPlace;
  readonly keyring: KeyringPlace;
}

function placesOf(command: Command): Places {
  const { config } = configOf(command);
  return { ledger: ledgerPlace(config), keyring: keyringPlace(config) };
}

/** A URL may hold a password. */
function nameOf(ledger: LedgerPlace): string {
  return 'path' in ledger ? ledger.path : `the database ${new URL(ledger.url).pathname.slice(1)}`;
}

/** Throws `usage` for a database: its server copies it better than a client could. */
function fileOf(ledger: LedgerPlace): string {
  if ('path' in ledger) return ledger.path;
  throw new CordonError(
    'usage',
    `${nameOf(ledger)}: PostgreSQL backs up itself: run pg_dump for one moment of it, or pg_basebackup with an archive of its log for every moment`,
  );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is needed');
  return Number(text);
}

async function check({ ledger, keyring }: Places): Promise<void> {
  const bar: { progress?: Progress } = {};
  const found = await checkLedger(ledger, await openKeyring(keyring, false), {
    start: (bodies) => {
      bar.progress = createProgress('bodies', bodies);
    },
    step: () => bar.progress?.step(),
  });
  bar.progress?.done();
  console.log(`${found.messages} messages, ${found.pending} pending, ${found.bodies} bodies kept`);
  for (const note of found.notes) console.log(note);
  if (found.problems.length > 0) throw new CordonError('ledger.corrupt', found.problems.join('\n'));
  console.log('no problems');
}

interface SeedAsked {
  readonly messages: number;
  readonly incidents: number;
  readonly days: number;
}

async function seed(places: Places, options: SeedAsked): Promise<void> {
  const now = Date.now();
  const ledger = await openLedger({ ...places.ledger, migrate: true });
  try {
    if ((await ledger.messages.counts()).total > 0) {
      throw new CordonError(
        'usage',
        `${nameOf(places.ledger)}: holds messages already. Seed a ledger of its own: CORDON_DATA=./seeded`,
      );
    }
  } finally {
    await ledger.close();
  }
  const keyring = await openKeyring(places.keyring, (await boundKeyring(places.ledger)) === null);
  const bulk = await openBulk(places.ledger, now - options.days * DAY_MS);
  const progress = createProgress('messages', options.messages);
  try {
    await seedLedger(bulk, keyring, { ...options, now, step: (units) => progress.step(units) });
    progress.done();
  } finally {
    await bulk.close();
  }
  await note(places, 'ledger.seed', { messages: options.messages, incidents: options.incidents, days: options.days });
  console.log(`${nameOf(places.ledger)}: ${options.messages} synthetic messages`);
}

/** Puts on the audit log what was done to the ledger as a whole: that it was copied, or that its rows are no hospital's. */
async function note({ ledger: place }: Places, action: string, detail: AuditDetail): Promise<void> {
  const ledger = await openLedger({ ...place, migrate: false });
  try {
    await ledger.audit.append({ at: Date.now(), ...operator(), action, object: 'ledger', detail });
  } finally {
    await ledger.close();
  }
}
