import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { type Clock, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { comparePacks } from '../detect/compare.ts';
import { digestOf } from '../detect/compile.ts';
import { loadPacks } from '../detect/load.ts';
import { type Pack, packId, standingOf } from '../detect/pack.ts';
import { provenPacks } from '../proven-packs.ts';
import { readRuleFiles } from '../rule-files.ts';
import { compileTuning } from '../tuning/apply.ts';
import type { LoadedOverlays } from '../tuning/load.ts';
import { configOf } from './load-config.ts';
import { checkPatterns, loadRecheck } from './redos.ts';
import { keptVerdicts } from './redos-kept.ts';
import { explained } from './rules-explain.ts';
import { listOverlays } from './rules-overlays.ts';
import { replayCommand } from './rules-replay.ts';
import { knownKeyring, OVERLAYS_OPTION, overlaysOver, tokenizersOf } from './site-overlays.ts';
import { table } from './table.ts';

/** The packs that are shipped: `rules/packs` next to the installation. */
const DEFAULT_PACKS = fileURLToPath(new URL('../../rules/packs', import.meta.url));

/** How long one pattern is searched for an attack: what recheck finds in our patterns it finds sooner; see docs/adr/0005. */
const ATTACK_MILLISECONDS = 200;

interface RulesOption {
  readonly rules: string;
  readonly overlays?: string;
}

type Write = (text: string) => void;

/** `cordon rules lint|test|list|show|explain|diff|overlays|replay`. Exit code 0, 1 where there are problems, 2 on bad use. */
export function rulesCommand(write: Write = (text) => process.stdout.write(text), clock: Clock = systemClock): Command {
  const command = new Command('rules').description('check, test and explain rule packs');
  const folder = ['--rules <dir>', 'folder of rule packs', DEFAULT_PACKS] as const;
  command
    .command('lint')
    .description('schema, places, samples, and patterns that could be made slow (ReDoS)')
    .option(...folder)
    .option(...OVERLAYS_OPTION)
    .action(({ rules, overlays }: RulesOption, self: Command) =>
      orProblems(write, () => lint(rules, (packs) => overlaysOver(packs, overlays, self, clock), write)),
    );
  command
    .command('test')
    .description('run the samples of every rule')
    .option(...folder)
    .option(...OVERLAYS_OPTION)
    .action(({ rules, overlays }: RulesOption, self: Command) =>
      orProblems(write, () => test(rules, (packs) => overlaysOver(packs, overlays, self, clock), write)),
    );
  command
    .command('list')
    .description('all rules, one a line')
    .option(...folder)
    .action(({ rules }: RulesOption) => write(listing(provenPacks(rules))));
  command
    .command('show')
    .description('one rule, as its pack says it')
    .argument('<id>')
    .option(...folder)
    .action((id: string, { rules }: RulesOption) => write(shown(read(rules), id)));
  command
    .command('explain')
    .description('which leaves of a file matched which rule and why; values are masked')
    .argument('<file>')
    .option(...folder)
    .option(...OVERLAYS_OPTION)
    .action(async (file: string, { rules, overlays: dir }: RulesOption, self: Command) => {
      const packs = provenPacks(rules);
      const { overlays, packs: own } = overlaysOver(packs, dir, self, clock);
      const tuning = compileTuning(overlays);
      const tokenizers = tokenizersOf(tuning === null ? null : await knownKeyring(configOf(self).config));
      write(explained([...packs, ...own], file, { tuning, tokenizers, now: clock() }));
    });
  command
    .command('overlays')
    .description('what the site changes of the rules: each entry, and whether it is in force')
    .option(...folder)
    .option(...OVERLAYS_OPTION)
    .action(({ rules, overlays }: RulesOption, self: Command) => {
      const packs = provenPacks(rules);
      write(listOverlays(packs, overlaysOver(packs, overlays, self, clock), clock()));
    });
  command
    .command('diff')
    .description('what changed between two folders of packs; exit 1 where a pack changed and its version did not')
    .argument('<old>')
    .argument('<new>')
    .action((before: string, after: string) => diff(before, after, write));
  command.addCommand(replayCommand(write));
  return command;
}

/** Files as errors name them: `packs/x.yaml`, wherever the folder is. */
function read(dir: string): Pack[] {
  return loadPacks(
    readRuleFiles(dir, 'rule packs').map(({ file, text }) => ({ file: join(basename(dir), basename(file)), text })),
  );
}

/** Overlays over packs. */
type Over = (packs: readonly Pack[]) => LoadedOverlays;

/** A pack that does not load is what lint and test are there to tell, not bad use. */
function orProblems(write: Write, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== 'rules.invalid') throw error;
    write(`${error.message}\n${error.message.split('\n').length} problems\n`);
    process.exitCode = 1;
  }
}

