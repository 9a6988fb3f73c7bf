import { isUtf8 } from 'node:buffer';
import { CharClass } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { type ByteTable, byteTable, WINDOWS_1252 } from '../charset.ts';

/** How the bytes over 0x7F of a message are read, and what is wrong with what MSH-18 says of them (HL7 table 0211). */
export interface Charset {
  /** A single-byte set; null: each leaf as UTF-8, or as Windows-1252 where its bytes are not UTF-8. */
  readonly table: ByteTable | null;
  readonly problem: Problem | null;
}

const UTF8 = /^(UNICODE ?)?UTF-?8$/;
const UTF16 = /^UNICODE( ?UTF-?(16|32))?$/;
const ASCII = /^(ASCII|US-ASCII|ISO ?IR-?6)$/;
const ISO_8859 = /^(?:ISO[ -]?)?8859[/-](\d{1,2})$/;
/** Sets that are transcoded before a message is read (multibyte.ts): what comes here was UTF-8 all the same. */
const MULTI_BYTE = /^(?:GB|BIG|KS|EUC|SHIFT|SJIS|ISO ?IR ?(?:14|87|159))/;
/** WHATWG has no 8859-12, and calls 1, 9 and 11 by their Windows supersets. */
const KNOWN_PARTS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16]);

/**
 * Decides by MSH-18 (its first repetition, as text) and by the bytes: what is valid UTF-8 is read as UTF-8 whatever was declared,
 * since text of a single-byte set is next to never valid UTF-8. `transcoded`: the body was UTF-16 and is UTF-8 by now.
 */
export function charsetOf(declared: string, message: Buffer, classes: number, transcoded: boolean): Charset {
  if (transcoded || (classes & CharClass.high) === 0) return { table: null, problem: null };
  const name = declared.trim().toUpperCase();
  const valid = isUtf8(message);
  if (UTF8.test(name)) return { table: null, problem: valid ? null : MISMATCH };
  if (name === '') return { table: null, problem: valid ? UNDECLARED_UTF8 : UNDECLARED };
  if (ASCII.test(name) || UTF16.test(name)) return { table: null, problem: MISMATCH };
  if (valid && MULTI_BYTE.test(name)) return { table: null, problem: MISMATCH };
  const part = Number(ISO_8859.exec(name)?.[1] ?? 0);
  if (!KNOWN_PARTS.has(part)) return { table: null, problem: UNKNOWN };
  if (valid) return { table: null, problem: MISMATCH };
  // 8859-1 is read as the Windows set that senders who declare it mean: they differ in the C1 controls only.
  return { table: part === 1 ? WINDOWS_1252 : byteTable(`iso-8859-${part}`), problem: null };
}

const MISMATCH: Problem = {
  code: 'charset.mismatch',
  detail: 'MSH-18 does not fit the bytes; they are read as UTF-8 where they are UTF-8, else as Windows-1252',
};
const UNDECLARED: Problem = {
  code: 'charset.undeclared',
  detail: 'bytes over 0x7F without MSH-18; values that are not UTF-8 are read as Windows-1252',
};
const UNDECLARED_UTF8: Problem = { code: 'charset.undeclared', detail: 'bytes over 0x7F without MSH-18; they are read as UTF-8' };
const UNKNOWN: Problem = {
  code: 'charset.unknown',
  detail:
    'MSH-18 names no character set that Cordon reads (HL7 table 0211 without CNS 11643); bytes over 0x7F are read as UTF-8, else as Windows-1252',
};
