import type { Parsed } from '../core/format.ts';
import { asStanding, calls } from './columns.ts';
import type { Ruleset } from './compile.ts';
import { coveredBy, parseDotted } from './dotted.ts';
import type { Match } from './match.ts';
import type { Rule } from './pack.ts';
import { parsePlace, within } from './places.ts';
import { parseTag, type Tag, tagMatches } from './tags.ts';

/** Why a rule matched, in words; holds no value of the message. */
export function explainMatch(parsed: Parsed, ruleset: Ruleset, match: Match): string {
  const rule = ruleset.rules.find(({ id }) => id === match.rule);
  if (rule === undefined) return 'by a rule that is not loaded';
  const { scope, echo, beside, context, keywords, validate, when } = rule.rule;
  if (echo !== undefined) return `repeats a ${echo} of the message's identity fields`;
  if (beside !== undefined) return `beside a part of an ${beside} that another rule finds`;
  const address = parsed.leaves.addressOf(match.leaf);
  const { position } = ruleset.forAddress(address);
  const { dotted } = position;
  const place =
    (dotted === null ? undefined : scope?.[dotted.key]?.find((text) => coveredBy(parseDotted(text), dotted) !== null)) ??
    scope?.columns?.find((phrase) => calls(position.label, position.own, asStanding([phrase]))) ??
    [...(scope?.paths ?? []), ...(scope?.types ?? [])].find((text) => within(parsePlace(text), position)) ??
    elementOf(rule.rule, { ...position, path: address.path });
  const where = place === undefined ? (scope?.any === true ? 'in any leaf' : 'in free text') : `at ${place}`;
  const reasons = [
    rule.names !== null
      ? `a person's name by the words around it, ${where}`
      : rule.pattern === null
        ? `by its place, ${place ?? ''}`
        : `by a pattern ${where}`,
    ...(when ?? []).map(({ at }) => `as ${at} says`),
    ...(keywords === undefined && context === undefined ? [] : ['with a word that says so']),
    ...(validate === undefined ? [] : [`checked by ${validate.join(', ')}`]),
  ];
  return reasons.join('; ');
}

/** The tag or the value representation that the rule names; the tag itself where it goes by a table. */
function elementOf({ scope }: Rule, { tag, vr, path }: { tag: Tag | null; vr: string; path: string }): string | undefined {
  if (tag === null) return undefined;
  return (
    scope?.tags?.find((text) => tagMatches(parseTag(text), tag)) ??
    scope?.vrs?.find((each) => each === vr) ??
    (scope?.listed === true ? path : undefined)
  );
}
