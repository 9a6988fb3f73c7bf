import { fileURLToPath } from 'node:url';
import type { Parsed } from '../../src/core/format.ts';
import type { Category, Subject } from '../../src/core/vocabulary.ts';
import { compilePacks, type Ruleset } from '../../src/detect/compile.ts';
import type { Match } from '../../src/detect/match.ts';
import type { Pack } from '../../src/detect/pack.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { provenPacks } from '../../src/proven-packs.ts';

export const PACKS = fileURLToPath(new URL('../../rules/packs', import.meta.url));

let packs: Pack[] | null = null;

/** The packs that are shipped. */
export function shippedPacks(): Pack[] {
  packs ??= provenPacks(PACKS);
  return packs;
}

let ruleset: Ruleset | null = null;

export function shippedRules(): Ruleset {
  ruleset ??= compilePacks(shippedPacks());
  return ruleset;
}

const HEADER = 'MSH|^~\\&|LIS|LAB|EHR|HOSP|20260102030405||ORU^R01|1|P|2.5.1\r';

/** One message of the given segments, with a header in front. */
export function message(...segments: string[]): Parsed {
  const [parsed] = parseBody({ bytes: new TextEncoder().encode(HEADER + segments.join('\r')), elided: [] });
  if (parsed === undefined) throw new Error('nothing was parsed');
  return parsed;
}

/** `[rule, subject, path, text]` of a match, for tables. */
export function found(parsed: Parsed, match: Match): [rule: string, subject: Subject, path: string, text: string] {
  return [match.rule, match.subject, parsed.leaves.path(match.leaf), parsed.leaves.text(match.leaf).slice(match.from, match.to)];
}

/** What the shipped packs find in a message of these segments. */
export function findings(...segments: string[]): [rule: string, subject: Subject, path: string, text: string][] {
  const parsed = message(...segments);
  return detect(parsed, shippedRules()).matches.map((match) => found(parsed, match));
}

/** Findings of one category, as `subject path text`. */
export function ofCategory(category: Category, ...segments: string[]): string[] {
  const parsed = message(...segments);
  return detect(parsed, shippedRules())
    .matches.filter((match) => match.category === category)
    .map((match) => found(parsed, match).slice(1).join(' '));
}
