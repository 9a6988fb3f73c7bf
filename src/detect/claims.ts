import { CharClass, DECODED, type Leaves, type Parsed } from '../core/format.ts';
import type { Plan } from './compile.ts';
import type { CompiledRule } from './compile-rule.ts';
import { markLabels } from './labels.ts';
import { conditionsHold, isApplied, keep, type Scan } from './scan-state.ts';
import { bytesOf, holdsBytes, type ValueSet } from './value-set.ts';

/** The first structural rule that holds owns the whole leaf: by its place, without reading it where the place is enough. */
export function claim(scan: Scan, plan: Plan, leaf: number): void {
  if (plan.labels !== null) markLabels(scan, plan.labels, leaf);
  const { parsed } = scan;
  const length = lengthOf(parsed, leaf);
  for (const entry of plan.claims) {
    const { rule } = entry;
    if (!isApplied(scan, entry)) continue;
    if (length < rule.gate.minLength || length > rule.gate.maxLength) continue;
    if (rule.conditions.length > 0 && !conditionsHold(scan, rule.conditions, leaf)) continue;
    const factor = valueFactor(rule, parsed, leaf, length);
    if (factor === 0) continue;
    keep(scan, entry, leaf, 0, length, factor, 3);
    scan.claimed[leaf] = scan.matches.length;
    return;
  }
}

/** Characters of the leaf's text, without decoding it where bytes and characters are the same. */
function lengthOf(parsed: Parsed, leaf: number): number {
  const { start, end, classes, ascii } = parsed.leaves;
  if (ascii === undefined || ((classes[leaf] ?? 0) & DECODED) !== 0) return parsed.leaves.text(leaf).length;
  return (end[leaf] ?? 0) - (start[leaf] ?? 0);
}

/** 0 where the value is excluded or a validator rejects it; decodes only where one of them has to look. */
function valueFactor(rule: CompiledRule, { leaves }: Parsed, leaf: number, length: number): number {
  if (rule.validators.length > 0 || rule.excludedPatterns.length > 0) return factorOf(rule, leaves.text(leaf));
  return rule.excludedValues !== null && isExcluded(rule.excludedValues, leaves, leaf, length) ? 0 : 1;
}

function isExcluded(values: ValueSet, leaves: Leaves, leaf: number, length: number): boolean {
  const bytes = bytesOf(leaves, leaf);
  if (bytes === null) return isValue(values, leaves.text(leaf));
  if (values.heads[bytes[leaves.start[leaf] ?? 0] ?? 0] !== 1) return false;
  // A space before or after is trimmed, so a longer value may be one too.
  const spaced = ((leaves.classes[leaf] ?? 0) & CharClass.space) !== 0;
  return (spaced || values.byLength[length] !== undefined) && holdsBytes(values, bytes, leaves, leaf);
}

function isValue({ values }: ValueSet, text: string): boolean {
  return values.has(text.trim().toUpperCase());
}

/** What exclusions and validators leave of a rule's confidence in a value: 0 for nothing, 1 for all. */
export function factorOf(rule: CompiledRule, value: string): number {
  if (rule.excludedValues !== null && isValue(rule.excludedValues, value)) return 0;
  for (const pattern of rule.excludedPatterns) if (pattern.test(value)) return 0;
  let factor = 1;
  for (const validate of rule.validators) {
    factor *= validate(value);
    if (factor === 0) return 0;
  }
  return factor;
}
