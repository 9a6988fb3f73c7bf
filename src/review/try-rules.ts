import { mask } from '../core/mask.ts';
import type { Category, Severity, Subject } from '../core/vocabulary.ts';
import { compilePacks, type Ruleset } from '../detect/compile.ts';
import { explainMatch } from '../detect/explain.ts';
import type { Pack } from '../detect/pack.ts';
import { sampleBody } from '../detect/samples.ts';
import { detect } from '../detect/scan.ts';
import { parseBody } from '../formats/registry.ts';

/** Characters of a text that is tried: it is scanned where people wait for pages. */
export const TRY_LIMIT = 8_000;
/** Steps that trying may cost: a few milliseconds. */
const TRY_BUDGET = 20_000_000;

/** What a rule found in a text that somebody tried. Holds the shape of what was found, never the text. */
export interface Tried {
  readonly rule: string;
  readonly path: string;
  readonly mask: string;
  readonly category: Category;
  readonly subject: Subject;
  readonly severity: Severity;
  readonly confidence: number;
  readonly why: string;
}

/**
 * Runs rules over a text: one that starts with a segment is read as HL7 v2, any other as free text of a result (OBX-5). Keeps nothing. `rule`
 * narrows what is returned to one.
 */
export function createTryRules(packs: () => readonly Pack[]): (text: string, rule: string | null) => readonly Tried[] {
  let from: readonly Pack[] | null = null;
  let ruleset: Ruleset | null = null;
  return (text, rule) => {
    const inForce = packs();
    // Reloaded rules are another list.
    if (ruleset === null || from !== inForce) ruleset = compilePacks(inForce);
    from = inForce;
    const compiled = ruleset;
    const body = /^MSH\|/.test(text) ? new TextEncoder().encode(text.replace(/\r?\n/g, '\r')) : sampleBody(text);
    return parseBody({ bytes: body, elided: [] }).flatMap((parsed) =>
      detect(parsed, compiled, TRY_BUDGET)
        .matches.filter((match) => rule === null || match.rule === rule)
        .map((match) => ({
          rule: match.rule,
          path: parsed.leaves.path(match.leaf),
          mask: mask(parsed.leaves.text(match.leaf).slice(match.from, match.to)),
          category: match.category,
          subject: match.subject,
          severity: match.severity,
          confidence: match.confidence,
          why: explainMatch(parsed, compiled, match),
        })),
    );
  };
}
