import { isAscii, isUtf8 } from 'node:buffer';
import { type ByteTable, decodeBytes, utf8Cursor, WINDOWS_1252 } from '../charset.ts';
import type { RunReader } from './mapped.ts';

/**
 * Runs of a leaf's bytes: UTF-8 wherever they are, since what is declared is often wrong and hardly any other text reads as UTF-8 by chance; else what `table` makes of
 * them (Windows-1252 where nothing is declared). A cursor goes on from where it was asked last, so that a long text with many matches is walked once.
 */
export function byteRuns(buffer: Buffer, start: number, end: number, table: ByteTable | null): RunReader {
  const bytes = buffer.subarray(start, end);
  const oneByOne = (from: number, _to: number, units: number): number => from + units;
  if (isAscii(bytes)) return { text: (from, to) => buffer.toString('latin1', from, to), at: oneByOne };
  if (!isUtf8(bytes)) return { text: (from, to) => decodeBytes(buffer, from, to, table ?? WINDOWS_1252), at: oneByOne };
  let last: { from: number; cursor: ReturnType<typeof utf8Cursor> } | null = null;
  return {
    text: (from, to) => buffer.toString('utf8', from, to),
    at(from, to, units, after) {
      if (last?.from !== from) last = { from, cursor: utf8Cursor(buffer, from, to) };
      return last.cursor(units, after);
    },
  };
}
