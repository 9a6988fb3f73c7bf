import type { ReviewDeps } from './deps.ts';
import type { InventoryDeps } from './inventory.ts';

/** What devices and places are read with by the pages. */
export function inventoryOf({ devices, flows, evidence, exporting, policies, vendors, clock }: ReviewDeps): InventoryDeps {
  const { ledger, locations: described } = exporting;
  return { devices, flows, evidence, places: ledger.places, described, policies, vendors, clock };
}
