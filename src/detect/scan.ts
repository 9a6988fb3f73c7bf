import { CharClass, type Parsed } from '../core/format.ts';
import type { CompiledRule, Condition, Entry, Nearby, Plan, Ruleset } from './compile.ts';
import { findEchoes } from './echo.ts';
import type { Detection } from './match.ts';
import { resolveOverlaps } from './overlap.ts';
import { reportOpaque, reportUnread, type Scan } from './scan-state.ts';
import { siblingText } from './siblings.ts';

/**
 * Steps a message may cost: a step is one character looked at by one pattern, by the keyword automaton or by the search for echoes. Work
 * is counted and not timed, so that the same message always ends the same way. 400 million are about two seconds here; a message
 * at the usual limit of 64 MiB stays within unless nearly every pattern has to run over all of it.
 */
export const DEFAULT_BUDGET = 400_000_000;

/** A match costs as much as reading so many characters: it is kept, masked and perhaps stored. */
const MATCH_COST = 2000;

const DECODED = CharClass.high | CharClass.escape;

/** Finds what the rules find in one message, in one pass over its leaves. Pure; never throws for what a message holds. */
export function detect(parsed: Parsed, ruleset: Ruleset, budget: number = DEFAULT_BUDGET): Detection {
  const { leaves } = parsed;
  const scan: Scan = { parsed, ruleset, matches: [], unexamined: [], claimed: new Int32Array(leaves.count), budget };
  const hits = new Uint32Array((ruleset.automaton.words >> 5) + 1);
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const plan = ruleset.forAddress(leaves.addressOf(leaf));
    if (plan.claims.length > 0) claim(scan, plan, leaf);
    if (plan.scope === 'opaque') reportOpaque(scan, leaf);
    else if (plan.patterns.length > 0) runPatterns(scan, plan, leaf, hits);
  }
  findEchoes(scan);
  return { matches: resolveOverlaps(scan.matches), unexamined: scan.unexamined };
}

/** Characters of the leaf's text, without decoding it where bytes and characters are the same. */
function lengthOf(parsed: Parsed, leaf: number): number {
  const { start, end, classes } = parsed.leaves;
  const from = start[leaf] ?? -1;
  if (from < 0 || parsed.leaves.ascii === undefined || ((classes[leaf] ?? 0) & DECODED) !== 0) return parsed.leaves.text(leaf).length;
  return (end[leaf] ?? 0) - from;
}

function conditionHolds(condition: Condition, parsed: Parsed, leaf: number): boolean {
  const value = siblingText(parsed, leaf, condition.at);
  if (value === null) return condition.absent || condition.allow === null;
  if (condition.allow !== null) return condition.allow.has(value);
  return condition.deny !== null ? !condition.deny.has(value) : !condition.absent;
}

/** The first structural rule that holds owns the whole leaf. */
function claim(scan: Scan, plan: Plan, leaf: number): void {
  const { parsed } = scan;
  const length = lengthOf(parsed, leaf);
  for (const entry of plan.claims) {
    const { rule } = entry;
    if (length < rule.gate.minLength || !rule.conditions.every((condition) => conditionHolds(condition, parsed, leaf))) continue;
    const factor = valueFactor(rule, parsed, leaf, length);
    if (factor === 0) continue;
    keep(scan, entry, leaf, 0, length, factor, 3);
    scan.claimed[leaf] = scan.matches.length;
    return;
  }
}

/** 0 where the value is excluded or a validator rejects it; decodes only where one of them has to look. */
function valueFactor(rule: CompiledRule, parsed: Parsed, leaf: number, length: number): number {
  const mayBeExcluded = (rule.excludedLengths & (1 << Math.min(length, 31))) !== 0;
  if (!mayBeExcluded && rule.validators.length === 0 && rule.excludedPatterns.length === 0) return 1;
  return factorOf(rule, parsed.leaves.text(leaf));
}

