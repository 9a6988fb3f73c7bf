/** Of what wrote a file: Cordon's Implementation Class UID (a UUID as PS3.5 §B.2 has it) and Version Name. */
export const IMPLEMENTATION_CLASS_UID = '2.25.212548508070339182130821758917518742108';
export const IMPLEMENTATION_VERSION = 'CORDON';

/** What an association says of an object before its first byte. */
export interface FileMeta {
  /** Affected SOP Class UID and Affected SOP Instance UID of the C-STORE request. */
  readonly sopClass: string;
  readonly sopInstance: string;
  /** Of the presentation context. */
  readonly transferSyntax: string;
}

const PREAMBLE = 128;
/** The longest UID (PS3.5 §9.1). A longer text is cut here: the data set has it whole. */
const LONGEST = 64;

/**
 * What makes a file of a data set that came over the network: preamble, `DICM` and group 2 (PS3.10 §7.1), in Explicit VR Little Endian.
 * No time and nothing random is in it, so that the same object sent twice is the same file.
 */
export function fileHeader({ sopClass, sopInstance, transferSyntax }: FileMeta): Buffer {
  const group = Buffer.concat([
    // OB has a length of 32 bits, after two reserved bytes (PS3.5 §7.1.2).
    Buffer.of(0x02, 0x00, 0x01, 0x00, 0x4f, 0x42, 0, 0, 2, 0, 0, 0, 0x00, 0x01),
    short(0x0002, 'UI', sopClass, 0),
    short(0x0003, 'UI', sopInstance, 0),
    short(0x0010, 'UI', transferSyntax, 0),
    short(0x0012, 'UI', IMPLEMENTATION_CLASS_UID, 0),
    short(0x0013, 'SH', IMPLEMENTATION_VERSION, 0x20),
  ]);
  const start = Buffer.alloc(PREAMBLE + 16);
  start.write('DICM', PREAMBLE, 'latin1');
  start.set([0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 4, 0], PREAMBLE + 4);
  start.writeUInt32LE(group.length, PREAMBLE + 12);
  return Buffer.concat([start, group]);
}

/** One element of group 2 with a length of 16 bits, its value padded to an even number of bytes. */
function short(element: number, vr: string, text: string, pad: number): Buffer {
  const value = Buffer.from(text.slice(0, LONGEST), 'latin1');
  const bytes = Buffer.alloc(8 + value.length + (value.length % 2), pad);
  bytes.writeUInt16LE(0x0002, 0);
  bytes.writeUInt16LE(element, 2);
  bytes.write(vr, 4, 'latin1');
  bytes.writeUInt16LE(bytes.length - 8, 6);
  bytes.set(value, 8);
  return bytes;
}
