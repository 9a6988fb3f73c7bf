import { readFileSync } from 'node:fs';
import { CordonError, reasonOf } from '../core/errors.ts';
import { mask } from '../core/mask.ts';
import type { Tokenizer } from '../core/token.ts';
import { compilePacks } from '../detect/compile.ts';
import { explainMatch } from '../detect/explain.ts';
import type { Pack } from '../detect/pack.ts';
import { detect } from '../detect/scan.ts';
import { parseBody } from '../formats/registry.ts';
import { type Entry, entriesFor, type Tuning } from '../tuning/apply.ts';
import { table } from './table.ts';

/** What overlays say of matches. */
interface Explaining {
  /** Null: there are none. */
  readonly tuning: Tuning | null;
  readonly tokenizers: ReadonlyMap<string, Tokenizer>;
  readonly now: number;
}

/** Which leaves of a file matched which rule and why, and which entries of overlays change it on some flow. Values are masked. */
export function explained(packs: readonly Pack[], file: string, { tuning, tokenizers, now }: Explaining): string {
  const ruleset = compilePacks(packs);
  const rows: string[][] = [];
  for (const [index, parsed] of parseBody({ bytes: readBytes(file), elided: [] }).entries()) {
    const { matches, unexamined } = detect(parsed, ruleset);
    for (const match of matches) {
      const { leaf, from, to, rule, category, subject, confidence } = match;
      const value = mask(parsed.leaves.text(leaf).slice(from, to));
      const entries = tuning === null ? [] : entriesFor(tuning, match, { parsed, flow: undefined, now, tokenizers });
      rows.push([
        String(index),
        parsed.leaves.path(leaf),
        value,
        rule,
        category,
        subject,
        String(confidence),
        [explainMatch(parsed, ruleset, match), ...entries.map(entryWords)].join('; '),
      ]);
    }
    for (const { start, end, reason } of [...parsed.coverage.unexamined, ...unexamined]) {
      rows.push([String(index), `bytes ${start}-${end}`, '', '', 'unexamined', '', '', reason]);
    }
  }
  return table(['MESSAGE', 'PATH', 'MASK', 'RULE', 'CATEGORY', 'SUBJECT', 'CONFIDENCE', 'WHY'], rows);
}

function entryWords({ entry, severity, flows, expires, author, reason }: Entry): string {
  const what = severity === null ? `suppressed by ${entry}` : `severity ${severity} by ${entry}`;
  const where = flows === null ? '' : ` on ${[...flows].join(', ')}`;
  return `${what}${where}${expires === null ? '' : ` until ${expires}`} (${author}: ${reason})`;
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CordonError('usage', `cannot read ${file}: ${reasonOf(error)}`, { cause: error });
  }
}
