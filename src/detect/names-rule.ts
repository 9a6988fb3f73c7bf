import { factorOf } from './claims.ts';
import type { Entry } from './entry.ts';
import { REMEMBERED } from './leaf-memory.ts';
import { keepGivenWords } from './names/again.ts';
import { ENDED, type Known, NOTHING, SIGNATURE, WHOSE, type Whose } from './names/evidence.ts';
import { type FoundName, findNames, wordsReadLast } from './names/find.ts';
import { learn, learnTold, wordsOfName } from './names/known.ts';
import type { NamesRead } from './names/names-read.ts';
import { isMetSmall, meetSmall } from './names/small-words.ts';
import { conditionsHold, isApplied, keep, type Scan } from './scan-state.ts';
import { bytesOf } from './value-set.ts';

/** A name costs as much as reading so many characters, as a match of a pattern does. */
const NAME_COST = 2000;

/** Reading a text for names costs about as much as four patterns do; once, whatever the number of rules that ask. */
const READ_COST = 4;

/** Words that were no name where they stood, of one message: more are not looked at again. */
const MOST_PASSED = 8192;

/** Steps that asking for the names of a text costs. */
export function namesCost({ names }: Scan, leaf: number, text: string): number {
  return names.leaf === leaf ? 0 : text.length * READ_COST;
}

/** Reports the names in a text that are whose the rule asks for. The text is read once for all such rules. */
export function keepNames(scan: Scan, entry: Entry, leaf: number, text: string): void {
  const { names } = scan;
  if (names.leaf !== leaf) read(scan, leaf, text);
  const { rule } = entry;
  for (const { from, to, whose, factor, likely } of names.found) {
    if ((likely ?? whose) !== rule.names) continue;
    const left = factorOf(rule, text.slice(from, to));
    if (left > 0 && conditionsHold(scan, rule.conditions, leaf)) keep(scan, entry, leaf, from, to, factor * left, rule.rank);
  }
}

function read(scan: Scan, leaf: number, text: string): void {
  const { names, parsed } = scan;
  if (!names.told) tellKnown(scan);
  learnMatched(scan);
  const address = parsed.leaves.address[leaf] ?? -1;
  const before = address === names.address && leaf > names.leaf ? names.lead : NOTHING;
  const lead = before === ENDED && text.length > SIGNATURE ? NOTHING : before;
  names.leaf = leaf;
  names.address = address;
  const bytes = lead === NOTHING && text.length <= REMEMBERED ? bytesOf(parsed.leaves, leaf) : null;
  const nameless = bytes === null ? undefined : scan.ruleset.remembered.nameless.find('names', bytes, parsed.leaves, leaf);
  if (nameless !== undefined && !nameless.words.some((word) => names.known.has(word) || names.again.has(word))) {
    for (let word = 0; word < nameless.small; word++) meetSmall(names.reading, nameless.words[word] ?? 0);
    for (const hash of nameless.passed) pass(names, hash, leaf);
    names.found = NOBODY;
    names.lead = nameless.lead;
    return;
  }
  const passed: number[] = [];
  const { found, lead: next } = findNames(text, names.known, lead, {
    given: names.given,
    again: names.again,
    small: (hash) => meetSmall(names.reading, hash),
    passed(hash) {
      pass(names, hash, leaf);
      if (bytes !== null) passed.push(hash);
    },
  });
  names.found = found;
  names.lead = next;
  scan.budget -= found.length * NAME_COST;
  if (bytes === null || nameless !== undefined || found.length > 0) return;
  const small = wordsReadLast(true);
  const words = [...small, ...wordsReadLast(false)];
  if (words.some((word) => names.known.has(word) || names.again.has(word))) return;
  scan.ruleset.remembered.nameless.keep('names', bytes, parsed.leaves, leaf, { lead: next, words, small: small.length, passed });
}

const NOBODY: readonly FoundName[] = [];

function pass({ passed }: NamesRead, hash: number, leaf: number): void {
  if (passed.length < 2 * MOST_PASSED) passed.push(hash, leaf);
}

/** Whoever the message names in its own fields may be meant in its texts: fields come first. */
function tellKnown({ names, matches, parsed }: Scan): void {
  names.told = true;
  for (const { category, leaf, rank, subject } of matches) {
    if (category !== 'name' || rank !== 3 || isOfThing(subject)) continue;
    const whose = isWhose(subject) ? subject : 'unknown';
    const words = wordsOfName(parsed.leaves.text(leaf));
    learn(words, whose, names.known);
    keepGivenWords(words, whose, names.given);
  }
}

/** What an institution or a machine is called names nobody. */
function isOfThing(subject: string): boolean {
  return subject === 'facility' || subject === 'equipment';
}

/** A pattern that is as sure of a name as this has a label that tells it. */
const TOLD = 0.85;

/** Whoever a form has named so far may be meant in the texts that follow, and in those before it (`recallNames`). */
function learnMatched({ names, matches, parsed }: Scan): void {
  for (; names.learnt < matches.length; names.learnt++) {
    const match = matches[names.learnt];
    if (
      match === undefined ||
      match.category !== 'name' ||
      match.rank === 3 ||
      match.confidence < TOLD ||
      isOfThing(match.subject)
    )
      continue;
    const whose = isWhose(match.subject) ? match.subject : 'unknown';
    const words = wordsOfName(parsed.leaves.text(match.leaf).slice(match.from, match.to));
    learnTold(words, whose, names.known);
    keepGivenWords(words, whose, names.given);
  }
}

function isWhose(subject: string): subject is Whose {
  return WHOSE.some((whose) => whose === subject);
}

/**
 * Reads those texts again in which a word stands that was no name there and that later texts know as one: `Padma: who is on call`, and twenty
 * lines on `Padma Raghunathan, RN`.
 */
export function recallNames(scan: Scan): void {
  const { leaves } = scan.parsed;
  const { known, passed } = scan.names;
  learnMatched(scan);
  scan.names.again = namesAgain(scan.names);
  const { again } = scan.names;
  if ((known.size === 0 && again.size === 0) || scan.budget < 0) return;
  let last = -1;
  // Reading again passes words again: those are not looked at.
  const count = passed.length;
  for (let at = 0; at < count; at += 2) {
    const leaf = passed[at + 1] ?? -1;
    const word = passed[at] ?? 0;
    if (leaf === last || !(known.has(word) || again.has(word))) continue;
    last = leaf;
    const plan = scan.ruleset.forAddress(leaves.addressOf(leaf));
    const text = leaves.text(leaf);
    // What the text read last leads to stands elsewhere.
    scan.names.leaf = -1;
    scan.names.address = -1;
    for (const entry of plan.patterns.patterns) {
      if (entry.rule.names === null || !isApplied(scan, entry)) continue;
      scan.budget -= namesCost(scan, leaf, text);
      if (scan.budget < 0) return;
      keepNames(scan, entry, leaf, text);
    }
  }
}

/** Those of the names given that the message has nowhere in small letters. */
function namesAgain({ given, reading }: NamesRead): Known {
  const again: Known = new Map();
  for (const [word, whose] of given) if (!isMetSmall(reading, word)) again.set(word, whose);
  return again;
}
