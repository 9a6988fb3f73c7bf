import { DESK_ROLES, type DeskRole } from '../core/vocabulary.ts';

/**
 * Who may do what at the desk: one table, and what is not in it is refused. A key's scopes (src/ledger/ledger.ts) are the same for machines.
 */
export const ACTIONS = [
  /** One's own account: sessions, password. */
  'account.self',
  /** Incidents, flows, evidence, rules: masked, never a value. */
  'read',
  /** Devices, locations and the map alone. */
  'inventory.read',
  'inventory.edit',
  'incident.move',
  'incident.assign',
  'incident.comment',
  'flow.accept',
  'trace',
  'forget',
  'reveal.ask',
  'reveal.approve',
  'breach.assess',
  'disclosure.decide',
  'export',
  'review.sign',
  'audit.read',
  'account.manage',
] as const;
export type Action = (typeof ACTIONS)[number];

const ALLOWED: Readonly<Record<DeskRole, ReadonlySet<Action>>> = {
  officer: new Set([
    'account.self',
    'read',
    'inventory.read',
    'inventory.edit',
    'incident.move',
    'incident.assign',
    'incident.comment',
    'flow.accept',
    'trace',
    'forget',
    'reveal.ask',
    'reveal.approve',
    'breach.assess',
    'disclosure.decide',
    'export',
    'review.sign',
    'audit.read',
  ]),
  analyst: new Set([
    'account.self',
    'read',
    'inventory.read',
    'incident.move',
    'incident.assign',
    'incident.comment',
    'trace',
    'reveal.ask',
    'export',
  ]),
  auditor: new Set(['account.self', 'read', 'inventory.read', 'export', 'audit.read']),
  biomed: new Set(['account.self', 'inventory.read', 'inventory.edit']),
  // Runs the installation: no identifier, no decision on an incident.
  admin: new Set(['account.self', 'read', 'inventory.read', 'inventory.edit', 'audit.read', 'account.manage']),
};

/** Whether a role may do something. Default deny: what the table does not name is refused. */
export function can(role: DeskRole, action: Action): boolean {
  return ALLOWED[role].has(action);
}

/** The roles that may do it. */
export function rolesFor(action: Action): readonly DeskRole[] {
  return DESK_ROLES.filter((role) => can(role, action));
}
