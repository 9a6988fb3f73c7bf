import type { Category } from '../core/vocabulary.ts';
import type { IdentifierKind } from '../lineage/identifier.ts';
import type { Entity } from '../policy/flow.ts';
import { CATEGORY_WORDS, capital, count } from './words.ts';

/** What a receiver is to us (`destination.entity` of a policy). */
const ENTITIES: Readonly<Record<Entity, string>> = {
  self: 'ourselves',
  ce: 'another covered entity',
  ba: 'a business associate',
  'public-health': 'a public health authority',
  researcher: 'a researcher',
  vendor: 'a vendor',
};

/** What a receiver is to us, as it follows "to"; `unregistered` and null are no policy's. */
export function entityWords(entity: string | null): string {
  const words: Readonly<Partial<Record<string, string>>> = ENTITIES;
  if (entity === null || entity === 'unregistered') return 'a receiver that no policy names';
  return words[entity] ?? entity;
}

/** What may be typed, as a choice says it. */
export function kindWords(kind: IdentifierKind): string {
  if (kind === 'name') return 'Name and birth date';
  if (kind === 'unique-id') return 'Another unique number';
  return capital(CATEGORY_WORDS[kind]);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `1.2 MB`: decimal units. */
export function sizeWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? count(Math.round(value)) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `name, date and record number` */
export function categoriesOf(categories: readonly Category[]): string {
  return categories.map((category) => CATEGORY_WORDS[category]).join(', ');
}
