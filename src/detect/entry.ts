import type { Severity, Subject } from '../core/vocabulary.ts';
import type { CompiledRule, Condition, Nearby } from './compile-rule.ts';

/** To which objects a rule applies: those that have to be free of identifiers (`deidentified`), the others, or all. */
export type Applies = 'always' | 'deidentified' | 'identified';

/** One rule at one address. */
export interface Entry {
  readonly rule: CompiledRule;
  readonly applies: Applies;
  /** Among claims of one leaf the higher is tried first: with a condition before without, by path before by type. */
  readonly specificity: number;
  /** The first whose condition holds decides; the last has none. */
  readonly subjects: readonly Owner[];
  /** The only owner where nothing has to be looked at to know. */
  readonly owner: Owner | null;
}

/** Whose it is, if the condition and the cue hold; null holds always. */
export interface Owner {
  readonly condition: Condition | null;
  readonly cue: Nearby | null;
  readonly subject: Subject;
  readonly severity: Severity;
}
