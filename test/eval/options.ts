import { parseArgs } from 'node:util';
import { SPLITS, type Split } from './corpus/label.ts';

export interface Options {
  readonly splits: readonly Split[];
  readonly seed: number;
  readonly files: number;
  /** Messages of the simulated day that are really judged. */
  readonly clean: number;
  /** Print labels and nothing else. */
  readonly labels: boolean;
  /** Write the corpus here, and its labels beside it. */
  readonly write: string | null;
  /** Print what was missed, with values; never of the test split. */
  readonly misses: boolean;
  /** A folder of files that are not ours, and what is in them. */
  readonly folder: string | null;
  readonly labelFile: string | null;
}

export const USAGE = `usage: npm run eval [-- OPTION…]
  --split train|test   one split only; both by default
  --seed N             1 by default; the scorecard is written for seed 1 and the default sizes alone
  --files N            files of each split, 1600 by default
  --clean N            clean messages to judge for the simulated day, 40000 by default
  --ndjson-labels      print the labels of the corpus, one a line, and nothing else
  --write FOLDER       write the corpus and labels.ndjson there
  --misses             print what the train split's misses and false alarms were
  --folder F --labels L   score the files of a folder against labels (NDJSON as --ndjson-labels prints)`;

export const DEFAULTS = { seed: 1, files: 1600, clean: 40_000 };

/** Options of the command line. Throws TypeError for what cannot be read. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      split: { type: 'string' },
      seed: { type: 'string' },
      files: { type: 'string' },
      clean: { type: 'string' },
      'ndjson-labels': { type: 'boolean', default: false },
      write: { type: 'string' },
      misses: { type: 'boolean', default: false },
      folder: { type: 'string' },
      labels: { type: 'string' },
    },
  });
  const splits = SPLITS.filter((split) => values.split === undefined || split === values.split);
  if (splits.length === 0) throw new TypeError(`--split: ${values.split} is neither train nor test`);
  if (values.misses && values.split !== 'train')
    throw new TypeError('--misses goes with --split train: nothing is tuned on test');
  if ((values.folder === undefined) !== (values.labels === undefined)) throw new TypeError('--folder and --labels go together');
  return {
    splits,
    seed: count('--seed', values.seed, DEFAULTS.seed),
    files: count('--files', values.files, DEFAULTS.files),
    clean: count('--clean', values.clean, DEFAULTS.clean),
    labels: values['ndjson-labels'],
    write: values.write ?? null,
    misses: values.misses,
    folder: values.folder ?? null,
    labelFile: values.labels ?? null,
  };
}

function count(name: string, given: string | undefined, otherwise: number): number {
  const number = given === undefined ? otherwise : Number(given);
  if (!Number.isSafeInteger(number) || number < 0) throw new TypeError(`${name}: ${given} is no number of things`);
  return number;
}
