import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { type Clock, isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { checkRegister } from '../policy/check.ts';
import { loadFlows } from '../policy/load.ts';
import { type Locations, loadLocations } from '../policy/location.ts';
import { compileRegister, type Register } from '../policy/register.ts';
import { replay } from '../policy/replay.ts';
import { suggestFlows, unregistered } from '../policy/suggest.ts';
import { type RuleFile, readRuleFiles } from '../rule-files.ts';

/** The locations that are shipped, for who calls without a configuration. */
const DEFAULT_LOCATIONS = fileURLToPath(new URL('../../rules/locations', import.meta.url));

/** The register that is shipped: `rules/flows` next to the installation. */
export const DEFAULT_FLOWS = fileURLToPath(new URL('../../rules/flows', import.meta.url));

export interface FlowsContext {
  /** Opens the ledger; the command closes it. Only asked for by what reads it. */
  readonly openLedger: () => Promise<Ledger>;
  /** The configured folder of policies, for where --flows does not name one. */
  readonly flowsFolder?: () => string;
  /** The configured folder of locations, for where --locations does not name one. */
  readonly locationsFolder?: () => string;
  readonly write?: (text: string) => void;
  readonly clock?: Clock;
}

/**
 * `cordon flows list|check|suggest|replay`. Answers go to standard output. Sets exit code 1 where `check` finds an error; bad use
 * and an unreadable folder throw CordonError.
 */
export function flowsCommand({
  openLedger,
  flowsFolder = folderOfEnvironment,
  locationsFolder = () => DEFAULT_LOCATIONS,
  write = writeOut,
  clock = systemClock,
}: FlowsContext): Command {
  const folderOf = (option: string | undefined): string => option ?? flowsFolder();
  const command = new Command('flows').description('the register of what each flow may carry');
  const folder = ['--flows <dir>', 'folder of flow policies (default: CORDON_FLOWS, else rules/flows)'] as const;

  command
    .command('check')
    .description('read all policies; exit 1 on a bad one, a tie, one that nothing matches or that has expired')
    .option(...folder)
    .option('--locations <dir>', 'folder of locations (default: CORDON_LOCATIONS, else rules/locations)')
    .action(async (options: { flows?: string; locations?: string }) => {
      const dir = folderOf(options.flows);
      const problems = check(dir, options.locations ?? locationsFolder(), clock());
      write(problems.lines.map((line) => `${line}\n`).join(''));
      if (problems.errors > 0) process.exitCode = 1;
    });

  command
    .command('list')
    .description('registered policies and the flows that were observed')
    .option(...folder)
    .option('--registered', 'policies only; does not open the ledger')
    .action(async (options: { flows?: string; registered?: boolean }) => {
      const register = readRegister(folderOf(options.flows));
      write(table(['ID', 'STATUS', 'EXPIRES', 'ENTITY', 'DATASET', 'TITLE'], policiesOf(register)));
      if (options.registered === true) return;
      const rows = await withLedger(openLedger, (ledger) => ledger.flows.list());
      const observed = rows.map((row) => [
        row.policy ?? 'unregistered',
        row.listener,
        row.source,
        row.destination,
        String(row.messages),
        isoTime(row.lastSeen),
      ]);
      write(`\n${table(['POLICY', 'LISTENER', 'SOURCE', 'DESTINATION', 'MESSAGES', 'LAST SEEN'], observed)}`);
    });

  command
    .command('suggest')
    .description('draft policies for observed flows that have none')
    .option(...folder)
    .action(async (options: { flows?: string }) => {
      const register = readRegister(folderOf(options.flows));
      const [flows, kinds] = await withLedger(openLedger, async (ledger) => {
        const all = await ledger.flows.list();
        return [all, await ledger.flows.kinds(unregistered(all).map(({ key }) => key))] as const;
      });
      const drafts = suggestFlows(flows, kinds, clock(), [...register.flows.keys()]);
      write(drafts.length === 0 ? '# Every observed flow has a policy.\n' : drafts.map((draft) => draft.yaml).join('---\n'));
    });

  command
    .command('replay')
    .description('show what a changed folder of policies would have done to what was observed')
    .requiredOption('--flows <dir>', 'the changed folder; it is compared with CORDON_FLOWS, else rules/flows')
    .action(async (options: { flows: string }) => {
      const [before, after] = [readRegister(folderOf(undefined)), readRegister(options.flows)];
      const [flows, uses] = await withLedger(
        openLedger,
        async (ledger) => [await ledger.flows.list(), await ledger.flows.use()] as const,
      );
      const rows = replay(flows, uses, before, after, clock());
      const changed = rows.filter((row) => row.changes.length > 0 || row.before !== row.after);
      if (changed.length === 0) {
        write(`Nothing would change for ${rows.length} observed flows.\n`);
        return;
      }
      const head = ['SOURCE', 'DESTINATION', 'BEFORE', 'AFTER', 'NEWLY FLAGGED', 'NO LONGER', 'OF'];
      const cells = changed.map((row) => [
        row.source,
        row.destination,
        row.before,
        row.after,
        atLeast(row.newlyFlagged),
        atLeast(row.noLongerFlagged),
        String(row.messages),
      ]);
      write(table(head, cells));
      for (const row of changed) {
        for (const { what, messages, flagged } of row.changes) {
          write(`${flagged ? '+' : '-'} ${row.source} to ${row.destination}: ${what} (${messages} messages)\n`);
        }
      }
    });

  return command;
}

function writeOut(text: string): void {
  process.stdout.write(text);
}

const atLeast = (count: number): string => (count === 0 ? '0' : `>= ${count}`);

function folderOfEnvironment(): string {
  const named = process.env.CORDON_FLOWS;
  return named === undefined || named === '' ? DEFAULT_FLOWS : named;
}

function readFlowFiles(dir: string): RuleFile[] {
  return readNamed(dir, 'flow policies (set --flows or CORDON_FLOWS)');
}

/** Named by their folder's last part: what a checkout's place on the disk is says nothing. */
function readNamed(dir: string, what: string): RuleFile[] {
  return readRuleFiles(dir, what).map(({ file, text }) => ({
    file: path.join(path.basename(dir), path.basename(file)),
    text,
  }));
}

function readRegister(dir: string): Register {
  return compileRegister(loadFlows(readFlowFiles(dir)));
}

const INVALID: ReadonlySet<string> = new Set(['flows.invalid', 'locations.invalid']);

function check(dir: string, places: string, now: number): { lines: string[]; errors: number } {
  const files = readFlowFiles(dir);
  const described = readNamed(places, 'locations (set --locations or CORDON_LOCATIONS)');
  let register: Register;
  let locations: Locations;
  try {
    register = compileRegister(loadFlows(files));
    locations = loadLocations(described);
  } catch (error) {
    if (!(error instanceof CordonError) || !INVALID.has(error.code)) throw error;
    const lines = error.message.split('\n');
    const read = error.code === 'flows.invalid' ? files : described;
    return { lines: [...lines, `${lines.length} errors in ${read.length} files`], errors: lines.length };
  }
  const problems = checkRegister(register, now, locations);
  const errors = problems.filter((problem) => problem.level === 'error').length;
  const lines = problems.map(({ level, flow, message }) => `${level}: flow "${flow}": ${message}`);
  const tally = `${register.policies.length} policies in ${files.length} files: ${errors} errors, ${problems.length - errors} warnings`;
  return { lines: [...lines, tally], errors };
}

function policiesOf(register: Register): string[][] {
  return register.policies.map(({ id, status, expires, destination, basis, title }) => [
    id,
    status,
    expires,
    destination.entity,
    basis.dataset,
    title,
  ]);
}

async function withLedger<T>(openLedger: () => Promise<Ledger>, read: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await openLedger();
  try {
    return await read(ledger);
  } finally {
    await ledger.close();
  }
}

/** Columns as wide as their widest cell, two blanks between. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((cells) => `${line(cells)}\n`).join('');
}
