import type { Category } from '../core/vocabulary.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Attribute } from './attribute.ts';
import { asStanding, calls, names } from './columns.ts';
import { type CompiledRule, compileCondition, nearby } from './compile-rule.ts';
import { coveredBy, DOTTED_KEYS, DOTTED_PATTERN, type Dotted, type DottedKey, type DottedPlace, parseDotted } from './dotted.ts';
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
  /** Places by the key of their format; null where the rule names none of it. */
  readonly dotted: Readonly<Record<DottedKey, readonly DottedPlace[] | null>>;
  readonly exceptDotted: readonly DottedPlace[];
  /** What a column may be called; null where the rule names none. */
  readonly columns: readonly string[] | null;
  readonly notColumns: readonly string[];
  readonly subjects: readonly (Owner & {
    paths: readonly Place[];
    types: readonly Place[];
    tags: readonly TagPattern[];
    dotted: RuleScope['dotted'];
    columns: readonly string[] | null;
  })[];
}

/** A rule, where it looks, and whether it comes from a table of attributes. */
export interface PlacedRule {
  readonly rule: CompiledRule;
  readonly scope: RuleScope;
  readonly tabled: boolean;
  /** Its entries where subjects hang on nothing: the same at every address, by path and elsewhere; null until asked for. */
  readonly plain: { path: Entry | null; elsewhere: Entry | null };
}

/** The rows of all packs' tables, looked up by tag. */
export interface Listing {
  /** A row that names the tag itself goes before one of a repeating group. */
  find(tag: Tag, category: Category): Attribute | undefined;
  /** Categories for which some rule takes over in objects that have to be free of identifiers. */
  readonly taken: ReadonlySet<Category>;
}

const isTag = (text: string): boolean => text.startsWith('(');
const isDotted = (text: string): boolean => DOTTED_PATTERN.test(text) && text !== 'raw';

type DottedPlaces = Readonly<Partial<Record<DottedKey, readonly string[] | undefined>>>;
const dottedIn = (places: DottedPlaces, key: DottedKey): readonly DottedPlace[] | null => places[key]?.map(parseDotted) ?? null;
const allDotted = (places: DottedPlaces = {}): RuleScope['dotted'] => ({
  fhir: dottedIn(places, 'fhir'),
  cda: dottedIn(places, 'cda'),
});

