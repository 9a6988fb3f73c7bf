/** Why a match counts for nothing: an entry of a site's overlay says so (src/tuning/). */
export interface Suppression {
  /** The overlay and its entry: `st-anna/no-fax`. */
  readonly entry: string;
  /** First instant at which the match counts again, milliseconds since the epoch. */
  readonly until: number;
  /** Which entry, who wrote it and why, as the history of an incident says it. */
  readonly note: string;
}

/** Why a cause is an accepted risk: each of its matches is suppressed. */
export interface Acceptance {
  readonly entries: readonly string[];
  /** When the first of the entries ends: from then on not all of it is accepted. */
  readonly until: number;
  readonly note: string;
}

/** Entries that an acceptance names: one cause rarely has two. */
const NAMED = 5;

/** What some suppressions accept together; undefined where there is none. */
export function acceptanceOf(suppressions: readonly Suppression[]): Acceptance | undefined {
  const [first, ...rest] = suppressions;
  return first === undefined
    ? undefined
    : rest.reduce<Acceptance>((sum, each) => addAcceptance(sum, asAcceptance(each)), asAcceptance(first));
}

function asAcceptance({ entry, until, note }: Suppression): Acceptance {
  return { entries: [entry], until, note };
}

/** Two acceptances of one cause. */
export function addAcceptance(one: Acceptance, other: Acceptance): Acceptance {
  const until = Math.min(one.until, other.until);
  const added = other.entries.filter((entry) => !one.entries.includes(entry));
  if (added.length === 0 || one.entries.length >= NAMED) return { ...one, until };
  return { entries: [...one.entries, ...added], until, note: `${one.note}; ${other.note}` };
}
