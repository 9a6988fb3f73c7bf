/** A message with the fingerprints of its content. */
export interface Printed {
  readonly id: string;
  readonly at: number;
  readonly prints: readonly string[];
}

/**
 * Messages of the same content as paths, each in time order, the earliest path first: one fingerprint in common joins two messages, and so all that
 * either is joined to. A message that nothing shares content with is no path.
 */
export function joinPaths(messages: readonly Printed[]): string[][] {
  const paths = new Map<string, Printed[]>();
  for (const message of messages) {
    const joined = [...new Set(message.prints.flatMap((print) => paths.get(print) ?? []))];
    const path = [...joined, message];
    for (const print of new Set(path.flatMap(({ prints }) => prints))) paths.set(print, path);
  }
  const before = (one: Printed, other: Printed): number => one.at - other.at || (one.id < other.id ? -1 : 1);
  return [...new Set(paths.values())]
    .filter((path) => path.length > 1)
    .map((path) => path.sort(before))
    .sort((one, other) => (one[0]?.at ?? 0) - (other[0]?.at ?? 0))
    .map((path) => path.map(({ id }) => id));
}
