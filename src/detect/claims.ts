import { CharClass, type Parsed } from '../core/format.ts';
import type { Plan } from './compile.ts';
import type { CompiledRule } from './compile-rule.ts';
import { markLabels } from './labels.ts';
import { conditionsHold, DECODED, isApplied, keep, type Scan } from './scan-state.ts';

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
function valueFactor(rule: CompiledRule, parsed: Parsed, leaf: number, length: number): number {
  const looks = rule.validators.length > 0 || rule.excludedPatterns.length > 0 || mayBeExcluded(rule, parsed, leaf, length);
  return looks ? factorOf(rule, parsed.leaves.text(leaf)) : 1;
}

function mayBeExcluded(rule: CompiledRule, { leaves }: Parsed, leaf: number, length: number): boolean {
  if (rule.excludedValues.size === 0) return false;
  const head = leaves.ascii?.[leaves.start[leaf] ?? -1];
  if (head === undefined || head >= 0x80 || ((leaves.classes[leaf] ?? 0) & DECODED) !== 0) return true;
  // A space before or after is trimmed, so a longer value may be one too.
  const padded = ((leaves.classes[leaf] ?? 0) & CharClass.space) !== 0;
  return rule.excludedHeads[head] === 1 && (padded || (rule.excludedLengths & (1 << Math.min(length, 31))) !== 0);
}

/** What exclusions and validators leave of a rule's confidence in a value: 0 for nothing, 1 for all. */
export function factorOf(rule: CompiledRule, value: string): number {
  if (rule.excludedValues.size > 0 && rule.excludedValues.has(value.trim().toUpperCase())) return 0;
  for (const pattern of rule.excludedPatterns) if (pattern.test(value)) return 0;
  let factor = 1;
  for (const validate of rule.validators) {
    factor *= validate(value);
    if (factor === 0) return 0;
  }
  return factor;
}
