import type { Config } from './config.ts';
import { CordonError } from './core/errors.ts';
import { databaseUrl, redisUrl } from './service-urls.ts';

/**
 * What one process of a cluster does: takes messages, scans them, or serves API and desk; `all` of it by itself. Every process answers
 * `/healthz`, `/readyz` and `/metrics`.
 */
export const ROLES = ['all', 'ingest', 'worker', 'web'] as const;
export type Role = (typeof ROLES)[number];

export function does(role: Role, part: Exclude<Role, 'all'>): boolean {
  return role === 'all' || role === part;
}

/** Processes of one cluster meet in PostgreSQL, and but for the web in Redis. Throws `config.invalid` where a role lacks one of them. */
export function requireEngines(config: Config, role: Role): void {
  const lacking = [
    ...(role === 'all' || databaseUrl(config) !== null ? [] : ['DATABASE_URL']),
    ...(role === 'all' || role === 'web' || redisUrl(config) !== null ? [] : ['REDIS_URL']),
  ];
  if (lacking.length === 0) return;
  throw new CordonError(
    'config.invalid',
    `the role ${role} shares its work with other processes: set ${lacking.join(' and ')}, or start without --role`,
  );
}
