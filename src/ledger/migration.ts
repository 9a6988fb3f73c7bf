/** One step of the schema, forward only. A step that was released is never changed: a later one mends it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** One statement each, in order. */
  readonly sqlite: readonly string[];
  /** The same step on PostgreSQL. */
  readonly postgres: readonly string[];
}
