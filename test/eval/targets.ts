import type { Day } from './clean/day.ts';
import { emptyTally, ratesOf, type Score } from './score.ts';

/** One promise and what was measured of it. */
export interface Target {
  readonly name: string;
  readonly target: string;
  readonly value: string;
  readonly met: boolean;
}

/** What detection has to reach. Text counts with echoes: both are planted in what people wrote. */
export function meetsTargets({ ours, day }: { readonly ours: Score; readonly day: Day }): Target[] {
  const structured = ratesOf(ours.by.kind.get('structured') ?? emptyTally());
  const text = ratesOf(textTally(ours));
  const spots = ratesOf(ours.by.kind.get('blind-spot') ?? emptyTally());
  const share = (name: string, value: number, least: number): Target => ({
    name,
    target: `≥ ${least}`,
    value: value.toFixed(4),
    met: value >= least,
  });
  return [
    share('structured recall', structured.recall, 0.999),
    share('structured precision', structured.precision, 0.99),
    share('text recall', text.recall, 0.95),
    share('text precision', text.precision, 0.9),
    share('blind spots found', spots.recall, 1),
    { name: 'false incidents in a day of clean traffic', target: '≤ 1', value: day.expected.toFixed(1), met: day.expected <= 1 },
  ];
}

/** Free text and echoes together. */
export function textTally(score: Score): ReturnType<typeof emptyTally> {
  const sum = emptyTally();
  for (const kind of ['text', 'echo']) {
    const tally = score.by.kind.get(kind) ?? emptyTally();
    sum.asked += tally.asked;
    sum.found += tally.found;
    sum.touched += tally.touched;
    sum.subject += tally.subject;
    sum.lone += tally.lone;
    sum.falseAlarms += tally.falseAlarms;
  }
  return sum;
}
