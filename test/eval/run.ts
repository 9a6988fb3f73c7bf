import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { filesOf } from '../../src/cli/scan-files.ts';
import { cleanDay } from './clean/day.ts';
import { corpus } from './corpus/corpus.ts';
import type { CorpusFile, Split } from './corpus/label.ts';
import { evaluate } from './evaluate.ts';
import { externalFiles } from './external.ts';
import type { Detector } from './found.ts';
import { createMisses } from './misses.ts';
import { DEFAULTS, type Options, readOptions, USAGE } from './options.ts';
import { compromise, openredaction, redactPii } from './others.ts';
import { cordon, shippedRuleset } from './ours.ts';
import { ratesOf, type Score } from './score.ts';
import { type SplitResult, scorecard, type Written } from './scorecard.ts';
import { countShared } from './shared-data.ts';
import { meetsTargets } from './targets.ts';
import { PARTS, writtenFiles } from './written.ts';

/** `npm run eval`: what detection finds of what was planted. Writes docs/scorecard.md where the run is the one it stands for. */
const SCORECARD = 'docs/scorecard.md';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
/** Progress, which is no result. */
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

/** A text that all tools can be given. */
const isText = ({ format }: CorpusFile): boolean => format !== 'dicom';

async function measure(split: Split, options: Options, ruleset: ReturnType<typeof shippedRuleset>): Promise<SplitResult> {
  const files = [...corpus(split, options.seed, options.files)];
  const own = cordon(ruleset);
  tell(`${split}: ${files.length} files`);
  const ours = await evaluate(own, files);
  const compared: SplitResult['compared'][number][] = [];
  for (const detector of [own, openredaction(), redactPii(), compromise()]) {
    tell(`${split}: ${detector.name} on what is no DICOM`);
    compared.push(await compare(detector, files));
  }
  tell(`${split}: ${options.clean} clean messages`);
  const day = cleanDay(ruleset, split, options.seed, options.clean);
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  return { split, files: files.length, bytes, ours, compared, day };
}

async function compare(detector: Detector, files: readonly CorpusFile[]): Promise<{ name: string; all: Score; plain: Score }> {
  const texts = files.filter(isText);
  return {
    name: detector.name,
    all: await evaluate(detector, texts),
    plain: await evaluate(
      detector,
      texts.filter(({ format }) => format === 'text'),
    ),
  };
}

function writeCorpus(folder: string, options: Options): void {
  const lines: string[] = [];
  for (const split of options.splits) {
    mkdirSync(join(folder, split), { recursive: true });
    for (const file of corpus(split, options.seed, options.files)) {
      writeFileSync(join(folder, split, file.name), file.bytes);
      for (const label of file.labels) lines.push(JSON.stringify({ ...label, file: `${split}/${file.name}` }));
    }
  }
  writeFileSync(join(folder, 'labels.ndjson'), `${lines.join('\n')}\n`);
  tell(`${folder}: ${lines.length} labels in labels.ndjson`);
}

function printScore(name: string, score: Score): void {
  const line = (label: string, tally: Score['all']): boolean => {
    const { precision, recall, f1, f2 } = ratesOf(tally);
    return say(
      `${label.padEnd(26)} ${String(tally.asked).padStart(7)} ${[precision, recall, f1, f2].map((each) => each.toFixed(4)).join(' ')}`,
    );
  };
  say(`${name.padEnd(26)}   asked precis recall F1     F2`);
  line('all', score.all);
  for (const grouping of ['kind', 'format', 'category', 'subject'] as const) {
    for (const [key, tally] of score.by[grouping]) line(`${grouping} ${key}`, tally);
  }
}

async function main(options: Options): Promise<void> {
  if (options.labels) {
    for (const split of options.splits) {
      for (const { name, labels } of corpus(split, options.seed, options.files)) {
        for (const label of labels) say(JSON.stringify({ ...label, file: `${split}/${name}` }));
      }
    }
    return;
  }
  if (options.write !== null) return writeCorpus(options.write, options);
  const ruleset = shippedRuleset();
  if (options.folder !== null && options.labelFile !== null) {
    const { folder } = options;
    const own = resolve(options.labelFile);
    const names = [...filesOf([folder])].filter((file) => resolve(file) !== own).map((file) => relative(folder, file));
    return printScore(folder, await evaluate(cordon(ruleset), externalFiles(folder, options.labelFile, names)));
  }
  if (options.misses) {
    const misses = createMisses();
    await evaluate(cordon(ruleset), corpus('train', options.seed, options.files), misses.add);
    await evaluate(cordon(ruleset), writtenFiles('train'), misses.add);
    cleanDay(ruleset, 'train', options.seed, options.clean, misses.alarm);
    say(misses.markdown());
    return;
  }
  const splits: SplitResult[] = [];
  for (const split of options.splits) splits.push(await measure(split, options, ruleset));
  for (const result of splits) {
    printScore(result.split, result.ours);
    for (const { name, target, value, met } of meetsTargets(result))
      say(`${met ? 'met    ' : 'NOT MET'} ${name}: ${value} (target ${target})`);
  }
  const written: Written[] = [];
  for (const part of PARTS) {
    const all = [...writtenFiles(part)];
    const score = await evaluate(cordon(ruleset), all);
    written.push({ part, files: all.length, score });
    printScore(`hand-written, ${part}`, score);
  }
  for (const line of await countShared(cordon(ruleset))) say(line);
  const { seed, files, clean } = options;
  if (splits.length < 2 || seed !== DEFAULTS.seed || files !== DEFAULTS.files || clean !== DEFAULTS.clean) return;
  writeFileSync(SCORECARD, scorecard({ seed, files, packs: ruleset.packs, splits, written }));
  tell(`${SCORECARD} written`);
}

let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`eval: ${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exit(2);
}
await main(options);
