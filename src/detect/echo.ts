import { CharClass, DECODED, type IdentityValue } from '../core/format.ts';
import type { Span } from '../core/vocabulary.ts';
import { isCdaNumber } from './cda-text.ts';
import type { CompiledRule } from './compile-rule.ts';
import { isNothingElse, type Stretch, wordsBeside } from './echo-beside.ts';
import { needleOf } from './echo-forms.ts';
import { isFhirNumber } from './fhir-text.ts';
import { type Folded, foldWithOrigin } from './fold-map.ts';
import { type Echo, type Needle, SEPARATORS } from './needle.ts';
import type { Ranked } from './overlap.ts';
import { MATCH_COST } from './patterns.ts';
import { reportUnread, type Scan } from './scan-state.ts';
import { createSearch, type OnHit } from './search.ts';
import { stretchesOf } from './stretches.ts';

/** A value of the message's identity and the rule that reports it elsewhere. */
interface Sought {
  readonly value: IdentityValue;
  readonly rule: CompiledRule;
  readonly needle: Needle;
  /** The leaf looked at last: one look finds all occurrences in it. */
  lastLeaf: number;
}

/** Types whose leaves hold numbers, times and codes (HL7 v2.5.1 §2.A). */
const NUMERIC = new Set(['NM', 'SI', 'DTM', 'DT', 'TM', 'SN', 'MO', 'CP', 'NR', 'DR', 'ID', 'IS', 'NA', 'MA', 'CQ']);

/** Value representations whose values are numbers, times and codes (PS3.5 §6.2). */
const NUMERIC_VRS = new Set([
  'AS',
  'AT',
  'CS',
  'DA',
  'DS',
  'DT',
  'FD',
  'FL',
  'IS',
  'SL',
  'SS',
  'SV',
  'TM',
  'UI',
  'UL',
  'US',
  'UV',
]);

/** Values sought at a time: a message that names thousands is searched in several rounds, each paid for. */
const ROUND = 256;

/** Characters of a decoded leaf that are folded at a time, and how far the next stretch reaches back: no value is longer. */
const WINDOW = 65_536;
const REACH = 256;

/** What is left of the confidence of a family name beside something else of its person. */
const BESIDE = 0.9;

/** Reading the words beside something costs about as much as this many characters. */
const BESIDE_COST = 200;

const search = createSearch();

/**
 * Finds what the message says of its own people (identity) anywhere else in it. Leaves whose bytes are their text are searched in one pass
 * over the message's bytes for all values together; only a leaf that holds part of a value is decoded. The others (other character
 * sets, escapes) are decoded and folded. Leaves that the identity was read from, and those that a structural rule already
 * claims for the same category and subject, are left out.
 */
export function findEchoes(scan: Scan): void {
  const sought = soughtIn(scan);
  if (sought.length === 0) return;
  const stretches = stretchesOf(scan.parsed);
  const known = scan.matches.length;
  for (let first = 0; first < sought.length && scan.budget >= 0; first += ROUND) {
    searchFor(scan, sought.length <= ROUND ? sought : sought.slice(first, first + ROUND), stretches);
  }
  nameBesideEchoes(scan, sought, known);
  if (scan.budget < 0) reportAll(scan);
}

/** The family name beside an echo of the same person's day or number, or beside a day and nothing else; echoes are the matches from `first` on. */
function nameBesideEchoes(scan: Scan, sought: readonly Sought[], first: number): void {
  const { matches, parsed } = scan;
  const names = sought.filter(({ value }) => value.kind === 'name');
  if (names.length === 0) return;
  const known = matches.filter(({ category, rank }, at) => (at < first ? category === 'date' && rank < 3 : category !== 'name'));
  let [leaf, text] = [-1, ''];
  for (const beside of known.slice(0, ROUND)) {
    // Many matches of one long leaf are one reading of it.
    if (beside.leaf !== leaf) [leaf, text] = [beside.leaf, parsed.leaves.text(beside.leaf)];
    const words = wordsBeside(text, beside);
    scan.budget -= BESIDE_COST + words.length * names.length;
    if (scan.budget < 0) return;
    for (const { rule, value, needle } of words.length === 0 ? [] : names) {
      if (value.subject !== beside.subject && beside.rank >= 2) continue;
      const at = words.find(({ folded }) => needle.part(folded) === 'family');
      if (at === undefined || (beside.rank !== 2 && !isNothingElse(text, at, beside))) continue;
      matches.push(matchOf(rule, value, beside.leaf, { from: at.from, to: at.to }, BESIDE));
    }
  }
}

function searchFor(scan: Scan, sought: readonly Sought[], stretches: readonly Span[]): void {
  const { leaves } = scan.parsed;
  for (const { start, end } of stretches) scan.budget -= end - start;
  if (scan.budget < 0) return;
  if (leaves.ascii !== undefined) searchBytes(scan, sought, stretches, leaves.ascii);
  if (scan.decoded !== 0 || leaves.ascii === undefined) searchDecoded(scan, sought);
}

