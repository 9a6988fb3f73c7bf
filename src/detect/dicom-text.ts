import type { Scope } from './places.ts';
import { isPrivate, type Tag } from './tags.ts';

/** Value representations whose values are sentences, or bytes that may hold some (PS3.5 §6.2). */
const TEXT_VRS = new Set(['', 'LT', 'ST', 'UT', 'UC', 'UN', 'OB', 'OW']);
/** One line that people type into, or a code, a number, a name of equipment: the attribute decides. */
const LINE_VRS = new Set(['LO', 'SH']);

/**
 * LO and SH that no person types while writing of another: codes and their meanings, identifiers, and what equipment says of itself.
 * What is not listed here is read as text: descriptions, comments, labels, histories.
 */
const TYPED_LINES = new Set(
  `0008,0050 0008,0070 0008,0100 0008,0102 0008,0103 0008,0104 0008,0105 0008,010D 0008,0112 0008,0115 0008,1010 0008,1090 0008,1115
   0010,0020 0010,0021 0010,1000 0010,1090 0010,2154 0012,0040 0012,0042 0018,0022 0018,0024 0018,1000 0018,1002 0018,1004 0018,1005
   0018,1007 0018,1008 0018,1016 0018,1018 0018,1019 0018,1020 0018,1160 0018,1210 0018,1250 0018,1251 0018,1261 0018,700A 0018,9004
   0020,0010 0020,1040 0028,0303 0032,0012 0038,0010 0038,0060 0040,0009 0040,0011 0040,0010 0040,0242 0040,0243 0040,0253 0040,1001
   0040,2016 0040,2017 0040,0512 0040,0551 0040,DB00 0054,0202 0088,0130 0400,0563 0400,0564 3002,0020 300A,00B2 3008,0105`.split(
    /\s+/,
  ),
);

/** How free the text of a DICOM element is. `tag` is null for the preamble and for bytes that no element claims. */
export function dicomScope(tag: Tag | null, vr: string): Scope {
  if (tag === null || TEXT_VRS.has(vr)) return 'text';
  if (!LINE_VRS.has(vr) || isCreator(tag)) return 'typed';
  return isPrivate(tag) || !TYPED_LINES.has(keyOf(tag)) ? 'text' : 'typed';
}

/** Private creators (PS3.5 §7.8.1) are what manufacturers call their blocks (`ELSCINT1`, `Mayo/IBM Archive Project`), which reads like people's names. */
function isCreator(tag: Tag): boolean {
  return isPrivate(tag) && tag.element >= 0x10 && tag.element <= 0xff;
}

function keyOf({ group, element }: Tag): string {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  return `${hex(group)},${hex(element)}`;
}
