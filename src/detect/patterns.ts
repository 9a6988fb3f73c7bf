import { factorOf } from './claims.ts';
import type { Plan } from './compile.ts';
import type { Gate } from './compile-rule.ts';
import { candidates } from './eligible.ts';
import type { Entry } from './entry.ts';
import { keepNames, namesCost } from './names-rule.ts';
import { conditionsHold, isApplied, isNear, keep, reportUnread, type Scan } from './scan-state.ts';

/** A match costs as much as reading so many characters: it is kept, masked and perhaps stored. */
export const MATCH_COST = 2000;

/** How far before a match `exclude.before` looks. */
const BEFORE = 40;

/** Runs the patterns that this leaf can match at all: first by its classes and length, then by the keywords in its text. */
export function runPatterns(scan: Scan, plan: Plan, leaf: number): void {
  const { leaves } = scan.parsed;
  const { entries, minLength } = candidates(plan.patterns, leaves.classes[leaf] ?? 0);
  const bytes = (leaves.end[leaf] ?? 0) - (leaves.start[leaf] ?? 0);
  // Characters are never more than bytes; a leaf without source bytes is read.
  if (entries.length > 0 && (bytes >= minLength || bytes <= 0)) runEntries(scan, entries, leaf);
}

/** Apart, since most leaves never come here. */
function runEntries(scan: Scan, entries: readonly Entry[], leaf: number): void {
  if (scan.budget < 0) {
    reportUnread(scan, leaf);
    return;
  }
  const text = scan.parsed.leaves.text(leaf);
  let marked = false;
  for (const entry of entries) {
    const { gate } = entry.rule;
    if (text.length < gate.minLength || text.length > gate.maxLength || !isApplied(scan, entry)) continue;
    if (gate.keywords !== null || gate.context !== null) {
      if (!marked) markKeywords(scan, text);
      marked = true;
      if (!keywordsAllow(gate, scan.hits)) continue;
    }
    scan.budget -= entry.rule.names === null ? text.length * entry.rule.cost : namesCost(scan, leaf, text);
    if (scan.budget < 0) {
      reportUnread(scan, leaf);
      return;
    }
    if (entry.rule.names === null) runPattern(scan, entry, leaf, text);
    else keepNames(scan, entry, leaf, text);
  }
}

function markKeywords(scan: Scan, text: string): void {
  scan.hits.fill(0);
  scan.budget -= text.length;
  scan.ruleset.automaton.mark(text, scan.hits);
}

function keywordsAllow({ keywords, context }: Gate, hits: Uint32Array): boolean {
  return (keywords === null || meets(keywords, hits)) && (context === null || meets(context.words, hits));
}

function meets(wanted: Uint32Array, hits: Uint32Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (((wanted[index] ?? 0) & (hits[index] ?? 0)) !== 0) return true;
  return false;
}

function runPattern(scan: Scan, entry: Entry, leaf: number, text: string): void {
  const { pattern, gate, excludedBefore, conditions, rank } = entry.rule;
  if (pattern === null) return;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    // A pattern that matches nothing (the loader forbids it) steps on rather than for ever.
    if (found[0] === '') pattern.lastIndex++;
    const [from, to] = found.indices?.groups?.value ?? [found.index, found.index + found[0].length];
    if (from === to || (gate.context !== null && !isNear(gate.context, text, from, to))) continue;
    if (excludedBefore?.test(text.slice(Math.max(0, from - BEFORE), from)) === true) continue;
    const factor = factorOf(entry.rule, text.slice(from, to));
    if (factor === 0 || !conditionsHold(scan, conditions, leaf)) continue;
    keep(scan, entry, leaf, from, to, factor, rank);
    scan.budget -= MATCH_COST;
    if (scan.budget < 0) {
      reportUnread(scan, leaf);
      return;
    }
  }
}
