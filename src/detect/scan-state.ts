import { CharClass, type Parsed } from '../core/format.ts';
import type { Unexamined } from '../core/vocabulary.ts';
import { without } from '../formats/coverage.ts';
import { creatorsIn } from '../formats/dicom/private.ts';
import type { Hits } from './automaton.ts';
import type { Ruleset } from './compile.ts';
import { type Condition, CREATOR, type Nearby } from './compile-rule.ts';
import type { Relative } from './dotted.ts';
import type { Entry, Owner } from './entry.ts';
import type { NamesRead } from './names/names-read.ts';
import type { Ranked } from './overlap.ts';
import { plainText } from './plain.ts';
import { relativeTexts } from './relatives.ts';
import { elementText, findSibling, itemText, type Purse, type Sibling } from './siblings.ts';
import { holdsLeaf, holdsText } from './value-set.ts';

/** What one scan carries along. */
export interface Scan {
  readonly parsed: Parsed;
  readonly ruleset: Ruleset;
  readonly matches: Ranked[];
  readonly unexamined: Unexamined[];
  /** Index into `matches`, plus one, of the structural claim on each leaf; 0 for none. */
  readonly claimed: Int32Array;
  /** Keywords of the leaf being read. */
  readonly hits: Hits;
  /** Whether the message has to be free of identifiers: it says that it is, or its flow does. */
  readonly deidentified: boolean;
  /** Top-level elements that conditions asked for, by tag: the same for every leaf. */
  readonly elements: Map<string, string | null>;
  /** The sibling looked up last (-1: there is none): several rules of a leaf ask for the same one. */
  readonly sibling: { leaf: number; at: string; found: number };
  /** The same where several leaves may lie at the place asked for. */
  readonly relatives: { leaf: number; at: string; values: readonly string[] };
  /** Names in the text read last, and those that the message is known to hold. */
  names: NamesRead;
  /** Steps left for looking at siblings: apart, so that a long text before it does not change what a field is. */
  readonly walks: Purse;
  /** Private creators by the leaf that they own; null until a rule asks. */
  creators: ReadonlyMap<number, string> | null;
  /** Bits of what makes the message sensitive, in the order of SENSITIVITIES. */
  labels: number;
  /** YYYYMMDD at which the message was made, empty where it does not say; null until asked. */
  day: string | null;
  /** Class bits DECODED of any leaf so far. */
  decoded: number;
  /** Steps left; below zero the detectors that read text stop, and what they did not read is reported. */
  budget: number;
}

export function conditionHolds(scan: Scan, condition: Condition, leaf: number): boolean {
  if (condition.at === CREATOR) return isOwned(scan, condition.allow, leaf);
  if (condition.at.relative !== null) return relativeHolds(condition, relativeValues(scan, condition.at.relative, leaf));
  if (condition.at.item !== null) return elementHolds(condition, itemText(scan.parsed, leaf, condition.at.item, scan.walks));
  if (condition.at.element) return elementHolds(condition, elementValue(scan, condition.at));
  const found = siblingOf(scan, condition.at, leaf);
  if (found < 0) return condition.absent || condition.allow === null;
  const { leaves } = scan.parsed;
  if (condition.allow !== null) return holdsLeaf(condition.allow, leaves, found);
  return condition.deny !== null ? !holdsLeaf(condition.deny, leaves, found) : !condition.absent;
}

function elementHolds({ allow, deny, absent }: Condition, value: string | null): boolean {
  if (value === null) return absent || allow === null;
  if (allow !== null) return holdsText(allow, value);
  return deny !== null ? !holdsText(deny, value) : !absent;
}

function isOwned(scan: Scan, creators: Condition['allow'], leaf: number): boolean {
  const { leaves, format } = scan.parsed;
  if (format !== 'dicom' || creators === null) return false;
  scan.creators ??= creatorsIn(leaves);
  const creator = scan.creators.get(leaf);
  return creator !== undefined && holdsText(creators, creator);
}

/** Of several values one that is asked for is enough, and one that must not be there is too many. */
function relativeHolds({ allow, endings, deny, absent }: Condition, values: readonly string[]): boolean {
  if (values.length === 0) return absent || allow === null;
  if (allow !== null) return values.some((value) => holdsText(allow, value) || endsIn(value, endings));
  return deny !== null ? !values.some((value) => holdsText(deny, value)) : !absent;
}

