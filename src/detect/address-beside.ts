import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { CompiledRule } from './compile-rule.ts';
import { CUES, Cue } from './names/cues.ts';
import { hashOf } from './names/letters.ts';
import { Lex, lexicon, wordRank } from './names/lexicon.ts';
import type { Ranked } from './overlap.ts';
import type { Scan } from './scan-state.ts';

// No list has every village. What stands between the parts of an address, parted from them by commas, or right beside one, is a part of it too: in `8 Weavers Wynd,
// Kirkdunnock, buzzer` the street says what the second is, in `Knockaphunta, Castlebar, Co. Mayo` the town.

/** Up to four words with capitals, and small ones between them. */
const WORDS = String.raw`\p{Lu}[\p{L}\p{M}'’-]*\.?(?: (?:(?:de|la|las|los|le|les|do|da|dos|das|del|di|an|na|nan|on|upon|under|in|am|der|ob|bei|sur|en|y|i) )?\p{Lu}[\p{L}\p{M}'’-]*){0,3}`;
/** What stands behind a part of an address, and what ends it there. */
const BEHIND = new RegExp(
  String.raw`^(?: ?, ?| - | – | {2,4})(?<value>${WORDS})(?=$|[,;)\n|/\t]|\.(?:\s|$)| [-–] |,? \(?[A-Z]{0,2}\d)`,
  'u',
);
/** What stands before one, from where a part begins. */
const BEFORE = new RegExp(
  String.raw`(?:^|[,;:|\t\n] ?|\(| (?:in|at|from|near|of|lives|von|aus|nach|in der|de|à|w|z|di|da|em|en|van|te|uit|från|från) )(?<value>${WORDS})(?: ?, ?| - | – )$`,
  'u',
);
/** A line of an address by itself. */
const LINE = new RegExp(`^ {0,40}(?<value>${WORDS}),? *$`, 'u');
/** What parts two parts of an address that are both known. */
const BETWEEN = new RegExp(`^(?: ?, ?| - | – | {1,4})(?<value>${WORDS})(?: ?, ?| - | – | {1,4})$`, 'u');
/** As large as a state, or a firm: no place that tells who somebody is. */
const LARGE =
  /^(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|(?:New|North|South|West) \p{L}+|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|England|Scotland|Wales|Ireland|Kerala|Tamil Nadu|Ontario|Alberta|Manitoba|Saskatchewan|British Columbia|USA|UK|United \p{L}+|[A-Z]{2,3})$|(?:Ltd|Inc|LLC|GmbH|BV|Co|Corp|PLC|SA|AG)\.?$/iu;

/** Characters looked at on either side. */
const REACH = 48;
/** A number of a house or a postal code makes an address out of what may be any list of towns. */
const FIGURE = /\d/;

/** What is no place, whatever stands beside it. */
const NOT_PLACES =
  Cue.title |
  Cue.doctor |
  Cue.patient |
  Cue.relative |
  Cue.role |
  Cue.talk |
  Cue.credential |
  Cue.label |
  Cue.signed |
  Cue.opening |
  Cue.closing |
  Cue.does |
  Cue.degree |
  Cue.age;

/** What one text holds already. */
interface Taken {
  /** Matches by where they begin, and for each the furthest end so far. */
  readonly from: readonly number[];
  readonly ends: readonly number[];
  readonly added: Set<number>;
}

/** Adds what stands beside the parts of somebody's address that were found in texts. Costs a few characters for each of these. */
export function findBesideAddresses(scan: Scan): void {
  const { matches, ruleset } = scan;
  const { beside } = ruleset;
  if (beside === null || !matches.some((match) => isPart(match) && isSure(scan, match))) return;
  const byLeaf = Map.groupBy(matches, ({ leaf }) => leaf);
  for (const here of byLeaf.values()) {
    const parts = here.filter(isPart).sort((a, b) => a.from - b.from);
    if (!parts.some((part) => isSure(scan, part))) continue;
    const taken = takenBy(here);
    const found = parts.flatMap((part, at) => lookBeside(scan, beside, taken, part, parts[at + 1]));
    // What is found becomes a part itself, once: `Lisnageer, Knockaphunta, Castlebar, Co. Mayo`.
    for (const part of found) lookBeside(scan, beside, taken, part, undefined);
    const [first] = parts;
    if (first !== undefined) lookAbove(scan, beside, byLeaf, first);
  }
}

/** By its text: whose it is, a person's or nobody's that is said. */
function isPart({ category, rank, subject }: Ranked): boolean {
  return (category === 'street' || category === 'geo') && rank === 1 && (PERSON_SUBJECTS.has(subject) || subject === 'unknown');
}

