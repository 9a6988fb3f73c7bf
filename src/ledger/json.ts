/** What a column marked "json" in schema.ts holds: text that this ledger wrote itself, of the type the caller names. */
export function fromJson<T>(text: string): T {
  const parsed: T = JSON.parse(text);
  return parsed;
}
