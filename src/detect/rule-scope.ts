import type { Category } from '../core/vocabulary.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Attribute } from './attribute.ts';
import { type CompiledRule, compileCondition, nearby } from './compile-rule.ts';
import type { Applies, Entry, Owner } from './entry.ts';
import type { Rule } from './pack.ts';
import { type Place, type Position, parsePlace, type Scope, within } from './places.ts';
import { parseTag, type Tag, type TagPattern, tagMatches } from './tags.ts';

/** Where a rule looks, taken apart. */
export interface RuleScope {
  readonly paths: readonly Place[];
  readonly types: readonly Place[];
  readonly segments: ReadonlySet<string> | null;
  readonly text: boolean;
  readonly any: boolean;
  readonly except: readonly Place[];
  readonly tags: readonly TagPattern[] | null;
  readonly vrs: ReadonlySet<string> | null;
  readonly listed: boolean;
  readonly exceptTags: readonly TagPattern[];
  readonly subjects: readonly (Owner & {
    paths: readonly Place[];
    types: readonly Place[];
    tags: readonly TagPattern[];
  })[];
}

/** A rule, where it looks, and whether it comes from a table of attributes. */
export interface PlacedRule {
  readonly rule: CompiledRule;
  readonly scope: RuleScope;
  readonly tabled: boolean;
}

/** The rows of all packs' tables, looked up by tag. */
export interface Listing {
  /** A row that names the tag itself goes before one of a repeating group. */
  find(tag: Tag, category: Category): Attribute | undefined;
  /** Categories for which some rule takes over in objects that have to be free of identifiers. */
  readonly taken: ReadonlySet<Category>;
}

const isTag = (text: string): boolean => text.startsWith('(');

export function compileScope(rule: Rule): RuleScope {
  const { scope } = rule;
  const except = scope?.except ?? [];
  return {
    paths: (scope?.paths ?? []).map(parsePlace),
    types: (scope?.types ?? []).map(parsePlace),
    segments: scope?.segments === undefined ? null : new Set(scope.segments),
    text: scope?.text === true,
    any: scope?.any === true,
    except: except.filter((text) => !isTag(text)).map(parsePlace),
    tags: scope?.tags === undefined ? null : scope.tags.map(parseTag),
    vrs: scope?.vrs === undefined ? null : new Set(scope.vrs),
    listed: scope?.listed === true,
    exceptTags: except.filter(isTag).map(parseTag),
    subjects: (rule.subjectBy ?? []).map((by) => ({
      paths: (by.paths ?? []).map(parsePlace),
      types: (by.types ?? []).map(parsePlace),
      tags: (by.tags ?? []).map(parseTag),
      condition: by.when === undefined ? null : compileCondition(by.when),
      cue: by.cue === undefined ? null : nearby(by.cue),
      subject: by.subject,
      severity: by.severity ?? rule.severity,
    })),
  };
}

/** Gathers the tables of attributes; `rules` say which categories they take over. */
export function compileListing(attributes: readonly Attribute[], rules: readonly PlacedRule[]): Listing {
  const rows = attributes.map((row) => ({ row, pattern: parseTag(row.tag) }));
  const exact = new Map<number, Attribute[]>();
  for (const { row, pattern } of rows) {
    if (!isWhole(pattern)) continue;
    const key = keyOf(pattern);
    exact.set(key, [...(exact.get(key) ?? []), row]);
  }
  const repeating = rows.filter(({ pattern }) => !isWhole(pattern));
  return {
    taken: new Set(rules.flatMap(({ rule, scope }) => (scope.listed && rule.deidentified ? [rule.category] : []))),
    find(tag, category) {
      const named = exact.get(keyOf(tag));
      if (named !== undefined) return named.find((row) => row.category === category);
      return repeating.find(({ row, pattern }) => row.category === category && tagMatches(pattern, tag))?.row;
    },
  };
}

const isWhole = ({ groupMask, elementMask }: TagPattern): boolean => groupMask === 0xffff && elementMask === 0xffff;
const keyOf = ({ group, element }: Tag): number => group * 0x10000 + element;