function lint(dir: string, over: Over, write: Write): void {
  const packs = read(dir);
  const { overlays, packs: own, warnings } = over(packs);
  const rules = packs.reduce((sum, pack) => sum + pack.rules.length, 0);
  write(`${packs.length} packs, ${rules} rules: schema, places and samples are sound\n`);
  if (overlays.length > 0) {
    const ours = own.reduce((sum, pack) => sum + pack.rules.length, 0);
    write(`${overlays.length} overlays, ${ours} rules of the site: sound; their patterns run on RE2, where none is slow\n`);
  }
  for (const warning of warnings) write(`${warning}\n`);
  const check = loadRecheck();
  if (check === null) {
    write('patterns were not checked for ReDoS: recheck is not installed (npm install --include=dev)\n');
    return;
  }
  const counts = { safe: 0, 'no-attack-found': 0, undecided: 0, vulnerable: 0 };
  const kept = keptVerdicts(ATTACK_MILLISECONDS);
  for (const { rule, verdict, complexity } of checkPatterns(packs, check, ATTACK_MILLISECONDS, kept)) {
    counts[verdict]++;
    if (verdict !== 'vulnerable') continue;
    write(`rule "${rule}": a text can be made that slows its pattern down (${complexity}); bound the repetitions or anchor it\n`);
    process.exitCode = 1;
  }
  kept.save();
  const searched = counts['no-attack-found'] + counts.undecided;
  write(
    `patterns (ReDoS): ${counts.safe} proven linear, ${searched} searched without finding an attack, ${counts.vulnerable} vulnerable\n`,
  );
}

function test(dir: string, over: Over, write: Write): void {
  const packs = read(dir);
  for (const pack of [...packs, ...over(packs).packs]) {
    const match = pack.rules.reduce((sum, { samples }) => sum + samples.match.length, 0);
    const noMatch = pack.rules.reduce((sum, { samples }) => sum + samples.noMatch.length, 0);
    write(`${packId(pack)}: ${pack.rules.length} rules, ${match} samples match, ${noMatch} do not, as they should\n`);
  }
}

function listing(packs: readonly Pack[]): string {
  const rows = packs.flatMap((pack) =>
    pack.rules.map((rule) => {
      const { id, category, subject, severity, confidence, title } = rule;
      const { version, status } = standingOf(pack, rule);
      return [id, pack.name, version, status, category, subject, severity, String(confidence), title];
    }),
  );
  return table(['RULE', 'PACK', 'VERSION', 'STATUS', 'CATEGORY', 'SUBJECT', 'SEVERITY', 'CONFIDENCE', 'TITLE'], rows);
}

function shown(packs: readonly Pack[], id: string): string {
  for (const pack of packs) {
    const rule = pack.rules.find((candidate) => candidate.id === id);
    if (rule !== undefined)
      return `# ${packId(pack)}, digest ${digestOf([pack])}\n${stringify(rule, { aliasDuplicateObjects: false })}`;
  }
  throw new CordonError('usage', `there is no rule "${id}"; \`cordon rules list\` shows all`);
}

function diff(before: string, after: string, write: Write): void {
  const changes = comparePacks(read(before), read(after));
  for (const { kind, what, keys } of changes) {
    const line = kind === 'unversioned' ? `pack ${what} changed and its version did not` : `${kind} ${what}`;
    write(`${line}${keys.length === 0 ? '' : `: ${keys.join(', ')}`}\n`);
  }
  if (changes.length === 0) write('no rule differs\n');
  if (changes.some(({ kind }) => kind === 'unversioned')) process.exitCode = 1;
}
