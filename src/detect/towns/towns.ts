import { addGroup } from '../names/front-coded.ts';
import { hashOf } from '../names/letters.ts';
import { createTable, type Table } from '../names/table.ts';
import { TOWNS } from './towns.generated.ts';

/** What a town's name can be told from. */
export const Town = {
  /** It is a town, and may be a surname, a word or an eponym too: where a state, a county or a sentence about people says so. */
  known: 1,
  /** Nothing else stands after `in` or `near`. */
  place: 2,
  /** Nor after `from` or `at`, where people and things stand too. */
  sure: 4,
  /** Nor after `in` in small letters. */
  small: 8,
  /** No eponym, maker or drug has its name: a sentence about people on their way is enough. */
  told: 16,
} as const;

let made: Table | null = null;

function build(): Table {
  const table = createTable(17);
  for (const [bits, coded] of Object.entries(TOWNS)) addGroup(table, coded, Number(bits));
  return table;
}

/** Bits of a town, 0 for what is none. Letters alone count, so a postal code beside the name does no harm. The table is made when the first name is asked for. */
export function townBits(text: string): number {
  made ??= build();
  return made.get(hashOf(text));
}
