/** Some rows of a list, and where the next ones begin. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}
