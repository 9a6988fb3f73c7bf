import { type RawBuilder, sql } from 'kysely';
import type { Bound, Builder, Executor } from './statement.ts';

/** PostgreSQL's type of a column; SQLite takes what it is given. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision' | 'bytea';

/** The columns that a statement takes from each row, with their types. */
export type Columns<Values> = { readonly [Name in keyof Values & string]: ColumnType };

/**
 * A statement for any number of rows: `each` for one after the other, where that costs a function call (SQLite), `all` once for all of
 * them, where each would cost a message to the server and back (PostgreSQL). `Row` is what it yields (a type only).
 */
export interface Many<Values, Row> {
  each(values: Values): Bound<Row>;
  all(rows: readonly Values[]): Bound<Row>;
}

/**
 * A text as both engines give it back: PostgreSQL's holds no NUL, SQLite's ends there, and neither holds half a surrogate pair. Malformed
 * messages do: these become U+FFFD.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** Runs it in the way of the executor. */
export async function runMany<Values, Row>(
  x: Executor,
  statement: Many<Values, Row>,
  rows: readonly Values[],
): Promise<readonly Row[]> {
  if (rows.length === 0) return [];
  if (x.remote === true) return await x.all(statement.all(rows));
  const yielded: Row[] = [];
  for (const row of rows) for (const each of await x.all(statement.each(row))) yielded.push(each);
  return yielded;
}

/** `INSERT`. Rows in conflict are left out unless `conflict` says otherwise. Yields `returning` of those that were written. */
export function insertMany<Values extends object, Row = never>(
  db: Builder,
  table: string,
  columns: Columns<Values>,
  options: { conflict?: RawBuilder<unknown>; returning?: readonly (keyof Row & string)[] } = {},
): Many<Values, Row> {
  const { conflict = sql`do nothing`, returning = [] } = options;
  const names = namesOf(columns);
  const into = sql`insert into ${sql.table(table)} (${refs(names)})`;
  const tail = returning.length === 0 ? sql`` : sql` returning ${refs(returning)}`;
  return many<Values, Row>(db, columns, {
    each: (place) => sql<Row>`${into} values (${sql.join(names.map(place))}) on conflict ${conflict}${tail}`,
    all: (rows, value) => sql<Row>`${into} select ${sql.join(names.map(value))} from ${rows} on conflict ${conflict}${tail}`,
  });
}

/** `UPDATE` of the rows with these keys: all other columns are set. */
export function updateMany<Values extends object>(
  db: Builder,
  table: string,
  keys: readonly (keyof Values & string)[],
  columns: Columns<Values>,
): Many<Values, never> {
  const set = (value: Place<Values>) =>
    sql.join(
      namesOf(columns)
        .filter((name) => !keys.includes(name))
        .map((name) => sql`${sql.ref(name)} = ${value(name)}`),
    );
  return many<Values, never>(db, columns, {
    each: (place) => sql<never>`update ${sql.table(table)} set ${set(place)} where ${matching(table, keys, place)}`,
    all: (rows, value) =>
      sql<never>`update ${sql.table(table)} set ${set(value)} from ${rows} where ${matching(table, keys, value)}`,
  });
}

/** `SELECT` of `wanted` where the key is one of the rows'; each key once. */
export function selectMany<Values extends object, Row extends object>(
  db: Builder,
  table: string,
  columns: Columns<Values>,
  wanted: Columns<Row>,
): Many<Values, Row> {
  const keys = namesOf(columns);
  const select = sql`select ${sql.join(namesOf(wanted).map((name) => sql.ref(`${table}.${name}`)))} from ${sql.table(table)}`;
  return many<Values, Row>(db, columns, {
    each: (place) => sql<Row>`${select} where ${matching(table, keys, place)}`,
    all: (rows, value) => sql<Row>`${select} join ${rows} on ${matching(table, keys, value)}`,
  });
}

/** `DELETE` of the rows with these keys. */
export function deleteMany<Values extends object>(db: Builder, table: string, columns: Columns<Values>): Many<Values, never> {
  const keys = namesOf(columns);
  return many<Values, never>(db, columns, {
    each: (place) => sql<never>`delete from ${sql.table(table)} where ${matching(table, keys, place)}`,
    all: (rows, value) => sql<never>`delete from ${sql.table(table)} using ${rows} where ${matching(table, keys, value)}`,
  });
}

/** What stands for a column's value in a statement. */
type Place<Values> = (name: keyof Values & string) => RawBuilder<unknown>;

interface Forms<Values, Row> {
  each(place: Place<Values>): RawBuilder<Row>;
  /** `rows` is a table `r`. */
  all(rows: RawBuilder<unknown>, value: Place<Values>): RawBuilder<Row>;
}

/** Placeholders of `all`. Bytes go beside the JSON of the rows, one after the other; each row says where its own are. */
const ROWS = 'rows';
const BYTES = 'bytes';

/** Each form is compiled once. At most one column is of bytes. */
function many<Values extends object, Row>(db: Builder, columns: Columns<Values>, forms: Forms<Values, Row>): Many<Values, Row> {
  const names = namesOf(columns);
  const blob = names.find((name) => columns[name] === 'bytea');
  const each = forms.each((name) => sql`${name}`).compile(db);
  const order = each.parameters.flatMap((parameter) => names.filter((name) => name === parameter));
  const types = names.flatMap((name) =>
    name === blob ? [sql`at integer, size integer`] : [sql`${sql.ref(name)} ${typeOf(columns[name])}`],
  );
  const all = forms
    .all(sql`json_to_recordset(${ROWS}::json) as r(${sql.join(types)})`, (name) =>
      name === blob ? sql`substring(${BYTES}::bytea from r.at for r.size)` : sql.ref(`r.${name}`),
    )
    .compile(db);
  return {
    each: (values) => ({ sql: each.sql, parameters: order.map((name) => values[name]) }),
    all(rows) {
      const { json, bytes } = blob === undefined ? { json: toJson(rows), bytes: null } : apart(rows, blob);
      return { sql: all.sql, parameters: all.parameters.map((parameter) => (parameter === BYTES ? bytes : json)) };
    },
  };
}

/** Strings compare by bytes, as the columns do that they are compared with. */
function typeOf(type: ColumnType): RawBuilder<unknown> {
  return sql.raw(type === 'text' ? 'text collate "C"' : type);
}

function apart<Values extends object>(rows: readonly Values[], blob: keyof Values): { json: string; bytes: Buffer } {
  const parts: Uint8Array[] = [];
  let at = 1;
  const json = rows.map((row) => {
    const part = row[blob];
    if (!(part instanceof Uint8Array)) throw new TypeError('a column of bytes holds something else');
    parts.push(part);
    at += part.length;
    return { ...row, [blob]: undefined, at: at - part.length, size: part.length };
  });
  return { json: toJson(json), bytes: Buffer.concat(parts) };
}

function toJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  if (!UNFIT.test(json)) return json;
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value));
}
const UNFIT = /\\u(?:0000|d[89a-f])/;

function namesOf<Values>(columns: Columns<Values>): (keyof Values & string)[] {
  return Object.keys(columns).filter((name): name is keyof Values & string => name in columns);
}

function refs(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.ref(name)));
}

function matching<Values>(table: string, keys: readonly (keyof Values & string)[], value: Place<Values>): RawBuilder<unknown> {
  return sql.join(
    keys.map((key) => sql`${sql.ref(`${table}.${key}`)} = ${value(key)}`),
    sql` and `,
  );
}
