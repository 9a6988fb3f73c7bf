import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { reasonOf } from '../core/errors.ts';

/** Where something stands, `rules/packs/x.yaml:12`, by its path in the file's value. */
export type Place = (path: readonly PropertyKey[]) => string;

/** How errors of a kind of file speak of its parts. */
export interface IssueWords {
  /** What an issue is about: `rule "hipaa.ssn"`. */
  subject(value: unknown, path: readonly PropertyKey[]): string;
  /** Keys of the file that hold lists of what `subject` names. */
  readonly lists: readonly string[];
  /** Where one finds the keys that there are. */
  readonly keys: string;
}

/** The value of a file of YAML, and where each part of it stands. Null where it is none: then an error was added. */
export function readYaml(
  { file, text }: { readonly file: string; readonly text: string },
  errors: string[],
): { readonly value: unknown; readonly place: Place } | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const [first] = document.errors;
  if (first !== undefined) {
    // One slip of indentation makes a dozen errors; the first is where it is.
    errors.push(`${at(first.pos[0])}: is no YAML: ${first.message}`);
    return null;
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), place: (path) => at(offsetOf(document, path)) };
  } catch (error) {
    errors.push(`${file}:1: is no YAML: ${reasonOf(error)}`);
    return null;
  }
}

/** Offset of the deepest node of the path that is written in the file. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** A line for each thing that a schema found wrong in a value: `rules/packs/x.yaml:12: rule "hipaa.ssn": severity: is missing`. */
export function explainIssues(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  place: Place,
  words: IssueWords,
  above: readonly PropertyKey[] = [],
): string[] {
  return issues.flatMap((issue) => explain(issue, value, place, words, above));
}

/** A union's issues are those of the branch that came furthest. */
function explain(
  issue: z.core.$ZodIssue,
  value: unknown,
  place: Place,
  words: IssueWords,
  above: readonly PropertyKey[],
): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.reduce<readonly z.core.$ZodIssue[]>(
      (best, one) => (depth(one) > depth(best) ? one : best),
      issue.errors[0] ?? [],
    );
    return explainIssues(branch, value, place, words, path);
  }
  const subject = words.subject(value, path);
  const inner = innerPath(path, words.lists);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const within = inner.length === 0 ? '' : ` in ${inner.map(String).join('.')}`;
      return `${place([...path, key])}: ${subject}: unknown key "${key}"${within}; ${words.keys}`;
    });
  }
  const field = inner.length === 0 ? '' : `${inner.map(String).join('.')}: `;
  return [`${place(path)}: ${subject}: ${field}${what(issue)}`];
}

/** The path within what the subject names. */
function innerPath(path: readonly PropertyKey[], lists: readonly string[]): readonly PropertyKey[] {
  return typeof path[0] === 'string' && lists.includes(path[0]) ? path.slice(2) : path;
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

/** How an entry of a list is called: `"hipaa.ssn"` by its id, its number from 1 where it has none. */
export function named(value: unknown, [list, index]: readonly PropertyKey[]): string {
  if (list === undefined || typeof index !== 'number') return '';
  const entries: unknown = isRecord(value) ? value[String(list)] : undefined;
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined;
  return isRecord(entry) && typeof entry.id === 'string' ? `"${entry.id}"` : String(index + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
