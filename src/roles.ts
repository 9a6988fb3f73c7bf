/**
 * What one process of a cluster does: takes messages, scans them, or serves API and desk; `all` of it by itself. Every process answers
 * `/healthz`, `/readyz` and `/metrics`.
 */
export const ROLES = ['all', 'ingest', 'worker', 'web'] as const;
export type Role = (typeof ROLES)[number];

export function does(role: Role, part: Exclude<Role, 'all'>): boolean {
  return role === 'all' || role === part;
}
