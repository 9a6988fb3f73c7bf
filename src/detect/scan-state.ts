import type { Parsed } from '../core/format.ts';
import type { Unexamined } from '../core/vocabulary.ts';
import type { Ruleset } from './compile.ts';
import type { Ranked } from './overlap.ts';

/** What one scan carries along. */
export interface Scan {
  readonly parsed: Parsed;
  readonly ruleset: Ruleset;
  readonly matches: Ranked[];
  readonly unexamined: Unexamined[];
  /** Index into `matches`, plus one, of the structural claim on each leaf; 0 for none. */
  readonly claimed: Int32Array;
  /** Steps left; below zero the detectors that read text stop, and what they did not read is reported. */
  budget: number;
}

/** Out of budget is a result, not silence: the leaf is listed, neighbours joined. */
export function reportUnread(scan: Scan, leaf: number): void {
  report(scan, leaf, 'budget');
}

/** An encapsulated document (ED.5) that is encoded can't be read here; one sent as plain text (ED.4 `A`) is scanned raw by the format. */
export function reportOpaque(scan: Scan, leaf: number): void {
  report(scan, leaf, 'encapsulated');
}

function report(scan: Scan, leaf: number, reason: string): void {
  const start = scan.parsed.leaves.start[leaf] ?? -1;
  const end = scan.parsed.leaves.end[leaf] ?? -1;
  if (start < 0) return;
  const last = scan.unexamined.at(-1);
  if (last?.reason === reason && start >= last.start && end <= last.end) return;
  if (last?.reason === reason && start >= last.end && start - last.end <= 1) scan.unexamined[scan.unexamined.length - 1] = { start: last.start, end, reason };
  else scan.unexamined.push({ start, end, reason });
}
