import type { Parsed } from '../core/format.ts';
import type { Ruleset } from './compile.ts';
import type { Match } from './match.ts';
import { parsePlace, within } from './places.ts';

/** Why a rule matched, in words; holds no value of the message. */
export function explainMatch(parsed: Parsed, ruleset: Ruleset, match: Match): string {
  const rule = ruleset.rules.find(({ id }) => id === match.rule);
  if (rule === undefined) return 'by a rule that is not loaded';
  const { scope, echo, context, keywords, validate, when } = rule.rule;
  if (echo !== undefined) return `repeats a ${echo} of the message's identity fields`;
  const { position } = ruleset.forAddress(parsed.leaves.addressOf(match.leaf));
  const place = [...(scope?.paths ?? []), ...(scope?.types ?? [])].find((text) => within(parsePlace(text), position));
  const where = place === undefined ? (scope?.any === true ? 'in any leaf' : 'in free text') : `at ${place}`;
  const reasons = [
    rule.pattern === null ? `by its place, ${place ?? ''}` : `by a pattern ${where}`,
    ...(when ?? []).map(({ at }) => `as ${at} says`),
    ...(keywords === undefined && context === undefined ? [] : ['with a word that says so']),
    ...(validate === undefined ? [] : [`checked by ${validate.join(', ')}`]),
  ];
  return reasons.join('; ');
}
