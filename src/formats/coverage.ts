import type { Coverage, Parsed } from '../core/format.ts';
import type { Span, Unexamined } from '../core/vocabulary.ts';
import type { Source } from './text/source.ts';

/** Coverage of the part of a source between two working offsets: all of it was read, but for what could not be decoded. */
export function coverageOf(source: Source, from: number, to: number): Coverage {
  const start = source.origin(from);
  const end = source.origin(to);
  const unexamined = source.undecodable
    .filter((span) => span.start < end && span.end > start)
    .map((span) => ({ ...span, start: Math.max(span.start, start), end: Math.min(span.end, end) }));
  const missed = unexamined.reduce((sum, span) => sum + span.end - span.start, 0);
  return { bytes: end - start, examined: end - start - missed, unexamined };
}

/**
 * Adds to the last message of a body what was left out of the body (over the limit): it counts among the message's bytes and
 * nobody examined it. Spans stay what they are in the original; `end` stays the end of what is there.
 */
export function withElided(parsed: Parsed[], elided: readonly Unexamined[]): Parsed[] {
  const last = parsed.at(-1);
  if (last === undefined || elided.length === 0) return parsed;
  const missing = elided.reduce((sum, span) => sum + span.end - span.start, 0);
  const coverage: Coverage = {
    bytes: last.coverage.bytes + missing,
    examined: last.coverage.examined,
    unexamined: [...last.coverage.unexamined, ...elided],
  };
  // What is made on demand is no property of its own.
  return [...parsed.slice(0, -1), { ...last, identity: last.identity, routing: last.routing, coverage }];
}

/** Coverage of which some spans turn out not to be read: they count as unexamined for their own reason, whatever was said of them before. */
export function uncovered(coverage: Coverage, spans: readonly Unexamined[]): Coverage {
  if (spans.length === 0) return coverage;
  const added = joined(spans);
  const rest = coverage.unexamined.flatMap((span) => without(span, added));
  const unexamined = [...rest, ...added].sort((a, b) => a.start - b.start);
  const missed = unexamined.reduce((sum, span) => sum + span.end - span.start, 0);
  return { bytes: coverage.bytes, examined: coverage.bytes - missed, unexamined };
}

/** Spans in order, without what an earlier one covers already; neighbours of one reason are one. */
function joined(spans: readonly Unexamined[]): Unexamined[] {
  const list: Unexamined[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = list.at(-1);
    const start = Math.max(span.start, last?.end ?? 0);
    if (span.end <= start) continue;
    if (last !== undefined && last.end === start && last.reason === span.reason)
      list[list.length - 1] = { ...last, end: span.end };
    else list.push({ ...span, start });
  }
  return list;
}

/** What is left of a span beside others, which are in order and apart. */
export function without(span: Unexamined, others: readonly Span[]): Unexamined[] {
  const left: Unexamined[] = [];
  let { start } = span;
  for (const other of others) {
    if (other.end <= start) continue;
    if (other.start >= span.end) break;
    if (other.start > start) left.push({ ...span, start, end: other.start });
    start = other.end;
  }
  if (start < span.end) left.push({ ...span, start });
  return left;
}
