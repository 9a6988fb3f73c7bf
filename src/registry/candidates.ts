import { CharClass, type Parsed } from '../core/format.ts';
import type { Tokenizer } from '../core/token.ts';
import type { Ruleset } from '../detect/compile.ts';
import type { Match } from '../detect/match.ts';
import { taughtKind } from '../lineage/taught.ts';
import { kindOf, PATIENT, printOf } from './print.ts';
import type { TableReader } from './table.ts';

/** The pack that findings of numbers name. */
export const REGISTRY_PACK = 'registry@1.0.0';

const FEWEST_DIGITS = 6;
const MOST_DIGITS = 12;
const DIGITS = /\d{6,}/g;
/** Up to three letters may stand before the digits. Beside them nothing that makes them part of a longer number, a date, a decimal or a code. */
const BEFORE = /(?:^|[^\p{L}\p{N}_.,:/\\@#-])((?:\p{Lu}{1,3}-?)?)$/u;
const AFTER = /^(?:[\p{L}\p{N}_:/\\@-]|[.,]\d)/u;
/** Characters before the digits that say which: three letters, a hyphen, and what no number begins after. */
const PREFIX = 6;
/** What is a day, or a day and a time, is no number. */
const DAY = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d[0-5]\d|2[0-3][0-5]\d)?$/;

/** One number in so many may be a patient's by chance: where record numbers fill their space more densely, a bare number says nothing. */
const CHANCE = 1_000;
/** Numbers that one message looks up, and characters that it is searched for them. */
const NUMBERS = 200;
const CHARACTERS = 1_000_000;

export interface NumbersView {
  readonly table: Pick<TableReader, 'find'>;
  readonly tokenizers: readonly Tokenizer[];
  /** How many record numbers are known. */
  readonly records: number;
}

/** How many digits a number needs before it can't be a record number by chance, with so many of them known. */
export function fewestDigits(records: number): number {
  return Math.max(FEWEST_DIGITS, Math.ceil(Math.log10(Math.max(1, records) * CHANCE)));
}

/**
 * Plain numbers in free text that nothing else reports, and that the registry knows as a patient's: a record number in a comment, with no word that
 * says so. A number of so few digits that it may be one by chance is left alone.
 */
export function findNumbers(parsed: Parsed, matches: readonly Match[], ruleset: Ruleset, view: NumbersView): Match[] {
  const { leaves } = parsed;
  const least = fewestDigits(view.records);
  if (view.records === 0 || least > MOST_DIGITS) return [];
  const taken = Map.groupBy(matches, ({ leaf }) => leaf);
  const found: Match[] = [];
  let [numbers, characters] = [NUMBERS, CHARACTERS];
  for (let leaf = 0; leaf < leaves.count && numbers > 0 && characters > 0; leaf++) {
    const classes = leaves.classes[leaf] ?? 0;
    if ((classes & CharClass.digit) === 0 || (classes & CharClass.sealed) !== 0) continue;
    const plan = ruleset.plans[leaves.address[leaf] ?? -1] ?? ruleset.forAddress(leaves.addressOf(leaf));
    if (plan.scope !== 'text') continue;
    const text = leaves.text(leaf).slice(0, characters);
    characters -= text.length;
    for (const { from, to } of numbersIn(text)) {
      const number = text.slice(from, to);
      if (!isWorthIt(number, least) || taken.get(leaf)?.some((match) => match.from < to && from < match.to)) continue;
      if (numbers-- <= 0) break;
      const rule = known(number, view);
      if (rule !== null) found.push({ ...rule, leaf, from, to });
    }
  }
  return found;
}

function* numbersIn(text: string): Generator<{ readonly from: number; readonly to: number }> {
  for (const { 0: digits, index } of text.matchAll(DIGITS)) {
    const to = index + digits.length;
    if (digits.length > MOST_DIGITS || AFTER.test(text.slice(to, to + 2))) continue;
    const before = BEFORE.exec(text.slice(Math.max(0, index - PREFIX), index));
    if (before !== null) yield { from: index - (before[1] ?? '').length, to };
  }
}

function isWorthIt(text: string, least: number): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length >= least && !DAY.test(digits) && taughtKind('mrn', text) !== null;
}

function known(text: string, { table, tokenizers }: NumbersView): Omit<Match, 'leaf' | 'from' | 'to'> | null {
  for (const tokenizer of tokenizers) {
    const meta = table.find(printOf(tokenizer('number', text)));
    if ((meta & PATIENT) === 0) continue;
    const category = kindOf(meta) ?? 'unique-id';
    return {
      rule: `registry.${category}`,
      pack: REGISTRY_PACK,
      category,
      subject: 'patient',
      severity: 'high',
      confidence: 0.95,
      registry: 'patient',
    };
  }
  return null;
}
