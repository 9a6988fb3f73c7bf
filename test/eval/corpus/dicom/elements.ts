import { type DicomElement, type DicomValue, element, writeDataSet } from '../../../../src/demo/dicom/write.ts';
import { encodingOf } from '../../../../src/formats/dicom/transfer-syntax.ts';
import type { Label } from '../label.ts';
import { type Encoder, encode, plain, type Sheet } from '../marks.ts';

/** An element whose text may be marked. */
export interface Marked {
  readonly tag: string;
  readonly vr: string;
  readonly value: string | Uint8Array | readonly (readonly Marked[])[];
}

export const make = (tag: string, vr: string, value: Marked['value']): Marked => ({ tag, vr, value });

/** As the writer takes it, without its marks. */
export function written({ tag, vr, value }: Marked, encoder: Encoder): DicomElement {
  return element(tag, vr, writtenValue(value, encoder));
}

function writtenValue(value: Marked['value'], encoder: Encoder): DicomValue {
  if (typeof value === 'string') return padded(encoder(plain(value)));
  return value instanceof Uint8Array ? value : value.map((item) => item.map((each) => written(each, encoder)));
}

/** Text is padded with a space, a UID with NUL; the writer pads bytes with NUL, so this is done here. */
function padded(bytes: Uint8Array): Uint8Array {
  const uidLike = bytes.every((byte) => (byte >= 0x30 && byte <= 0x39) || byte === 0x2e);
  return bytes.length % 2 === 0 || uidLike ? bytes : Buffer.concat([bytes, Buffer.from(' ')]);
}

/** Finds each marked element's bytes in the file, in order; those of a deflated data set have none. */
export function locate(
  file: string,
  sheet: Sheet,
  elements: readonly Marked[],
  bytes: Buffer,
  transferSyntax: string,
  encoder: Encoder,
): Label[] {
  const labels: Label[] = [];
  const { deflated } = encodingOf(transferSyntax);
  let from = 0;
  const walk = (each: Marked, path: string): void => {
    if (typeof each.value !== 'string') {
      if (each.value instanceof Uint8Array) return;
      for (const [index, item] of each.value.entries()) {
        for (const inner of item) walk(inner, `${path}${index === 0 ? '' : `[${index + 1}]`}.${inner.tag}`);
      }
      return;
    }
    const { placed } = encode(each.value, encoder);
    if (placed.length === 0) return;
    if (deflated) {
      labels.push(...placed.map(({ number, text }) => ({ ...sheet.meaning(number), file, start: null, end: null, path, text })));
      return;
    }
    const whole = writeDataSet([written(each, encoder)], transferSyntax);
    const at = bytes.indexOf(whole, from);
    if (at < 0) throw new RangeError(`${path} is not in the file`);
    from = at + whole.length;
    const size = padded(encoder(plain(each.value))).length;
    const start = at + whole.length - size - (size % 2);
    labels.push(
      ...placed.map((one) => ({
        ...sheet.meaning(one.number),
        file,
        start: start + one.start,
        end: start + one.end,
        path,
        text: one.text,
      })),
    );
  };
  for (const each of elements) walk(each, each.tag);
  return labels;
}
