import type { ConflictKind, DeviceAttributeName, DeviceKind } from '../../lineage/devices/device.ts';

/** The tables of devices and of places that were described over the API (migrations/0009), as Kysely sees them. */
export interface DevicesSchema {
  devices: DevicesTable;
  device_values: DeviceValuesTable;
  device_flows: DeviceFlowsTable;
  device_conflicts: DeviceConflictsTable;
  places: PlacesTable;
}

export interface DevicesTable {
  id: string;
  known_by: string;
  kind: DeviceKind;
  /** The device that it is held to be part of; its own id where it stands alone. */
  root: string;
  /** 1: somebody split it off, and no message joins it again. */
  apart: number;
  /** 1: it stands alone, others may be part of it. */
  standing: number;
  first_seen: number;
  last_seen: number;
}

export interface DeviceValuesTable {
  device: string;
  name: DeviceAttributeName;
  value: string;
  source: string;
  /** The value in lower case, to be found by. */
  folded: string;
  first_seen: number;
  last_seen: number;
}

export interface DeviceFlowsTable {
  device: string;
  flow: string;
  type: string;
  first_seen: number;
  last_seen: number;
}

export interface DeviceConflictsTable {
  device: string;
  kind: ConflictKind;
  one: string;
  other: string;
  at: number;
}

export interface PlacesTable {
  id: string;
  /** json: Location */
  description: string;
  made_by: string;
  made_at: number;
}
