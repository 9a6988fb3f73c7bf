import { Command, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { openDataFolder } from '../data-folder.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { KnownIdentifier } from '../ledger/registry/store.ts';
import { createTokensOf, IDENTIFIER_KINDS, type IdentifierKind } from '../lineage/identifier.ts';
import { COHORTS, type Cohort } from '../registry/print.ts';
import { identifierLines, readIdentifiers } from './identifiers.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

/** Identifiers of one write to the ledger: no accept waits for a hospital's staff. */
const SLICE = 500;

interface Named {
  readonly kind?: IdentifierKind;
}

/**
 * `cohorts list|add|remove|import`: named sets of patients that policies speak of. Identifiers come by standard input, and what is kept of them are
 * keyed tokens: who is in a set cannot be listed, not even here.
 */
export function cohortsCommand(): Command {
  const command = new Command('cohorts').description(
    'Says which patients are VIPs, employees or tests; flow policies deny or review their messages (`cohorts`). Identifiers are read from standard input.',
  );
  command
    .command('list')
    .description('list the cohorts, and how many identifiers each has; who they are is not kept')
    .action((_options: unknown, self: Command) =>
      withData(self, async ({ ledger }) => {
        const sizes = await ledger.registry.cohorts();
        for (const cohort of COHORTS) process.stdout.write(`${cohort.padEnd(10)}${sizes.get(cohort) ?? 0}\n`);
      }),
    );
  for (const [verb, about] of [
    ['add', 'put whom the identifiers tell into a cohort; up to 100 lines'],
    ['remove', 'take identifiers out of a cohort, those that were added; up to 100 lines'],
    ['import', 'put a list of any length into a cohort, an identifier a line'],
  ] as const) {
    command
      .command(verb)
      .description(about)
      .addArgument(command.createArgument('<cohort>').choices([...COHORTS]))
      .addOption(kindOption())
      .action((cohort: Cohort, { kind }: Named, self: Command) => change(self, verb, cohort, kind ?? null));
  }
  return command;
}

function kindOption(): Option {
  return new Option('--kind <kind>', 'what the identifiers are (default: whatever fits)').choices(IDENTIFIER_KINDS);
}

type Verb = 'add' | 'remove' | 'import';

async function change(self: Command, verb: Verb, cohort: Cohort, kind: IdentifierKind | null): Promise<void> {
  const lines = verb === 'import' ? identifierLines(process.stdin) : await readIdentifiers();
  await withData(self, async ({ ledger, keyring }) => {
    const membersOf = memberReader(keyring, cohort, kind);
    const entry = { at: systemClock(), ...operator(), action: `cohort.${verb}`, object: `cohort:${cohort}`, detail: { kind } };
    // One entry of the audit log, with the first write that changes something.
    const { registry } = ledger.logged(entry);
    let [read, changed] = [0, 0];
    // All of them before the first is written: a list that is wrong in one line changes nothing.
    const members: KnownIdentifier[] = [];
    for await (const line of lines) members.push(...membersOf(line, ++read));
    if (read === 0)
      throw new CordonError('usage', 'standard input: no identifier; give one a line, e.g. cordon cohorts add vip < FILE');
    for (let from = 0; from < members.length; from += SLICE) {
      const some = members.slice(from, from + SLICE);
      const tokens = some.map(({ token }) => token);
      const at = systemClock();
      changed += await (verb === 'remove' ? registry.leave(cohort, tokens, at) : registry.enter(cohort, some, at));
    }
    process.stdout.write(`${cohort}: ${read} identifiers read, ${changed} tokens ${verb === 'remove' ? 'removed' : 'added'}\n`);
  });
}

/** Tokens of a line under every token key. Throws `usage`, without the line, where it may be anybody's. */
function memberReader({ tokenKeys }: Pick<Keyring, 'tokenKeys'>, cohort: Cohort, kind: IdentifierKind | null) {
  const tokensOf = createTokensOf(tokenKeys);
  return (line: string, number: number): KnownIdentifier[] => {
    if (cohort !== 'test' && (kind ?? 'name') === 'name' && !/\d/.test(line) && !line.includes('@'))
      throw new CordonError(
        'usage',
        `line ${number}: others have that name too: give it with the birth date, or a record number`,
      );
    const tokens = tokensOf(line, kind);
    if (tokens.length === 0)
      throw new CordonError('usage', `line ${number}: neither a name nor a number nor an address; say what it is (--kind)`);
    return tokens.map((token) => ({ token, kind }));
  };
}

async function withData(self: Command, run: (data: Awaited<ReturnType<typeof openDataFolder>>) => Promise<void>): Promise<void> {
  const data = await openDataFolder(configOf(self).config);
  try {
    await run(data);
  } finally {
    await data.ledger.close();
  }
}
