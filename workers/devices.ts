import type { ScanRow } from '../src/ledger/ledger.ts';
import type { DeviceSighting } from '../src/lineage/devices/device.ts';

/** Sightings that are remembered; of a larger hospital some are written again, which changes nothing. */
const REMEMBERED = 20_000;

/** Leaves out of rows what was saved of devices before. */
export interface DeviceKeeper {
  /** The row with the sightings that are new in the hour in which its message came. */
  fresh(row: ScanRow): ScanRow;
  /** To be called when the row was saved, and not before: what was lost must come again. */
  saved(row: ScanRow): void;
}

/** A device says the same of itself in each message: of thousands in an hour the writer gets one. */
export function createDeviceKeeper(): DeviceKeeper {
  const kept = new Set<string>();
  return {
    fresh(row) {
      if (row.devices === undefined || row.devices.length === 0) return row;
      return { ...row, devices: row.devices.filter((sighting) => !kept.has(nameOf(row, sighting))) };
    },
    saved(row) {
      for (const sighting of row.devices ?? []) kept.add(nameOf(row, sighting));
      for (const oldest of kept) {
        if (kept.size <= REMEMBERED) break;
        kept.delete(oldest);
      }
    },
  };
}

function nameOf({ id, type, decision }: ScanRow, sighting: DeviceSighting): string {
  return JSON.stringify([hourIn(id), decision.flow.key, type, sighting]);
}

/** The hour in which a message was accepted, from the first 48 bits of its UUIDv7 (RFC 9562 section 5.7): milliseconds. */
function hourIn(id: string): number {
  return Math.floor(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) / 3_600_000);
}
