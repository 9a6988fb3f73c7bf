import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { CordonError, type ErrorCode } from '../core/errors.ts';

/** A file of YAML that people write: policies of flows, descriptions of locations. */
export interface WrittenFile {
  /** As errors name it: `flows/lab.yaml`. */
  readonly file: string;
  readonly text: string;
}

/** One kind of document, and how its errors speak of it. */
export interface DocumentKind<T> {
  readonly schema: z.ZodType<T>;
  /** `flow` */
  readonly noun: string;
  readonly code: ErrorCode;
  /** The keys that may be written at a path, for errors that name the way out. */
  knownKeys(path: readonly PropertyKey[]): readonly string[];
}

/**
 * Reads documents from YAML text, `---` between several of a file. Throws the kind's code with every error of every file, one a line:
 * `flows/x.yaml:14: flow "lab": destination.entity: "vender" is none of self, ce, ba, …`.
 */
export function readDocuments<T extends { readonly id: string }>(files: readonly WrittenFile[], kind: DocumentKind<T>): T[] {
  const errors: string[] = [];
  const read: T[] = [];
  const seen = new Map<string, string>();
  for (const { file, text } of files) {
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    for (const document of Array.isArray(documents) ? documents : []) {
      const place = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
      const one = readDocument(document, kind, place, errors);
      if (one === null) continue;
      const where = place(document.contents?.range?.[0] ?? 0);
      const before = seen.get(one.id);
      if (before === undefined) {
        seen.set(one.id, where);
        read.push(one);
      } else {
        errors.push(`${where}: ${kind.noun} "${one.id}": there is one of this id already, at ${before}`);
      }
    }
  }
  if (errors.length > 0) throw new CordonError(kind.code, errors.join('\n'));
  return read;
}

type Place = (offset: number) => string;

function readDocument<T>(document: Document.Parsed, kind: DocumentKind<T>, place: Place, errors: string[]): T | null {
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
  const parsed = kind.schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const id: unknown = document.get('id', false);
  const name = typeof id === 'string' && id !== '' ? `${kind.noun} "${id}"` : `${kind.noun} without an id`;
  for (const issue of parsed.error.issues) {
    errors.push(`${place(offsetOf(document, issue))}: ${name}: ${explain(issue, kind.knownKeys)}`);
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

function explain(issue: z.core.$ZodIssue, knownKeys: DocumentKind<unknown>['knownKeys']): string {
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

/** The keys that a JSON Schema lets be written at a path (`['destination']`, `['match', 0]`). */
export function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  let at = schema;
  for (const key of path) {
    at =
      typeof key === 'number' ? child(at, 'items') : (child(child(at, 'properties'), key) ?? child(at, 'additionalProperties'));
  }
  const properties = child(at, 'properties');
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function child(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
