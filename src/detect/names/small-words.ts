import { isLetterAt, Kind, type Tokens } from './tokens.ts';

/** More than a long message has words of. Two that share a slot make a name be looked for once too seldom, never once too often. */
const SLOTS = 1 << 15;

/** The reading that last met a word in small letters, by slot: nothing is allocated or cleared for a message. */
const met = new Uint32Array(SLOTS);
let last = 0;

/** The words in small letters of one message, by their hashes. Messages are read one after the other in a thread, never in turns. */
export function newReading(): number {
  last = last === 0xffff_ffff ? 1 : last + 1;
  return last;
}

export function meetSmall(reading: number, hash: number): void {
  met[hash & (SLOTS - 1)] = reading;
}

/** Whether the message may have the word in small letters. */
export function isMetSmall(reading: number, hash: number): boolean {
  return met[hash & (SLOTS - 1)] === reading;
}

/** Whether a word is written small, and not because it is part of an address, a user's name or a file's: `@tindra`, `wren.ad@`, `scan_con.pdf`. */
export function isSmall(text: string, { kind, start, end }: Tokens, at: number): boolean {
  const to = end[at] ?? 0;
  if (kind[at] !== Kind.lower || isJoint(text, to) || isJoint(text, (start[at] ?? 0) - 1)) return false;
  return text.charCodeAt(to) !== DOT || !isLetterAt(text, to + 1);
}

function isJoint(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === AT || code === UNDERSCORE;
}

const AT = 0x40;
const UNDERSCORE = 0x5f;
const DOT = 0x2e;
