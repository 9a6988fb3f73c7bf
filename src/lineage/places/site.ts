import { type Address, parseAddress, parseRange, type Range } from '../../policy/address.ts';
import type { Location, Locations } from '../../policy/location.ts';

/** The place whose range of addresses an address is in, the narrowest first; null where none is. */
export type SiteOf = (address: string) => Location | null;

/** Compiles the ranges that locations name (`addresses`). */
export function compileSites(locations: Locations): SiteOf {
  const sites = [...locations.values()].flatMap((location) =>
    (location.addresses ?? []).flatMap((text): { location: Location; range: Range }[] => {
      const range = parseRange(text);
      return range === null ? [] : [{ location, range }];
    }),
  );
  sites.sort((one, other) => other.range.narrow - one.range.narrow || (one.location.id < other.location.id ? -1 : 1));
  return (text) => {
    const address: Address | null = parseAddress(text);
    return address === null ? null : (sites.find(({ range }) => range.contains(address))?.location ?? null);
  };
}
