import type { Nesting } from './nesting.ts';

/**
 * Knows which tags a data set or item has already had. Tags rise (PS3.5 §7.1), so one comparison is enough for nearly every element;
 * only where they do not is there a set, made from a log of all elements.
 */
export interface Log {
  /** Tag and level of each element. */
  entries: Int32Array;
  count: number;
  readonly seen: Map<number, Set<number>>;
  next: number;
  /** Entries that may still be looked through for sets: nested disorder must not cost more than the object. */
  budget: number;
}

const BUDGET = 1 << 24;

export function createLog(): Log {
  return { entries: new Int32Array(1024), count: 0, seen: new Map(), next: 0, budget: BUDGET };
}

/** Begins a data set or item at the top of the stack. */
export function begin(log: Log, nesting: Nesting): void {
  nesting.serial[nesting.depth] = log.next++;
  nesting.first[nesting.depth] = log.count;
  nesting.tag[nesting.depth] = 0;
}

/** Enters an element of the data set or item at the top of the stack; true when it had one with this tag before. */
export function isDuplicate(log: Log, nesting: Nesting, tag: number): boolean {
  const top = nesting.depth;
  const serial = nesting.serial[top] ?? 0;
  const highest = (nesting.tag[top] ?? 0) >>> 0;
  const rises = tag >>> 0 > highest;
  if (rises) nesting.tag[top] = tag;
  const set =
    (log.seen.size === 0 ? undefined : log.seen.get(serial)) ??
    (rises ? undefined : seenBy(log, serial, nesting.first[top] ?? 0));
  const duplicate = set?.has(tag) ?? tag >>> 0 === highest;
  set?.add(tag);
  if (log.count * 2 === log.entries.length) {
    const larger = new Int32Array(log.entries.length * 2);
    larger.set(log.entries);
    log.entries = larger;
  }
  log.entries[log.count * 2] = tag;
  log.entries[log.count * 2 + 1] = serial;
  log.count++;
  return duplicate;
}

function seenBy(log: Log, serial: number, first: number): Set<number> | undefined {
  log.budget -= log.count - first;
  if (log.budget < 0) return undefined;
  const set = new Set<number>();
  for (let at = first; at < log.count; at++) if (log.entries[at * 2 + 1] === serial) set.add(log.entries[at * 2] ?? 0);
  log.seen.set(serial, set);
  return set;
}
