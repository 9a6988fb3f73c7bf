import type { Validator } from './validator.ts';

/**
 * The three-digit ZIP areas of 20,000 people or fewer (HHS guidance on 164.514(b)(2)(i)(B), Census 2000): they identify even alone.
 * `000` is what they must be replaced by.
 */
const RESTRICTED = new Set('036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893'.split(' '));

/**
 * Whether a postal code identifies: a ZIP of five or nine digits does, its first three digits (`021`, `021**`) do only where few people
 * live; `00000` and `99999` stand for "unknown". A code of another country counts from four characters on.
 */
export const zip3: Validator = (text) => {
  const code = text.trim();
  const prefix = /^(\d{3})(?:[*xX]{2})?$/.exec(code)?.[1];
  if (prefix !== undefined) return RESTRICTED.has(prefix) ? 1 : 0;
  if (/^(?:0{5}|9{5})(?:-?\d{4})?$/.test(code)) return 0;
  return /\d/.test(code) && code.length >= 4 ? 1 : 0;
};