/** A street, or a part with a figure: without one of these towns beside each other are a list. */
function isSure(scan: Scan, part: Ranked): boolean {
  return part.category === 'street' || FIGURE.test(textOf(scan, part));
}

function textOf({ parsed: { leaves } }: Scan, { leaf, from, to }: Ranked): string {
  return leaves.text(leaf).slice(from, to);
}

function takenBy(matches: readonly Ranked[]): Taken {
  const sorted = matches.toSorted((a, b) => a.from - b.from);
  let end = 0;
  const ends = sorted.map(({ to }) => {
    end = Math.max(end, to);
    return end;
  });
  return { from: sorted.map(({ from }) => from), ends, added: new Set() };
}

/** Whether a match has something of `[from, to)`. */
function isTaken({ from: begins, ends, added }: Taken, from: number, to: number): boolean {
  if (added.has(from)) return true;
  let [low, high] = [0, begins.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((begins[middle] ?? 0) < to) low = middle + 1;
    else high = middle;
  }
  return low > 0 && (ends[low - 1] ?? 0) > from;
}

/** What was found beside a part; `next` is the part after it. */
function lookBeside(scan: Scan, rule: CompiledRule, taken: Taken, part: Ranked, next: Ranked | undefined): Ranked[] {
  const text = scan.parsed.leaves.text(part.leaf);
  if (next !== undefined && next.from > part.to && next.from - part.to <= REACH) {
    const between = text.slice(part.to, next.from);
    const known = BETWEEN.exec(between)?.groups?.value;
    if (known !== undefined) return add(scan, rule, taken, part, part.to + between.indexOf(known), known, true);
  }
  const found: Ranked[] = [];
  if (part.category === 'street') {
    const behind = BEHIND.exec(text.slice(part.to, part.to + REACH))?.groups?.value;
    if (behind !== undefined) found.push(...add(scan, rule, taken, part, text.indexOf(behind, part.to), behind, false));
  }
  const start = Math.max(0, part.from - REACH);
  const before = BEFORE.exec(text.slice(start, part.from))?.groups?.value;
  if (before !== undefined) found.push(...add(scan, rule, taken, part, text.lastIndexOf(before, part.from), before, false));
  return found;
}

/** A line that is nothing but a place, right above one that begins with a postal code. */
function lookAbove(scan: Scan, rule: CompiledRule, byLeaf: ReadonlyMap<number, readonly Ranked[]>, part: Ranked): void {
  const { leaves } = scan.parsed;
  const above = part.leaf - 1;
  if (part.from > 4 || part.category !== 'geo' || !FIGURE.test(textOf(scan, part))) return;
  if (leaves.address[above] !== leaves.address[part.leaf]) return;
  const [end, start] = [leaves.end[above] ?? -1, leaves.start[part.leaf] ?? -1];
  // A line's end is one byte or two.
  if (end < 0 || start - end > 2) return;
  const text = leaves.text(above);
  const value = LINE.exec(text)?.groups?.value;
  if (value !== undefined)
    add(scan, rule, takenBy(byLeaf.get(above) ?? []), { ...part, leaf: above }, text.indexOf(value), value, false);
}

function add(scan: Scan, rule: CompiledRule, taken: Taken, part: Ranked, from: number, value: string, within: boolean): Ranked[] {
  const to = from + value.length;
  if (isTaken(taken, from, to) || !mayBePlace(value, within)) return [];
  const { id, pack, category, severity, confidence } = rule;
  const { subject, leaf } = part;
  const found: Ranked = { rule: id, pack, category, subject, severity, confidence, leaf, from, to, rank: 1 };
  taken.added.add(from);
  scan.matches.push(found);
  return [found];
}

/** Whether words may be what a place is called; `within`: between two that are parts of an address. */
function mayBePlace(value: string, within: boolean): boolean {
  const words = value.split(/[ -]/).filter((word) => word.length > 1);
  if (words.length === 0 || LARGE.test(value)) return false;
  let own = words.length > 1 && within;
  for (const word of words) {
    const hash = hashOf(word);
    const bits = lexicon().get(hash);
    if ((CUES.get(hash) & NOT_PLACES) !== 0 && !within) return false;
    if ((bits & Lex.term) !== 0 && (bits & Lex.place) === 0) return false;
    if (bits === 0 || (bits & Lex.place) !== 0 || wordRank(bits) === 0) own = true;
  }
  return own;
}
