import type { Body, Coverage } from '../../core/format.ts';
import type { Span, Unexamined } from '../../core/vocabulary.ts';
import { PIXEL_DATA } from './reading.ts';
import { openSplice, originAfter, originOf, piecesOf, type Splice } from './splice.ts';
import type { Tokens } from './tokenize.ts';

/** Spans listed one by one; further ones are joined with the last, which errs to the safe side. */
const MAX_SPANS = 1000;

/** What nobody examined of a body: what was left out of it, and what the tokenizer did not look into. In offsets of the original. */
export function coverageOf(body: Body, tokens: Tokens): Coverage {
  const splice = openSplice(body);
  if (body.inflated !== undefined) {
    const { start, size } = body.inflated;
    const missed = missedIn(splice, tokens);
    const before = missed.filter((span) => span.start < start).map((span) => ({ ...span, end: Math.min(span.end, start) }));
    return sum(start + size, [
      ...before,
      ...wholly(
        start,
        start + size,
        missed.filter((span) => span.end > start),
      ),
    ]);
  }
  if (tokens.deflated === null) return sum(splice.size, missedIn(splice, tokens));
  const { from, consumed, outcome } = tokens.deflated;
  const stream = originOf(splice, from);
  const read = Math.max(stream, originAfter(splice, from + consumed));
  const stop = splice.gaps.find((gap) => gap.start >= read)?.start ?? splice.size;
  const reason = outcome === 'cap' ? 'deflate-cap' : 'undecodable';
  const before = tokens.opaque
    .filter((span) => span.from < from)
    .flatMap((span) => piecesAs(splice, span.from, span.to, span.reason));
  const inside = tokens.opaque
    .filter((span) => span.to > from)
    .map((span) => ({ start: stream, end: read, reason: span.reason }));
  const unread = outcome === 'complete' ? [] : [{ start: read, end: stop, reason }];
  return sum(splice.size, [...splice.gaps, ...before, ...wholly(stream, read, inside), ...unread]);
}

/** The bytes of the original that a stretch of what was read came from; of an inflated data set, all of its stream. */
export function spansOf(body: Body, tokens: Tokens, from: number, to: number): Span[] {
  const { splice, deflated } = tokens;
  if (body.inflated !== undefined) {
    const { start, size } = body.inflated;
    const pieces = piecesOf(splice, from, to);
    return (pieces.at(-1)?.end ?? 0) > start ? [{ start, end: start + size }] : pieces;
  }
  if (deflated === null || to <= deflated.from) return piecesOf(splice, from, to);
  const start = originOf(splice, deflated.from);
  return [{ start, end: Math.max(start, originAfter(splice, deflated.from + deflated.consumed)) }];
}

function missedIn(splice: Splice, tokens: Tokens): Unexamined[] {
  return [...splice.gaps, ...tokens.opaque.flatMap(({ from, to, reason }) => piecesAs(splice, from, to, reason))];
}

function piecesAs(splice: Splice, from: number, to: number, reason: string): Unexamined[] {
  return piecesOf(splice, from, to).map((piece) => ({ ...piece, reason }));
}

/** Nothing inside a deflate stream has a place in the original: if any of it was not examined, all of it counts as that. */
function wholly(start: number, end: number, inside: readonly Unexamined[]): Unexamined[] {
  const [first] = inside;
  return first === undefined ? [] : [{ start, end, reason: graver(inside) }];
}

/** Flows accept pixel data without saying so; anything else must not hide behind it. */
function graver(spans: readonly Unexamined[]): string {
  return spans.find((span) => span.reason !== PIXEL_DATA)?.reason ?? PIXEL_DATA;
}

function sum(bytes: number, spans: readonly Unexamined[]): Coverage {
  const unexamined: Unexamined[] = [];
  let missed = 0;
  for (const span of [...spans].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = unexamined.at(-1);
    const start = Math.max(span.start, last?.end ?? 0);
    if (span.end <= start) continue;
    const joins = last !== undefined && (unexamined.length >= MAX_SPANS || (last.end === start && last.reason === span.reason));
    missed += span.end - (joins ? last.end : start);
    if (joins) unexamined[unexamined.length - 1] = { start: last.start, end: span.end, reason: graver([last, span]) };
    else unexamined.push({ start, end: span.end, reason: span.reason });
  }
  return { bytes, examined: bytes - missed, unexamined };
}
