import { type Clock, systemClock } from '../core/clock.ts';

export interface Progress {
  /** Counts `units` more as done. */
  step(units?: number): void;
  /** Draws the last state and ends the line. */
  done(): void;
}

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
const REDRAW = 100;
/** Without a terminal: a line each so many percent, so that a log stays readable. */
const LINE_EACH = 25;

/**
 * Progress of long work, on stderr so that results can be piped: a bar that redraws itself on a terminal, otherwise a plain line at
 * every quarter. Without colour codes.
 */
export function createProgress(
  label: string,
  total: number,
  stream: ProgressStream = process.stderr,
  clock: Clock = systemClock,
): Progress {
  return stream.isTTY === true ? drawnProgress(label, total, stream, clock) : writtenProgress(label, total, stream);
}

function drawnProgress(label: string, total: number, stream: ProgressStream, clock: Clock): Progress {
  let count = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = () => {
    const part = total === 0 ? 1 : Math.min(1, count / total);
    const full = Math.round(part * BAR);
    const line = `${label} [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${count}/${total}`;
    stream.write(`\r${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  return {
    step(units = 1) {
      count += units;
      const now = clock();
      if (now - drawn < REDRAW) return;
      drawn = now;
      draw();
    },
    done() {
      draw();
      stream.write('\n');
    },
  };
}

function writtenProgress(label: string, total: number, stream: ProgressStream): Progress {
  let count = 0;
  let written = 0;
  const percent = () => (total === 0 ? 100 : Math.floor((Math.min(count, total) / total) * 100));
  return {
    step(units = 1) {
      count += units;
      const reached = Math.floor(percent() / LINE_EACH) * LINE_EACH;
      if (reached <= written || reached === 100) return;
      written = reached;
      stream.write(`${label}: ${count}/${total}\n`);
    },
    done() {
      stream.write(`${label}: ${count}/${total}, done\n`);
    },
  };
}
