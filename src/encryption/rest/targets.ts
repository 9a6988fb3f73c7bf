import type { Verifier } from '../../core/evidence.ts';
import { type RestKind, restKindOf } from '../../core/rest-target.ts';

/** Each is loaded by the first target that needs it: the clients of AWS take 92 ms. */
const LOAD: Readonly<Record<RestKind, () => Promise<Verifier<string>>>> = {
  kms: async () => (await import('./kms.ts')).kmsVerifier(),
  s3: async () => (await import('./s3.ts')).s3Verifier(),
  file: async () => (await import('./file.ts')).fileVerifier(),
  postgres: async () => (await import('./postgres/verifier.ts')).postgresVerifier(),
  redis: async () => (await import('./redis/verifier.ts')).redisVerifier(),
};

/** One verifier of each kind in a process, and so one pool of connections to each service of AWS. */
const loaded = new Map<RestKind, Promise<Verifier<string>>>();

/** What verifies a target, loaded when it is first needed; null where `isRestTarget` (core/rest-target.ts) is false. Its rows name the target by `restTargetName`. */
export function restVerifierOf(target: string): Promise<Verifier<string>> | null {
  const kind = restKindOf(target);
  if (kind === null) return null;
  const known = loaded.get(kind) ?? LOAD[kind]();
  loaded.set(kind, known);
  return known;
}
