import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of addresses. */
export interface Range {
  /** The same for the same range, however its host bits were written. */
  readonly text: string;
  /** How much of the address it fixes, 0 (nothing) to 128 (all of it), alike for both families. */
  readonly narrow: number;
  contains(address: Address): boolean;
  /** Whether every address of the other range is in this one. */
  covers(other: Range): boolean;
  readonly base: Address;
}

/** IPv4-mapped IPv6 (`::ffff:10.20.0.5`, what a dual-stack socket reports) counts as the IPv4 address. Null where it is none. */
export function parseAddress(text: string): Address | null {
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null;
  return ipaddr.isValid(text) ? ipaddr.process(text) : null;
}

/** `10.20.0.0/16`, `10.20.0.5`, `fd00::/8`. Null where it is none. */
export function parseRange(text: string): Range | null {
  const [host = '', prefix, more] = text.split('/');
  const base = parseAddress(host);
  if (base === null || more !== undefined || !/^\d{1,3}$/.test(prefix ?? '0')) return null;
  const width = base.kind() === 'ipv4' ? 32 : 128;
  const mapped = width === 32 && host.includes(':') ? 96 : 0;
  const bits = prefix === undefined ? width : Number(prefix) - mapped;
  if (bits < 0 || bits > width) return null;
  const contains = (address: Address): boolean => address.kind() === base.kind() && address.match(base, bits);
  const narrow = bits * (128 / width);
  return {
    text: `${networkOf(base, bits)}/${bits}`,
    narrow,
    base,
    contains,
    covers: (other) => narrow <= other.narrow && contains(other.base),
  };
}

function networkOf(base: Address, bits: number): string {
  const bytes = base.toByteArray().map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - i * 8))) & 0xff);
  return ipaddr.fromByteArray(bytes).toString();
}

export function isAddress(text: string): boolean {
  return parseRange(text) !== null;
}
