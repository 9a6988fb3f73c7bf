import { Command, Option } from 'commander';
import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { SEVERITIES, type Severity } from '../core/vocabulary.ts';
import { compilePacks } from '../detect/compile.ts';
import { loadFlows } from '../policy/load.ts';
import { compileRegister, type Register } from '../policy/register.ts';
import { provenPacks } from '../proven-packs.ts';
import { readRuleFiles } from '../rule-files.ts';
import { siteTuning } from '../tuning/site.ts';
import { configOf } from './load-config.ts';
import { createProgress, type Progress } from './progress.ts';
import { createFileScan, filesOf, type ScanLine } from './scan-files.ts';
import { createScanOutput, type ScanFormat } from './scan-output.ts';
import { knownKeyring, overlaysOver, tokenizersOf } from './site-overlays.ts';

/** Files that make a scan long work. */
const LONG = 20;

interface ScanOptions {
  readonly format: ScanFormat;
  readonly flow?: string;
  readonly failOn?: Severity;
}

/** `scan PATH…`: files, folders or `-`, without a server. Exit code 0, 1 when `--fail-on` is met, 2 on bad use. */
export function scanCommand(): Command {
  return new Command('scan')
    .description('Finds identifiers in files, without a server.')
    .argument('<path...>', 'files, folders, or - for standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'ndjson', 'sarif']).default('table'))
    .option('--flow <id>', 'judge as messages of this flow; without it findings are judged alone')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a flagged message has a finding this grave').choices([...SEVERITIES]),
    )
    .action(async (paths: string[], options: ScanOptions, self: Command) => {
      const { config } = configOf(self);
      const shipped = provenPacks(config.packs);
      const { overlays, packs: own } = overlaysOver(shipped, undefined, self, systemClock);
      const packs = [...shipped, ...own];
      const ruleset = compilePacks(packs);
      const keyring = await knownKeyring(config);
      const scan = createFileScan({
        ruleset,
        tuning: siteTuning(overlays, ruleset.digest, tokenizersOf(keyring)),
        flow: options.flow === undefined ? null : { id: options.flow, register: registerWith(config, options.flow) },
        tokenKey: keyring?.tokenKey ?? null,
      });
      const output = createScanOutput(options.format, packs, (text) => process.stdout.write(text));
      const files = [...filesOf(paths)];
      const progress = progressOf(files.length);
      for (const file of files) {
        for (const line of await scan(file)) {
          output.line(line);
          if (options.failOn !== undefined && isAsGrave(line, options.failOn)) process.exitCode = 1;
        }
        progress?.step();
      }
      output.end();
      progress?.done();
    });
}

/** On a terminal the results themselves show how far it is, and a bar would run into them. */
function progressOf(files: number): Progress | null {
  return files < LONG || process.stdout.isTTY ? null : createProgress('scanning', files);
}

function registerWith(config: Config, id: string): Register {
  const register = compileRegister(loadFlows(readRuleFiles(config.flows, 'flow policies')));
  if (register.flows.has(id)) return register;
  const known = [...register.flows.keys()].join(', ');
  throw new CordonError('usage', `--flow: ${config.flows} has no flow "${id}" (known: ${known === '' ? 'none' : known})`);
}

function isAsGrave({ verdict, findings }: ScanLine, least: Severity): boolean {
  const grave = SEVERITIES.indexOf(least);
  return (
    verdict === 'flagged' &&
    findings.some(({ severity, suppressed }) => suppressed === undefined && SEVERITIES.indexOf(severity) >= grave)
  );
}
