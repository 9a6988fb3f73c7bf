import { CordonError } from '../core/errors.ts';
import { withAttributes } from './attribute-rule.ts';
import { faultsOf, type RuleFault } from './lint.ts';
import { type Pack, packSchema } from './pack.ts';
import { explainIssues, type IssueWords, named, type Place, readYaml } from './read-yaml.ts';
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
  readonly place: Place;
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

function readPack(file: PackFile, errors: string[]): Located[] {
  const read = readYaml(file, errors);
  if (read === null) return [];
  const { value, place } = read;
  const parsed = packSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return [{ pack: withAttributes(parsed.data), place }];
  errors.push(...explainIssues(parsed.error.issues, value, place, WORDS));
  return [];
}

const WORDS: IssueWords = {
  /** `rule "hipaa.ssn": `, or the pack's own keys. */
  subject(value, path) {
    const [first, index] = path;
    if (first === 'attributes' && typeof index === 'number') return `attribute ${index + 1}`;
    return first === 'rules' && typeof index === 'number' ? `rule ${named(value, path)}` : 'pack';
  },
  lists: ['rules', 'attributes'],
  keys: 'the keys are in rules/pack.schema.json',
};

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
  const ids = { rule: new Map<string, string>(), label: new Map<string, string>() };
  for (const { pack, place } of located) {
    const packPlace = place(['name']);
    const before = packs.get(pack.name);
    if (before === undefined) packs.set(pack.name, packPlace);
    else errors.push(`${packPlace}: pack "${pack.name}": there is one of this name already, at ${before}; rename one`);
    const once = (kind: keyof typeof ids, id: string, at: string): void => {
      const first = ids[kind].get(id);
      if (first === undefined) ids[kind].set(id, at);
      else errors.push(`${at}: ${kind} "${id}": there is one of this id already, at ${first}; rename one`);
    };
    for (const [index, { id }] of pack.rules.entries()) once('rule', id, place(['rules', index, 'id']));
    for (const [index, { id }] of (pack.labels ?? []).entries()) once('label', id, place(['labels', index, 'id']));
  }
}
