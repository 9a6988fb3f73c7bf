import type { Label } from './corpus/label.ts';
import type { Found } from './found.ts';
import type { Matched } from './match.ts';

/** What counts of one group of labels. */
export interface Tally {
  /** Labels that are asked for, those of them found, and found under whatever category. */
  asked: number;
  found: number;
  touched: number;
  /** Found with the right subject. */
  subject: number;
  /** Found, but by nothing that a policy counts: recorded, and no incident. */
  lone: number;
  falseAlarms: number;
}

export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly f2: number;
}

export const emptyTally = (): Tally => ({ asked: 0, found: 0, touched: 0, subject: 0, lone: 0, falseAlarms: 0 });

/** Precision is labels found of labels found and false alarms, so that reporting a value twice gains nothing. 1 where nothing was asked or reported. */
export function ratesOf({ asked, found, falseAlarms }: Tally): Rates {
  const precision = found + falseAlarms === 0 ? 1 : found / (found + falseAlarms);
  const recall = asked === 0 ? 1 : found / asked;
  const f = (beta: number): number => {
    const weight = beta * beta;
    return precision + recall === 0 ? 0 : ((1 + weight) * precision * recall) / (weight * precision + recall);
  };
  return { precision, recall, f1: f(1), f2: f(2) };
}

/** Tallies by the groups that a reader asks for. */
export interface Score {
  readonly all: Tally;
  readonly by: Readonly<Record<Grouping, ReadonlyMap<string, Tally>>>;
}

export const GROUPINGS = ['kind', 'format', 'category', 'subject', 'style'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Where a false alarm was raised; it has no kind of its own, so the scorer says which. */
export interface Where {
  readonly format: string;
  readonly style: string;
  kindOf(found: Found): string;
}

export interface Scorer {
  add(matched: Matched, where: Where): void;
  readonly score: Score;
}

export function createScorer(): Scorer {
  const all = emptyTally();
  const by: Record<Grouping, Map<string, Tally>> = {
    kind: new Map(),
    format: new Map(),
    category: new Map(),
    subject: new Map(),
    style: new Map(),
  };
  const groups = (keys: Readonly<Record<Grouping, string>>): Tally[] => [
    all,
    ...GROUPINGS.map((grouping) => {
      const known = by[grouping].get(keys[grouping]) ?? emptyTally();
      by[grouping].set(keys[grouping], known);
      return known;
    }),
  ];
  return {
    score: { all, by },
    add({ labels, falseAlarms }, { format, style, kindOf }) {
      for (const { label, found, touched, subject, lone } of labels) {
        if (label.optional === true) continue;
        for (const tally of groups(keysOf(label, format, style))) {
          tally.asked++;
          if (found) tally.found++;
          if (touched) tally.touched++;
          if (subject) tally.subject++;
          if (lone) tally.lone++;
        }
      }
      for (const each of falseAlarms) {
        const keys = { kind: kindOf(each), format, category: each.category ?? '', subject: each.subject, style };
        for (const tally of groups(keys)) tally.falseAlarms++;
      }
    },
  };
}

function keysOf({ kind, category, subject }: Label, format: string, style: string): Record<Grouping, string> {
  return { kind, category, subject, format, style };
}
