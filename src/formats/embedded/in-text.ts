import type { Mapped } from '../text/mapped.ts';

/** A message of another format that stands in a text, from one offset up to another. */
export interface InText {
  readonly from: number;
  readonly to: number;
  /** The message itself, without the escapes of the text around it, and where in the text it came from. */
  readonly said: Mapped;
}

/** Whether what began on a line before closes on this one, read from an offset on: the offset behind it, or -1. */
export type Closes = (line: string, from: number) => number;

/** A stretch of a text that is a message as it is. */
export function asItIs(text: string, from: number, to: number): InText {
  return { from, to, said: { text: text.slice(from, to), find: (start, end) => ({ start: from + start, end: from + end }) } };
}
