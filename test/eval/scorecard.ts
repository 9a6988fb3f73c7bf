import { DAY, type Day, FLOWS } from './clean/day.ts';
import { CORPUS_FORMATS, KINDS, type Split } from './corpus/label.ts';
import { type Grouping, ratesOf, type Score, type Tally } from './score.ts';
import { meetsTargets, textTally } from './targets.ts';
import type { Part } from './written.ts';

/** What the recall of text would be without what no policy counts. */
function aloneIn(score: Score): string {
  const { asked, found, lone } = textTally(score);
  return `Of what was found in text ${lone} stand alone (doubtful names, towns) in a text that says nothing else of anybody: they are reported and raise no incident but where nothing of anybody may be. Without them text recall is ${((found - lone) / Math.max(1, asked)).toFixed(4)}.`;
}

/** Everything that one run measured of one split. */
export interface SplitResult {
  readonly split: Split;
  readonly files: number;
  readonly bytes: number;
  readonly ours: Score;
  /** The same tools on the same files, all formats but DICOM. */
  readonly compared: readonly { readonly name: string; readonly all: Score; readonly plain: Score }[];
  readonly day: Day;
}

/** The hand-written files of a part. */
export interface Written {
  readonly part: Part;
  readonly files: number;
  readonly score: Score;
}

export interface Measured {
  readonly seed: number;
  readonly files: number;
  readonly packs: readonly string[];
  readonly splits: readonly SplitResult[];
  readonly written: readonly Written[];
}

const percent = (value: number): string => (value * 100).toFixed(2);

const HEAD =
  '| | asked for | found | false alarms | precision | recall | F1 | F2 | whose it is | under any category |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|';

function row(name: string, tally: Tally): string {
  const { precision, recall, f1, f2 } = ratesOf(tally);
  const { asked, found, falseAlarms, subject, touched } = tally;
  const whose = found === 0 ? '' : percent(subject / found);
  const any = asked === 0 ? '' : percent(touched / asked);
  const rates = asked === 0 ? ['', '', '', ''] : [precision, recall, f1, f2].map(percent);
  return `| ${[name, asked, found, falseAlarms, ...rates, whose, any].join(' | ')} |`;
}

function table(score: Score, grouping: Grouping, order: readonly string[] | null = null): string {
  const groups = score.by[grouping];
  const names = order === null ? [...groups.keys()].sort() : order.filter((name) => groups.has(name));
  return [
    HEAD,
    ...names.flatMap((name) => (groups.get(name) === undefined ? [] : [row(name, groups.get(name) ?? score.all)])),
  ].join('\n');
}

/** The scorecard as a page. The same measurement gives the same bytes: no time, no machine. */
export function scorecard({ seed, files, packs, splits, written }: Measured): string {
  return `<!-- Written by \`npm run eval\`; do not edit. -->

# Scorecard of detection

What \`npm run eval\` measures: a synthetic corpus with a label for each identifier that its generators planted, read as \`cordon scan\` reads files, with all
shipped packs. Percentages. How labels and findings are matched, and what would make these numbers lie: [ADR 0043](adr/0043-how-detection-is-measured.md).
The **test** split has names, sentences, dialects and forms of dates that the **train** split has not. Detectors may be looked at with train; nothing is tuned on
test, and its misses are not printed.

Seed ${seed}, ${files} files a split, packs: ${packs.join(', ')}.

${splits.map(section).join('\n')}
${writtenSection(written)}`;
}

/** Only of what identifies a person; whose a value is and its category among numbers are read with some latitude (written.ts). */
function writtenSection(written: readonly Written[]): string {
  return `## Hand-written files

Messages, notes and tables by writers who had seen neither rules nor detector (test/eval/written), every mark on a person's identifier asked for. The **train** part was looked at;
nothing is tuned on the **held** one, and its misses are not printed. No target is set for them: they say what to expect of texts that no generator made.
${written.map(({ part, files, score }) => `\n### ${part === 'train' ? 'Train' : 'Held'}, ${files} files\n\n${[table(score, 'style'), row('**all**', score.all)].join('\n')}\n\n${table(score, 'format', CORPUS_FORMATS)}\n\n${table(score, 'category')}\n`).join('')}`;
}

function section(result: SplitResult): string {
  const { split, files, bytes, ours, compared, day } = result;
  return `## ${split === 'train' ? 'Train split' : 'Test split'}

${files} files, ${bytes.toLocaleString('en-US')} bytes.

### Targets

${meetsTargets(result)
  .map(({ name, target, value, met }) => `- ${met ? 'met' : '**not met**'}: ${name}: ${value} (target ${target})`)
  .join('\n')}

${aloneIn(ours)}

### By kind of place

${[table(ours, 'kind', KINDS), row('**all**', ours.all)].join('\n')}

### By format

${table(ours, 'format', CORPUS_FORMATS)}

### By category

${table(ours, 'category')}

### By subject

${table(ours, 'subject')}

### Beside other tools

The same files but DICOM, which none of them reads. They look at a file as text; the second table is plain text alone, where nobody has the
advantage of a parser. A kind of theirs that is none of ours counts neither way.

${[HEAD, ...compared.map(({ name, all }) => row(name, all.all))].join('\n')}

Plain text:

${[HEAD, ...compared.map(({ name, plain }) => row(name, plain.all))].join('\n')}

### Clean traffic

${dayText(day)}
`;
}

function dayText({ messages, alarmed, incidents, unconfirmed, apart, patterns, expected, unseen }: Day): string {
  const per1000 = ((alarmed / Math.max(1, messages)) * 1000).toFixed(2);
  const rows = [...patterns]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([pattern, { hits, of }]) => `| ${pattern} | ${hits} | ${of} |`);
  const seen =
    rows.length === 0 ? '' : `\n\n| kind of flow: reason category group | messages | of |\n|---|---:|---:|\n${rows.join('\n')}`;
  return `${messages.toLocaleString('en-US')} clean messages over ${FLOWS} registered flows, judged as the workers do: ${alarmed} raised something (${per1000} per 1,000), ${incidents} false
incidents after grouping, of which what words of texts alone speak for is one (${unconfirmed} messages; docs/adr/0069-what-nothing-confirms.md). Carried on to a day of ${DAY.toLocaleString('en-US')} messages by
the patterns that were seen: ${expected.toFixed(1)} false incidents, ${apart.toFixed(1)} if each flow had its own of what nothing confirms. What was not seen
in this run happens to less than ${(unseen * 1000).toFixed(3)} of 1,000 messages (95 %); \`--clean ${DAY}\` judges the whole day.${seen}`;
}
