/** Value representations (PS3.5 §6.2) by what their values are made of. */

/** Text in the data set's own character set (PS3.5 §6.1.2.2). */
export const LOCALIZED: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
/** Text in the default repertoire, whatever SpecificCharacterSet says. */
export const PLAIN: ReadonlySet<string> = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);
/** Text in which a backslash is a character and no separator (PS3.5 §6.4). */
export const SINGLE: ReadonlySet<string> = new Set(['LT', 'ST', 'UT', 'UR']);
/** Numbers and tags of fixed size: nothing in them is text. */
export const NUMERIC: ReadonlySet<string> = new Set(['AT', 'FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV']);
/** Bytes that may be anything. */
export const BINARY: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);

/** VRs whose explicit encoding has two reserved bytes and a length of 32 bits (PS3.5 §7.1.2). */
const LONG: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

const ALL: ReadonlySet<string> = new Set([...LOCALIZED, ...PLAIN, ...NUMERIC, ...BINARY, 'SQ']);

/** 1: a VR with a 16-bit length, 2: with a 32-bit length, 0: no VR; by its two bytes, the first one high. */
const FORMS = new Uint8Array(1 << 16);
for (const vr of ALL) FORMS[(vr.charCodeAt(0) << 8) | vr.charCodeAt(1)] = LONG.has(vr) ? 2 : 1;

/** How an element with these two VR bytes is encoded explicitly: bytes of its length field, 2 or 4; 0 where they are no VR. */
export function lengthBytes(first: number, second: number): 0 | 2 | 4 {
  const form = FORMS[(first << 8) | second];
  return form === 2 ? 4 : form === 1 ? 2 : 0;
}
