import type { Address } from '../core/format.ts';

/** Formats whose paths are names with dots between, and the key under `scope` that names their places. */
export const DOTTED_KEYS = ['fhir', 'cda'] as const;
export type DottedKey = (typeof DOTTED_KEYS)[number];

const KEY_OF: Readonly<Record<string, DottedKey>> = { fhir: 'fhir', cda: 'cda', xml: 'cda' };

/** A leaf's address taken apart. */
export interface Dotted {
  readonly key: DottedKey;
  /** `Patient.name.family` → `['Patient', 'name', 'family']` */
  readonly path: readonly string[];
  /** `HumanName.family` → `['HumanName', 'family']` */
  readonly type: readonly string[];
}

/** A place as a rule writes it: `Patient.name`, `*.telecom`, `**.recordTarget.**.@value`, `HumanName.family`. */
export interface DottedPlace {
  readonly text: string;
  readonly parts: readonly string[];
}

const NAME = String.raw`(?:\*{1,2}|@?[A-Za-z_][\w-]*)`;

/** A name alone needs a small letter, or it would be a data type of HL7 v2 where the two may be mixed (`except`). */
export const DOTTED_PATTERN = new RegExp(String.raw`^(?!\*+$)(?![A-Z0-9*-]+(?:\.[\d.]+)?$)${NAME}(?:\.${NAME})*$`);

/** `.system`: of the same object; each further dot leads one object up (`..url`). */
export const RELATIVE_PATTERN = /^\.{1,6}@?[A-Za-z_][\w-]*(?:\.@?[A-Za-z_][\w-]*)*$/;

export function parseDotted(text: string): DottedPlace {
  return { text, parts: text.split('.') };
}

/** The address of a leaf of a format with dotted paths; null in other formats. */
export function dottedOf({ format, path, typePath }: Address): Dotted | null {
  const key = KEY_OF[format];
  if (key === undefined) return null;
  return { key, path: path.split('.'), type: typePath === '' ? [] : typePath.split('.') };
}

/** How a place covers a leaf: `path` where it names the leaf's path or what it lies in, `type` where it names its type; null where neither. */
export function coveredBy({ parts }: DottedPlace, { path, type }: Dotted): 'path' | 'type' | null {
  if (leads(parts, path, 0, 0)) return 'path';
  return leads(parts, type, 0, 0) ? 'type' : null;
}

/** Whether the names from `part` on lead to the path from `at` on, or to what holds it. `*` is any one name, `**` any number of them. */
function leads(parts: readonly string[], path: readonly string[], part: number, at: number): boolean {
  const name = parts[part];
  if (name === undefined) return true;
  if (name === '**') {
    for (let next = at; next < path.length; next++) if (leads(parts, path, part + 1, next)) return true;
    return false;
  }
  return at < path.length && (name === '*' || name === path[at]) && leads(parts, path, part + 1, at + 1);
}

/** Where a condition looks: from the object that holds the leaf, or from one further up, down by names. */
export interface Relative {
  readonly text: string;
  /** Objects to go up before going down. */
  readonly up: number;
  /** `.type.coding.code` */
  readonly down: string;
}

export function parseRelative(text: string): Relative {
  const dots = /^\.+/.exec(text)?.[0].length ?? 1;
  return { text, up: dots - 1, down: text.slice(dots - 1) };
}
