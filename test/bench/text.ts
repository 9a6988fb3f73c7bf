import { isUtf8 } from 'node:buffer';
import { OpenRedaction } from 'openredaction';
import { createRandom } from '../../src/demo/random.ts';
import { compilePacks, type Ruleset } from '../../src/detect/compile.ts';
import type { Pack } from '../../src/detect/pack.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { cleanText } from '../eval/clean/sentences.ts';
import { corpus } from '../eval/corpus/corpus.ts';
import { oru } from '../support/oru.ts';
import { shippedPacks } from '../support/rules.ts';
import { compare, median, type Ratio } from './measure.ts';

const MB = 1_000_000;
/** What free text is asked for: MB in a second on one thread, and times as much as openredaction. */
const ASKED = { pace: 10, times: 50 };

/** Files of the labelled corpus that texts are taken from, of each seed: some 76 KB of text. */
const FILES = 1600;

/** Seeds of them: with what stands around, texts for 4.5 MB before any comes again. */
const SEEDS = [1, 2, 3, 4, 5, 6];

/** Clinical text: nine parts without identifiers, one of the labelled corpus, which is full of them; beyond 4.5 MB it is repeated. */
function texts(size: number): Buffer {
  const random = createRandom(1, 'bench/clean');
  const parts: string[] = [];
  // As bytes, a tenth: each planted text after nine times as much of the others, line by line, hardly any of which comes twice.
  let length = 0;
  for (const text of planted()) {
    for (let left = text.length * 9; left > 0; ) {
      const line = `${cleanText(random, 'train')}\n`;
      parts.push(line);
      left -= line.length;
      length += line.length;
    }
    parts.push(`\n${text}\n`);
    length += text.length + 2;
    if (length >= size) break;
  }
  const once = Buffer.from(parts.join(''), 'utf8');
  return Buffer.concat(Array.from({ length: Math.ceil(size / once.length) }, () => once)).subarray(0, size);
}

/** Made as they are asked for: the small texts of some benches need few. */
function* planted(): Generator<string> {
  for (const seed of SEEDS) {
    for (const { format, bytes } of corpus('train', seed, FILES))
      if (format === 'text' && isUtf8(bytes)) yield Buffer.from(bytes).toString('utf8');
  }
}

function examine(bytes: Uint8Array, ruleset: Ruleset): void {
  for (const parsed of parseBody({ bytes, elided: [] })) detect(parsed, ruleset, Number.POSITIVE_INFINITY);
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Bytes of a part, parts in all, and those of them that the compiler learns by. */
const PART = 100_000;
const PARTS = 40;
const WARM = 25;

/** Free text alone: MB a second against what is asked, and against openredaction on the same text. */
export async function benchText(): Promise<Ratio[]> {
  const ruleset = compilePacks(shippedPacks());
  const all = texts(PARTS * PART);
  const parts = Array.from({ length: PARTS }, (_, part) => all.subarray(part * PART, (part + 1) * PART));
  // Each part is met once: what is remembered of a text met before saves nothing here.
  const paces = parts.map((part) => part.length / MB / seconds(() => examine(part, ruleset)));
  const ours = median(paces.slice(WARM));
  const theirs = await paceOfOpenRedaction(all.subarray(0, 20_000).toString('utf8'));
  return [
    {
      name: 'text',
      of: 'parse + detect of free text, one thread, all packs, against what is asked',
      ratio: ours / ASKED.pace,
      bar: 1,
      ours,
      theirs: ASKED.pace,
      unit: 'MB/s',
    },
    {
      name: 'text',
      of: 'the same ÷ openredaction on a part of the same text',
      ratio: ours / theirs,
      bar: ASKED.times,
      ours,
      theirs,
      unit: 'MB/s',
    },
  ];
}

async function paceOfOpenRedaction(text: string): Promise<number> {
  const redactor = new OpenRedaction({});
  await redactor.detect(text.slice(0, 2000));
  const start = performance.now();
  await redactor.detect(text);
  return Buffer.byteLength(text) / MB / ((performance.now() - start) / 1000);
}

/** The packs with nine more of each rule that has a pattern; where it has keywords, with keywords of its own, as other rules have. */
function tenfold(packs: readonly Pack[]): Pack[] {
  return packs.flatMap((pack) => [
    pack,
    ...Array.from({ length: 9 }, (_, index): Pack => {
      const mark = String.fromCharCode(0x61 + index);
      return {
        ...pack,
        name: `${pack.name}-${mark}`,
        attributes: undefined,
        labels: undefined,
        rules: pack.rules.map((rule) => ({
          ...rule,
          id: `${rule.id}-${mark}`,
          ...(rule.keywords === undefined ? {} : { keywords: rule.keywords.map((word) => `${word}${mark}${mark}`) }),
        })),
      };
    }),
  ]);
}

/** Ten times the rules over HL7 and over free text, and what a byte costs in 100 MB against one MB. */
export function benchGrowth(): Ratio[] {
  const packs = shippedPacks();
  const [one, ten] = [compilePacks(packs), compilePacks(tenfold(packs))];
  const hl7 = oru('1', 20);
  const text = texts(20_000);
  return [
    rules('a 20-OBX ORU^R01', hl7, one, ten),
    rules('20 KB of free text', text, one, ten),
    size('free text', texts, one),
    size('HL7, OBX after OBX', (bytes) => oru('1', Math.ceil(bytes / 190)), one),
  ];
}

function rules(what: string, bytes: Uint8Array, one: Ruleset, ten: Ruleset): Ratio {
  const { a, b } = compare(
    () => examine(bytes, one),
    () => examine(bytes, ten),
  );
  return {
    name: 'growth',
    of: `time of ten times the rules ÷ of those shipped, ${what}`,
    ratio: a / b,
    bar: 2,
    ours: b,
    theirs: a,
    unit: '/s',
  };
}

function size(what: string, make: (bytes: number) => Buffer, ruleset: Ruleset): Ratio {
  const small = make(MB);
  const large = make(100 * MB);
  examine(small, ruleset);
  const before = small.length / MB / median(Array.from({ length: 7 }, () => seconds(() => examine(small, ruleset))));
  const after = large.length / MB / seconds(() => examine(large, ruleset));
  return {
    name: 'growth',
    of: `time of a byte in 100 MB ÷ in 1 MB, ${what}`,
    ratio: before / after,
    bar: 1.5,
    ours: after,
    theirs: before,
    unit: 'MB/s',
  };
}
