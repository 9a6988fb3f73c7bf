import { EXPLICIT_LITTLE } from '../formats/dicom/transfer-syntax.ts';
import { lengthBytes } from '../formats/dicom/vr.ts';

/** Data elements of a sample by tag: `PN DOE^JANE`, or the items of a sequence. */
export type SampleElements = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>;

/**
 * The DICOM file (PS3.10 §7.1) that a sample stands for: Explicit VR Little Endian, UTF-8, elements in the order of their tags. A sample
 * says what it is about; SOP class and character set are added where it does not name them.
 */
export function sampleFile(elements: SampleElements): Uint8Array {
  const meta = dataSet({ '(0002,0002)': 'UI 1.2.840.10008.5.1.4.1.1.7', '(0002,0010)': `UI ${EXPLICIT_LITTLE}` });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(meta.length);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    elementBytes('(0002,0000)', 'UL', size),
    meta,
    dataSet({ '(0008,0005)': 'CS ISO_IR 192', '(0008,0016)': 'UI 1.2.840.10008.5.1.4.1.1.7', ...elements }),
  ]);
}

function dataSet(elements: SampleElements): Buffer {
  const tags = Object.keys(elements).sort();
  return Buffer.concat(tags.map((tag) => written(tag, elements[tag] ?? '')));
}

function written(tag: string, value: SampleElements[string]): Buffer {
  if (typeof value === 'string') return elementBytes(tag, value.slice(0, 2), padded(value.slice(0, 2), value.slice(3)));
  const items = value.map((item) => elementBytes('(FFFE,E000)', '', dataSet(item)));
  return elementBytes(tag, 'SQ', Buffer.concat(items));
}

/** Values are of even length (PS3.5 §6.2): text is padded with a space, UIDs and bytes with a NUL. */
function padded(vr: string, text: string): Buffer {
  const bytes = Buffer.from(text);
  const pad = ['UI', 'OB', 'OW', 'UN'].includes(vr) ? 0 : 0x20;
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(pad)]);
}

/** An item has no VR and a length of 32 bits (PS3.5 §7.5). */
function elementBytes(tag: string, vr: string, value: Buffer): Buffer {
  const long = vr === '' || lengthBytes(vr.charCodeAt(0), vr.charCodeAt(1)) === 4;
  const head = Buffer.alloc(vr !== '' && long ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(1, 5), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(6, 10), 16), 2);
  head.write(vr, 4, 'latin1');
  if (long) head.writeUInt32LE(value.length, head.length - 4);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}
