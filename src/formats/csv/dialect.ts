import { spokenWords } from '../text/words.ts';
import { guessColumns } from './headless.ts';

/** How a table is written. */
export interface Dialect {
  /** The byte between two cells. */
  readonly delimiter: number;
  /** Cells a row has. */
  readonly width: number;
  /** Where its first row begins, behind titles. */
  readonly at: number;
  /** Each row has the name of a field and its value: a face sheet, as forms are exported. */
  readonly fields?: true;
  /** What its columns are by what stands in them, where there is no header. */
  readonly guessed?: readonly string[];
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
/** A line that is drawn between a title, a header and what is under it. */
const RULER = /^\s*[-=_*+ ]{3,}\s*$/;
/** Rows of titles above a header: what the list is, of when, by whom it was printed. */
const MOST_TITLES = 6;

/** From so many columns on, a table with one row of data, or with columns nobody knows, is told from prose; and one that is ragged. */
const WIDE = 4;
const WIDER = 5;

/** Words that name a column of a table about people, or of any: one of them has to be there where a table is only two cells wide. */
const KNOWN = new Set(
  `id ids no num number nbr code name first last given family surname forename forenames dob birth date dt time mrn ssn phone tel email mail address addr street city
   state zip postcode sex gender age value result type status patient pat provider physician encounter visit account acct member unit description desc key
   pt rx drug ward room bed mod modality dose qty employer insurance contact emergency guarantor ss race ethnicity language occupation religion
   nr nummer vorname nachname geburtsdatum gebdat geb geschlecht alter strasse plz ort telefon fallnr patnr kasse station datum bemerkung arzt diagnose
   nom prenom naissance ddn sexe adresse ville telephone medecin sejour dossier commentaire nip ipp
   nombre apellido apellidos paciente fecha nacimiento sexo edad direccion telefono medico dni nhc diagnostico
   cognome nome nascita sesso indirizzo citta paziente reparto diagnosi endereco nascimento morada utente
   naam voornaam achternaam geboortedatum geslacht adres woonplaats bsn arts
   fornavn efternavn etternavn fornamn efternamn fodselsdato personnummer cpr kon kjonn`.split(/\s+/),
);
/** The same in scripts that put no spaces between words. */
const KNOWN_EAST =
  /番号|编号|編號|氏名|姓名|名前|フリガナ|年月日|日期|日時|性别|性別|住所|地址|電話|电话|年齢|年龄|患者|备注|備考|번호|이름|성명|성별|환자|생년월일|주소|전화/;

/**
 * How sure it is that bytes begin with a table: a header whose cells are short names, all different, and rows of the same number of cells (RFC 4180, also with tabs,
 * semicolons or bars). Null where they do not. Prose has commas and lines, and messages have bars, so all that is asked has to hold.
 */
export function dialectOf(buffer: Buffer): Dialect | null {
  let best: Dialect | null = null;
  const parted = DELIMITERS.map((delimiter) => rowsOf(buffer, delimiter));
  for (const each of parted) {
    const { delimiter, rows, at } = tableOf(each);
    const [names] = rows;
    const width = names?.length ?? 0;
    if (names === undefined || width < 2 || width > WIDEST) continue;
    const header = names.map(decoded);
    if (at > 0 && !header.some(isKnown)) continue;
    const isSentence = delimiter === COMMA && isSpaced(buffer, at);
    if (rows.length < (width >= WIDE && !isSentence && saysColumns(header) ? FEWEST - 1 : FEWEST)) continue;
    if (!isEven(rows, width) || !isHeader(header, rows, delimiter) || isMessage(rows, delimiter)) continue;
    if (isSentence && !saysColumns(header)) continue;
    if (!hasData(rows) || width <= (best?.width ?? 0)) continue;
    best = { delimiter, width, at };
  }
  return fieldsOf(parted) ?? best ?? headlessOf(parted);
}

const FIELD = /^(?:fields?|field name|labels?|items?|attributes?|keys?|questions?|feld|merkmal|campo|champ|veld)$/;
const VALUE = /^(?:values?|answers?|responses?|contents?|wert|inhalt|valor|valeur|valore|waarde)$/;

/** A table of two columns that names a field in each row: its first row says so, or most of the first cells are what columns are called, and the first value is not. */
function fieldsOf(parted: readonly Rows[]): Dialect | null {
  for (const { delimiter, rows } of parted) {
    if (rows.length < FEWEST || !rows.every((row) => row.length === 2)) continue;
    const fields = rows.map(([field = '']) => decoded(field));
    const [first = '', value = ''] = rows[0]?.map((cell) => spokenWords(decoded(cell))) ?? [];
    const isSaid = FIELD.test(first) && VALUE.test(value);
    const known = fields.filter((field) => isName(field) && !field.includes(':') && isKnown(field)).length;
    const isForm = known >= FEWEST && known * 2 >= fields.length && !isKnown(value) && new Set(fields).size === fields.length;
    if (isSaid || isForm) return { delimiter, width: 2, at: 0, fields: true };
  }
  return null;
}

/** A table that begins with data, where it is plain enough what that is. */
function headlessOf(parted: readonly Rows[]): Dialect | null {
  for (const { delimiter, rows } of parted) {
    const width = rows[0]?.length ?? 0;
    const even = rows.filter((row) => row.length === width);
    // A text that holds the delimiter and has no quotes makes a row wider.
    if (width < (delimiter === COMMA ? WIDE : FEWEST) || even.length * 3 < rows.length * 2 || isMessage(rows, delimiter))
      continue;
    const guessed = guessColumns(even.map((row) => row.map(decoded)));
    if (guessed !== null) return { delimiter, width, at: 0, guessed };
    // Nobody knows what its columns are, but what fills each is of one kind (src/detect/column-votes.ts).
    if (isGrid(rows, delimiter)) return { delimiter, width, at: 0, guessed: Array.from({ length: width }, () => '') };
  }
  return null;
}

/** Rows of totals and remarks under a table. */
const MOST_ENDINGS = 4;

/** The rows without what stands under them: a table of many columns may end in totals, or in who agreed to it. */
function withoutEndings<T>(rows: readonly (readonly T[])[], width: number): readonly (readonly T[])[] {
  const most = width >= WIDER ? width / 2 : width >= FEWEST ? 1 : 0;
  let end = rows.length;
  while (end > FEWEST && rows.length - end < MOST_ENDINGS && (rows[end - 1]?.length ?? width) <= most) end--;
  return rows.slice(0, end);
}

/** Rows of the same width throughout, each with a number in it, as only data has: by commas, which prose has as well, more of them. */
function isGrid(rows: readonly (readonly string[])[], delimiter: number): boolean {
  const width = rows[0]?.length ?? 0;
  if (rows.length < WIDE || width < (delimiter === COMMA ? WIDER + 1 : WIDE)) return false;
  return rows.every((row) => row.length === width && row.some((cell) => /\d/.test(cell))) && hasData(rows);
}

/**
 * Rows as wide as the header. In a table of many columns a third of the rows may be of another width: exports forget to quote a text that holds a delimiter, and
 * lose cells at the end of a row.
 */
function isEven(all: readonly (readonly string[])[], width: number): boolean {
  const rows = withoutEndings(all, width);
  const odd = rows.filter((row) => row.length !== width);
  if (odd.length === 0) return true;
  return width >= WIDER && odd.length * 3 <= rows.length - 1 && odd.every((row) => row.length * 2 > width);
}

/** A body as it is parted by one of the delimiters. */
interface Rows {
  readonly delimiter: number;
  readonly rows: string[][];
  /** Where each of them begins. */
  readonly starts: readonly number[];
}

/** The rows from the header on, and where that begins. Titles fill few of the columns of a wide table, and are one cell above a narrow one whose columns are known. */
function tableOf({ delimiter, rows, starts }: Rows): Omit<Rows, 'starts'> & { readonly at: number } {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const titles = rows.findIndex((row) => row.filter((cell) => cell !== '').length * 2 >= width);
  const isTitled = width >= WIDER || (width >= FEWEST && saysColumns((rows[titles] ?? []).map(decoded)));
  if (!isTitled || titles < 1 || titles > MOST_TITLES) return { delimiter, rows, at: 0 };
  return { delimiter, rows: rows.slice(titles), at: starts[titles] ?? 0 };
}

/** Whole rows at the beginning, without quotes; blank lines are none. The last is left out where it may go on. */
function rowsOf(buffer: Buffer, delimiter: number): Rows {
  const rows: string[][] = [];
  const starts: number[] = [];
  let start = 0;
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
      // Lines that are drawn are no rows.
      if ((row.length > 0 || cell.trim() !== '') && !(row.length === 0 && RULER.test(cell))) {
        rows.push([...row, cell.trim()]);
        starts.push(start);
      }
      row = [];
      cell = '';
      start = at + 1;
    } else cell += String.fromCharCode(byte);
  }
  // A file may end without a line break.
  if (!quoted && rows.length < LOOKED_AT && row.length > 0 && row.length + 1 === rows.at(-1)?.length) {
    rows.push([...row, cell.trim()]);
    starts.push(start);
  }
  return { delimiter, rows, starts };
}

