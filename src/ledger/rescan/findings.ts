import type { Finding } from '../../core/vocabulary.ts';
import { storable } from '../many.ts';
import type { FindingsTable } from '../schema.ts';

/** The findings of a message after it was judged anew, by the numbers that everything else knows them by. */
export interface Renumbered {
  /** Number of each finding of the new judgement, in its order. */
  readonly numbers: readonly number[];
  /** Numbers of former findings that no rule makes any more. */
  readonly gone: readonly number[];
}

/**
 * A finding that is made again keeps its number, and a new one gets a number that none ever had: facts of incidents and approved reveals name
 * findings by number, and must never come to name another value.
 */
export function renumber(former: readonly FindingsTable[], findings: readonly Finding[]): Renumbered {
  const left = Map.groupBy(former, (row) => nameOf({ ...row, start: row.start_byte, end: row.end_byte }));
  let next = Math.max(-1, ...former.map(({ number }) => number)) + 1;
  const numbers = findings.map((finding) => left.get(nameOf(finding))?.shift()?.number ?? next++);
  const gone = [...left.values()].flat().map(({ number }) => number);
  return { numbers, gone };
}

type Named = Pick<Finding, 'rule' | 'category' | 'subject' | 'path' | 'start' | 'end' | 'token'>;

/** What makes two findings the same: which rule found which value where. Not the pack's version, and not how sure it is. */
function nameOf({ rule, category, subject, path, start, end, token }: Named): string {
  return JSON.stringify([rule, category, subject, storable(path), start, end, token]);
}
