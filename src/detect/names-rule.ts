import { factorOf } from './claims.ts';
import type { Entry } from './entry.ts';
import { findNames } from './names/find.ts';
import { conditionsHold, keep, type Scan } from './scan-state.ts';

/** A name costs as much as reading so many characters, as a match of a pattern does. */
const NAME_COST = 2000;

/** Reading a text for names costs about as much as four patterns do; once, whatever the number of rules that ask. */
const READ_COST = 4;

/** Steps that asking for the names of a text costs. */
export function namesCost({ names }: Scan, leaf: number, text: string): number {
  return names.leaf === leaf ? 0 : text.length * READ_COST;
}

/** Reports the names in a text that are whose the rule asks for. The text is read once for all such rules. */
export function keepNames(scan: Scan, entry: Entry, leaf: number, text: string): void {
  const { names } = scan;
  if (names.leaf !== leaf) {
    names.leaf = leaf;
    names.found = findNames(text, names.known);
    scan.budget -= names.found.length * NAME_COST;
  }
  const { rule } = entry;
  for (const { from, to, whose, factor } of names.found) {
    if (whose !== rule.names) continue;
    const left = factorOf(rule, text.slice(from, to));
    if (left > 0 && conditionsHold(scan, rule.conditions, leaf)) keep(scan, entry, leaf, from, to, factor * left, rule.rank);
  }
}