function soughtIn({ parsed, ruleset, deidentified, claimed }: Scan): Sought[] {
  if (ruleset.echo.size === 0) return [];
  const sought: Sought[] = [];
  for (const value of parsed.identity.values) {
    // Where nobody may be named, what the rules leave alone in its own place is a pseudonym, and may be repeated.
    if (deidentified && claimed[value.leaf] === 0) continue;
    const rule = ruleset.echo.get(value.kind);
    const needle = rule === undefined ? null : needleOf(value);
    if (rule !== undefined && needle !== null) sought.push({ value, rule, needle, lastLeaf: -1 });
  }
  return sought;
}

function searchBytes(scan: Scan, sought: readonly Sought[], stretches: readonly Span[], bytes: Uint8Array): void {
  const { leaves } = scan.parsed;
  const anchors: string[] = [];
  const owners: Sought[] = [];
  const before: string[] = [];
  for (const one of sought) {
    for (const anchor of one.needle.anchors) {
      before.push(anchor === one.needle.anchors[0] ? one.needle.before : '');
      anchors.push(anchor);
      owners.push(one);
    }
  }
  let leaf = 0;
  const onHit: OnHit = (at, number) => {
    // Hits come in the order of bytes, leaves lie in it.
    while (leaf < leaves.count && (leaves.end[leaf] ?? 0) <= at) leaf++;
    if (leaf >= leaves.count || (leaves.start[leaf] ?? 0) > at || ((leaves.classes[leaf] ?? 0) & DECODED) !== 0) return;
    const one = owners[number];
    if (one !== undefined && one.lastLeaf !== leaf && mayFollow(bytes[at - 1] ?? 0, before[number] ?? ''))
      examine(scan, one, leaf, null, 0);
  };
  for (const { start, end } of stretches) {
    if (scan.budget >= 0) scan.budget -= search(bytes, start, end, anchors, scan.budget, onHit);
  }
}

/** Whether the byte before an anchor is what the value has there, in either case, or a separator. */
function mayFollow(byte: number, before: string): boolean {
  if (before === '') return true;
  const code = before.charCodeAt(0);
  return byte === code || byte === (code | 0x20) || SEPARATORS.includes(String.fromCharCode(byte));
}

function searchDecoded(scan: Scan, sought: readonly Sought[]): void {
  const { leaves } = scan.parsed;
  const ascii = leaves.ascii !== undefined;
  for (let leaf = 0; leaf < leaves.count && scan.budget >= 0; leaf++) {
    if (ascii && ((leaves.classes[leaf] ?? 0) & DECODED) === 0) continue;
    const text = leaves.text(leaf);
    for (let base = 0; base < text.length && scan.budget >= 0; base += WINDOW) {
      const folded = foldWithOrigin(text.length <= WINDOW ? text : text.slice(base, base + WINDOW + REACH));
      scan.budget -= folded.text.length * sought.length;
      for (const one of sought) {
        one.lastLeaf = -1;
        const { anchors } = one.needle;
        if (anchors.length === 0 || anchors.some((anchor) => folded.text.includes(anchor)))
          examine(scan, one, leaf, folded, base);
      }
    }
  }
}

/** Looks at one leaf (or at a stretch of it that begins at `base`) for one value, unless the leaf is known to hold it rightly. */
function examine(scan: Scan, one: Sought, leaf: number, decoded: Folded | null, base: number): void {
  if (one.lastLeaf === leaf || one.value.leaf === leaf || scan.budget < 0) return;
  one.lastLeaf = leaf;
  const { parsed, ruleset } = scan;
  const claim = scan.matches[(scan.claimed[leaf] ?? 0) - 1];
  if (claim !== undefined && claim.category === one.value.category && claim.subject === one.value.subject) return;
  if (((parsed.leaves.classes[leaf] ?? 0) & CharClass.sealed) !== 0) return;
  const plan = ruleset.forAddress(parsed.leaves.addressOf(leaf));
  const { vr, type, dotted } = plan.position;
  const folded = decoded ?? foldWithOrigin(parsed.leaves.text(leaf));
  scan.budget -= folded.text.length;
  const free = plan.scope === 'text' && claim === undefined;
  const numeric =
    NUMERIC.has(type) ||
    NUMERIC_VRS.has(vr) ||
    (dotted !== null && (dotted.key === 'fhir' ? isFhirNumber(dotted) : isCdaNumber(dotted)));
  const all = one.needle.find(folded.text, { free, numeric, uid: vr === 'UI' });
  const found =
    one.needle.ordinary?.() === true ? all.filter((echo) => isCapital(parsed.leaves.text(leaf), folded, base, echo)) : all;
  if (found.length > 0 && (sameField(scan, one.value.leaf, leaf) || settles(scan, one, claim, leaf, found))) return;
  scan.budget -= found.length * MATCH_COST;
  for (const echo of found) report(scan, one, leaf, folded, base, echo);
  if (found.every(({ factor }) => factor < 1) && one.value.kind === 'name') reportPair(scan, one, leaf, folded, free);
}

