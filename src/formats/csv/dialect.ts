/** How a table is written. */
export interface Dialect {
  /** The byte between two cells. */
  readonly delimiter: number;
  /** Cells a row has. */
  readonly width: number;
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const COMMA = 0x2c;
/** Comma, tab, semicolon, vertical bar. */
const DELIMITERS = [COMMA, 0x09, 0x3b, 0x7c];
/** Rows looked at, and how many there have to be. */
const LOOKED_AT = 24;
const FEWEST = 3;
const WIDEST = 4096;

/** Words that name a column of a table about people, or of any: one of them has to be there where a table is only two cells wide. */
const KNOWN =
  /(?:^|[^a-z])(?:id|ids|no|num|number|code|name|first|last|given|family|surname|dob|birth|date|time|mrn|ssn|phone|tel|email|mail|address|street|city|state|zip|sex|gender|age|value|result|type|status|patient|pat|provider|physician|encounter|visit|account|member|unit|description|desc|key)(?:[^a-z]|$)/i;

/**
 * How sure it is that bytes begin with a table: a header whose cells are short names, all different, and rows of the same number of cells (RFC 4180, also with tabs,
 * semicolons or bars). Null where they do not. Prose has commas and lines, and messages have bars, so all that is asked has to hold.
 */
export function dialectOf(buffer: Buffer): Dialect | null {
  let best: Dialect | null = null;
  for (const delimiter of DELIMITERS) {
    const rows = rowsOf(buffer, delimiter);
    const [header] = rows;
    const width = header?.length ?? 0;
    if (header === undefined || rows.length < FEWEST || width < 2 || width > WIDEST) continue;
    if (rows.some((row) => row.length !== width) || !isHeader(header, delimiter) || isMessage(rows, delimiter)) continue;
    if (delimiter === COMMA && isSpaced(buffer) && !saysColumns(header)) continue;
    if (!hasData(rows) || width <= (best?.width ?? 0)) continue;
    best = { delimiter, width };
  }
  return best;
}

/** Whole rows at the beginning, without quotes; blank lines are none. The last is left out where it may go on. */
function rowsOf(buffer: Buffer, delimiter: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < buffer.length && rows.length < LOOKED_AT; at++) {
    const byte = buffer[at] ?? 0;
    if (quoted) {
      if (byte !== QUOTE) cell += String.fromCharCode(byte);
      else if (buffer[at + 1] === QUOTE) cell += String.fromCharCode(buffer[++at] ?? 0);
      else quoted = false;
    } else if (byte === QUOTE && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (byte === delimiter) {
      row.push(cell.trim());
      cell = '';
    } else if (byte === LF || byte === CR) {
      if (row.length > 0 || cell.trim() !== '') rows.push([...row, cell.trim()]);
      row = [];
      cell = '';
    } else cell += String.fromCharCode(byte);
  }
  // A file may end without a line break.
  if (!quoted && rows.length < LOOKED_AT && row.length > 0 && row.length + 1 === rows[0]?.length)
    rows.push([...row, cell.trim()]);
  return rows;
}

/** Every comma of the first line has a space behind it, as in a sentence. */
function isSpaced(buffer: Buffer): boolean {
  const end = buffer.indexOf(LF);
  return !/,\S/.test(buffer.toString('latin1', 0, end < 0 ? buffer.length : end));
}

const isKnown = (cell: string): boolean => KNOWN.test(cell.replace(/([a-z])([A-Z])/g, '$1 $2'));

const saysColumns = (header: readonly string[]): boolean => header.filter(isKnown).length * 2 > header.length;

/** Names: short, of letters, all different, none that looks like a value; a few may be empty. */
function isHeader(header: readonly string[], delimiter: number): boolean {
  const named = header.filter((cell) => cell !== '');
  if (named.length * 4 < header.length * 3 || named.length < 2) return false;
  if (new Set(named.map((cell) => cell.toLowerCase())).size !== named.length) return false;
  if (!named.every(isName)) return false;
  // Two columns, or commas with a space behind as prose has them, are few to go by.
  return (header.length > 2 && delimiter !== COMMA) || named.some(isKnown);
}

function isName(cell: string): boolean {
  return cell.length <= 64 && /\p{L}/u.test(cell) && !/\d{4}|[@.!?]$|[@=<>{}|]/.test(cell) && cell.split(/\s+/).length <= 6;
}

/** Segments of HL7 v2 that lost their header. */
function isMessage(rows: readonly (readonly string[])[], delimiter: number): boolean {
  return delimiter === 0x7c && rows.filter(([first = '']) => /^[A-Z][A-Z0-9]{2}$/.test(first)).length * 2 > rows.length;
}

/** Tables hold numbers, or cells without any space in them; lines of prose with as many commas each do not. */
function hasData(rows: readonly (readonly string[])[]): boolean {
  const cells = rows.slice(1).flat();
  const short = cells.filter((cell) => cell === '' || /\d/.test(cell) || cell.split(/\s+/).length <= 3).length;
  return short * 2 >= cells.length;
}
