import type { ScanRow } from '../src/ledger/ledger.ts';
import type { DeviceSighting } from '../src/lineage/devices/device.ts';

/** Sightings that are remembered; of a larger hospital some are written again, which changes nothing. */
const REMEMBERED = 20_000;

/** Leaves out of rows what was saved of devices before. */
export interface DeviceKeeper {
  /** The row with the sightings that are new in the hour in which its message came. */
  fresh(row: ScanRow): ScanRow;
  /** To be called when the row was saved, and not before: what was lost must come again. Returns the names of its sightings. */
  saved(row: ScanRow): readonly string[];
  /** Sightings of these names were saved, by whomever. */
  remember(names: readonly string[]): void;
}

/**
 * A device says the same of itself in each message: of thousands in an hour the writer gets one. Scan threads keep one too, so that what was
 * saved is not even told; two of them may see a device at the same time, so rows are looked through again before they are saved.
 */
export function createDeviceKeeper(): DeviceKeeper {
  const kept = new Set<string>();

  function remember(names: readonly string[]): void {
    for (const name of names) kept.add(name);
    for (const oldest of kept) {
      if (kept.size <= REMEMBERED) break;
      kept.delete(oldest);
    }
  }

  return {
    fresh(row) {
      if (row.devices === undefined || row.devices.length === 0) return row;
      return { ...row, devices: row.devices.filter((sighting) => !kept.has(nameOf(row, sighting))) };
    },
    saved(row) {
      const names = (row.devices ?? []).map((sighting) => nameOf(row, sighting));
      remember(names);
      return names;
    },
    remember,
  };
}

function nameOf({ id, type, decision }: ScanRow, sighting: DeviceSighting): string {
  return JSON.stringify([hourIn(id), decision.flow.key, type, sighting]);
}

/** The hour in which a message was accepted, from the first 48 bits of its UUIDv7 (RFC 9562 section 5.7): milliseconds. */
function hourIn(id: string): number {
  return Math.floor(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) / 3_600_000);
}
