import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type RestKind = 'kms' | 's3' | 'file' | 'postgres' | 'redis';

/** The targets that `isRestTarget` takes, for messages. */
export const REST_TARGETS = 'kms:KEY_OR_ALIAS, s3://bucket/prefix, file:/path, postgres://…, redis://…';

/** Whether a text names a place that can be verified at rest. `vault` is none: it needs the configuration. */
export function isRestTarget(target: string): boolean {
  return restKindOf(target) !== null;
}

/** What kind of place a target is; null where it is none. */
export function restKindOf(target: string): RestKind | null {
  if (/^kms:[\w:/.-]+$/.test(target)) return 'kms';
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/|$)/.test(target)) return 's3';
  if (filePathOf(target) !== null) return 'file';
  if (serviceOf(target, /^postgres(ql)?:\/\//) !== null) return 'postgres';
  return serviceOf(target, /^rediss?:\/\//) === null ? null : 'redis';
}

/**
 * The target as evidence and logs name it: of a URL of a service no user, password or query, and always the port
 * (`postgres://db.example:5432/cordon`); any other as it is.
 */
export function restTargetName(target: string): string {
  const kind = restKindOf(target);
  if (kind !== 'postgres' && kind !== 'redis') return target;
  const url = new URL(target);
  const host = url.searchParams.get('host') ?? url.hostname;
  const port = url.port || url.searchParams.get('port') || (kind === 'postgres' ? '5432' : '6379');
  // A socket's folder is written as a host is in such a URL: with its slashes escaped.
  return `${url.protocol}//${host.startsWith('/') ? encodeURIComponent(host) : host}:${port}${url.pathname === '/' ? '' : url.pathname}`;
}

/** The path of `file:/data`, of `file:data` from the working folder, or of a URL `file:///data%20one`; null where it is none of this machine. */
export function filePathOf(target: string): string | null {
  if (!/^file:./.test(target)) return null;
  if (!target.startsWith('file://')) return resolve(target.slice('file:'.length));
  try {
    return fileURLToPath(target);
  } catch {
    // A host that is not this one, or an escape that is none: no path, whichever it is.
    return null;
  }
}

function serviceOf(target: string, scheme: RegExp): URL | null {
  if (!scheme.test(target) || !URL.canParse(target)) return null;
  const url = new URL(target);
  return url.hostname === '' && url.searchParams.get('host') === null ? null : url;
}
