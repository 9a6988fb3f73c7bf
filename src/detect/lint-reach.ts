import { asStanding, names } from './columns.ts';
import { classBit } from './compile-rule.ts';
import { coveredBy, DOTTED_PATTERN, parseDotted } from './dotted.ts';
import type { Report } from './lint-report.ts';
import type { Rule, When } from './pack.ts';
import { widthOf } from './pattern-width.ts';
import { type Place, parsePlace } from './places.ts';
import { parseTag } from './tags.ts';

/**
 * What of a rule can never hold: a place that the rule takes away again, lengths that no leaf has, conditions that exclude each other, an owner that never comes
 * to a word. Only what is sure from the rule alone; that a rule finds something is what its samples are for.
 */
export function checkReach(rule: Rule, report: Report): void {
  checkExcept(rule.scope, report);
  checkColumns(rule.scope, report);
  checkLengths(rule, report);
  checkConditions(rule.when ?? [], report);
  checkOwners(rule.subjectBy ?? [], report);
}

type Scope = NonNullable<Rule['scope']>;

/** Lists of places that a scope and an owner both have. */
const KINDS = ['paths', 'types', 'tags', 'fhir', 'cda', 'columns'] as const;
type Kind = (typeof KINDS)[number];
type Places = Readonly<Partial<Record<Kind, readonly string[] | undefined>>>;

function checkExcept(scope: Scope | undefined, report: Report): void {
  for (const kind of KINDS) {
    if (kind === 'columns') continue;
    scope?.[kind]?.forEach((place, index) => {
      const by = scope.except?.find((each) => isWithin(place, each));
      if (by !== undefined)
        report(['scope', kind, index], `"${place}" is never looked at: "except" takes "${by}" away; remove one of the two`);
    });
  }
  scope?.segments?.forEach((segment, index) => {
    if (scope.except?.includes(`${segment}-*`) === true)
      report(
        ['scope', 'segments', index],
        `"${segment}" is never looked at: "except" takes all of it away; remove one of the two`,
      );
  });
}

function checkColumns(scope: Scope | undefined, report: Report): void {
  scope?.columns?.forEach((column, index) => {
    const not = scope.notColumns?.find((phrase) => names(` ${column} `, asStanding([phrase])));
    if (not !== undefined)
      report(['scope', 'columns', index], `"${column}" holds "${not}", which "notColumns" forbids; remove one of the two`);
  });
}

/** Whether all that lies at or beneath a place lies at or beneath the other. False where it can't be told. */
function isWithin(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  if (inner.startsWith('(') || outer.startsWith('('))
    return inner.startsWith('(') && outer.startsWith('(') && isTagWithin(inner, outer);
  if (DOTTED_PATTERN.test(inner)) return DOTTED_PATTERN.test(outer) && isDottedWithin(inner, outer);
  return !DOTTED_PATTERN.test(outer) && isPlaceWithin(parsePlace(inner), parsePlace(outer));
}

function isTagWithin(inner: string, outer: string): boolean {
  const one = parseTag(inner);
  const other = parseTag(outer);
  const fixes = (of: 'group' | 'element', mask: 'groupMask' | 'elementMask'): boolean =>
    (one[mask] & other[mask]) === other[mask] && (one[of] & other[mask]) === other[of];
  const parity = one.groupMask === 0xffff ? one.group & 1 : one.parity;
  return fixes('group', 'groupMask') && fixes('element', 'elementMask') && (other.parity === null || parity === other.parity);
}

/** `**` stands for any number of names, so what lies within such a place can't be told from its names. */
function isDottedWithin(inner: string, outer: string): boolean {
  const path = inner.split('.');
  return !path.includes('**') && coveredBy(parseDotted(outer), { key: 'fhir', path, type: [] }) !== null;
}

function isPlaceWithin(inner: Place, outer: Place): boolean {
  return (
    inner.kind === outer.kind &&
    inner.head === outer.head &&
    outer.numbers.every((number, depth) => inner.numbers[depth] === number)
  );
}

function checkLengths({ pattern, minLength = 1, maxLength = Infinity, needs = [], ignoreCase }: Rule, report: Report): void {
  if (minLength > maxLength) report(['minLength'], `no leaf has ${minLength} characters or more and ${maxLength} or fewer`);
  const width = pattern === undefined || !compiles(pattern) ? null : widthOf(pattern, ignoreCase === true);
  if (width === null) return;
  const { least, most, start, end, classes } = width;
  if (least > maxLength)
    report(
      ['maxLength'],
      `the pattern takes ${least} characters or more, and no leaf of ${maxLength} holds them; raise "maxLength"`,
    );
  if (!start || !end) return;
  if (most < minLength)
    report(['minLength'], `the pattern is the whole leaf and takes ${most} characters at most; lower "minLength" to that`);
  needs.forEach((name, index) => {
    if ((classes & classBit(name)) === 0)
      report(['needs', index], `the pattern is the whole leaf and has no place for "${name}"; remove it`);
  });
}

/** What does not compile is reported as that. */
function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Conditions on one sibling have to leave a value, or none, that passes all of them. Of leaves of an object there may be several. */
function checkConditions(conditions: readonly When[], report: Report): void {
  conditions.forEach(({ at }, index) => {
    const same = conditions.filter((condition) => condition.at === at);
    if (same[0] !== conditions[index] || same.length < 2 || /^\.+@?[A-Za-z_]/.test(at)) return;
    if (!mayBeAbsent(same) && !mayBePresent(same))
      report(
        ['when', index],
        `the conditions on "${at}" exclude each other: no message meets all of them; make one of them, or two rules`,
      );
  });
}

function mayBeAbsent(conditions: readonly When[]): boolean {
  return conditions.every((condition) => condition.absent === true || condition.in === undefined);
}

function mayBePresent(conditions: readonly When[]): boolean {
  const fold = (values: readonly string[] = []): string[] => values.map((value) => value.toUpperCase());
  if (conditions.some((condition) => condition.in === undefined && condition.notIn === undefined)) return false;
  const allowed = conditions.flatMap((condition) => (condition.in === undefined ? [] : [fold(condition.in)]));
  const denied = new Set(conditions.flatMap((condition) => (condition.in === undefined ? fold(condition.notIn) : [])));
  const [first, ...rest] = allowed;
  return first === undefined || first.some((value) => !denied.has(value) && rest.every((values) => values.includes(value)));
}

/** An owner after one that holds wherever it would: the first decides. */
function checkOwners(owners: NonNullable<Rule['subjectBy']>, report: Report): void {
  owners.forEach((owner, index) => {
    const before = owners
      .slice(0, index)
      .findIndex((each) => each.when === undefined && each.cue === undefined && areWithin(owner, each));
    if (before >= 0)
      report(
        ['subjectBy', index],
        `never decides: entry ${before + 1} holds wherever it would; put it before that, or remove it`,
      );
  });
}

function areWithin(inner: Places, outer: Places): boolean {
  if (KINDS.every((kind) => outer[kind] === undefined)) return true;
  if (KINDS.every((kind) => inner[kind] === undefined)) return false;
  return KINDS.every((kind) =>
    (inner[kind] ?? []).every((place) =>
      (outer[kind] ?? []).some((each) => (kind === 'columns' ? names(` ${place} `, asStanding([each])) : isWithin(place, each))),
    ),
  );
}
