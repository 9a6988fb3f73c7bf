import { randomBytes } from 'node:crypto';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Argument, Command, Option } from 'commander';
import { isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { openDataFolder } from '../data-folder.ts';
import type { Exporter, ExportRequest } from '../exports/exporter.ts';
import { readPeriod } from '../exports/period.ts';
import { EXPORT_KINDS } from '../exports/registry.ts';
import { readSyslogTarget, type SyslogTarget, sendToSyslog } from '../exports/syslog.ts';
import type { LineageStore } from '../ledger/lineage/store.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../lineage/identifier.ts';
import { loadFlows } from '../policy/load.ts';
import { loadLocations } from '../policy/location.ts';
import { compileRegister } from '../policy/register.ts';
import { readRuleFiles } from '../rule-files.ts';
import { readIdentifiers, tokensOf } from './identifiers.ts';
import { configOf, readText } from './load-config.ts';
import { operator } from './operator.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly output?: string;
  readonly syslog?: string;
  readonly ca?: string;
  readonly plain?: true;
  readonly person?: true | IdentifierKind;
}

/** `export KIND --from --to [-o FILE]`: what happened in a period, for others to read. */
export function exportCommand(): Command {
  const kinds = EXPORT_KINDS.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`).join('\n');
  return new Command('export')
    .description(`Writes what happened in a period, masked, for others to read.\n\nKinds:\n${kinds}`)
    .addArgument(new Argument('<kind>', 'what to write').choices(EXPORT_KINDS.map(({ name }) => name)))
    .requiredOption('--from <time>', 'first day (2026-11-01, UTC) or instant (2026-11-01T08:00:00Z)')
    .requiredOption('--to <time>', 'the day or instant it ends before')
    .option('-o, --output <file>', 'a new file, which only you can read (default: standard output)')
    .addOption(
      new Option('--person [kind]', 'disclosures: of the one person whose identifiers are on standard input, one a line').choices(
        IDENTIFIER_KINDS,
      ),
    )
    .option('--syslog <host:port>', 'dicom-audit: send each message to a syslog over TLS (RFC 5425)')
    .option('--ca <file>', '--syslog: PEM of the authority that its certificate is of')
    .option('--plain', '--syslog: over TCP in clear (RFC 6587), tokens of patients and all')
    .action(async (kind: string, options: Options, self: Command) => {
      const period = readPeriod(options.from, options.to);
      const target = syslogOf(kind, options);
      const identifiers = options.person === undefined ? null : await identifiersFor(kind);
      const { config } = configOf(self);
      const register = compileRegister(loadFlows(readRuleFiles(config.flows, 'flow policies')));
      const locations = loadLocations(readRuleFiles(config.locations, 'locations'));
      const { ledger, keyring } = await openDataFolder(config);
      try {
        const who = operator();
        const given = identifiers === null ? null : tokensOf(identifiers, kindOf(options), keyring);
        const person = given === null ? {} : { patients: await onePerson(ledger.lineage, given) };
        const request = { period, ledger, keyring, register, locations, clock: systemClock, ...who, ...person };
        const detail = {
          from: isoTime(period.from),
          to: isoTime(period.to),
          syslog: options.syslog ?? null,
          of: identifiers === null ? 'everybody' : 'a person',
        };
        await ledger.audit.append({ at: systemClock(), ...who, action: 'export', object: `export:${kind}`, detail });
        const exporter = await EXPORT_KINDS.find(({ name }) => name === kind)?.load();
        if (exporter === undefined) throw new CordonError('usage', `there is no export "${kind}"`);
        if (target === null) await write(exporter, request, options.output);
        else await sendToSyslog(target, systemClock, (lines) => exporter.write(request, lines));
      } finally {
        await ledger.close();
      }
    });
}

function kindOf({ person }: Options): IdentifierKind | null {
  return person === undefined || person === true ? null : person;
}

async function identifiersFor(kind: string): Promise<readonly string[]> {
  if (kind !== 'disclosures') throw new CordonError('usage', `--person takes disclosures, and not ${kind}`);
  return await readIdentifiers();
}

/**
 * All tokens of the person that some are of. An accounting is one individual's (45 CFR 164.528(a)(1)): of a name that several persons have, each would be
 * told of the others. Rejects with `usage` there.
 */
async function onePerson(lineage: Pick<LineageStore, 'personsOf'>, given: readonly string[]): Promise<readonly string[]> {
  const { tokens, persons } = await lineage.personsOf(given);
  if (persons > 1) {
    throw new CordonError(
      'usage',
      `standard input: ${persons} persons have it; give a record number, or a name with its birth date`,
    );
  }
  // Who was forgotten is accounted for all the same, by what the request names.
  if (persons === 0) process.stderr.write('nobody is known by it: only what was sent under exactly this identifier is written\n');
  return tokens;
}

/** Where messages are sent to; null where they are written. Throws `usage`. */
function syslogOf(kind: string, { syslog, ca, plain, output }: Options): SyslogTarget | null {
  if (syslog === undefined) {
    if (ca === undefined && plain === undefined) return null;
    throw new CordonError('usage', '--ca and --plain are about --syslog: say where to send, as --syslog logs.example:6514');
  }
  if (kind !== 'dicom-audit') throw new CordonError('usage', `--syslog takes dicom-audit, and not ${kind}`);
  if (output !== undefined) throw new CordonError('usage', '--syslog sends and --output writes: ask for one of them');
  if (plain === true && ca !== undefined)
    throw new CordonError('usage', '--plain checks no certificate: leave --ca out, or --plain');
  return { ...readSyslogTarget(syslog), ca: ca === undefined ? null : readText(ca), plain: plain === true };
}

async function write(exporter: Exporter, request: ExportRequest, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await exporter.write(request, process.stdout);
    return;
  }
  // Beside it and renamed: nobody takes half a file for all of it.
  const draft = `${output}.${randomBytes(4).toString('hex')}`;
  const file = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
  try {
    await exporter.write(request, file);
    file.end();
    await finished(file);
    renameSync(draft, output);
  } catch (error) {
    file.destroy();
    rmSync(draft, { force: true });
    throw error;
  }
  process.stderr.write(`${output}: written\n`);
}
