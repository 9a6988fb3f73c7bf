import type { DeskRole } from '../core/vocabulary.ts';
import type { IconName } from './icons.ts';
import { type Action, can } from './permissions.ts';

/** One entry of the rail. */
export interface Section {
  /** What a page says it belongs to; its icon has the same name. */
  readonly id: IconName;
  readonly label: string;
  readonly path: `/${string}`;
  /** What a role must be allowed, to see it. */
  readonly action: Action;
  /** After `g`, goes there. */
  readonly key: string;
}

/**
 * The sections of the desk in the order of the rail. A page that is added has its line here, and its routes a line in pages.ts;
 * test/review/sections.test.ts asks each of them.
 */
const SECTIONS: readonly Section[] = [
  { id: 'home', label: 'Home', path: '/', action: 'read', key: 'h' },
  { id: 'incidents', label: 'Incidents', path: '/incidents', action: 'read', key: 'i' },
  { id: 'flows', label: 'Flows', path: '/flows', action: 'read', key: 'f' },
  { id: 'map', label: 'Map', path: '/map', action: 'inventory.read', key: 'm' },
  { id: 'locations', label: 'Locations', path: '/locations', action: 'inventory.read', key: 'l' },
  { id: 'devices', label: 'Devices', path: '/devices', action: 'inventory.read', key: 'd' },
  { id: 'evidence', label: 'Evidence', path: '/evidence', action: 'read', key: 'e' },
  { id: 'trace', label: 'Trace', path: '/trace', action: 'trace', key: 't' },
  { id: 'reports', label: 'Reports', path: '/reports', action: 'read', key: 'r' },
  { id: 'rules', label: 'Rules', path: '/rules', action: 'read', key: 'u' },
  { id: 'settings', label: 'Settings', path: '/settings', action: 'account.self', key: 's' },
];

export type SectionId = Section['id'];

/** The sections that a role may open. */
export function sectionsOf(role: DeskRole): readonly Section[] {
  return SECTIONS.filter(({ action }) => can(role, action));
}
