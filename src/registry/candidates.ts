import { CharClass, type Parsed } from '../core/format.ts';
import type { Tokenizer } from '../core/token.ts';
import type { Ruleset } from '../detect/compile.ts';
import type { Match } from '../detect/match.ts';
import { taughtKind } from '../lineage/taught.ts';
import { kindOf, PATIENT, printOf } from './print.ts';
import type { TableReader } from './table.ts';

/** The pack that findings of numbers name. */
export const REGISTRY_PACK = 'registry@1.0.0';

/** Six to twelve digits, with up to three letters before them, that are part of no longer number, date, decimal or code. */
const NUMBER = /(?<![\p{L}\p{N}_.,:/\\@#-])(?:\p{Lu}{1,3}-?)?\d{6,12}(?![\p{L}\p{N}_:/\\@-]|[.,]\d)/gu;
const FEWEST_DIGITS = 6;
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
  if (view.records === 0 || least > 12) return [];
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
    for (const each of text.matchAll(NUMBER)) {
      const [from, to] = [each.index, each.index + each[0].length];
      if (!isWorthIt(each[0], least) || taken.get(leaf)?.some((match) => match.from < to && from < match.to)) continue;
      if (numbers-- <= 0) break;
      const rule = known(each[0], view);
      if (rule !== null) found.push({ ...rule, leaf, from, to });
    }
  }
  return found;
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
