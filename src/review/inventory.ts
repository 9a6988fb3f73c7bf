import type { Clock } from '../core/clock.ts';
import type { Evidence } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import type { DeviceFilter, DeviceStore, PlaceStore } from '../ledger/devices/store.ts';
import type { EvidenceStore } from '../ledger/evidence/store.ts';
import type { FlowStore } from '../ledger/flow-store.ts';
import type { Page } from '../ledger/page.ts';
import { type DeviceView, viewOf } from '../lineage/devices/view.ts';
import { allLocations, type PlaceView, placesOf } from '../lineage/places/places.ts';
import { compileSites } from '../lineage/places/site.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { Locations } from '../policy/location.ts';

/** What devices and places are read with, by the API, by pages and by commands. */
export interface InventoryDeps {
  readonly devices: Pick<DeviceStore, 'list' | 'get'>;
  readonly places: Pick<PlaceStore, 'list'>;
  readonly flows: Pick<FlowStore, 'list'>;
  readonly evidence: Pick<EvidenceStore, 'list'>;
  /** The places of rules/locations. */
  readonly described: Locations;
  readonly policies: () => readonly FlowPolicy[];
  readonly vendors: () => Promise<(oui: string) => string | null>;
  readonly clock: Clock;
}

/** A page of devices, with what follows of each. */
export async function listDevices(
  deps: InventoryDeps,
  filter: DeviceFilter & { limit: number; cursor?: string },
): Promise<Page<DeviceView>> {
  const [page, views] = await Promise.all([deps.devices.list(filter), viewDeps(deps)]);
  return { rows: page.rows.map((device) => viewOf(device, views, deps.clock())), next: page.next };
}

/** Null where nothing has the id. */
export async function findDevice(deps: InventoryDeps, id: string): Promise<DeviceView | null> {
  const [device, views] = await Promise.all([deps.devices.get(id), viewDeps(deps)]);
  return device === null ? null : viewOf(device, views, deps.clock());
}

async function viewDeps({ places, described, vendors }: InventoryDeps) {
  return { siteOf: compileSites(allLocations(described, await places.list())), vendorOf: await vendors() };
}

/** Every place, and the evidence of the targets that they name. */
export async function listPlaces({ places, flows, evidence, described, policies }: InventoryDeps): Promise<{
  readonly rows: readonly PlaceView[];
  readonly rowsOf: (target: string) => readonly Evidence[];
}> {
  const [made, observed] = await Promise.all([places.list(), flows.list()]);
  const rows = placesOf({ described, made, policies: policies(), flows: observed });
  const targets = new Set(rows.flatMap(({ location }) => (location?.verify ?? []).map(restTargetName)));
  const known = new Map<string, readonly Evidence[]>();
  for (const target of targets) known.set(target, await evidence.list(target));
  return { rows, rowsOf: (target) => known.get(target) ?? [] };
}