/** `https://x.example/StructureDefinition/patient-employer` ends in `employer`; so does the word alone. */
function endsIn(value: string, endings: readonly string[]): boolean {
  if (endings.length === 0) return false;
  const folded = value.trim().toUpperCase();
  return endings.some((ending) => folded.endsWith(ending) && /^$|[/#:.-]$/.test(folded.slice(0, -ending.length)));
}

function relativeValues({ relatives, parsed, walks }: Scan, at: Relative, leaf: number): readonly string[] {
  if (relatives.leaf !== leaf || relatives.at !== at.text) {
    relatives.leaf = leaf;
    relatives.at = at.text;
    relatives.values = relativeTexts(parsed.leaves, leaf, at, walks);
  }
  return relatives.values;
}

function siblingOf(scan: Scan, at: Sibling, leaf: number): number {
  const { sibling } = scan;
  if (sibling.leaf !== leaf || sibling.at !== at.text) {
    sibling.leaf = leaf;
    sibling.at = at.text;
    sibling.found = findSibling(scan.parsed, scan.ruleset, leaf, at, scan.walks);
  }
  return sibling.found;
}

function elementValue({ elements, parsed, walks }: Scan, { text: tag }: Sibling): string | null {
  const known = elements.get(tag);
  if (known !== undefined) return known;
  const value = parsed.routing.fields[tag] ?? elementText(parsed, tag, walks);
  elements.set(tag, value);
  return value;
}

/** Whether a rule that applies so is to be tried on this message. */
export function isApplied(scan: Scan, { applies }: Entry): boolean {
  return applies === 'always' || (applies === 'deidentified') === scan.deidentified;
}

export function conditionsHold(scan: Scan, conditions: readonly Condition[], leaf: number): boolean {
  for (const condition of conditions) if (!conditionHolds(scan, condition, leaf)) return false;
  return true;
}

const WORD = /[\p{L}\p{N}]/u;

/** Whether one of the words stands within the window; a word that the window cuts does not count. */
export function isNear({ near, window, side }: Nearby, text: string, from: number, to: number): boolean {
  if (side !== 'after') {
    let start = Math.max(0, from - window);
    while (start > 0 && start < from && WORD.test(text.charAt(start - 1))) start++;
    if (near.test(plainText(text.slice(start, from)))) return true;
  }
  return side !== 'before' && near.test(plainText(text.slice(to, to + window)));
}

/** Whose the value is: the first entry whose condition and cue hold. */
function ownerOf(scan: Scan, subjects: readonly Owner[], leaf: number, from: number, to: number): Owner | undefined {
  return subjects.find(
    ({ condition, cue }) =>
      (condition === null || conditionHolds(scan, condition, leaf)) &&
      (cue === null || isNear(cue, scan.parsed.leaves.text(leaf), from, to)),
  );
}

/** Adds a match; `factor` is what validators leave of the rule's confidence, `rank` how it was had (overlap.ts). */
export function keep(
  scan: Scan,
  { rule, subjects, owner }: Entry,
  leaf: number,
  from: number,
  to: number,
  factor: number,
  rank: number,
): void {
  const whose = owner ?? ownerOf(scan, subjects, leaf, from, to);
  scan.matches.push({
    rule: rule.id,
    pack: rule.pack,
    category: rule.category,
    subject: whose?.subject ?? rule.rule.subject,
    severity: whose?.severity ?? rule.severity,
    confidence: factor === 1 ? rule.confidence : Math.round(rule.confidence * factor * 100) / 100,
    leaf,
    from,
    to,
    rank,
  });
}

/** Out of budget is a result, not silence: the leaf is listed, neighbours joined. */
export function reportUnread(scan: Scan, leaf: number): void {
  report(scan, leaf, 'budget');
}

function report({ parsed, unexamined }: Scan, leaf: number, reason: string): void {
  const start = parsed.leaves.start[leaf] ?? -1;
  const end = parsed.leaves.end[leaf] ?? -1;
  if (start < 0 || ((parsed.leaves.classes[leaf] ?? 0) & CharClass.inner) !== 0) {
    reportHost(parsed, unexamined, leaf, reason);
    return;
  }
  const last = unexamined.at(-1);
  if (last?.reason === reason && start < last.end) return;
  if (last?.reason === reason && start - last.end <= 1) unexamined[unexamined.length - 1] = { start: last.start, end, reason };
  else unexamined.push({ start, end, reason });
}

/** A leaf without bytes of its own: those of the document it lies in, or of the message; what counts as unexamined already does so once. */
function reportHost({ leaves, coverage, start, end }: Parsed, unexamined: Unexamined[], leaf: number, reason: string): void {
  const hosts = leaves.hostSpans?.(leaf) ?? [];
  const known = [...coverage.unexamined, ...unexamined].sort((a, b) => a.start - b.start);
  for (const host of hosts.length > 0 ? hosts : [{ start, end }]) unexamined.push(...without({ ...host, reason }, known));
}
