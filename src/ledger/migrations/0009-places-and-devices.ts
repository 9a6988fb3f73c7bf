import type { Migration } from '../migration.ts';

/** Places that were named by hand or observed, and devices. */
export const placesAndDevices: Migration = { version: 9, name: 'places-and-devices', sqlite: [], postgres: [] };
