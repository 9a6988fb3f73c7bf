import { lastBefore } from '../last-before.ts';

/**
 * Text that was made of other text (escapes resolved, tags left out) and still knows where each part of it came from. It is put together of
 * pieces: runs that are their source unit by unit, and replacements that stand for a stretch of it as a whole.
 */
export interface Mapped {
  readonly text: string;
  /** The stretch of the source that `text.slice(from, to)` came from, half-open; null where there is none. */
  find(from: number, to: number): { start: number; end: number } | null;
}

export interface Mapper {
  /** Source that is its own text. */
  run(start: number, end: number): void;
  /** Text that stands for a stretch of the source; an empty stretch where something is put in between. */
  put(text: string, start: number, end: number): void;
  done(): Mapped;
}

/** What a run is in the source: its text, and where a unit of it (UTF-16) lies. */
export interface RunReader {
  text(start: number, end: number): string;
  /** Offset in the source of the unit after `units` units of the run; within a character its beginning, or its end where `after` is set. */
  at(start: number, end: number, units: number, after: boolean): number;
}

/** Source that is a string: offsets are UTF-16 units. */
export function stringRuns(source: string): RunReader {
  return { text: (start, end) => source.slice(start, end), at: (start, _end, units) => start + units };
}

export function createMapper(reader: RunReader): Mapper {
  const texts: string[] = [];
  /** Where each piece begins in the text, and where it lies in the source. */
  const begins: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const runs: boolean[] = [];
  let length = 0;
  const add = (text: string, start: number, end: number, isRun: boolean): void => {
    if (text === '') return;
    texts.push(text);
    begins.push(length);
    starts.push(start);
    ends.push(end);
    runs.push(isRun);
    length += text.length;
  };
  const pieceAt = (unit: number): number => lastBefore(begins, begins.length, unit);
  const edge = (piece: number, unit: number, after: boolean): number => {
    const [start = 0, end = 0] = [starts[piece], ends[piece]];
    if (runs[piece] !== true) return after ? end : start;
    return reader.at(start, end, unit - (begins[piece] ?? 0), after);
  };
  return {
    run(start, end) {
      if (start < end) add(reader.text(start, end), start, end, true);
    },
    put: (text, start, end) => add(text, start, end, false),
    done: () => ({
      text: texts.join(''),
      find(from, to) {
        if (from < 0 || from >= to || to > length) return null;
        const start = edge(pieceAt(from), from, false);
        const end = edge(pieceAt(to - 1), to, true);
        return start < end ? { start, end } : null;
      },
    }),
  };
}
