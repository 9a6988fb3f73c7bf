import { type Evidence, type Known, NOTHING } from './evidence.ts';
import type { FoundName } from './find.ts';
import { newReading } from './small-words.ts';

/** What is known of names while a message is read. */
export interface NamesRead {
  /** The text read last, and the names in it. */
  leaf: number;
  found: readonly FoundName[];
  /** What it says of the next text at the same address. */
  lead: Evidence;
  address: number;
  /** Names that the message is known to hold. */
  readonly known: Known;
  /** Whether `known` has those of the message's own fields. */
  told: boolean;
  /** How many of the message's matches `known` has learnt from. */
  learnt: number;
  /** Words that may be names and were none, as hash and leaf by turns. */
  readonly passed: number[];
  /** Names by which somebody may be meant again (again.ts): all that were given, and those to be looked for. */
  readonly given: Known;
  again: Known;
  /** Tells the words in small letters of this message (small-words.ts). */
  readonly reading: number;
}

const NOBODY: Known = new Map();

export function newNames(): NamesRead {
  return {
    leaf: -1,
    found: [],
    lead: NOTHING,
    address: -1,
    known: new Map(),
    told: false,
    learnt: 0,
    passed: [],
    given: new Map(),
    again: NOBODY,
    reading: newReading(),
  };
}

/** A text that names nobody where nothing leads to a name and none of its words is known as one: what it leads to, and its words. */
export interface Nameless {
  readonly lead: Evidence;
  /** By their hashes: all of them, those in small letters first, and how many those are; and those that may be names and are none. */
  readonly words: readonly number[];
  readonly small: number;
  readonly passed: readonly number[];
}
