/**
 * What incidents are grouped by: a slug for the part of the object that an element describes, after the modules of PS3.3 annex C as far
 * as an officer tells them apart. By the element alone; where it is nested does not matter, but for what a private sequence holds.
 */

/** Slugs of whole groups. */
const BY_GROUP: ReadonlyMap<number, string> = new Map([
  [0x0000, 'command'],
  [0x0002, 'file'],
  [0x0004, 'directory'],
  [0x0010, 'patient'],
  [0x0012, 'trial'],
  [0x0018, 'acquisition'],
  [0x0020, 'image'],
  [0x0022, 'acquisition'],
  [0x0028, 'image'],
  [0x0032, 'procedure'],
  [0x0038, 'visit'],
  [0x0040, 'procedure'],
  [0x0042, 'document'],
  [0x0054, 'acquisition'],
  [0x0070, 'presentation'],
  [0x0400, 'security'],
  [0x3002, 'radiotherapy'],
  [0x3004, 'radiotherapy'],
  [0x3006, 'radiotherapy'],
  [0x3008, 'radiotherapy'],
  [0x300a, 'radiotherapy'],
  [0x300c, 'radiotherapy'],
  [0x300e, 'radiotherapy'],
  [0x3010, 'radiotherapy'],
  [0x4000, 'image'],
  [0x4008, 'result'],
  [0x7fe0, 'image'],
  [0xfffa, 'security'],
]);

/** Elements that say something else than most of their group. */
const BY_TAG: ReadonlyMap<number, string> = new Map([
  ...of('study', 0x0008, [0x0020, 0x0030, 0x0050, 0x0051, 0x0090, 0x0092, 0x0094, 0x0096, 0x009c, 0x009d, 0x1030, 0x1032]),
  ...of('study', 0x0008, [0x1048, 0x1049, 0x1060, 0x1062, 0x1080, 0x1084, 0x1110]),
  ...of('study', 0x0020, [0x000d, 0x0010]),
  ...of('series', 0x0008, [0x0021, 0x0031, 0x0060, 0x0061, 0x103e, 0x103f, 0x1050, 0x1052, 0x1070, 0x1072, 0x1111]),
  ...of('series', 0x0018, [0x0015, 0x1030, 0x5100]),
  ...of('series', 0x0020, [0x000e, 0x0011, 0x0052, 0x0060, 0x1040]),
  ...of('equipment', 0x0008, [0x0070, 0x0080, 0x0081, 0x0082, 0x1010, 0x1040, 0x1041, 0x1090]),
  ...of('equipment', 0x0018, [0x1000, 0x1002, 0x1008, 0x1009, 0x100a, 0x100b, 0x1020, 0x1050, 0x1200, 0x1201, 0x9919]),
  ...of('image', 0x0008, [0x0005, 0x0008, 0x0012, 0x0013, 0x0014, 0x0016, 0x0018, 0x0022, 0x0023, 0x002a, 0x0032, 0x0033]),
  ...of('image', 0x0008, [0x1140, 0x2111, 0x2112]),
]);

function of(slug: string, group: number, elements: readonly number[]): [number, string][] {
  return elements.map((element) => [(group << 16) | element, slug]);
}

/** The slug of a data element: `patient study series equipment image sr private …`, `other` for what is none of them. */
export function moduleOf(group: number, element: number): string {
  if ((group & 1) === 1) return 'private';
  const own = BY_TAG.get((group << 16) | element);
  if (own !== undefined) return own;
  // SR Document Content (PS3.3 C.17.3) shares its group with scheduled and performed procedures.
  if (group === 0x0040 && element >= 0xa000) return 'sr';
  const family = group & 0xff00;
  if (family === 0x5000 || family === 0x6000) return 'image';
  return BY_GROUP.get(group) ?? 'other';
}
