import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';

/** The delimiters of one message as bytes; -1 where the sender declared none (HL7 v2.9 section 2.5.4). */
export interface Delimiters {
  readonly field: number;
  readonly component: number;
  readonly repetition: number;
  readonly escape: number;
  readonly subcomponent: number;
  /** From 2.7 on. */
  readonly truncation: number;
  /** Where MSH-2 ends: the offset of the separator after it, or of the line's end. */
  readonly end: number;
  /** False when MSH-2 is missing, or is no row of distinct punctuation: the defaults stand in for what is not usable. */
  readonly declared: boolean;
}

const CR = 0x0d;
const LF = 0x0a;
const PIPE = 0x7c;
const MAX_ENCODING_CHARACTERS = 5;
const CARET = 0x5e;
const TILDE = 0x7e;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;

/** Printable ASCII that is neither letter, digit nor space. */
function isPunctuation(byte: number | undefined): boolean {
  if (byte === undefined || byte <= 0x20 || byte >= 0x7f) return false;
  return ((BYTE_CLASSES[byte] ?? 0) & (CharClass.digit | CharClass.upper | CharClass.lower)) === 0;
}

/**
 * Where MSH-2 of the header segment (MSH, FHS or BHS) at `at` ends; -1 when there is no such header: no separator after the name,
 * or what follows cannot be encoding characters. After `|`, whose meaning nobody doubts, anything passes, and MSH-2 counts as empty.
 */
export function encodingEnd(buffer: Buffer, at: number, to: number): number {
  const field = buffer[at + 3];
  if (at + 3 >= to || !isPunctuation(field)) return -1;
  const first = at + 4;
  let end = first;
  while (end < to && end - first <= MAX_ENCODING_CHARACTERS && isPunctuation(buffer[end]) && buffer[end] !== field) end++;
  const next = end < to ? buffer[end] : CR;
  const closed = next === field || next === CR || next === LF;
  if (closed && end - first <= MAX_ENCODING_CHARACTERS) return end;
  return field === PIPE ? first : -1;
}

/** What nearly every sender writes, `|^~\\&`. */
const RECOMMENDED = [PIPE, CARET, TILDE, BACKSLASH, AMPERSAND] as const;

/** Reads the delimiters of the header segment at `at`; null when there is none (`encodingEnd`). */
export function readDelimiters(buffer: Buffer, at: number, to: number): Delimiters | null {
  const end = encodingEnd(buffer, at, to);
  const field = buffer[at + 3];
  if (end < 0 || field === undefined) return null;
  const count = end - at - 4;
  if (count === 4 && RECOMMENDED.every((byte, index) => buffer[at + 3 + index] === byte))
    return { ...defaults(field), end, declared: true };
  if (count === 0) return { ...defaults(field), end, declared: false };
  const given = buffer.subarray(at + 4, end);
  // A character that means two things means the first of them (`^^\&`): splitting by it twice would not differ.
  const pick = (index: number): number => {
    const byte = given[index];
    return byte === undefined || given.indexOf(byte) < index ? -1 : byte;
  };
  const [component, repetition, escapeCharacter, subcomponent, truncation] = [pick(0), pick(1), pick(2), pick(3), pick(4)];
  const declared = given.every((byte, index) => given.indexOf(byte) === index);
  return { field, component, repetition, escape: escapeCharacter, subcomponent, truncation, end, declared };
}

function defaults(field: number): Omit<Delimiters, 'end' | 'declared'> {
  const unless = (byte: number): number => (byte === field ? -1 : byte);
  return {
    field,
    component: unless(CARET),
    repetition: unless(TILDE),
    escape: unless(BACKSLASH),
    subcomponent: unless(AMPERSAND),
    truncation: -1,
  };
}

/** What a byte does, in the high bits of the scan table; the low bits are its CharClass. Zero: it is content. */
export const Role = {
  field: 0x1000,
  component: 0x2000,
  repetition: 0x3000,
  subcomponent: 0x4000,
  /** CR or LF. */
  terminator: 0x5000,
  /** VT or FS: content, unless it frames a message. */
  frame: 0x6000,
} as const;

const tables = new Map<string, Uint16Array>();
const MAX_TABLES = 64;

/** The table that the tokenizer's one pass reads: a byte's role and class. Made once per set of delimiters. */
export function scanTable(delimiters: Delimiters): Uint16Array {
  const { field, component, repetition, subcomponent } = delimiters;
  const key = `${field} ${component} ${repetition} ${delimiters.escape} ${subcomponent}`;
  const existing = tables.get(key);
  if (existing !== undefined) return existing;
  const table = Uint16Array.from(BYTE_CLASSES);
  if (delimiters.escape >= 0) table[delimiters.escape] = (table[delimiters.escape] ?? 0) | CharClass.escape;
  if (subcomponent >= 0) table[subcomponent] = Role.subcomponent;
  if (repetition >= 0) table[repetition] = Role.repetition;
  if (component >= 0) table[component] = Role.component;
  table[field] = Role.field;
  table[CR] = Role.terminator;
  table[LF] = Role.terminator;
  table[0x0b] = Role.frame;
  table[0x1c] = Role.frame;
  if (tables.size >= MAX_TABLES) tables.clear();
  tables.set(key, table);
  return table;
}
