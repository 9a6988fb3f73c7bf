import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** A statement and what is bound to it. `Row` is what it yields (a type only). */
export interface Bound<Row> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly row?: Row;
}

/**
 * Where statements run: inside a transaction of the writer thread (answers are there at once), or in a reader thread or a PostgreSQL
 * client (answers are promises). Operations await either.
 */
export interface Executor {
  /** Returns how many rows it changed. */
  run(statement: Bound<unknown>): number | Promise<number>;
  get<Row>(statement: Bound<Row>): Row | undefined | Promise<Row | undefined>;
  all<Row>(statement: Bound<Row>): readonly Row[] | Promise<readonly Row[]>;
  /** Each statement goes to a server and its answer back: one for many rows is cheaper than many (many.ts). */
  readonly remote?: true;
}

/** Builds statements and runs none. */
export type Builder = Kysely<Schema>;

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Compiles a statement once; each call then only puts its values in their places. Compiling with Kysely for each message was
 * measured to cost more than running the statement (docs/adr/0010-one-writer-thread.md).
 *
 * @example
 * const byId = prepare<{ id: string }>()((p) => db.selectFrom('flows').selectAll().where('key', '=', p.id));
 * const row = await executor.get(byId({ id: 'x' }));
 */
export function prepare<Values extends Record<string, unknown>>() {
  return <Row>(build: (p: { readonly [Name in keyof Values]: RawBuilder<Values[Name]> }) => Compilable<Row>) => {
    // Any property of `places` is a placeholder of that name; the type above says which ones a caller must fill.
    const places = new Proxy(Object.create(null), { get: (_target, name) => sql`${new Placeholder(String(name))}` });
    const compiled = build(places).compile();
    const slots = compiled.parameters.map((parameter) => (parameter instanceof Placeholder ? parameter.name : null));
    const constants = compiled.parameters;
    return (values: Values): Bound<Row> => ({
      sql: compiled.sql,
      parameters: slots.map((name, index) => (name === null ? constants[index] : values[name])),
    });
  };
}

/** A statement for one call, for what pages and commands ask: its shape depends on their filters. */
export function once<Row>(query: Compilable<Row>): Bound<Row> {
  const { sql: text, parameters } = query.compile();
  return { sql: text, parameters };
}

/**
 * Runs writes that need nothing of each other: where statements go to a server, without waiting for each other's answers. Throws what failed
 * first, and not before all have ended, so that none is still on its way when a caller takes back what they did. Elsewhere one after the other:
 * SQLite may end a transaction by itself where a write fails, and nothing may be written after that.
 */
export async function together(x: Executor, writes: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (x.remote !== true) {
    for (const write of writes) await write();
    return;
  }
  const running = writes.map((write) => write());
  const ended = Promise.allSettled(running);
  try {
    await Promise.all(running);
  } finally {
    await ended;
  }
}
