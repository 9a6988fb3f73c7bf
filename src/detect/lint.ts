import { reasonOf } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { componentTypes, dataTypeOf, fieldCount, isStandardSegment, knownType } from '../formats/hl7v2/dictionary.ts';
import { DOTTED_PATTERN } from './dotted.ts';
import { checkProof } from './lint-proof.ts';
import { checkReach } from './lint-reach.ts';
import type { Report } from './lint-report.ts';
import type { Pack, Rule } from './pack.ts';
import { compilePattern, type Engine } from './pattern.ts';
import { type Place, parsePlace } from './places.ts';
import { parseSibling } from './siblings.ts';
import { VALIDATORS } from './validators/registry.ts';

/** What is wrong with a rule: its index in the pack, the key, and what to do. */
export interface RuleFault {
  readonly rule: number;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Say = (message: string) => void;

/** What the schema can't say of a pack's rules. Samples are another matter (samples.ts). */
export function faultsOf(pack: Pack): RuleFault[] {
  const faults: RuleFault[] = [];
  pack.rules.forEach((rule, index) => {
    const report: Report = (path, message) => faults.push({ rule: index, path, message });
    checkShape(rule, report);
    checkPlaces(rule, report);
    checkPatterns(rule, report, pack.engine);
    checkReach(rule, report);
    checkProof(rule, report);
    rule.validate?.forEach((name, at) => {
      if (!VALIDATORS.has(name))
        report(
          ['validate', at],
          `unknown validator "${name}"${meant(name, VALIDATORS.keys())} (known: ${[...VALIDATORS.keys()].join(', ')})`,
        );
    });
  });
  return faults;
}

function meant(word: string, known: Iterable<string>): string {
  const near = nearest(word, known);
  return near === null ? '' : `, did you mean "${near}"?`;
}

/** Which keys make sense together. */
function checkShape(rule: Rule, report: Report): void {
  if (rule.echo !== undefined) {
    for (const key of ['scope', 'pattern', 'when', 'keywords', 'context', 'validate', 'exclude', 'subjectBy'] as const) {
      if (rule[key] !== undefined) report([key], `an echo rule looks everywhere for the message's own values; remove "${key}"`);
    }
    return;
  }
  if (rule.beside !== undefined) {
    for (const key of ['scope', 'pattern', 'when', 'keywords', 'context', 'validate', 'exclude', 'subjectBy', 'names'] as const) {
      if (rule[key] !== undefined) report([key], `it looks beside what other rules find; remove "${key}"`);
    }
    return;
  }
  if (rule.scope === undefined) {
    report([], 'says nowhere to look; give "scope", or "echo"');
    return;
  }
  if (rule.names !== undefined) {
    for (const key of ['pattern', 'keywords', 'context', 'ignoreCase'] as const) {
      if (rule[key] !== undefined) report([key], `"names" looks for what it knows; remove "${key}"`);
    }
    return;
  }
  if (rule.pattern !== undefined) return;
  for (const key of ['keywords', 'context', 'needs', 'needsOneOf', 'ignoreCase'] as const) {
    if (rule[key] !== undefined) report([key], `"${key}" belongs to a pattern; add "pattern" or remove it`);
  }
  for (const key of ['text', 'any'] as const) {
    if (rule.scope[key] === true)
      report(
        ['scope', key],
        `without a pattern every leaf in "${key}" would be found; add "pattern" or name "paths", "types", "tags", "fhir", "cda" or "columns"`,
      );
  }
}

function checkPlaces(rule: Rule, report: Report): void {
  const check = (list: readonly string[] | undefined, kind: Place['kind'] | null, ...path: PropertyKey[]): void => {
    list?.forEach((text, at) => {
      // Any tag may be of a private element, and any name of a profile or another schema: there is none that no message can have.
      if (text.startsWith('(') || (DOTTED_PATTERN.test(text) && text !== 'raw')) return;
      const place = parsePlace(text);
      if (kind !== null && place.kind !== kind)
        report(
          [...path, at],
          `"${text}" is a ${place.kind === 'path' ? 'field, it belongs under "paths"' : 'data type, it belongs under "types"'}`,
        );
      else checkPlace(place, (message) => report([...path, at], message));
    });
  };
  check(rule.scope?.paths, 'path', 'scope', 'paths');
  check(rule.scope?.types, 'type', 'scope', 'types');
  check(rule.scope?.except, null, 'scope', 'except');
  rule.scope?.segments?.forEach((segment, at) => {
    checkPlace(parsePlace(`${segment}-*`), (message) => report(['scope', 'segments', at], message));
  });
  rule.subjectBy?.forEach((by, index) => {
    check(by.paths, 'path', 'subjectBy', index, 'paths');
    check(by.types, 'type', 'subjectBy', index, 'types');
    if (by.when !== undefined) checkSibling(by.when.at, (message) => report(['subjectBy', index, 'when', 'at'], message));
  });
  rule.when?.forEach(({ at }, index) => {
    checkSibling(at, (message) => report(['when', index, 'at'], message));
  });
}

function checkSibling(at: string, report: Say): void {
  const { field } = parseSibling(at);
  if (field !== null) checkPlace(parsePlace(`${field.segment}-${field.number}`), report);
}

/** A place that no message can have would be a rule that never matches. PRT is looked up whatever the version; Z segments are anyone's. */
function checkPlace(place: Place, report: Say): void {
  const fault = placeFault(place);
  if (fault !== null) report(fault);
}

function placeFault({ kind, head, numbers, text }: Place): string | null {
  if (kind === 'raw' || head.startsWith('Z')) return null;
  if (kind === 'type') return typeFault(head, numbers, text);
  if (!isStandardSegment(head))
    return `unknown segment "${head}" (HL7 v2.1 to 2.8 has none of this name; site segments start with Z)`;
  const [field, ...rest] = numbers;
  if (field === undefined) return null;
  const last = fieldCount(head);
  // QPD-3 and RDT-1 are the first of as many as a query has ("in successive fields", §5.5.4, §5.5.6): their type is left open.
  if (field < 1 || (field > last && dataTypeOf(head, last) !== '')) return `${head} has no field ${field} (the last is ${last})`;
  const type = dataTypeOf(head, field);
  // A subcomponent may lie beneath what the richest version calls a primitive (OBR-32: NDL in one version, XCN in another).
  return type === '' ? null : typeFault(type, rest.slice(0, 1), text);
}

function typeFault(type: string, numbers: readonly number[], text: string): string | null {
  const known = knownType(type);
  if (known !== type)
    return known === ''
      ? `unknown data type "${type}" in "${text}"`
      : `data type "${type}" is read as "${known}"; write "${known}"`;
  const [component, ...rest] = numbers;
  if (component === undefined) return null;
  const components = componentTypes(type);
  const inner = components[component - 1];
  if (inner !== undefined) return typeFault(inner, rest, text);
  return components.length === 0 && component === 1
    ? null
    : `"${text}": ${type} has no component ${component} (the last is ${components.length})`;
}

function checkPatterns(rule: Rule, report: Report, engine: Engine | undefined): void {
  const compiles = (source: string | undefined, ...path: PropertyKey[]): void => {
    if (source === undefined) return;
    // A process that ran for long was seen to pass by such patterns (docs/adr/0005-rules-are-gated-and-counted.md); RE2 has its own.
    if (engine === undefined && /\(\?[a-z]*-?[a-z]+:|\(\?[a-z]+\)/.test(source))
      report(path, 'a flag inside a pattern ((?i:…)) does not hold for sure; write `ignoreCase: true` beside it');
    try {
      if (compilePattern(source, rule.ignoreCase === true, engine).exec('') !== null && path[0] === 'pattern')
        report(path, 'the pattern matches the empty text; it would match everywhere');
    } catch (error) {
      report(path, `is no regular expression: ${reasonOf(error)}`);
    }
  };
  compiles(rule.pattern, 'pattern');
  rule.exclude?.patterns?.forEach((source, index) => {
    compiles(source, 'exclude', 'patterns', index);
  });
  compiles(rule.exclude?.before, 'exclude', 'before');
  const ascii = (words: readonly string[] | undefined, ...path: PropertyKey[]): void => {
    words?.forEach((word, index) => {
      if (!/^[\x20-\x7e]+$/.test(word)) report([...path, index], `keyword "${word}" is not ASCII; write it without diacritics`);
    });
  };
  ascii(rule.keywords, 'keywords');
  ascii(rule.context?.words, 'context', 'words');
}
