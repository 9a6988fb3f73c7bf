import { ELEMENTS } from './dictionary.generated.ts';
import { VR_LO, VR_UL, vrCode } from './vr-code.ts';

/** A tag as one signed number, group high: `tagOf(0x0010, 0x0010)`. Signed, so that it is a small integer for maps and columns. */
export function tagOf(group: number, element: number): number {
  return (group << 16) | element;
}

/** `(0010,0010)`; hexadecimal digits upper case. */
export function tagText(tag: number): string {
  const hex = (tag >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

/** VR codes by tag. */
const VRS = new Map<number, number>();

for (const row of ELEMENTS.split('\n')) {
  const group = Number.parseInt(row.slice(0, 4), 16);
  for (let at = 5; at < row.length; at += 6) {
    VRS.set(tagOf(group, Number.parseInt(row.slice(at, at + 4), 16)), vrCode(row.slice(at + 4, at + 6)));
  }
}

/**
 * The VR that the standard gives an element, as a code; 0 where it defines none. Group lengths are UL in every group, private
 * creators LO (PS3.5 §7.2, §7.8.1); curves and overlays are the same in each of their groups (§7.6).
 */
export function standardVr(tag: number): number {
  const known = VRS.get(tag);
  if (known !== undefined) return known;
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (element === 0) return VR_UL;
  if ((group & 1) === 1) return element >= 0x10 && element <= 0xff ? VR_LO : 0;
  const family = group & 0xff00;
  return family === 0x5000 || family === 0x6000 ? (VRS.get(tagOf(family, element)) ?? 0) : 0;
}
