import type { Parsed } from '../core/format.ts';
import { mask } from '../core/mask.ts';
import { type Tokenizer, tokenKindOf } from '../core/token.ts';
import type { Finding } from '../core/vocabulary.ts';
import type { Match } from './match.ts';

/**
 * What is kept of a match: place, shape and keyed token, never the value. `start` and `end` are bytes of the body, half-open, and null
 * where the matched text has no contiguous source bytes.
 */
export function toFinding(parsed: Parsed, match: Match, tokenizer: Tokenizer): Finding {
  const { leaves } = parsed;
  const value = leaves.text(match.leaf).slice(match.from, match.to);
  const span = leaves.spanOf(match.leaf, match.from, match.to);
  return {
    rule: match.rule,
    pack: match.pack,
    category: match.category,
    subject: match.subject,
    path: leaves.path(match.leaf),
    start: span?.start ?? null,
    end: span?.end ?? null,
    confidence: match.confidence,
    severity: match.severity,
    mask: mask(value),
    token: tokenizer(tokenKindOf(match.category), value),
    ...(match.registry === undefined ? {} : { registry: match.registry }),
  };
}