export function compileScope(rule: Pick<Rule, 'scope' | 'subjectBy' | 'severity'>): RuleScope {
  const { scope } = rule;
  const except = scope?.except ?? [];
  return {
    paths: (scope?.paths ?? []).map(parsePlace),
    types: (scope?.types ?? []).map(parsePlace),
    segments: scope?.segments === undefined ? null : new Set(scope.segments),
    text: scope?.text === true,
    any: scope?.any === true,
    except: except.filter((text) => !isTag(text) && !isDotted(text)).map(parsePlace),
    tags: scope?.tags === undefined ? null : scope.tags.map(parseTag),
    vrs: scope?.vrs === undefined ? null : new Set(scope.vrs),
    listed: scope?.listed === true,
    exceptTags: except.filter(isTag).map(parseTag),
    dotted: allDotted(scope),
    exceptDotted: except.filter(isDotted).map(parseDotted),
    columns: scope?.columns === undefined ? null : asStanding(scope.columns),
    notColumns: asStanding(scope?.notColumns ?? []),
    subjects: (rule.subjectBy ?? []).map((by) => ({
      paths: (by.paths ?? []).map(parsePlace),
      types: (by.types ?? []).map(parsePlace),
      tags: (by.tags ?? []).map(parseTag),
      dotted: allDotted(by),
      columns: by.columns === undefined ? null : asStanding(by.columns),
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
  const how = howAt(scope, position, free);
  if (how !== null) {
    const made =
      (scope.subjects.length === 0 ? placed.plain[how] : null) ??
      entryOf(rule, how === 'path', subjectsAt(rule, scope, position), appliesTo(placed, tabled, listing));
    if (scope.subjects.length === 0) placed.plain[how] = made;
    return made;
  }
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

function howAt(scope: RuleScope, position: Position, free: Scope): 'path' | 'elsewhere' | null {
  if (isCalled(scope, position)) return 'path';
  // `Exp`: what is no day of anybody's, though it is written as one.
  if (scope.columns === null && names(position.label, scope.notColumns)) return null;
  if (position.dotted !== null) return howInTree(scope, position, position.dotted, free);
  return position.dicom ? howInDicom(scope, position, free) : howInScope(scope, position, free);
}

/** A table's column, or a value of XML that no schema types, that is called what the rule asks for. */
function isCalled({ columns, notColumns }: RuleScope, { label, own }: Position): boolean {
  return calls(label, own, columns) && !names(label, notColumns);
}

/** Whether the scope covers this position. */
export function covers(scope: RuleScope, position: Position, free: Scope): boolean {
  return howAt(scope, position, free) !== null;
}

function isExcepted(scope: RuleScope, position: Position): boolean {
  const { tag, dotted } = position;
  if (dotted !== null) return scope.exceptDotted.some((place) => coveredBy(place, dotted) !== null);
  return (
    scope.except.some((place) => within(place, position)) ||
    (tag !== null && scope.exceptTags.some((each) => tagMatches(each, tag)))
  );
}

function howInScope(scope: RuleScope, position: Position, free: Scope): 'path' | 'elsewhere' | null {
  if (isExcepted(scope, position)) return null;
  if (scope.paths.some((place) => within(place, position))) return 'path';
  if (isForOthers(scope) || (scope.segments !== null && !scope.segments.has(position.segment))) return null;
  const covered = scope.any || (scope.text && free === 'text') || scope.types.some((place) => within(place, position));
  return covered ? 'elsewhere' : null;
}

const namesDotted = ({ dotted }: RuleScope): boolean => DOTTED_KEYS.some((key) => dotted[key] !== null);

/** A rule that names places of other formats and none of HL7: its `text` and `any` mean those of the formats it names. */
const isForOthers = (scope: RuleScope): boolean =>
  (scope.tags !== null || scope.vrs !== null || scope.columns !== null || namesDotted(scope)) &&
  scope.paths.length === 0 &&
  scope.types.length === 0;

/** `tags` and `vrs` narrow each other, and both narrow `text`; a rule with places of HL7 alone has nothing here. */
function howInDicom(scope: RuleScope, position: Position, free: Scope): 'path' | 'elsewhere' | null {
  const { tags, vrs, text, any } = scope;
  const { tag, vr } = position;
  if (isExcepted(scope, position)) return null;
  if (scope.paths.some((place) => within(place, position))) return 'path';
  if (scope.segments !== null) return null;
  if (
    tags === null &&
    vrs === null &&
    (namesDotted(scope) || scope.columns !== null) &&
    scope.types.length === 0 &&
    scope.paths.length === 0
  )
    return null;
  if (tags === null && vrs === null) return any || (text && free === 'text') ? 'elsewhere' : null;
  if (tags !== null && (tag === null || !tags.some((each) => tagMatches(each, tag)))) return null;
  if (vrs !== null && !vrs.has(vr)) return null;
  if (text && free !== 'text') return null;
  return tags === null ? 'elsewhere' : 'path';
}

/** Places of the format narrow `text`; without them `text` and `any` mean every format, unless the rule is for others. */
function howInTree(scope: RuleScope, position: Position, dotted: Dotted, free: Scope): 'path' | 'elsewhere' | null {
  const { text, any } = scope;
  const isFree = any || (text && free === 'text');
  const places = scope.dotted[dotted.key];
  // The cheapest question first: a sender may make up thousands of places, and each is asked about for every rule.
  if (places === null)
    return isFree && scope.segments === null && !isForOthers(scope) && !isExcepted(scope, position) ? 'elsewhere' : null;
  if ((text && !isFree) || isExcepted(scope, position)) return null;
  const how = places.map((place) => coveredBy(place, dotted));
  return how.includes('path') ? 'path' : how.includes('type') ? 'elsewhere' : null;
}

function subjectsAt(rule: CompiledRule, scope: RuleScope, position: Position): Entry['subjects'] {
  const found: Owner[] = [];
  for (const by of scope.subjects) {
    if (!isHere(by, position)) continue;
    const { condition, cue, subject, severity } = by;
    found.push({ condition, cue, subject, severity });
    if (condition === null && cue === null) return found;
  }
  found.push({ condition: null, cue: null, subject: rule.rule.subject, severity: rule.severity });
  return found;
}

/** Whether the entry means this place; one that names none means every place. */
function isHere({ paths, types, tags, dotted, columns }: RuleScope['subjects'][number], position: Position): boolean {
  const { tag } = position;
  const anywhere =
    paths.length === 0 &&
    types.length === 0 &&
    tags.length === 0 &&
    columns === null &&
    DOTTED_KEYS.every((key) => dotted[key] === null);
  if (names(position.owner, columns)) return true;
  const { dotted: here } = position;
  if (here !== null) return anywhere || dotted[here.key]?.some((place) => coveredBy(place, here) !== null) === true;
  return (
    anywhere ||
    paths.some((place) => within(place, position)) ||
    types.some((place) => within(place, position)) ||
    (tag !== null && tags.some((each) => tagMatches(each, tag)))
  );
}
