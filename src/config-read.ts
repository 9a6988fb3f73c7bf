import { dirname, resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Config, ConfigSchema } from './config.ts';
import { CONFIG_KEYS, type ConfigKey } from './config-keys.ts';
import { CordonError } from './core/errors.ts';
import { nearest } from './core/nearest.ts';

export type Origin = 'default' | 'file' | 'env';

export interface ConfigInput {
  /** cordon.yaml, if there is one; relative paths in it are meant from its folder. */
  readonly file?: { readonly name: string; readonly text: string };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface LoadedConfig {
  readonly config: Config;
  /** Where the value of each key came from, by its name (`http.port`). */
  readonly origins: ReadonlyMap<string, Origin>;
  /** Each key's value as it was written, for `config show`. */
  readonly written: ReadonlyMap<string, unknown>;
  readonly file: string | null;
}

/**
 * The configuration of a file and an environment; a variable wins over the file. Throws `config.invalid` with everything that is
 * wrong, one line each, each with the place and the way out: `cordon.yaml:3: http.prot: unknown key (did you mean http.port?)`.
 * No value is repeated, since a key or password could stand in a wrong place.
 */
export function parseConfig({ file, env }: ConfigInput): LoadedConfig {
  const source = readFile(file);
  const problems = [...source.problems, ...unknownVariables(env)];
  const origins = new Map<string, Origin>();
  const written = new Map<string, unknown>();
  for (const key of CONFIG_KEYS) {
    const variable = env[key.variable];
    if (variable !== undefined && variable !== '') {
      setIn(source.values, key.path, fromVariable(key, variable));
      origins.set(key.name, 'env');
    } else {
      origins.set(key.name, getIn(source.values, key.path) === undefined ? 'default' : 'file');
    }
    written.set(key.name, getIn(source.values, key.path) ?? key.fallback);
  }
  if (source.problems.length > 0) throw new CordonError('config.invalid', problems.join('\n'));
  const parsed = ConfigSchema.safeParse(source.values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(...describe(issue, source, origins));
  }
  if (!parsed.success || problems.length > 0) throw new CordonError('config.invalid', problems.join('\n'));
  return { config: parsed.data, origins, written, file: file?.name ?? null };
}

const SECTIONS = new Set(CONFIG_KEYS.flatMap((key) => (key.path.length > 1 ? (key.path[0] ?? []) : [])));

interface Source {
  readonly name: string;
  readonly values: Record<string, unknown>;
  readonly problems: readonly string[];
  /** `cordon.yaml:12: ` for a path in the file; empty where neither it nor a part of it is there. */
  placeOf(path: readonly PropertyKey[]): string;
}

function readFile(file: ConfigInput['file']): Source {
  const name = file?.name ?? 'cordon.yaml';
  const lines = new LineCounter();
  const document = parseDocument(file?.text ?? '', { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map((error) => `${name}:${lines.linePos(error.pos[0]).line}: is no YAML: ${error.message}`);
  const placeOf = (path: readonly PropertyKey[]): string => {
    // The deepest part of the path that is there.
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return `${name}:${lines.linePos(node.range[0]).line}: `;
    }
    return '';
  };
  let content: unknown = {};
  if (problems.length === 0) content = document.toJS({ maxAliasCount: 100 }) ?? {};
  if (!isRecord(content)) return { name, values: {}, problems: [...problems, `${name}:1: must hold keys and values`], placeOf };
  const values = structuredClone(content);
  // `http:` with nothing under it, as when all its keys are commented out, is an empty section.
  for (const name of SECTIONS) if (values[name] === null) values[name] = {};
  if (file !== undefined) fromFolder(values, dirname(file.name));
  return { name, values, problems, placeOf };
}

/** A path in a file is meant from the file's folder, wherever Cordon is started from. */
function fromFolder(values: Record<string, unknown>, folder: string): void {
  for (const key of CONFIG_KEYS) {
    const value = getIn(values, key.path);
    if (key.kind === 'path' && typeof value === 'string' && value !== '') setIn(values, key.path, resolve(folder, value));
  }
  const { listeners } = values;
  for (const listener of Array.isArray(listeners) ? listeners : []) {
    if (!isRecord(listener)) continue;
    for (const part of ['certificate', 'key', 'ca']) {
      const value = listener[part];
      if (typeof value === 'string') listener[part] = resolve(folder, value);
    }
  }
}

/** A variable is text; what it means depends on the key. Lists are written as YAML. What can't be read is left for the schema to refuse. */
function fromVariable(key: ConfigKey, text: string): unknown {
  if (key.kind === 'list') {
    const document = parseDocument(text, { prettyErrors: false });
    return document.errors.length > 0 ? text : document.toJS({ maxAliasCount: 100 });
  }
  if (key.kind === 'port' || key.kind === 'number') return /^\d{1,15}$/.test(text) ? Number(text) : text;
  return text;
}

function unknownVariables(env: ConfigInput['env']): string[] {
  const known = new Set(CONFIG_KEYS.map((key) => key.variable));
  const suffixes = new Map([...known].map((name) => [name.replace(/^CORDON_/, ''), name]));
  return Object.keys(env).flatMap((name) => {
    if (!name.startsWith('CORDON_') || known.has(name)) return [];
    // A supervisor may set names of its own (Kubernetes does, CORDON_SERVICE_HOST): only what looks like a slip is one.
    const meant = nearest(name.slice('CORDON_'.length), suffixes.keys());
    return meant === null ? [] : [`${name}: unknown variable (did you mean ${suffixes.get(meant)}?)`];
  });
}

function describe(issue: z.core.$ZodIssue, source: Source, origins: ReadonlyMap<string, Origin>): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = siblingsOf(issue.path);
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      const hint = meant === null ? `known here: ${known.join(', ')}` : `did you mean ${meant}?`;
      return `${source.placeOf([...issue.path, key])}${nameOf([...issue.path, key])}: unknown key (${hint})`;
    });
  }
  const key = CONFIG_KEYS.find((candidate) => candidate.path.every((part, index) => part === issue.path[index]));
  if (key !== undefined && origins.get(key.name) === 'env') {
    const rest = nameOf(issue.path.slice(key.path.length));
    return [`${key.variable}${rest === '' ? '' : `: ${rest}`}: ${issue.message}`];
  }
  return [`${source.placeOf(issue.path)}${nameOf(issue.path)}: ${issue.message}`];
}

/** The keys that may stand beside an unknown one. */
function siblingsOf(path: readonly PropertyKey[]): string[] {
  if (path[0] === 'sources') return ['listener', 'address', 'certificate', 'nack'];
  if (path[0] === 'listeners') return ['name', 'port', 'host', 'certificate', 'key', 'ca'];
  const here = CONFIG_KEYS.filter((key) => path.every((part, index) => key.path[index] === part));
  return [...new Set(here.flatMap((key) => key.path[path.length] ?? []))];
}

/** `http.port`, `listeners[1].name` */
function nameOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part + 1}]` : name === '' ? String(part) : `${name}.${String(part)}`),
    '',
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function getIn(values: Record<string, unknown>, path: readonly string[]): unknown {
  let here: unknown = values;
  for (const part of path) here = isRecord(here) ? here[part] : undefined;
  return here;
}

/** Sets a value; a section that is not there, or is no section, gets made: a wrong one is named by the schema only if no variable replaces it. */
function setIn(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = values;
  for (const part of path.slice(0, -1)) {
    const next = here[part];
    const section = isRecord(next) ? next : {};
    here[part] = section;
    here = section;
  }
  const last = path.at(-1);
  if (last !== undefined) here[last] = value;
}
