import type { Coverage, Parsed } from '../core/format.ts';
import type { Unexamined } from '../core/vocabulary.ts';
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
