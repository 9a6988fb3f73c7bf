import { deflateRawSync } from 'node:zlib';
import { EXPLICIT_LITTLE, encodingOf } from '../../formats/dicom/transfer-syntax.ts';
import { lengthBytes } from '../../formats/dicom/vr.ts';

/** A value as it is written: text (padded to even length), bytes as they are, or the items of a sequence. */
export type DicomValue = string | Uint8Array | readonly DicomItem[];

/** One data element. `open`: sequence and items with undefined length (PS3.5 §7.5.1); for bytes, encapsulated fragments (§A.4). */
export interface DicomElement {
  /** `(0010,0010)` */
  readonly tag: string;
  readonly vr: string;
  readonly value: DicomValue;
  readonly open?: boolean;
}

export type DicomItem = readonly DicomElement[];

/** An element in one line: `element('(0010,0010)', 'PN', 'DOE^JANE')`. */
export function element(tag: string, vr: string, value: DicomValue, open = false): DicomElement {
  return { tag, vr, value, open };
}

export interface DicomFile {
  readonly transferSyntax?: string;
  readonly elements: readonly DicomElement[];
  /** 128 bytes; zeros by default. */
  readonly preamble?: Uint8Array;
  /** More of group 2, beside what every file has. */
  readonly meta?: readonly DicomElement[];
  /** Bytes after the data set. */
  readonly trailing?: Uint8Array;
}

const UNDEFINED = 0xffffffff;
const NUL_PADDED = new Set(['UI', 'OB', 'UN', 'OW']);

/**
 * A DICOM file (PS3.10 §7.1). Text is written as UTF-8. Elements are written in the order given, so that tests can put them out of
 * order; group lengths are written for group 2 only.
 */
export function writeDicom({ transferSyntax = EXPLICIT_LITTLE, elements, preamble, meta = [], trailing }: DicomFile): Buffer {
  const find = (tag: string): DicomValue => elements.find((each) => each.tag === tag)?.value ?? '';
  const group2 = [
    element('(0002,0001)', 'OB', Uint8Array.of(0, 1)),
    element('(0002,0002)', 'UI', find('(0008,0016)')),
    element('(0002,0003)', 'UI', find('(0008,0018)')),
    element('(0002,0010)', 'UI', transferSyntax),
    element('(0002,0012)', 'UI', '2.25.171717171717171717'),
    ...meta,
  ];
  const header = writeDataSet(group2, EXPLICIT_LITTLE);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const dataSet = writeDataSet(elements, transferSyntax);
  return Buffer.concat([
    preamble ?? Buffer.alloc(128),
    Buffer.from('DICM'),
    writeDataSet([element('(0002,0000)', 'UL', length)], EXPLICIT_LITTLE),
    header,
    encodingOf(transferSyntax).deflated ? deflateRawSync(dataSet) : dataSet,
    trailing ?? Buffer.alloc(0),
  ]);
}

/** A data set alone, as an association carries it; not deflated. */
export function writeDataSet(elements: readonly DicomElement[], transferSyntax: string): Buffer {
  return Buffer.concat(elements.map((each) => writeElement(each, transferSyntax)));
}

function writeElement({ tag, vr, value, open = false }: DicomElement, transferSyntax: string): Buffer {
  const { explicit, bigEndian } = encodingOf(transferSyntax);
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const bytes = open && value instanceof Uint8Array ? fragments(value, bigEndian) : padded(vr, value);
    return Buffer.concat([head(tag, vr, open ? UNDEFINED : bytes.length, explicit, bigEndian), bytes]);
  }
  const items = value.map((item) => {
    const content = writeDataSet(item, transferSyntax);
    const end = open ? delimiter('(FFFE,E00D)', bigEndian) : Buffer.alloc(0);
    return Buffer.concat([mark('(FFFE,E000)', open ? UNDEFINED : content.length, bigEndian), content, end]);
  });
  const body = Buffer.concat([...items, open ? delimiter('(FFFE,E0DD)', bigEndian) : Buffer.alloc(0)]);
  return Buffer.concat([head(tag, vr, open ? UNDEFINED : body.length, explicit, bigEndian), body]);
}

function padded(vr: string, value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value);
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(NUL_PADDED.has(vr) ? 0 : 0x20)]);
}

/** An empty offset table and one fragment. */
function fragments(value: Uint8Array, bigEndian: boolean): Buffer {
  const frame = padded('OB', value);
  return Buffer.concat([
    mark('(FFFE,E000)', 0, bigEndian),
    mark('(FFFE,E000)', frame.length, bigEndian),
    frame,
    delimiter('(FFFE,E0DD)', bigEndian),
  ]);
}

function head(tag: string, vr: string, length: number, explicit: boolean, bigEndian: boolean): Buffer {
  if (!explicit) return mark(tag, length, bigEndian);
  const long = lengthBytes(vr.charCodeAt(0), vr.charCodeAt(1)) === 4;
  const bytes = Buffer.alloc(long ? 12 : 8);
  writeTag(bytes, tag, bigEndian);
  bytes.write(vr, 4, 'latin1');
  if (long) write32(bytes, 8, length, bigEndian);
  else if (bigEndian) bytes.writeUInt16BE(length, 6);
  else bytes.writeUInt16LE(length, 6);
  return bytes;
}

function mark(tag: string, length: number, bigEndian: boolean): Buffer {
  const bytes = Buffer.alloc(8);
  writeTag(bytes, tag, bigEndian);
  write32(bytes, 4, length, bigEndian);
  return bytes;
}

const delimiter = (tag: string, bigEndian: boolean): Buffer => mark(tag, 0, bigEndian);

function writeTag(bytes: Buffer, tag: string, bigEndian: boolean): void {
  const group = Number.parseInt(tag.slice(1, 5), 16);
  const number = Number.parseInt(tag.slice(6, 10), 16);
  if (bigEndian) {
    bytes.writeUInt16BE(group, 0);
    bytes.writeUInt16BE(number, 2);
  } else {
    bytes.writeUInt16LE(group, 0);
    bytes.writeUInt16LE(number, 2);
  }
}

function write32(bytes: Buffer, at: number, value: number, bigEndian: boolean): void {
  if (bigEndian) bytes.writeUInt32BE(value, at);
  else bytes.writeUInt32LE(value, at);
}
