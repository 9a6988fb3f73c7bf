import type { Leaves } from '../../core/format.ts';
import type { Span } from '../../core/vocabulary.ts';
import { lastBefore } from '../last-before.ts';
import type { Locate } from './candidate.ts';

/** Lines of one document at most. */
export const MOST_LINES = 20_000;

/** Whether a leaf is a line of a text. */
export function isLine(leaves: Leaves, leaf: number): boolean {
  return leaves.addressOf(leaf).path === 'raw' && (leaves.start[leaf] ?? -1) >= 0;
}

/** Lines of a text as one text, each with a break behind it. */
export interface Joined {
  readonly text: string;
  readonly lines: number;
  readonly spans: readonly Span[];
  /** The span of a stretch of the text; of one over several lines the part on the first. */
  readonly find: Locate;
  /** The leaf that an offset lies in. */
  leafAt(offset: number): number;
}

/** Joins lines, each read from a column of its own on. */
export function joinLines(
  leaves: Leaves,
  lines: readonly { readonly leaf: number; readonly from: number }[],
  breaks: string,
): Joined {
  const begins: number[] = [];
  const texts = lines.map(({ leaf, from }) => leaves.text(leaf).slice(from) + breaks);
  let length = 0;
  for (const text of texts) {
    begins.push(length);
    length += text.length;
  }
  const indexOf = (offset: number): number => lastBefore(begins, begins.length, offset);
  return {
    text: texts.join(''),
    lines: lines.length,
    spans: lines.flatMap(({ leaf, from }) => leaves.spanOf(leaf, from, leaves.text(leaf).length) ?? []),
    find(start, end) {
      const index = indexOf(start);
      const [line, begin = 0] = [lines[index], begins[index]];
      if (line === undefined) return null;
      const to = Math.min(end - begin, (texts[index]?.length ?? 0) - breaks.length);
      return leaves.spanOf(line.leaf, line.from + start - begin, line.from + to);
    },
    leafAt: (offset) => lines[indexOf(offset)]?.leaf ?? -1,
  };
}
