import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { CordonError, reasonOf } from '../../core/errors.ts';
import { AUTHENTICATIONS, BULK_CIPHERS, KEY_EXCHANGES, MACS, MODES } from './suites.ts';
import { VERSIONS } from './versions.ts';

const text = z.string().min(1);
const section = z.string().regex(/^[\w.]+$/, 'is the number of a section, such as 3.1.1 or B.12');
const version = z.enum(VERSIONS);

/** Each key that is given has to hold; a list holds when one of its items does. */
const suiteMatch = z
  .strictObject({
    keyExchange: z.array(z.enum(KEY_EXCHANGES)).min(1).optional(),
    authentication: z.array(z.enum(AUTHENTICATIONS)).min(1).optional(),
    bulk: z.array(z.enum(BULK_CIPHERS)).min(1).optional(),
    mode: z.array(z.enum(MODES)).min(1).optional(),
    mac: z.array(z.enum(MACS)).min(1).optional(),
    bitsBelow: z.int().positive().optional(),
    /** Holds where the server did not answer encrypt_then_mac. */
    withoutEncryptThenMac: z.literal(true).optional(),
  })
  .refine((match) => Object.keys(match).length > 0, 'says nothing to match by');

const suiteRule = z.strictObject({
  section,
  level: z.enum(['MUST NOT', 'SHOULD NOT', 'SHALL NOT']),
  why: text,
  match: suiteMatch,
});

const ownership = z.enum(['required', 'noted']);

/** A check's section is cited where everything is well; `remedy` is the way out, in a sentence. */
const check = { section, remedy: text };

export const profileSchema = z.strictObject({
  profile: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is lower case letters, digits and hyphens'),
  title: text,
  version: z.strictObject({
    ...check,
    forbidden: z.array(version),
    /** All of these have to be accepted, and one of those. */
    all: z.array(version).default([]),
    any: z.array(version).default([]),
  }),
  suites: z.strictObject({
    ...check,
    forbidden: z.array(suiteRule).default([]),
    /** A closed list: what is none of these is forbidden. */
    only: z.strictObject({ section, why: text, match: z.array(suiteMatch).min(1) }).optional(),
  }),
  certificate: z.strictObject({
    ...check,
    rsaBits: z.int().positive(),
    ecBits: z.int().positive(),
    /** Hashes, as they stand in the name of the signature's algorithm. */
    forbiddenHashes: z.array(z.enum(['md5', 'sha1', 'sha224'])),
    maxDays: z.int().positive().optional(),
    name: ownership,
    /** The section on names, where that is another. */
    nameSection: section.optional(),
    clientCertificate: ownership,
  }),
  keyExchange: z.strictObject({ ...check, curveBits: z.int().positive(), primeBits: z.int().positive() }),
  extensions: z.strictObject({
    ...check,
    required: z.array(z.enum(['renegotiationInfo', 'extendedMasterSecret'])),
    forbidden: z.array(z.enum(['truncatedHmac', 'compression'])),
    /** Where a standard has what is forbidden in other sections than what is required. */
    sections: z.strictObject({ truncatedHmac: section.optional(), compression: section.optional() }).default({}),
  }),
});

export type Profile = z.output<typeof profileSchema>;
export type SuiteMatch = z.output<typeof suiteMatch>;

/**
 * Reads profiles of `rules/transit/`, one a file. Throws CordonError `rules.invalid` with every error of every file, one a line:
 * `rules/transit/x.yaml:12: profile: suites.forbidden.0.match.bulk.0: "RC5" is none of NULL, RC4, …`.
 */
export function loadProfiles(files: readonly { readonly file: string; readonly text: string }[]): Profile[] {
  const errors: string[] = [];
  const profiles: Profile[] = [];
  const seen = new Map<string, string>();
  for (const { file, text: source } of files) {
    const lines = new LineCounter();
    const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
    const [first] = document.errors;
    if (first !== undefined) {
      errors.push(`${file}:${lines.linePos(first.pos[0]).line}: is no YAML: ${first.message}`);
      continue;
    }
    const place = (path: readonly PropertyKey[]): string => `${file}:${lines.linePos(offsetOf(document, path)).line}`;
    const parsed = profileSchema.safeParse(plainOf(document, errors, file), { reportInput: true });
    if (!parsed.success) {
      for (const issue of parsed.error.issues) errors.push(`${place(keyPath(issue))}: profile: ${explain(issue)}`);
      continue;
    }
    const { profile } = parsed.data;
    const before = seen.get(profile);
    if (before === undefined) {
      seen.set(profile, place(['profile']));
      profiles.push(parsed.data);
    } else errors.push(`${place(['profile'])}: profile "${profile}": there is one of this name already, at ${before}`);
  }
  if (errors.length > 0) throw new CordonError('rules.invalid', errors.join('\n'));
  return profiles;
}

function plainOf(document: ReturnType<typeof parseDocument>, errors: string[], file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    errors.push(`${file}:1: is no YAML: ${reasonOf(error)}`);
    return null;
  }
}

/** Offset of the deepest node of the path that is written in the file. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyPath(issue: z.core.$ZodIssue): PropertyKey[] {
  const [key] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return key === undefined ? issue.path : [...issue.path, key];
}

function explain(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join('.');
  const prefix = at === '' ? '' : `${at}: `;
  if (issue.code === 'unrecognized_keys') return `${prefix}unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined)
    return `${prefix}is missing`;
  if (issue.code === 'invalid_value')
    return `${prefix}${JSON.stringify(issue.input)} is none of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type')
    return `${prefix}is no ${issue.expected}${issue.expected === 'string' ? ' (put it in quotes)' : ''}`;
  return `${prefix}${issue.message}`;
}