function factorOf(rule: CompiledRule, value: string): number {
  if (rule.excludedValues.size > 0 && rule.excludedValues.has(value.trim().toUpperCase())) return 0;
  for (const pattern of rule.excludedPatterns) if (pattern.test(value)) return 0;
  let factor = 1;
  for (const validate of rule.validators) {
    factor *= validate(value);
    if (factor === 0) return 0;
  }
  return factor;
}

function runPatterns(scan: Scan, plan: Plan, leaf: number, hits: Uint32Array): void {
  const { parsed, ruleset } = scan;
  const classes = parsed.leaves.classes[leaf] ?? 0;
  // Through an escape (`\X40\`) any character may come; the bytes don't tell.
  const decoded = (classes & CharClass.escape) !== 0;
  const bytes = (parsed.leaves.end[leaf] ?? 0) - (parsed.leaves.start[leaf] ?? 0);
  let text: string | null = null;
  let marked = false;
  for (const entry of plan.patterns) {
    const { gate } = entry.rule;
    if (!decoded && (classes & gate.classes) !== gate.classes) continue;
    if (bytes > 0 && bytes < gate.minLength) continue;
    if (scan.budget < 0) return reportUnread(scan, leaf);
    text ??= parsed.leaves.text(leaf);
    if (gate.keywords !== null || gate.context !== null) {
      if (!marked) {
        hits.fill(0);
        ruleset.automaton.mark(text, hits);
        scan.budget -= text.length;
        marked = true;
      }
      if (!meets(gate.keywords, hits) || !meets(gate.context?.words ?? null, hits)) continue;
    }
    scan.budget -= text.length;
    runPattern(scan, entry, leaf, text);
  }
}

function meets(wanted: Uint32Array | null, hits: Uint32Array): boolean {
  return wanted === null || wanted.some((bits, index) => (bits & (hits[index] ?? 0)) !== 0);
}

function runPattern(scan: Scan, entry: Entry, leaf: number, text: string): void {
  const { rule } = entry;
  if (rule.pattern === null) return;
  rule.pattern.lastIndex = 0;
  for (let found = rule.pattern.exec(text); found !== null; found = rule.pattern.exec(text)) {
    // A pattern can match nothing (lint forbids it): step on rather than for ever.
    if (found[0] === '') rule.pattern.lastIndex++;
    const [from, to] = found.indices?.groups?.value ?? [found.index, found.index + found[0].length];
    const value = text.slice(from, to);
    if (value === '' || (rule.gate.context !== null && !isNear(rule.gate.context, text, from, to))) continue;
    if (rule.excludedBefore?.test(text.slice(Math.max(0, from - 40), from)) === true) continue;
    const factor = factorOf(rule, value);
    if (factor === 0 || !rule.conditions.every((condition) => conditionHolds(condition, scan.parsed, leaf))) continue;
    keep(scan, entry, leaf, from, to, factor, rule.rule.scope?.paths === undefined ? 1 : 2);
    scan.budget -= MATCH_COST;
    if (scan.budget < 0) return reportUnread(scan, leaf);
  }
}

function isNear({ near, window, side }: Nearby, text: string, from: number, to: number): boolean {
  if (side !== 'after' && near.test(text.slice(Math.max(0, from - window), from))) return true;
  return side !== 'before' && near.test(text.slice(to, to + window));
}

function keep(scan: Scan, entry: Entry, leaf: number, from: number, to: number, factor: number, rank: number): void {
  const { rule } = entry;
  const owner = entry.subjects.find(
    ({ condition, cue }) =>
      (condition === null || conditionHolds(condition, scan.parsed, leaf)) && (cue === null || isNear(cue, scan.parsed.leaves.text(leaf), from, to)),
  );
  scan.matches.push({
    rule: rule.id,
    pack: rule.pack,
    category: rule.category,
    subject: owner?.subject ?? rule.rule.subject,
    severity: owner?.severity ?? rule.severity,
    confidence: factor === 1 ? rule.confidence : Math.round(rule.confidence * factor * 100) / 100,
    leaf,
    from,
    to,
    rank,
  });
}
