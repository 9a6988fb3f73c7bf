import { CharClass } from '../core/format.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import { hasWord } from './automaton.ts';
import { factorOf } from './claims.ts';
import type { Plan } from './compile.ts';
import { type Candidates, candidates, NONE, type Quiet, selected } from './eligible.ts';
import type { Entry } from './entry.ts';
import { REMEMBERED } from './leaf-memory.ts';
import { keepNames, namesCost } from './names-rule.ts';
import { unpadded } from './padded-label.ts';
import { conditionsHold, isApplied, isNear, keep, reportUnread, type Scan } from './scan-state.ts';
import { shapeOf } from './shape.ts';
import { bytesOf } from './value-set.ts';

/** A match costs as much as reading so many characters: it is kept, masked and perhaps stored. */
export const MATCH_COST = 2000;

/** How far before a match `exclude.before` looks. */
const BEFORE = 40;

/** Runs the patterns that this leaf can match at all: first by its classes and length, then by its digits and the keywords in its text. */
export function runPatterns(scan: Scan, plan: Plan, leaf: number): void {
  const { leaves } = scan.parsed;
  const found = candidates(plan.patterns, leaves.classes[leaf] ?? 0);
  const bytes = (leaves.end[leaf] ?? 0) - (leaves.start[leaf] ?? 0);
  // Characters are never more than bytes; a leaf without source bytes is read.
  if (found !== NONE && (bytes >= found.minLength || bytes <= 0)) runCandidates(scan, found, leaf);
  if (scan.parsed.format === 'raw' && bytes <= LABELLED && leaf > 0) runAfterLabel(scan, plan, leaf);
}

/** A label alone on its line, and a value alone on the next one, have so many bytes at most. */
const LABEL = 24;
const LABELLED = 64;

/** Lines of forms are shorter, and what is longer is prose. */
const PADDED = 512;

/** The shortest line that has two columns with a number in the second. */
const COLUMNS = 16;

/** Two of blank, colon and dot: padding has two of them, and few fields and results have; or blanks in a line that may have columns. */
function mayBePadded(classes: number, length: number): boolean {
  const held = classes & (CharClass.space | CharClass.colon | CharClass.dot);
  return (held & (held - 1)) !== 0 || (length >= COLUMNS && (held & CharClass.space) !== 0);
}

/** Where a match stands in the leaf, by where it stands in the text that was read; negative for what is no part of the leaf. */
type PlaceOf = (offset: number) => number;

/**
 * `MRN` on one line and its number on the next, as print-outs and scanned forms have them: each line is a leaf, so the two are read together, and what is found
 * in the second counts.
 */
function runAfterLabel(scan: Scan, { patterns }: Plan, leaf: number): void {
  const { classes, end, start } = scan.parsed.leaves;
  const above = classes[leaf - 1] ?? 0;
  const size = (end[leaf - 1] ?? 0) - (start[leaf - 1] ?? 0);
  if (size < 2 || size > LABEL || (above & CharClass.digit) !== 0 || (above & (CharClass.upper | CharClass.lower)) === 0) return;
  const label = scan.parsed.leaves.text(leaf - 1).trim();
  if (label === '') return;
  const found = candidates(patterns, above | (classes[leaf] ?? 0) | CharClass.space);
  const text = `${label} ${scan.parsed.leaves.text(leaf)}`;
  runWaiting(scan, found, leaf, { text, label, placeOf: (offset) => offset - label.length - 1 });
}

/** Runs the patterns for which the label has a keyword over a text that is not the leaf's own. */
function runWaiting(
  scan: Scan,
  found: Candidates,
  leaf: number,
  { text, label, placeOf }: { readonly text: string; readonly label: string; readonly placeOf: PlaceOf },
): void {
  if (text.length < found.wakeLength || scan.budget < text.length) return;
  scan.budget -= text.length;
  scan.ruleset.automaton.mark(label, scan.hits);
  if (scan.hits.count === 0) return;
  const bits = selected(found, shapeOf(text), scan.hits);
  for (const entry of entriesOf(found, bits)) {
    if (entry.rule.names !== null || !waitsForWord(entry) || !isOpen(scan, entry, text)) continue;
    scan.budget -= text.length * entry.rule.cost;
    runPattern(scan, entry, leaf, text, placeOf);
  }
}

/** Whether the rule asks for a keyword: what needs none was found in the line itself. */
function waitsForWord({ rule: { gate } }: Entry): boolean {
  return gate.keywords !== null || gate.context !== null;
}

/** Those that are selected. `runAll` walks over the bits by itself: by this generator scans of HL7 took a tenth longer. */
function* entriesOf(found: Candidates, bits: Uint32Array): Generator<Entry> {
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
      const entry = found.sets.entries[word * 32 + 31 - Math.clz32(left & -left)];
      if (entry !== undefined) yield entry;
    }
  }
}

/** Steps that such a text never costs, whatever is found in it. */
const AMPLE = 1_000_000;

