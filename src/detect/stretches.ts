import type { Parsed } from '../core/format.ts';
import type { Span } from '../core/vocabulary.ts';

/** Bytes without a leaf that are searched rather than skipped: starting anew costs about as much. */
const GAP = 1024;

/**
 * The bytes that hold leaves. A DICOM object may be pixels for the most part, which are no leaf; elsewhere leaves fill nearly all of a message,
 * and one stretch is as good.
 */
export function stretchesOf({ format, leaves, start, end }: Parsed): Span[] {
  if (format !== 'dicom') return [{ start, end }];
  const stretches: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | undefined;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const from = leaves.start[leaf] ?? -1;
    const to = leaves.end[leaf] ?? -1;
    if (from < 0) continue;
    if (last !== undefined && from - last.end < GAP) last.end = Math.max(last.end, to);
    else {
      last = { start: from, end: to };
      stretches.push(last);
    }
  }
  return stretches;
}