/** The rule at this position; null where it does not look there. */
export function entryAt(placed: PlacedRule, position: Position, free: Scope, listing: Listing): Entry | null {
  const { rule, scope, tabled } = placed;
  const how = position.dicom ? howInDicom(scope, position, free) : howInScope(scope, position, free);
  if (how !== null) return entryOf(rule, how === 'path', subjectsAt(rule, scope, position), appliesTo(placed, tabled, listing));
  const row = scope.listed && position.tag !== null ? listing.find(position.tag, rule.category) : undefined;
  if (row === undefined || row.finds === 'never' || isExcepted(scope, position)) return null;
  // Staff, facilities and equipment are recorded; they make nobody's data less de-identified.
  const severity = PERSON_SUBJECTS.has(row.subject) ? rule.severity : 'low';
  return entryOf(
    rule,
    true,
    [{ condition: null, cue: null, subject: row.subject, severity }],
    appliesTo(placed, tabled, listing),
  );
}

function appliesTo({ rule }: PlacedRule, tabled: boolean, listing: Listing): Applies {
  if (rule.deidentified) return 'deidentified';
  return tabled && listing.taken.has(rule.category) ? 'identified' : 'always';
}

function entryOf(rule: CompiledRule, byPath: boolean, subjects: readonly Owner[], applies: Applies): Entry {
  const specificity = (rule.conditions.length > 0 ? 2 : 0) + (byPath ? 1 : 0);
  return { rule, applies, specificity, subjects, owner: subjects.length === 1 ? (subjects[0] ?? null) : null };
}

function isExcepted(scope: RuleScope, position: Position): boolean {
  const { tag } = position;
  return (
    scope.except.some((place) => within(place, position)) ||
    (tag !== null && scope.exceptTags.some((each) => tagMatches(each, tag)))
  );
}

function howInScope(scope: RuleScope, position: Position, free: Scope): 'path' | 'elsewhere' | null {
  if (isExcepted(scope, position)) return null;
  if (scope.paths.some((place) => within(place, position))) return 'path';
  if (isDicomOnly(scope) || (scope.segments !== null && !scope.segments.has(position.segment))) return null;
  const covered = scope.any || (scope.text && free === 'text') || scope.types.some((place) => within(place, position));
  return covered ? 'elsewhere' : null;
}

/** A rule that names data elements and no place of HL7: its `text` and `any` mean those of a data set. */
const isDicomOnly = ({ tags, vrs, paths, types }: RuleScope): boolean =>
  (tags !== null || vrs !== null) && paths.length === 0 && types.length === 0;

/** `tags` and `vrs` narrow each other, and both narrow `text`; a rule with places of HL7 alone has nothing here. */
function howInDicom(scope: RuleScope, position: Position, free: Scope): 'path' | 'elsewhere' | null {
  const { tags, vrs, text, any } = scope;
  const { tag, vr } = position;
  if (isExcepted(scope, position)) return null;
  if (scope.paths.some((place) => within(place, position))) return 'path';
  if (scope.segments !== null) return null;
  if (tags === null && vrs === null) return any || (text && free === 'text') ? 'elsewhere' : null;
  if (tags !== null && (tag === null || !tags.some((each) => tagMatches(each, tag)))) return null;
  if (vrs !== null && !vrs.has(vr)) return null;
  if (text && free !== 'text') return null;
  return tags === null ? 'elsewhere' : 'path';
}

function subjectsAt(rule: CompiledRule, scope: RuleScope, position: Position): Entry['subjects'] {
  const found: Owner[] = [];
  const { tag } = position;
  for (const { paths, types, tags, condition, cue, subject, severity } of scope.subjects) {
    const anywhere = paths.length === 0 && types.length === 0 && tags.length === 0;
    const here =
      anywhere ||
      paths.some((place) => within(place, position)) ||
      types.some((place) => within(place, position)) ||
      (tag !== null && tags.some((each) => tagMatches(each, tag)));
    if (!here) continue;
    found.push({ condition, cue, subject, severity });
    if (condition === null && cue === null) return found;
  }
  found.push({ condition: null, cue: null, subject: rule.rule.subject, severity: rule.severity });
  return found;
}