/** Apart, since most leaves never come here. */
function runCandidates(scan: Scan, found: Candidates, leaf: number): void {
  if (scan.budget < 0) {
    reportUnread(scan, leaf);
    return;
  }
  const { leaves } = scan.parsed;
  const { remembered } = scan.ruleset;
  const memory = scan.deidentified ? remembered.strictlyQuiet : remembered.quiet;
  const bytes = (leaves.end[leaf] ?? 0) - (leaves.start[leaf] ?? 0) <= REMEMBERED ? bytesOf(leaves, leaf) : null;
  if (bytes === null || scan.budget <= AMPLE) {
    runAll(scan, found, leaf);
    return;
  }
  const known = memory.find(found, bytes, leaves, leaf);
  if (known === undefined) {
    const made = runAll(scan, found, leaf);
    if (made !== null) memory.keep(found, bytes, leaves, leaf, made);
    return;
  }
  scan.budget -= known.cost;
  for (const entry of known.entries) {
    const text = leaves.text(leaf);
    if (entry.rule.names === null) {
      runPattern(scan, entry, leaf, text);
      continue;
    }
    scan.budget -= namesCost(scan, leaf, text);
    keepNames(scan, entry, leaf, text);
  }
}

/** Whether what was matched last, from the match at `from` on, is reported, and of no person: of clinicians, institutions or equipment, or of nobody known in a field of theirs. */
function isOfNoPerson({ matches, claimed }: Scan, leaf: number, from: number): boolean {
  const field = matches[(claimed[leaf] ?? 0) - 1]?.subject ?? 'unknown';
  const owner = PERSON_SUBJECTS.has(field) ? null : field;
  for (let at = from; at < matches.length; at++) {
    const { subject = 'unknown' } = matches[at] ?? {};
    if (PERSON_SUBJECTS.has(subject) && (owner === null || subject !== 'unknown')) return false;
  }
  return matches.length > from;
}

/** Returns what is to be remembered of the text; null where something of a person was matched in it, or the budget ended. */
function runAll(scan: Scan, found: Candidates, leaf: number): Quiet | null {
  const text = scan.parsed.leaves.text(leaf);
  const wakes = text.length >= found.wakeLength;
  let cost = wakes ? text.length : 0;
  scan.budget -= cost;
  if (wakes) scan.ruleset.automaton.mark(text, scan.hits);
  const bits = selected(found, shapeOf(text), wakes ? scan.hits : null);
  const { prefilter } = scan.ruleset;
  prefilter.begin(text);
  const entries: Entry[] = [];
  let isPersonal = false;
  let isUnmatched = true;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
      const entry = found.sets.entries[word * 32 + 31 - Math.clz32(left & -left)];
      if (entry === undefined || !isOpen(scan, entry, text)) continue;
      const isPattern = entry.rule.names === null;
      const steps = isPattern ? text.length * entry.rule.cost : namesCost(scan, leaf, text);
      scan.budget -= steps;
      if (scan.budget < 0) {
        reportUnread(scan, leaf);
        return null;
      }
      if (isPattern) {
        cost += steps;
        // What it costs hangs on the text and the rules alone, not on what is known of them already.
        const before = scan.matches.length;
        if (!prefilter.canMatch(entry.rule.number) || !runPattern(scan, entry, leaf, text)) continue;
        entries.push(entry);
        isUnmatched = false;
        isPersonal ||= !isOfNoPerson(scan, leaf, before);
      } else {
        entries.push(entry);
        keepNames(scan, entry, leaf, text);
        // Whoever is named is not remembered.
        isPersonal ||= scan.names.found.length > 0;
      }
    }
  }
  const short = text.length <= PADDED && mayBePadded(scan.parsed.leaves.classes[leaf] ?? 0, text.length) ? unpadded(text) : null;
  if (short === null) return isPersonal ? null : { cost, entries, isUnmatched };
  // The same where label and value stand in columns of one line (padded-label.ts): few texts are so, and none of them is remembered.
  runWaiting(scan, found, leaf, { text: short.text, label: short.text, placeOf: short.at });
  return null;
}

/** Whether nothing about the text but the pattern itself says that it has no match. */
function isOpen(scan: Scan, entry: Entry, text: string): boolean {
  const { minLength, maxLength, context } = entry.rule.gate;
  if (text.length < minLength || text.length > maxLength || !isApplied(scan, entry)) return false;
  return context === null || context.words.some((word) => hasWord(scan.hits, word));
}

/** Returns whether it matched, as far as the text alone tells. `placeOf` is given where the text is not the leaf's own. */
function runPattern(scan: Scan, entry: Entry, leaf: number, text: string, placeOf: PlaceOf | null = null): boolean {
  const { pattern, gate, excludedBefore, conditions, rank } = entry.rule;
  if (pattern === null) return false;
  let matched = false;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    // A pattern that matches nothing (the loader forbids it) steps on rather than for ever.
    if (found[0] === '') pattern.lastIndex++;
    const [from, to] = found.indices?.groups?.value ?? [found.index, found.index + found[0].length];
    if (
      from === to ||
      (placeOf !== null && placeOf(from) < 0) ||
      (gate.context !== null && !isNear(gate.context, text, from, to))
    )
      continue;
    if (excludedBefore?.test(text.slice(Math.max(0, from - BEFORE), from)) === true) continue;
    const factor = factorOf(entry.rule, text.slice(from, to));
    if (factor === 0) continue;
    matched = true;
    if (!conditionsHold(scan, conditions, leaf)) continue;
    if (placeOf === null) keep(scan, entry, leaf, from, to, factor, rank);
    else keep(scan, entry, leaf, placeOf(from), placeOf(to - 1) + 1, factor, rank);
    scan.budget -= MATCH_COST;
    if (scan.budget < 0) {
      reportUnread(scan, leaf);
      break;
    }
  }
  return matched;
}
