import { SENSITIVITIES, type Sensitivity } from '../core/vocabulary.ts';
import { type Condition, compileCondition, nearby } from './compile-rule.ts';
import type { Label } from './pack.ts';
import { compileScope, type RuleScope } from './rule-scope.ts';

/** What makes a message sensitive, made ready to run. */
export interface CompiledLabel {
  readonly id: string;
  readonly sensitivity: Sensitivity;
  /** Its bit in `Scan.labels`: the vocabulary's order. */
  readonly bit: number;
  readonly scope: RuleScope;
  readonly conditions: readonly Condition[];
  /** Whole values, as `codeOf` writes them; null where any value counts. */
  readonly values: ReadonlySet<string> | null;
  /** Beginnings of values, and how long they are. */
  readonly beginnings: { readonly of: ReadonlySet<string>; readonly lengths: readonly number[] } | null;
  readonly words: RegExp | null;
  readonly youngerThan: number | null;
}

/** The labels of one place. */
export type PlacedLabels = readonly CompiledLabel[];

export function compileLabel(label: Label): CompiledLabel {
  const { id, sensitivity, scope, when = [], values, words, youngerThan } = label;
  const begins = (values ?? []).filter((value) => value.endsWith('*')).map((value) => codeOf(value.slice(0, -1)));
  return {
    id,
    sensitivity,
    bit: 1 << SENSITIVITIES.indexOf(sensitivity),
    scope: compileScope({ scope, severity: 'low' }),
    conditions: when.map(compileCondition),
    values: values === undefined ? null : new Set(values.filter((value) => !value.endsWith('*')).map(codeOf)),
    beginnings: begins.length === 0 ? null : { of: new Set(begins), lengths: [...new Set(begins.map(({ length }) => length))] },
    words: words === undefined ? null : nearby({ words, window: 1, side: 'before' }).near,
    youngerThan: youngerThan ?? null,
  };
}

/** A code as it is compared: ICD-10 is written with and without its dot. */
export function codeOf(value: string): string {
  return value.trim().toUpperCase().replaceAll('.', '');
}
