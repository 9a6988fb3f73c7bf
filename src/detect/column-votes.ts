import type { Leaves } from '../core/format.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import { isGuess, type Ranked } from './overlap.ts';
import type { Scan } from './scan-state.ts';

// A header can be anything (`Kto leży`, `Wha's it`), but what fills a column is of one kind: where some of its cells are people's names by themselves, those that are
// written alike are too, though no list has them.

/** Two or more words with capitals, and perhaps who that is in brackets. */
const NAME_CELL = /^(?<name>\p{Lu}[\p{L}'’.-]*(?:(?:, ?| )(?:\p{Lu}[\p{L}'’.-]*|\p{Ll}{1,3})){1,4})(?: ?\([^()\d]{1,24}\))?$/u;
const NOBODY =
  /(?<!\p{L})(?:test|patient|unknown|empty|vacant|closed|none|other|total|blank|control|clinic|ward|unit|hospital|wing|pavilion|pavillon|tower|house|haus|campus|north|south|east|west|street|road)(?!\p{L})/iu;
const NUMBER_CELL = /^(?<name>\+?[\d ()./-]{8,20})$/;
const FEWEST_DIGITS = 7;

interface Kind {
  readonly category: 'name' | 'phone';
  /** What a cell of the kind looks like; its `name` is what identifies. */
  readonly cell: RegExp;
  fits(text: string): boolean;
}

const KINDS: readonly Kind[] = [
  { category: 'name', cell: NAME_CELL, fits: (text) => !NOBODY.test(text) },
  { category: 'phone', cell: NUMBER_CELL, fits: (text) => text.replace(/\D/g, '').length >= FEWEST_DIGITS },
];

/** So much of a cell is found for it to speak for its column. */
const MOST = 0.6;
/** One cell in so many speaks for all. */
const SHARE = 4;

/** One kind of thing in one column. */
interface Column {
  readonly kind: Kind;
  readonly voters: Map<number, Ranked>;
}

/**
 * Adds what the cells of a table say about those beside them in their column: a name or a telephone number that no rule found, where one in four of those that look like
 * it was found as one: two of them, or one in a table with columns that a rule knows or with as many days. Columns that a rule claims by their header are left alone. Costs a pass over the
 * leaves of a table in which somebody was found.
 */
export function voteColumns(scan: Scan): void {
  const { parsed, matches, claimed } = scan;
  if (parsed.format !== 'csv' || matches.length === 0) return;
  const { leaves } = parsed;
  const columns = gather(scan);
  if (columns.size === 0) return;
  const known = matches.some(({ rank }) => rank === 3);
  const cells = cellsOf(leaves, columns, claimed);
  for (const [address, kinds] of columns) {
    for (const { kind, voters } of kinds.values()) {
      const alike = (cells.get(address) ?? []).flatMap((leaf) => valueIn(leaves.text(leaf), kind, leaf));
      if (voters.size * SHARE < alike.length || (voters.size < 2 && !known && !isBesideDays(scan, alike.length))) continue;
      // Who counts: a physician among them says nothing of the others.
      const voter = [...voters.values()].find(({ subject }) => PERSON_SUBJECTS.has(subject)) ?? voters.values().next().value;
      if (voter === undefined) continue;
      for (const { leaf, from, to } of alike) if (!voters.has(leaf)) matches.push({ ...voter, leaf, from, to, rank: 2 });
    }
  }
}

/** A list of people has a day in most of its rows, one of things seldom. */
function isBesideDays({ matches, parsed: { leaves } }: Scan, rows: number): boolean {
  const days = matches.filter(
    (match) => match.category === 'date' && match.rank === 1 && match.to - match.from >= leaves.text(match.leaf).length * MOST,
  );
  return new Set(days.map(({ leaf }) => leaf)).size >= rows;
}

/** The columns in which a cell is one thing, by address and kind. */
function gather({ parsed: { leaves }, matches, claimed, ruleset }: Scan): Map<number, Map<Kind, Column>> {
  const columns = new Map<number, Map<Kind, Column>>();
  for (const match of matches) {
    if (match.rank !== 1 || match.lone === true || claimed[match.leaf] !== 0) continue;
    const kind = KINDS.find(({ category }) => category === match.category);
    if (kind === undefined || isGuess(match, ruleset.alone) || isHeader(leaves, match.leaf)) continue;
    const text = leaves.text(match.leaf);
    if (match.to - match.from < text.length * MOST) continue;
    const address = leaves.address[match.leaf] ?? -1;
    const here = columns.get(address) ?? new Map<Kind, Column>();
    columns.set(address, here);
    const column = here.get(kind) ?? { kind, voters: new Map<number, Ranked>() };
    here.set(kind, column);
    column.voters.set(match.leaf, match);
  }
  return columns;
}

/** Titles, headers and cells beyond the last column have no words of a column. */
function isHeader(leaves: Leaves, leaf: number): boolean {
  return leaves.addressOf(leaf).typePath === '';
}

function cellsOf({ count, address }: Leaves, columns: ReadonlyMap<number, unknown>, claimed: Int32Array): Map<number, number[]> {
  const cells = new Map<number, number[]>();
  for (let leaf = 0; leaf < count; leaf++) {
    const of = address[leaf] ?? -1;
    if (!columns.has(of) || claimed[leaf] !== 0) continue;
    const known = cells.get(of);
    if (known === undefined) cells.set(of, [leaf]);
    else known.push(leaf);
  }
  return cells;
}

function valueIn(text: string, { cell, fits }: Kind, leaf: number): { leaf: number; from: number; to: number }[] {
  const value = cell.exec(text.trim())?.groups?.name;
  if (value === undefined || !fits(value)) return [];
  const from = text.indexOf(value);
  return [{ leaf, from, to: from + value.length }];
}
