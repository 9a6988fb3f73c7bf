import { readFileSync } from 'node:fs';
import { type Config, RedisUrl } from './config.ts';
import { CordonError, reasonOf } from './core/errors.ts';

/**
 * The URL of Redis, from the configuration or the file that it names; null where the queue is embedded. Throws `config.invalid` that
 * names the file, never what is in it.
 */
export function redisUrl({ redis: { url, urlFile } }: Config): string | null {
  if (url !== undefined || urlFile === undefined) return url ?? null;
  const parsed = RedisUrl.safeParse(read(urlFile).trim());
  if (parsed.success) return parsed.data;
  throw new CordonError('config.invalid', `${urlFile}: ${parsed.error.issues.map(({ message }) => message).join(', ')}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CordonError('config.invalid', `redis.urlFile cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
