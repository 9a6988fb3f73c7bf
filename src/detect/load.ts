import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CordonError, reasonOf } from '../core/errors.ts';
import { withAttributes } from './attribute-rule.ts';
import { faultsOf, type RuleFault } from './lint.ts';
import { type Pack, packSchema } from './pack.ts';
import { labelFaults, sampleFaults } from './samples.ts';

/** A rule pack as text, and what errors call it. */
export interface PackFile {
  /** `rules/packs/free-text.yaml` */
  readonly file: string;
  readonly text: string;
}

/** A pack, and where in its file each part of it stands. */
interface Located {
  readonly pack: Pack;
  readonly place: (path: readonly PropertyKey[]) => string;
}

/**
 * Reads rule packs and proves them: the schema, then what it can't say (validators, places that exist, patterns that compile, ids used
 * once), then every sample of every rule. Throws CordonError `rules.invalid` with all errors found, one a line:
 * `rules/packs/x.yaml:12: rule "hipaa.ssn": unknown validator "sssn" (known: ssn, npi, …)`.
 */
export function loadPacks(files: readonly PackFile[]): Pack[] {
  const errors: string[] = [];
  const located = locate(files, errors);
  const packs = located.map(({ pack }) => pack);
  // Samples of a pack that is not sound would only repeat what was said.
  if (errors.length === 0) {
    for (const { pack, place } of located) {
      report(sampleFaults(pack, packs), pack, place, errors);
      for (const { rule, path, message } of labelFaults(pack))
        errors.push(`${place(['labels', rule, ...path])}: label "${pack.labels?.[rule]?.id ?? rule}": ${message}`);
    }
  }
  if (errors.length > 0) throw new CordonError('rules.invalid', errors.join('\n'));
  return packs;
}

function locate(files: readonly PackFile[], errors: string[]): Located[] {
  const located = files.flatMap((file) => readPack(file, errors));
  findDuplicates(located, errors);
  for (const { pack, place } of located) report(faultsOf(pack), pack, place, errors);
  return located;
}

function report(faults: readonly RuleFault[], pack: Pack, place: Located['place'], errors: string[]): void {
  for (const { rule, path, message } of faults)
    errors.push(`${place(['rules', rule, ...path])}: rule "${pack.rules[rule]?.id ?? rule}": ${message}`);
}

function readPack({ file, text }: PackFile, errors: string[]): Located[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const [first] = document.errors;
  if (first !== undefined) {
    // One slip of indentation makes a dozen errors; the first is where it is.
    errors.push(`${at(first.pos[0])}: is no YAML: ${first.message}`);
    return [];
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    errors.push(`${file}:1: is no YAML: ${reasonOf(error)}`);
    return [];
  }
  const place = (path: readonly PropertyKey[]): string => at(offsetOf(document, path));
  const parsed = packSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return [{ pack: withAttributes(parsed.data), place }];
  for (const issue of parsed.error.issues) errors.push(...explain(issue, value, place));
  return [];
}

/** Offset of the deepest node of the path that is written in the file. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** A union's issues are those of the branch that came furthest. */
function explain(issue: z.core.$ZodIssue, value: unknown, place: Located['place'], above: readonly PropertyKey[] = []): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.reduce<readonly z.core.$ZodIssue[]>(
      (best, one) => (depth(one) > depth(best) ? one : best),
      issue.errors[0] ?? [],
    );
    return branch.flatMap((inner) => explain(inner, value, place, path));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${place([...path, key])}: ${subject(value, path)}unknown key "${key}"${within(path)}; the keys are in rules/pack.schema.json`,
    );
  }
  return [`${place(path)}: ${subject(value, path)}${field(path)}${what(issue)}`];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
}

function what(issue: z.core.$ZodIssue): string {
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_value')
    return `is ${JSON.stringify(issue.input)}, not one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type')
    return `is ${JSON.stringify(issue.input)}, not ${issue.expected}${issue.expected === 'string' ? '; put it in quotes' : ''}`;
  return issue.message;
}

/** `rule "hipaa.ssn": `, or the pack's own keys. */
function subject(value: unknown, path: readonly PropertyKey[]): string {
  const [first, index] = path;
  if (first === 'attributes' && typeof index === 'number') return `attribute ${index + 1}: `;
  if (first !== 'rules' || typeof index !== 'number') return 'pack: ';
  const rules: unknown = isRecord(value) ? value.rules : undefined;
  const rule: unknown = Array.isArray(rules) ? rules[index] : undefined;
  return isRecord(rule) && typeof rule.id === 'string' ? `rule "${rule.id}": ` : `rule ${index + 1}: `;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function field(path: readonly PropertyKey[]): string {
  const inner = path[0] === 'rules' || path[0] === 'attributes' ? path.slice(2) : path;
  return inner.length === 0 ? '' : `${inner.map(String).join('.')}: `;
}

function within(path: readonly PropertyKey[]): string {
  const inner = field(path).slice(0, -2);
  return inner === '' ? '' : ` in ${inner}`;
}

/** A tag has one row, or what it is would depend on their order. */
function findRepeatedTags({ pack, place }: Located, errors: string[]): void {
  const seen = new Map<string, number>();
  pack.attributes?.forEach(({ tag }, index) => {
    const first = seen.get(tag);
    if (first === undefined) seen.set(tag, index);
    else
      errors.push(
        `${place(['attributes', index])}: attribute "${tag}": has a row already, at ${place(['attributes', first])}; remove one`,
      );
  });
}

function findDuplicates(located: readonly Located[], errors: string[]): void {
  for (const each of located) findRepeatedTags(each, errors);
  const packs = new Map<string, string>();
  const rules = new Map<string, string>();
  for (const { pack, place } of located) {
    const packPlace = place(['name']);
    const before = packs.get(pack.name);
    if (before === undefined) packs.set(pack.name, packPlace);
    else errors.push(`${packPlace}: pack "${pack.name}": there is one of this name already, at ${before}; rename one`);
    pack.rules.forEach(({ id }, index) => {
      const rulePlace = place(['rules', index, 'id']);
      const first = rules.get(id);
      if (first === undefined) rules.set(id, rulePlace);
      else errors.push(`${rulePlace}: rule "${id}": there is one of this id already, at ${first}; rename one`);
    });
  }
}
