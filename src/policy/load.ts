import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import { type FlowPolicy, FlowSchema, knownKeys } from './flow.ts';

export interface FlowFile {
  /** As errors name it: `flows/lab.yaml`. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads flow policies from YAML text: one policy a document, `---` between several. Throws `flows.invalid` with every error of
 * every file, one a line: `flows/x.yaml:14: flow "lab": destination.entity: "vender" is none of self, ce, ba, …`.
 */
export function loadFlows(files: readonly FlowFile[]): FlowPolicy[] {
  const errors: string[] = [];
  const policies: FlowPolicy[] = [];
  const seen = new Map<string, string>();
  for (const { file, text } of files) {
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    for (const document of Array.isArray(documents) ? documents : []) {
      const place = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
      const policy = readDocument(document, place, errors);
      if (policy === null) continue;
      const where = place(document.contents?.range?.[0] ?? 0);
      const before = seen.get(policy.id);
      if (before === undefined) {
        seen.set(policy.id, where);
        policies.push(policy);
      } else {
        errors.push(`${where}: flow "${policy.id}": there is one of this id already, at ${before}`);
      }
    }
  }
  if (errors.length > 0) throw new CordonError('flows.invalid', errors.join('\n'));
  return policies;
}

type Place = (offset: number) => string;

function readDocument(document: Document.Parsed, place: Place, errors: string[]): FlowPolicy | null {
  if (document.errors.length > 0) {
    for (const error of document.errors) errors.push(`${place(error.pos[0])}: is no YAML: ${error.message}`);
    return null;
  }
  if (document.contents === null) return null;
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    errors.push(`${place(0)}: is no YAML: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return null;
  }
  const parsed = FlowSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const id: unknown = document.get('id', false);
  const name = typeof id === 'string' && id !== '' ? `flow "${id}"` : 'flow without an id';
  for (const issue of parsed.error.issues) {
    errors.push(`${place(offsetOf(document, issue))}: ${name}: ${explain(issue)}`);
  }
  return null;
}

/** Where the nearest written node of the issue's path starts. */
function offsetOf(document: Document.Parsed, issue: z.core.$ZodIssue): number {
  const path: PropertyKey[] = [...issue.path];
  if (issue.code === 'unrecognized_keys' && issue.keys[0] !== undefined) path.push(issue.keys[0]);
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length).map(keyOf), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** `msh: {3: LIS}`: YAML reads a number as the key, the path has it as text. */
function keyOf(key: PropertyKey): unknown {
  return typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
}

function explain(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join('.');
  const prefix = at === '' ? '' : `${at}: `;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `${prefix}is missing`
        : `${prefix}${shown(issue.input)} must be ${issue.expected === 'string' ? 'text (quote it)' : `${article(issue.expected)}`}`;
    case 'invalid_value':
      return issue.input === undefined
        ? `${prefix}is missing (one of ${issue.values.map(String).join(', ')})`
        : `${prefix}${shown(issue.input)} is none of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `${prefix}unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')} (known: ${knownKeys(issue.path).join(', ')})`;
    case 'invalid_key':
      return `${prefix}${issue.issues.map((inner) => inner.message).join(', ')}`;
    case 'custom':
      return typeof issue.input === 'object' ? `${prefix}${issue.message}` : `${prefix}${shown(issue.input)} ${issue.message}`;
    default:
      return `${prefix}${issue.message}`;
  }
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'the list' : 'the group of keys';
  return JSON.stringify(value);
}

/** What YAML calls the thing that zod expects. */
function article(expected: string): string {
  const words: Record<string, string> = {
    object: 'a group of keys',
    array: 'a list',
    record: 'a group of keys',
    int: 'a whole number',
  };
  return words[expected] ?? `a ${expected}`;
}
