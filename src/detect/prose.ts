import type { Leaves } from '../core/format.ts';
import type { Plan } from './compile.ts';
import { candidates } from './eligible.ts';
import { REMEMBERED } from './leaf-memory.ts';
import { newNames } from './names/names-read.ts';
import { runPatterns } from './patterns.ts';
import type { Scan } from './scan-state.ts';
import { bytesOf } from './value-set.ts';

// Fields for codes, times and names of systems, into which people write what they find no field for.

/** Bytes of the shortest sentence that says something of somebody, and blanks in it. */
const SENTENCE = 12;
const BLANKS = 3;
const BLANK = 0x20;
/** Digits of the shortest telephone number, and letters of the shortest word that leads to one: `call 555-0123` says something of somebody too. */
const DIGITS = 7;
const LETTERS = 3;

/** Whether a field that is made for a code holds words: `D/C HOME W SON JOHN SMITH` where the place of a patient should be, or the display of a code. */
export function isProse(leaves: Leaves, leaf: number): boolean {
  const start = leaves.start[leaf] ?? 0;
  const end = leaves.end[leaf] ?? 0;
  if (end - start < SENTENCE) return false;
  const bytes = bytesOf(leaves, leaf);
  if (bytes === null) {
    const text = leaves.text(leaf);
    const blanks = text.split(' ', BLANKS + 1).length - 1;
    // Chinese and Japanese put no blanks between words: one sets apart what leads to a name.
    return isWorded(blanks, countOf(text, /\p{Nd}/gu), countOf(text, /\p{L}/gu)) || (blanks > 0 && /\p{Lo}/u.test(text));
  }
  let blanks = 0;
  let digits = 0;
  let letters = 0;
  for (let at = start; at < end && blanks < BLANKS; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === BLANK) blanks++;
    else if (byte >= 0x30 && byte <= 0x39) digits++;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) letters++;
  }
  return isWorded(blanks, digits, letters);
}

const isWorded = (blanks: number, digits: number, letters: number): boolean =>
  blanks >= BLANKS || (blanks > 0 && digits >= DIGITS && letters >= LETTERS);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Reads the leaf as free text, by itself: what the message says elsewhere of its people is looked for by the echo. Displays come again all day, and one in which
 * nothing was found is not read again.
 */
export function readProse(scan: Scan, plan: Plan, leaf: number): void {
  const { parsed, ruleset } = scan;
  const { leaves } = parsed;
  const memory = scan.deidentified ? ruleset.remembered.strictlyUntold : ruleset.remembered.untold;
  const bytes = (leaves.end[leaf] ?? 0) - (leaves.start[leaf] ?? 0) <= REMEMBERED ? bytesOf(leaves, leaf) : null;
  const known = bytes === null ? undefined : memory.find(plan, bytes, leaves, leaf);
  if (known !== undefined && known <= scan.budget) {
    scan.budget -= known;
    return;
  }
  const { budget, names } = scan;
  const prose = ruleset.forProse(leaves.addressOf(leaf));
  scan.names = { ...newNames(), told: true, learnt: scan.matches.length };
  runPatterns(scan, prose, leaf);
  scan.names = names;
  if (bytes === null || known !== undefined || scan.budget < 0) return;
  if (isQuiet(scan, prose, leaf, bytes)) memory.keep(plan, bytes, leaves, leaf, budget - scan.budget);
}

/** Whether nothing about the leaf is left to be asked: no pattern matched, whatever else its rule asks for, and no name is in it. */
function isQuiet(
  { deidentified, parsed: { leaves }, ruleset: { remembered } }: Scan,
  { patterns }: Plan,
  leaf: number,
  bytes: Uint8Array,
): boolean {
  const quiet = deidentified ? remembered.strictlyQuiet : remembered.quiet;
  if (quiet.find(candidates(patterns, leaves.classes[leaf] ?? 0), bytes, leaves, leaf)?.isUnmatched !== true) return false;
  return remembered.nameless.find('names', bytes, leaves, leaf) !== undefined;
}
