import { CATEGORIES, type Category, PERSON_SUBJECTS, SUBJECTS, type Subject } from '../core/vocabulary.ts';
import type { FlowPolicy } from './flow.ts';

/** Messages of a flow that held one category of one subject (`FlowCarried` of the ledger fits). */
export interface Carried {
  readonly category: Category;
  readonly subject: Subject;
  readonly permitted: boolean;
  readonly messages: number;
}

/** One category of one subject: what the policy names, and what was seen. */
export interface CarriedCell {
  readonly category: Category;
  readonly subject: Subject;
  /** Whether a permit or an exception that holds names both, or leaves them open. */
  readonly named: boolean;
  /** Messages in which it passed, and in which nothing permitted it. */
  readonly permitted: number;
  readonly flagged: number;
}

/**
 * What a policy names beside what its flow carried, in the order of the vocabulary. A permit that leaves categories or subjects open names what was
 * seen of them, and is no list of what was not: only what is written can be unused. Subjects that are no persons pass without a permit and are left out.
 */
export function carriedCells(policy: FlowPolicy | null, carried: readonly Carried[]): readonly CarriedCell[] {
  const permits = [...(policy?.permit ?? []), ...(policy?.exceptions ?? []).map(({ permit }) => permit)];
  return CATEGORIES.flatMap((category) =>
    SUBJECTS.filter((subject) => PERSON_SUBJECTS.has(subject)).flatMap((subject): CarriedCell[] => {
      const own = carried.filter((each) => each.category === category && each.subject === subject);
      const isWritten = permits.some(
        ({ categories, subjects }) => categories?.includes(category) === true && subjects?.includes(subject) === true,
      );
      if (own.length === 0 && !isWritten) return [];
      const of = (permitted: boolean): number =>
        own.reduce((sum, each) => sum + (each.permitted === permitted ? each.messages : 0), 0);
      const isOpen = permits.some(
        ({ categories, subjects }) => (categories?.includes(category) ?? true) && (subjects?.includes(subject) ?? true),
      );
      return [{ category, subject, named: isOpen, permitted: of(true), flagged: of(false) }];
    }),
  );
}

/** What is written and was not seen: elsewhere than in treatment, minimum necessary (45 CFR 164.502(b)) asks whether it is needed. */
export function unusedCells(cells: readonly CarriedCell[]): readonly CarriedCell[] {
  return cells.filter(({ named, permitted, flagged }) => named && permitted + flagged === 0);
}
