import { readFileSync } from 'node:fs';
import { type Config, DatabaseUrl, RedisUrl } from './config.ts';
import { CordonError, reasonOf } from './core/errors.ts';
import { readAuthorities } from './trust-anchors.ts';

/**
 * The URL of Redis, from the configuration or the file that it names; null where the queue is embedded. Throws `config.invalid` that
 * names the file, never what is in it.
 */
export function redisUrl({ redis }: Config): string | null {
  return urlOf(redis, 'redis.urlFile', RedisUrl);
}

/**
 * PEM of the authorities that Redis is trusted by, and no others; undefined where they are the public ones. Throws `config.invalid` that names
 * the file, or for a URL without TLS, where nobody would ask for a certificate.
 */
export function redisCa(config: Config): string | undefined {
  const { ca } = config.redis;
  const url = redisUrl(config);
  if (ca === undefined || url === null) return undefined;
  if (!url.startsWith('rediss:'))
    throw new CordonError(
      'config.invalid',
      'redis.ca is given, and the URL is of a Redis in clear: write rediss://, or leave redis.ca out',
    );
  return readAuthorities(ca).certificates.join('');
}

/** The URL of PostgreSQL; null where the ledger is a file of ours. Throws as `redisUrl` does. */
export function databaseUrl({ database }: Config): string | null {
  return urlOf(database, 'database.urlFile', DatabaseUrl);
}

interface Source {
  readonly url?: string | undefined;
  readonly urlFile?: string | undefined;
}

function urlOf({ url, urlFile }: Source, key: string, schema: typeof RedisUrl): string | null {
  if (url !== undefined || urlFile === undefined) return url ?? null;
  const parsed = schema.safeParse(read(urlFile, key).trim());
  if (parsed.success) return parsed.data;
  throw new CordonError('config.invalid', `${urlFile}: ${parsed.error.issues.map(({ message }) => message).join(', ')}`);
}

function read(path: string, key: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CordonError('config.invalid', `${key} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
