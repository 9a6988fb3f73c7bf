import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { describeFailure, exitCodeOf } from './failure.ts';

/** One file a command. Only the file of the command that was asked for is loaded: `scan` must not wait for a web server's modules. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  /** The program is given for its options: the configuration is read when a command asks for it. */
  load(program: Command): Promise<Command>;
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'start',
    summary: 'run the agent: listeners, workers and pages',
    load: async () => (await import('./start.ts')).startCommand(),
  },
  {
    name: 'demo',
    summary: "send a synthetic hospital's traffic and show what is flagged",
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  {
    name: 'scan',
    summary: 'find identifiers in files, without a server',
    load: async () => (await import('./scan.ts')).scanCommand(),
  },
  { name: 'rules', summary: 'check, test and explain rule packs', load: async () => (await import('./rules.ts')).rulesCommand() },
  {
    name: 'flows',
    summary: 'check flow policies, draft and replay them',
    load: async (program) => {
      const { flowsCommand } = await import('./flows.ts');
      const { openLedger } = await import('../ledger/open.ts');
      const { ledgerPlace } = await import('../data-folder.ts');
      const { configOf } = await import('./load-config.ts');
      const config = () => configOf(program).config;
      return flowsCommand({
        openLedger: async () => openLedger({ ...ledgerPlace(config()), migrate: false }),
        flowsFolder: () => config().flows,
        locationsFolder: () => config().locations,
      });
    },
  },
  {
    name: 'devices',
    summary: 'list the devices that messages and connections showed',
    load: async () => (await import('./devices.ts')).devicesCommand(),
  },
  {
    name: 'verify',
    summary: 'prove or disprove that data is encrypted',
    load: async () => (await import('./verify.ts')).verifyCommand(),
  },
  {
    name: 'trace',
    summary: 'show where an identifier (read from standard input) has been',
    load: async () => (await import('./trace.ts')).traceCommand(),
  },
  {
    name: 'forget',
    summary: 'remove the person of an identifier (read from standard input) from the registry',
    load: async () => (await import('./forget.ts')).forgetCommand(),
  },
  {
    name: 'cohorts',
    summary: 'say which patients are VIPs, employees or tests (read from standard input)',
    load: async () => (await import('./cohorts.ts')).cohortsCommand(),
  },
  {
    name: 'rescan',
    summary: 'judge anew what the vault still holds, after rules changed',
    load: async () => (await import('./rescan.ts')).rescanCommand(),
  },
  { name: 'keys', summary: 'make, list and revoke API keys', load: async () => (await import('./keys.ts')).keysCommand() },
  { name: 'users', summary: 'make a link to sign in at the desk', load: async () => (await import('./users.ts')).usersCommand() },
  {
    name: 'export',
    summary: 'write what happened in a period, for others to read',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  {
    name: 'check-evidence',
    summary: 'check an evidence pack, without trusting who made it',
    load: async () => (await import('./check-evidence.ts')).checkEvidenceCommand(),
  },
  { name: 'config', summary: 'show or check the configuration', load: async () => (await import('./config.ts')).configCommand() },
  {
    name: 'ledger',
    summary: 'migrate, check and back up the ledger',
    load: async () => (await import('./ledger.ts')).ledgerCommand(),
  },
  {
    name: 'doctor',
    summary: 'check that the agent can run here',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
];

/** The program, with the one command that `args` name loaded and the others as names with their summary. */
async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command('cordon')
    .description('Data loss prevention agent for clinical data flows.')
    .version(packageJson.version)
    .option('--config <file>', 'configuration file (default: cordon.yaml, if there is one)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'cordon: ')) })
    .exitOverride();
  const wanted = commandNameIn(args);
  for (const { name, summary, load } of COMMANDS) {
    if (name === wanted) program.addCommand(inherit(await load(program), program).summary(summary));
    else program.command(name).summary(summary);
  }
  return program;
}

/** `['--config', 'x.yaml', 'scan', '-']` → `scan`; `help scan` is about scan too. */
function commandNameIn(args: readonly string[]): string | undefined {
  const words = args.filter((word, index) => !word.startsWith('-') && args[index - 1] !== '--config');
  return words[0] === 'help' ? words[1] : words[0];
}

/** Commands that are built elsewhere do not take over the program's way to end and to print errors by themselves. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}

// Who reads us has enough (`cordon scan … | head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const args = process.argv.slice(2);
try {
  await (await programFor(args)).parseAsync(args, { from: 'user' });
} catch (thrown) {
  for (const line of describeFailure(thrown)) process.stderr.write(`${line}\n`);
  process.exitCode = exitCodeOf(thrown);
}