/** Every comma of the line that begins there has a space behind it, as in a sentence. */
function isSpaced(buffer: Buffer, from: number): boolean {
  const end = buffer.indexOf(LF, from);
  return !/,\S/.test(buffer.toString('latin1', from, end < 0 ? buffer.length : end));
}

/** Cells are read a byte a character; names of columns may be UTF-8. */
function decoded(cell: string): string {
  const text = Buffer.from(cell, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? cell : text;
}

/** Whether it is, or holds, a word that columns are called by. */
export const isKnown = (cell: string): boolean =>
  KNOWN_EAST.test(cell) ||
  spokenWords(cell)
    .split(' ')
    .some((word) => KNOWN.has(word));

/** Whether most of the names are what columns are called. */
export const saysColumns = (header: readonly string[]): boolean => header.filter(isKnown).length * 2 > header.length;

/** Names: short, of letters, all different, none that looks like a value; a few may be empty. */
function isHeader(header: readonly string[], rows: readonly (readonly string[])[], delimiter: number): boolean {
  const named = header.filter((cell) => cell !== '');
  // Bars are drawn around a table as well as between its columns.
  const drawn = header[0] === '' && header.at(-1) === '' ? 2 : 0;
  if (named.length * 4 < (header.length - drawn) * 3 || named.length < 2) return false;
  if (new Set(named.map((cell) => cell.toLowerCase())).size !== named.length) return false;
  if (!named.every(isName)) return false;
  // Two columns, or commas with a space behind as prose has them, are few to go by.
  if ((header.length > 2 && delimiter !== COMMA) || named.some(isKnown)) return true;
  return header.length >= WIDER && rows.every((row, index) => index === 0 || row.filter((cell) => /\d/.test(cell)).length > 1);
}

const SHORT = 20;
/** `Geb. Dat.`, `Sygesikringsgr.` */
const ABBREVIATED = /^(?:.{0,20}(?<!\p{L})\p{L}{1,8}|[\p{L}-]{1,20})\.$/u;

/** Whether a cell may be the name of a column. A full stop ends a sentence, and an abbreviation. */
export function isName(cell: string): boolean {
  if (cell.length > 64 || !/\p{L}/u.test(cell) || cell.split(/\s+/).length > 6) return false;
  // `Fit?` is asked of everybody in a column; a question in prose is longer.
  const bare = cell.length <= SHORT ? cell.replace(/\?$/, '') : cell;
  return !/\d{4}|[@!?]$|[@=<>{}|]/.test(bare) && (!bare.endsWith('.') || ABBREVIATED.test(bare));
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