/** Whether a name is written as one: `Mark Rose` is, and `mark rose in value` is not. */
function isCapital(text: string, folded: Folded, base: number, { from, to }: Echo): boolean {
  const written = text.slice(base + folded.origin(from), base + folded.origin(to));
  // `Young 08 May 1940`: one word, beside the day that somebody was born.
  return /^\p{Lu}\S*$/u.test(written) || /^\P{L}*\p{Lu}(?:.*\P{L})?\p{Lu}/su.test(written);
}

/** A place that may name anybody (a person's name in a report) holds the patient's: the claim on it says so from now on. */
function settles(scan: Scan, { value }: Sought, claim: Ranked | undefined, leaf: number, found: readonly Echo[]): boolean {
  const unknown = claim?.subject === 'unknown' && claim.category === value.category && scan.parsed.format === 'dicom';
  if (!unknown || found.every(({ factor }) => factor < 1)) return false;
  scan.matches[(scan.claimed[leaf] ?? 0) - 1] = { ...claim, subject: value.subject };
  return true;
}

/** `PID-5`, whatever the repetition and component; `(0010,1000)`, whichever value; in a document, with what it lies in: `OBX-5.5/PID-5`. */
function fieldOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash >= 0) {
    const inner = fieldOf(path.slice(slash + 1));
    return inner === '' ? '' : path.slice(0, slash + 1) + inner;
  }
  if (path.startsWith('(')) return path.replace(/\[\d+\]$/, '');
  const dash = path.indexOf('-');
  if (dash < 0) return path.slice(0, Math.max(0, path.lastIndexOf('.')));
  let end = dash + 1;
  while (end < path.length && path.charCodeAt(end) >= 48 && path.charCodeAt(end) <= 57) end++;
  return path.slice(0, end);
}

function sameField(scan: Scan, leaf: number, other: number): boolean {
  if (leaf < 0) return false;
  const { leaves } = scan.parsed;
  if (leaves.addressOf(leaf).group !== leaves.addressOf(other).group) return false;
  const field = fieldOf(leaves.path(leaf));
  return field !== '' && field === fieldOf(leaves.path(other));
}

/**
 * A name in parts: family and given name each fill a leaf, side by side in one field. So a provider who merely shares the patient's
 * family name is no echo, and one who shares both is. In free text a separator that nobody escaped may cut a name in two.
 */
function reportPair(scan: Scan, one: Sought, leaf: number, folded: Folded, free: boolean): void {
  const part = one.needle.part(folded.text);
  if (part === null && !free) return;
  const { leaves } = scan.parsed;
  for (const other of [leaf - 1, leaf + 1]) {
    if (other < 0 || other >= leaves.count || !sameField(scan, leaf, other)) continue;
    if (sameField(scan, one.value.leaf, leaf)) return;
    const text = foldWithOrigin(leaves.text(other));
    const [left, right] = other < leaf ? [text, folded] : [folded, text];
    const cut = cutAt(one.needle, part, text.text, left.text, right.text);
    if (cut === null) continue;
    const first = Math.min(leaf, other);
    report(scan, one, first, left, 0, { from: cut.from, to: left.text.length, factor: 1 });
    report(scan, one, first + 1, right, 0, { from: 0, to: cut.to, factor: 1 });
    return;
  }
}

/** From where in the left and up to where in the right leaf the name stands: both whole, where each is a part of it. */
function cutAt(
  needle: Needle,
  part: ReturnType<Needle['part']>,
  other: string,
  left: string,
  right: string,
): { readonly from: number; readonly to: number } | null {
  const counterpart = part === null ? null : needle.part(other);
  if (counterpart !== null && counterpart !== part) return { from: 0, to: right.length };
  return needle.across?.(left, right) ?? null;
}

function report(
  scan: Scan,
  { rule, value }: Sought,
  leaf: number,
  folded: Folded,
  base: number,
  { from, to, factor }: Echo,
): void {
  scan.matches.push(matchOf(rule, value, leaf, { from: base + folded.origin(from), to: base + folded.origin(to) }, factor));
}

function matchOf(rule: CompiledRule, value: IdentityValue, leaf: number, at: Stretch, factor: number): Ranked {
  return {
    rule: rule.id,
    pack: rule.pack,
    category: value.category,
    subject: value.subject,
    severity: rule.severity,
    confidence: Math.round(rule.confidence * factor * 100) / 100,
    leaf,
    ...at,
    rank: 2,
  };
}

/** The search for echoes looks at everything: without budget for it, nothing counts as examined. */
function reportAll(scan: Scan): void {
  const kept = scan.unexamined.filter(({ reason }) => reason !== 'budget');
  scan.unexamined.length = 0;
  let next = 0;
  for (let leaf = 0; leaf < scan.parsed.leaves.count; leaf++) {
    const start = scan.parsed.leaves.start[leaf] ?? -1;
    const span = kept[next];
    // Encoded data has been reported already, leaf by leaf and in their order.
    if (span !== undefined && start >= span.start) {
      if (start < span.end) {
        if (scan.unexamined.at(-1) !== span) scan.unexamined.push(span);
        continue;
      }
      next++;
    }
    reportUnread(scan, leaf);
  }
}
