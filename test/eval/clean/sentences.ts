import type { Random } from '../../../src/demo/random.ts';
import type { Split } from '../corpus/label.ts';
import { digits } from '../corpus/numbers.ts';
import type { CleanWords } from './clean-words.ts';
import { CLEAN_TEST } from './sentences-test.ts';
import { CLEAN_TRAIN } from './sentences-train.ts';

const WORDS: Readonly<Record<Split, CleanWords>> = { train: CLEAN_TRAIN, test: CLEAN_TEST };

/** One to three sentences. */
export function cleanText(random: Random, split: Split): string {
  const words = WORDS[split];
  return Array.from({ length: random.int(1, 3) }, () =>
    random.pick(words.sentences).replace(/\{(\w+)\}/g, (_, slot: string) => slotOf(random, words, slot)),
  ).join(' ');
}

function slotOf(random: Random, { slots }: CleanWords, slot: string): string {
  const numeric = NUMBERS[slot];
  if (numeric !== undefined) return numeric(random);
  const name = slot.replace(/\d$/, '');
  const words = slots[name] ?? slots[name.toLowerCase()];
  if (words === undefined) throw new RangeError(`a clean sentence asks for {${slot}}, which nothing fills`);
  const word = random.pick(words);
  return name === name.toUpperCase() ? word.toUpperCase() : word;
}

const NUMBERS: Readonly<Record<string, (random: Random) => string>> = {
  n1: (random) => String(random.int(1, 9)),
  n2: (random) => String(random.int(10, 88)),
  n3: (random) => String(random.int(100, 999)),
  n4: (random) => String(random.int(1000, 9999)),
  n5: (random) => String(random.int(10_000, 99_999)),
  n6: (random) => digits(random, 6),
  ten: (random) => `${random.int(2, 9)}${digits(random, 9)}`,
  phone10: (random) => `${random.int(2, 9)}${random.int(0, 8)}${random.int(0, 9)}555${digits(random, 4)}`,
  epoch: (random) => String(1_700_000_000 + random.int(0, 90_000_000)),
  year: (random) => String(random.int(2023, 2026)),
  dec: (random) => (random.next() * 90 + 0.5).toFixed(1),
  range: (random) => `${random.int(1, 60)}-${random.int(61, 400)}`,
  v3: (random) => `${random.int(1, 12)}.${random.int(0, 30)}.${random.int(0, 9)}`,
  v4: (random) => `${random.int(1, 12)}.${random.int(0, 30)}.${random.int(0, 99)}.${random.int(0, 99)}`,
  oid: (random) => `2.16.840.1.113883.3.${random.int(1, 9999)}.${random.int(1, 99)}`,
};
