import type { Leaves } from '../core/format.ts';
import type { Match } from './match.ts';

/** Names of people whom nothing in the text describes, found by how words are written and how common they are as names. */
const NAMES = 'names.unknown';

/** Under it one of these may as well be a thing that is called like a person. */
const SURE = 0.7;

/** Rules that find towns and postal codes by what stands around them: where nobody lives is one as well, and an institution has an address. */
const OF_TEXT = /^(?:text|places)\./;

/** Finds days by their figures alone, which now and then are a count or a strength. */
const DAYS = 'text.day-likely';

/** What is left of the confidence of what stands alone. */
const LEFT = 0.6;

/**
 * Marks names and days that are little sure, and towns, that stand in a text that says nothing else of anybody: `Mitchell trimmer`, `Marks and Spencer`. Texts of one place
 * in a message (all lines of a note, all comments) speak for each other; a clinician's name speaks for nothing. What is marked is
 * reported with less confidence, and a policy does not count it (docs/adr/0053-names-in-text.md).
 */
export function markLone(leaves: Pick<Leaves, 'address'>, matches: readonly Match[]): readonly Match[] {
  if (!matches.some(isUnsure)) return matches;
  const told = new Set<number>();
  for (const match of matches) if (!isUnsure(match) && match.subject !== 'provider') told.add(leaves.address[match.leaf] ?? -1);
  return matches.map((match) =>
    isUnsure(match) && !told.has(leaves.address[match.leaf] ?? -1)
      ? { ...match, confidence: Math.round(match.confidence * LEFT * 100) / 100, lone: true }
      : match,
  );
}

function isUnsure({ rule, confidence, category }: Match): boolean {
  return (rule === NAMES && confidence < SURE) || rule === DAYS || (category === 'geo' && OF_TEXT.test(rule));
}

/** Whether a policy passes it over where something of somebody may be: it stands alone, and the registry does not know it as a patient's either. */
export function isLone({ lone, registry }: Match): boolean {
  return lone === true && registry === undefined;
}
