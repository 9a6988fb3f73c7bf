import { z } from 'zod';

/** Days (UTC) as a date field sends them; an empty field is none. */
const Day = z
  .union([z.literal(''), z.iso.date()])
  .optional()
  .transform((text) => (text === '' ? undefined : text));
const Id = z
  .string()
  .regex(/^[\w-]{1,32}$/)
  .optional();

export const SHOWS = ['flagged', 'unproven', 'failed'] as const;

/** What the map shows, as its address says it: `/map?at=2026-11-24&show=flagged&edge=…`. Ids are digests: names of systems stay out of addresses. */
export const MapFiltersSchema = z
  .object({
    /** As of the end of a day. */
    at: Day,
    /** What changed between the ends of two days; until now where the second is left out. */
    from: Day,
    to: Day,
    show: z.enum(SHOWS).optional(),
    /** What one system sends and receives. */
    system: Id,
    edge: Id,
  })
  .refine(({ at, from, to }) => (from === undefined ? to === undefined : at === undefined && (to === undefined || from < to)));

type Read = z.output<typeof MapFiltersSchema>;
export type MapFilters = { readonly [Name in keyof Read]?: Read[Name] };

/** The query of an address with these filters, `?` included where there are any. */
export function mapQuery(filters: MapFilters): string {
  const query = new URLSearchParams();
  for (const name of ['at', 'from', 'to', 'show', 'system', 'edge'] as const) {
    const value = filters[name];
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? '' : `?${query}`;
}

/** The map with some of what it shows changed. */
export function mapAddress(filters: MapFilters, over: Partial<MapFilters> = {}): string {
  return `/map${mapQuery({ ...filters, ...over })}`;
}

/** The last millisecond of a day. */
export function endOfDay(text: string): number {
  return Date.parse(`${text}T23:59:59.999Z`);
}
