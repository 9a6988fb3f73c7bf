import type { Category } from '../../src/core/vocabulary.ts';
import { withoutAccents } from './corpus/charsets.ts';
import type { Label } from './corpus/label.ts';
import type { Found } from './found.ts';

/**
 * Who found what, in one file:
 * - A label with bytes is found when findings of its category (or of one of `also`) cover at least half of its bytes together.
 * - A label without bytes is found when a finding of its category, below its path (without bytes too, where the label has no path), has text of which one holds the other, letters and digits
 *   alone, and at least half as long. A label without text asks for any finding of the category (`photo`).
 * - A finding is right when at least half of its bytes lie in labels that accept its category, or it finds a label without bytes. It is
 *   neither right nor wrong where most of it lies in labels that are optional, or all of it within a value that is made of others: a name in an
 *   e-mail address, a birth date in a national number.
 * - Everything else that is found is a false alarm, once for each distinct span and category.
 */
export interface Matched {
  /** Of each label: whether it was found, by whom, and whether at all under any category. */
  readonly labels: readonly {
    readonly label: Label;
    readonly found: boolean;
    readonly touched: boolean;
    readonly by: Found | null;
    readonly subject: boolean;
    /** Found, but by nothing that a policy counts. */
    readonly lone: boolean;
  }[];
  readonly falseAlarms: readonly Found[];
}

export function matchFile(labels: readonly Label[], found: readonly Found[]): Matched {
  const judged = labels.map((label) => {
    const near = found.filter((each) => touches(label, each));
    const right = near.filter((each) => accepts(label, each));
    const hit = finds(label, right);
    return {
      label,
      found: hit,
      touched: finds(label, near),
      by: right[0] ?? near[0] ?? null,
      subject: hit && right.some(({ subject }) => subject === label.subject),
      lone: hit && right.every(({ lone }) => lone === true),
    };
  });
  const alarms = new Map<string, Found>();
  for (const each of found) {
    if (each.category === null || isRight(labels, each)) continue;
    alarms.set(`${each.category}|${each.start ?? each.path}|${each.end ?? each.text}`, each);
  }
  return { labels: judged, falseAlarms: [...alarms.values()] };
}

export function accepts(label: Label, found: Found): boolean {
  return found.category === label.category || (found.category !== null && (label.also?.includes(found.category) ?? false));
}

/** Values that hold others. */
const COMPOSITE: ReadonlySet<Category> = new Set(['email', 'url', 'unique-id', 'health-plan', 'photo']);

/** Letters and digits of a text, alike in case and accents. */
const bare = (text: string): string =>
  withoutAccents(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

function touches(label: Label, found: Found): boolean {
  if (label.start !== null && label.end !== null) {
    return found.start !== null && found.end !== null && found.start < label.end && label.start < found.end;
  }
  // Without a path, only what has no bytes either: the same value may stand in a field of the message.
  if (label.path === '' ? found.start !== null && label.text !== '' : !found.path.startsWith(label.path)) return false;
  if (label.text === '') return true;
  const [one, other] = [bare(label.text), bare(found.text)];
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return short !== '' && long.includes(short) && short.length * 2 >= long.length;
}

function finds({ start, end }: Label, found: readonly Found[]): boolean {
  if (start === null || end === null) return found.length > 0;
  return covered(start, end, found) * 2 >= end - start;
}

/** How many bytes of a span the others cover together. */
function covered(
  start: number,
  end: number,
  others: readonly { readonly start: number | null; readonly end: number | null }[],
): number {
  const spans = others
    .flatMap((each) =>
      each.start === null || each.end === null ? [] : [[Math.max(start, each.start), Math.min(end, each.end)] as const],
    )
    .filter(([from, to]) => from < to)
    .sort(([one], [other]) => one - other);
  let sum = 0;
  let at = start;
  for (const [from, to] of spans) {
    if (to <= at) continue;
    sum += to - Math.max(at, from);
    at = to;
  }
  return sum;
}

function isRight(labels: readonly Label[], found: Found): boolean {
  const fits = (label: Label): boolean => label.optional === true || accepts(label, found);
  if (labels.some((label) => label.start === null && ((fits(label) && touches(label, found)) || isInside(label, found))))
    return true;
  const { start, end } = found;
  if (start === null || end === null) return false;
  return covered(start, end, labels.filter(fits)) * 2 >= end - start || labels.some((label) => isWithin(label, start, end));
}

/** The same of a value that has no bytes. */
function isInside(label: Label, found: Found): boolean {
  const inner = bare(found.text);
  return COMPOSITE.has(label.category) && inner !== '' && found.path.startsWith(label.path) && bare(label.text).includes(inner);
}

function isWithin(label: Label, start: number, end: number): boolean {
  return label.start !== null && label.end !== null && label.start <= start && end <= label.end && COMPOSITE.has(label.category);
}
