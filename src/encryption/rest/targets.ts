import type { Verifier } from '../../core/evidence.ts';
import { filePathOf } from './file-path.ts';

type Kind = 'kms' | 's3' | 'file';

/** Each is loaded by the first target that needs it: the clients of AWS take 92 ms. */
const LOAD: Readonly<Record<Kind, () => Promise<Verifier<string>>>> = {
  kms: async () => (await import('./kms.ts')).kmsVerifier(),
  s3: async () => (await import('./s3.ts')).s3Verifier(),
  file: async () => (await import('./file.ts')).fileVerifier(),
};

/** One verifier of each kind in a process, and so one pool of connections to each service. */
const loaded = new Map<Kind, Promise<Verifier<string>>>();

/** The targets that `isRestTarget` takes, for messages. */
export const REST_TARGETS = 'kms:KEY_OR_ALIAS, s3://bucket/prefix, file:/path';

/** Whether a text names a place that can be verified at rest. Pure, and loads no client. `vault` is none: it needs the configuration. */
export function isRestTarget(target: string): boolean {
  return kindOf(target) !== null;
}

/** What verifies a target, loaded when it is first needed; null where `isRestTarget` is false. */
export function restVerifierOf(target: string): Promise<Verifier<string>> | null {
  const kind = kindOf(target);
  if (kind === null) return null;
  const known = loaded.get(kind) ?? LOAD[kind]();
  loaded.set(kind, known);
  return known;
}

function kindOf(target: string): Kind | null {
  if (/^kms:[\w:/.-]+$/.test(target)) return 'kms';
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/|$)/.test(target)) return 's3';
  return filePathOf(target) === null ? null : 'file';
}
