import type { Chunk } from './shown.ts';

/** A chunk in the directions of its own writing. */
interface Placed extends Chunk {
  readonly along: number;
  readonly until: number;
  readonly across: number;
}

/** Baselines nearer than this part of the font's size are one line: exponents, and what was moved a little. */
const SAME_LINE = 0.4;
/** Gaps by the font's size: between letters there is less than a fifth of it, between columns more than two. */
const WORD_GAP = 0.17;
const COLUMN_GAP = 2;
const LETTER = /^[\p{L}\p{N}]$/u;
/** Letters in a row that show how far letters stand apart. */
const LETTERS = 5;

/**
 * Puts the chunks of a page together to lines: by direction, from top to bottom, each from left to right. Letters that are set one by one join
 * to words, and what stands apart is told apart by a blank, columns by two.
 */
export function linesOf(chunks: readonly Chunk[]): string[] {
  const byAngle = new Map<number, Placed[]>();
  for (const chunk of chunks) {
    const angle = angleOf(chunk);
    const placed = placeAlong(chunk, angle);
    const list = byAngle.get(angle);
    if (list === undefined) byAngle.set(angle, [placed]);
    else list.push(placed);
  }
  return joinBroken([...byAngle.values()].flatMap(assemble).filter((line) => line !== ''));
}

/** A number that is broken after a hyphen goes on in the next line: `693-` and `0111`. */
function joinBroken(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && /\d-$/.test(last) && /^\d/.test(line)) joined[joined.length - 1] = last + line;
    else joined.push(line);
  }
  return joined;
}

/** Degrees of the baseline, to the next five. A chunk without width reads like those around it. */
function angleOf({ x, y, endX, endY }: Chunk): number {
  if (Math.hypot(endX - x, endY - y) < 1e-6) return 0;
  const degrees = Math.round((Math.atan2(endY - y, endX - x) * 36) / Math.PI) * 5;
  return degrees === -180 ? 180 : degrees;
}

function placeAlong(chunk: Chunk, angle: number): Placed {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const along = chunk.x * cos + chunk.y * sin;
  const until = chunk.endX * cos + chunk.endY * sin;
  return { ...chunk, along, until, across: chunk.y * cos - chunk.x * sin };
}

function assemble(chunks: readonly Placed[]): string[] {
  const sorted = chunks
    .filter(({ along, across }) => Number.isFinite(along) && Number.isFinite(across))
    .sort((a, b) => b.across - a.across || a.along - b.along);
  const lines: string[] = [];
  let line: Placed[] = [];
  for (const chunk of sorted) {
    const [first] = line;
    if (
      first !== undefined &&
      first.across - chunk.across > SAME_LINE * Math.min(Math.max(first.size, 1), Math.max(chunk.size, 1))
    ) {
      lines.push(joinLine(line));
      line = [];
    }
    line.push(chunk);
  }
  if (line.length > 0) lines.push(joinLine(line));
  return lines;
}

/** A line that is set letter by letter with more room than usual: that much is no gap. */
function letterSpacing(line: readonly Placed[]): number {
  const gaps: number[] = [];
  line.forEach((chunk, index) => {
    const next = line[index + 1];
    if (next !== undefined && LETTER.test(chunk.text) && LETTER.test(next.text)) gaps.push(next.along - chunk.until);
  });
  if (gaps.length < LETTERS || gaps.length < line.length * 0.6) return 0;
  gaps.sort((a, b) => a - b);
  // Between the letters of words, which are most of a line.
  return Math.max(0, gaps[Math.floor(gaps.length * 0.4)] ?? 0);
}

function joinLine(line: Placed[]): string {
  line.sort((a, b) => a.along - b.along);
  const spacing = letterSpacing(line);
  let text = '';
  let last: Placed | null = null;
  for (const chunk of line) {
    if (last !== null) {
      const size = Math.max(last.size, chunk.size);
      // Shadows and bold by double print: the same again, hardly moved.
      if (chunk.text === last.text && Math.abs(chunk.along - last.along) < SAME_LINE * size) continue;
      const gap = chunk.along - last.until - spacing;
      if (gap > COLUMN_GAP * size) text += '  ';
      else if (gap > WORD_GAP * size) text += ' ';
    }
    text += chunk.text;
    last = chunk;
  }
  return text.replace(/\s{3,}/g, '  ').trim();
}
