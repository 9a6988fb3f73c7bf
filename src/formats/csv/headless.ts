/** `DOE^JANE`, `Doe, Jane` */
const NAME = /^\p{Lu}[\p{L}'’ .-]{1,40}(?:\^|, ?)\p{Lu}[\p{L}'’ .^-]{0,60}$/u;
const DAY =
  /^(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))$/;
const TIME = /^(?:(?:19|20)\d{2}-?\d{2}-?\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))[T ]?\d{2}:?\d{2}/;
const NUMBER = /^[A-Z]{0,3}\d{5,12}$/;
const PARTED = /^[A-Z]{0,3}\d{1,6}(?:-[A-Z]{0,2}\d{1,8}){1,3}$/;

/** `ARCHULETA`, `De la Cruz`: a family or a given name in a column of its own. */
const WORD = /^\p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}'’.-]{0,20}){0,2}$/u;
const SEX = /^(?:[MFUXW]|male|female|[mf])$/i;
/** `54/F`, `2m/F`, `31 Y / M` */
const AGED = /^\d{1,3} ?(?:[ymd]|yrs?|mo|mths?)? ?[/-] ?[MFO]$/i;
const WORDS = /^(?:\p{Lu}[\p{L}.'’-]* (?:of )?){1,4}\p{Lu}[\p{L}.'’-]*$/u;
/** Numbers of members and claims: figures for the most part. */
const CODE = /^(?=(?:[A-Z]*\d){5})[A-Z\d]{6,18}$/;

const NARROWEST = 3;
/** With fewer columns than this names in one of them and days in another have to say what the rows are. */
const PLAIN = 5;
const FEWEST = 3;
/** Born in so many different years, and no appointments of one. */
const YEARS = 15;

/** The columns that say who a row is about: one of family and given names, or two side by side. */
interface Named {
  readonly at: number;
  readonly width: 1 | 2;
  /** Who each row is about. */
  readonly names: readonly string[];
}

/**
 * What the columns of a table without a header are, as words of one. Only names tell that it is about people: family and given names in one column, or one beside the
 * other where a column has a sex and another days of birth. Then what goes with the names one to one, row for row, is theirs. Null where there are none.
 */
export function guessColumns(rows: readonly (readonly string[])[]): string[] | null {
  const width = rows[0]?.length ?? 0;
  if (width < NARROWEST || rows.length < FEWEST) return null;
  const columns = Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
  const isPlain = width >= PLAIN || columns.some((cells) => areAll(cells, DAY));
  const named =
    (isPlain ? wholeNames(columns) : null) ?? (width >= PLAIN ? (namesInTwo(columns) ?? namesInWords(columns)) : null);
  if (named === null) return null;
  const { names } = named;
  const taken = new Set<string>();
  const once = (words: string): string => {
    if (taken.has(words)) return '';
    taken.add(words);
    return words;
  };
  return columns.map((cells, column) => {
    if (column === named.at) return named.width === 1 ? 'patient name' : 'patient last name';
    if (column === named.at + 1 && named.width === 2) return 'patient first name';
    if (areAll(cells, TIME)) return 'date';
    if (areAll(cells, DAY)) return (goesWith(cells, names) && once('birth date')) || 'date';
    if (areAll(cells, CODE) && isUnique(cells) && new Set(names).size < names.length) return once('account no');
    if (!goesWith(cells, names)) return '';
    if (areAll(cells, NUMBER)) return once('mrn');
    if (areAll(cells, CODE)) return once('account no') || once('mrn');
    return areAll(cells, PARTED) ? once('accession') : '';
  });
}

function wholeNames(columns: readonly (readonly string[])[]): Named | null {
  const at = columns.findIndex((cells) => areAll(cells, NAME));
  return at < 0 ? null : { at, width: 1, names: columns[at] ?? [] };
}

/** `ARCHULETA|DIONICIO|19530214|M`: words alone may be anything, but not beside a sex and days that lie decades apart. */
function namesInTwo(columns: readonly (readonly string[])[]): Named | null {
  const isPeople =
    columns.some((cells) => areAll(cells, SEX)) && columns.some((cells) => areAll(cells, DAY) && spanOf(cells) >= YEARS);
  if (!isPeople) return null;
  const isWords = (cells: readonly string[] | undefined): boolean =>
    cells !== undefined && areMostly(cells, WORD) && new Set(cells).size * 2 > cells.length;
  const at = columns.findIndex((cells, column) => isWords(cells) && isWords(columns[column + 1]));
  return at < 0
    ? null
    : { at, width: 2, names: (columns[at] ?? []).map((family, row) => `${family}, ${columns[at + 1]?.[row] ?? ''}`) };
}

/** `Smt. Lakshmi Devi,54/F`: two words or more with capitals, in a table with a column of ages and sexes. */
function namesInWords(columns: readonly (readonly string[])[]): Named | null {
  if (!columns.some((cells) => areAll(cells, AGED))) return null;
  const at = columns.findIndex((cells) => areMostly(cells, WORDS) && new Set(cells).size * 2 > cells.length);
  return at < 0 ? null : { at, width: 1, names: columns[at] ?? [] };
}

/** From the first to the last year of some days. */
function spanOf(days: readonly string[]): number {
  const years = days.flatMap((day) => /(?:19|20)\d{2}/.exec(day)?.[0] ?? []).map(Number);
  return years.length === 0 ? 0 : Math.max(...years) - Math.min(...years);
}

function isUnique(cells: readonly string[]): boolean {
  return new Set(cells).size === cells.length;
}

/** Every cell that is not empty, and most are not. */
function areAll(cells: readonly string[], pattern: RegExp): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length * 2 > cells.length && filled.every((cell) => pattern.test(cell));
}

/** Three in four: `Mary Joy & Mary Ann` are names as well. */
function areMostly(cells: readonly string[], pattern: RegExp): boolean {
  return cells.filter((cell) => pattern.test(cell)).length * 4 >= cells.length * 3;
}

/** One value for each name, and one name for each value. */
function goesWith(cells: readonly string[], names: readonly string[]): boolean {
  const pairs = new Set(cells.map((cell, row) => `${cell}\n${names[row] ?? ''}`));
  return pairs.size === new Set(cells).size && pairs.size === new Set(names).size;
}
