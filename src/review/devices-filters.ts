import { z } from 'zod';
import type { DeviceFilter } from '../ledger/devices/store.ts';
import { DEVICE_KINDS } from '../lineage/devices/device.ts';

/** Filters of the inventory as they stand in its address: `/devices?kind=equipment&flow=lab-registry`. */
const FiltersSchema = z.object({
  kind: z.enum(DEVICE_KINDS).optional(),
  conflicts: z.literal('yes').optional(),
  flow: z.string().min(1).max(512).optional(),
  find: z
    .string()
    .max(64)
    .transform((text) => text.trim() || undefined)
    .optional(),
  cursor: z.string().min(1).max(1024).optional(),
});

type Read = z.output<typeof FiltersSchema>;
export type DevicesFilters = { readonly [Name in keyof Read]?: Read[Name] };

const NAMES = ['kind', 'conflicts', 'flow', 'find', 'cursor'] as const;

/** Filters of a query string; null where it asks for one that does not exist. */
export function readDevicesFilters(query: Record<string, string>): DevicesFilters | null {
  const read = FiltersSchema.safeParse(query);
  return read.success ? read.data : null;
}

/** `?kind=equipment`; empty for the inventory as it opens. */
export function devicesQuery(filters: DevicesFilters): string {
  const query = new URLSearchParams();
  for (const name of NAMES) if (filters[name] !== undefined) query.set(name, filters[name]);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** `/devices` with some filters changed, from its first page on. */
export function devicesAddress(filters: DevicesFilters, change: DevicesFilters): string {
  return `/devices${devicesQuery({ ...filters, cursor: undefined, ...change })}`;
}

/** What the ledger is asked for. */
export function deviceFilter({ kind, conflicts, flow, find }: DevicesFilters): DeviceFilter {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(conflicts === undefined ? {} : { conflicting: true }),
    ...(flow === undefined ? {} : { flow }),
    ...(find === undefined ? {} : { search: find }),
  };
}

/** Whether anything but the first page of all of them is asked for. */
export function isNarrow({ kind, conflicts, flow, find }: DevicesFilters): boolean {
  return [kind, conflicts, flow, find].some((filter) => filter !== undefined);
}
