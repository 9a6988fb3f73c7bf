import { BYTE_CLASSES } from '../classes.ts';
import type { Delimiters } from './delimiters.ts';

/** A field's bytes. */
export interface FieldSpan {
  readonly start: number;
  readonly end: number;
  /** CharClass of all its bytes, escape included. */
  readonly classes: number;
}

/** The fields of a header line, by number: MSH-3 is at 3. Fields that are not there are empty. */
type HeaderFields = readonly FieldSpan[];

const LAST_FIELD = 25;
const CR = 0x0d;
const LF = 0x0a;
const FS = 0x1c;
const ESCAPE = 1024;

/** Reads MSH-2 to MSH-25 of the header line at `at`, nothing past the line's end. */
export function headerFields(buffer: Buffer, at: number, to: number, delimiters: Delimiters): HeaderFields {
  const fields: FieldSpan[] = [];
  const none: FieldSpan = { start: at, end: at, classes: 0 };
  let start = at + 4;
  let classes = 0;
  fields.push(none, { start: at + 3, end: at + 4, classes: BYTE_CLASSES[delimiters.field] ?? 0 });
  for (let next = start; fields.length <= LAST_FIELD; next++) {
    const byte = next < to ? buffer[next] : CR;
    const ends = byte === CR || byte === LF || byte === FS;
    if (ends || byte === delimiters.field) {
      fields.push({ start, end: next, classes });
      start = next + 1;
      classes = 0;
      if (ends) break;
    } else {
      classes |= byte === delimiters.escape ? ESCAPE : (BYTE_CLASSES[byte ?? 0] ?? 0);
    }
  }
  while (fields.length <= LAST_FIELD) fields.push(none);
  return fields;
}

/** The first repetition of a field. */
export function firstRepetition(buffer: Buffer, field: FieldSpan, delimiters: Delimiters): FieldSpan {
  return upTo(buffer, field, delimiters.repetition);
}

/** The n-th component (from 1) of a field's first repetition; empty when there is none. */
export function headerComponent(buffer: Buffer, field: FieldSpan, component: number, delimiters: Delimiters): FieldSpan {
  let rest = firstRepetition(buffer, field, delimiters);
  for (let skipped = 1; skipped < component; skipped++) {
    const head = upTo(buffer, rest, delimiters.component);
    rest = { ...rest, start: Math.min(head.end + 1, rest.end) };
  }
  return upTo(buffer, rest, delimiters.component);
}

function upTo(buffer: Buffer, field: FieldSpan, delimiter: number): FieldSpan {
  for (let at = field.start; at < field.end; at++) if (buffer[at] === delimiter) return { ...field, end: at };
  return field;
}
