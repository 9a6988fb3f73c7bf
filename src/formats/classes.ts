import { CharClass } from '../core/format.ts';

function classOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return CharClass.digit;
  if (byte >= 0x41 && byte <= 0x5a) return CharClass.upper;
  if (byte >= 0x61 && byte <= 0x7a) return CharClass.lower;
  if (byte > 0x7f) return CharClass.high;
  switch (byte) {
    case 0x09:
    case 0x20:
      return CharClass.space;
    case 0x40:
      return CharClass.at;
    case 0x2e:
      return CharClass.dot;
    case 0x3a:
      return CharClass.colon;
    case 0x2f:
      return CharClass.slash;
    case 0x2d:
      return CharClass.hyphen;
    default:
      return CharClass.other;
  }
}

/** CharClass of each byte value; every format whose leaves are bytes ORs these. */
export const BYTE_CLASSES: Readonly<Uint16Array> = Uint16Array.from({ length: 256 }, (_, byte) => classOf(byte));
