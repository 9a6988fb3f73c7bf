/** `DOE^JANE`, `Doe, Jane` */
const NAME = /^\p{Lu}[\p{L}'’ .-]{1,40}(?:\^|, ?)\p{Lu}[\p{L}'’ .^-]{0,60}$/u;
const DAY =
  /^(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))$/;
const TIME = /^(?:(?:19|20)\d{2}-?\d{2}-?\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))[T ]?\d{2}:?\d{2}/;
const NUMBER = /^[A-Z]{0,3}\d{5,12}$/;
const PARTED = /^[A-Z]{0,3}\d{1,6}(?:-[A-Z]{0,2}\d{1,8}){1,3}$/;

const NARROWEST = 5;
const FEWEST = 3;

/**
 * What the columns of a table without a header are, as words of one. Only a column of family and given names tells that it is about people; then what goes with the
 * names one to one, row for row, is theirs. Null where there is no such column.
 */
export function guessColumns(rows: readonly (readonly string[])[]): string[] | null {
  const width = rows[0]?.length ?? 0;
  if (width < NARROWEST || rows.length < FEWEST) return null;
  const columns = Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
  const named = columns.findIndex((cells) => areAll(cells, NAME));
  const names = columns[named];
  if (names === undefined) return null;
  const taken = new Set<string>();
  const once = (words: string): string => {
    if (taken.has(words)) return '';
    taken.add(words);
    return words;
  };
  return columns.map((cells, column) => {
    if (column === named) return 'patient name';
    if (areAll(cells, TIME)) return 'date';
    if (areAll(cells, DAY)) return (goesWith(cells, names) && once('birth date')) || 'date';
    if (!goesWith(cells, names)) return '';
    if (areAll(cells, NUMBER)) return once('mrn');
    return areAll(cells, PARTED) ? once('accession') : '';
  });
}

/** Every cell that is not empty, and most are not. */
function areAll(cells: readonly string[], pattern: RegExp): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length * 2 > cells.length && filled.every((cell) => pattern.test(cell));
}

/** One value for each name, and one name for each value. */
function goesWith(cells: readonly string[], names: readonly string[]): boolean {
  const pairs = new Set(cells.map((cell, row) => `${cell}\n${names[row] ?? ''}`));
  return pairs.size === new Set(cells).size && pairs.size === new Set(names).size;
}
