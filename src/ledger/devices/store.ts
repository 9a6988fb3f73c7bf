import type { Device, DeviceKind } from '../../lineage/devices/device.ts';
import type { Location } from '../../policy/location.ts';
import type { Page } from '../page.ts';

/** Which devices; what is left out takes all of them. */
export interface DeviceFilter {
  readonly kind?: DeviceKind;
  /** What a value begins with, without regard to case: a serial, an AE title, a ward. */
  readonly search?: string;
  /** Those whose data went over a flow, by policy id or observed key. */
  readonly flow?: string;
  /** Those that contradict themselves. */
  readonly conflicting?: true;
}

/** What messages and connections showed of devices. It is written with the scan that saw it (ScanRow.devices). */
export interface DeviceStore {
  /** The latest seen first. */
  list(filter: DeviceFilter & { limit: number; cursor?: string }): Promise<Page<Device>>;
  /** By the id of the device or of a part of it. */
  get(id: string): Promise<Device | null>;
  count(filter?: Pick<DeviceFilter, 'kind'>): Promise<number>;
  /** Holds one device to be part of another. Throws `ledger.conflict` where one of them is not there. */
  merge(part: string, into: string): Promise<void>;
  /** Takes a part out of its device again; no message joins it any more. False where it is part of none. */
  split(part: string): Promise<boolean>;
}

/** A place that somebody described over the API. */
export interface MadePlace {
  readonly location: Location;
  /** `key:NAME`, or the account. */
  readonly by: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface PlaceStore {
  /** By id. */
  list(): Promise<readonly MadePlace[]>;
  /** Describes a place, or describes it anew. */
  save(place: MadePlace): Promise<void>;
  /** False where nobody described it here. */
  remove(id: string): Promise<boolean>;
}
