import { inflateRaw } from '../dicom/inflate.ts';

/** What a filter made of its input, and whether it could read all of it. */
export interface Filtered {
  readonly bytes: Buffer;
  /** `cap`: there is more than was wanted. `broken`: the input is cut off or damaged; what came before is there. */
  readonly outcome: 'complete' | 'cap' | 'broken';
}

export type Filter = (input: Buffer, cap: number) => Filtered;

/** Parameters of a predictor (ISO 32000-1 §7.4.4.4). */
export interface Predictor {
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

const inflate: Filter = (input, cap) => {
  // RFC 1950 header, where there is one.
  const header = ((input[0] ?? 0) & 0x0f) === 8 && (((input[0] ?? 0) << 8) | (input[1] ?? 0)) % 31 === 0 ? 2 : 0;
  const { bytes, outcome } = inflateRaw(input.subarray(header), cap);
  return { bytes, outcome };
};

/** A buffer that grows up to a cap. */
interface Out {
  bytes: Buffer;
  size: number;
  readonly cap: number;
}

function put(out: Out, byte: number): void {
  if (out.size === out.bytes.length) out.bytes = Buffer.concat([out.bytes], Math.max(1024, out.bytes.length * 2));
  out.bytes[out.size++] = byte;
}

const done = ({ bytes, size, cap }: Out, complete: boolean): Filtered => ({
  bytes: bytes.subarray(0, size),
  outcome: size >= cap ? 'cap' : complete ? 'complete' : 'broken',
});

const newOut = (cap: number): Out => ({ bytes: Buffer.alloc(4096), size: 0, cap });

/** LZW with codes of 9 to 12 bits (§7.4.4). `early`: the width changes one code early, as nearly all writers do. */
export function unLzw(input: Buffer, cap: number, early: boolean): Filtered {
  const out = newOut(cap);
  const prefix = new Int32Array(4096);
  const suffix = new Uint8Array(4096);
  const stack = new Uint8Array(4097);
  let [next, width, previous, first] = [258, 9, -1, 0];
  let bits = 0;
  let count = 0;
  for (let at = 0; out.size < cap; ) {
    while (count < width && at < input.length) {
      bits = ((bits << 8) | (input[at++] ?? 0)) & 0xffffff;
      count += 8;
    }
    if (count < width) return done(out, true);
    const code = (bits >> (count - width)) & ((1 << width) - 1);
    count -= width;
    if (code === 257) return done(out, true);
    if (code === 256) {
      [next, width, previous] = [258, 9, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0)) return done(out, false);
    let depth = 0;
    let walk = code === next ? previous : code;
    if (code === next) stack[depth++] = first;
    for (; walk >= 258 && depth < 4096; walk = prefix[walk] ?? 0) stack[depth++] = suffix[walk] ?? 0;
    first = walk & 0xff;
    stack[depth++] = first;
    while (depth > 0 && out.size < cap) put(out, stack[--depth] ?? 0);
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous;
      suffix[next] = first;
      next++;
    }
    const full = next + (early ? 1 : 0);
    width = full >= 2048 ? 12 : full >= 1024 ? 11 : full >= 512 ? 10 : 9;
    previous = code;
  }
  return done(out, false);
}

const ascii85: Filter = (input, cap) => {
  const out = newOut(cap);
  let group: number[] = [];
  const flush = (): void => {
    const size = group.length;
    if (size < 2) return;
    let value = 0;
    for (let at = 0; at < 5; at++) value = value * 85 + (group[at] ?? 84);
    for (let at = 0; at < size - 1; at++) put(out, Math.floor(value / 256 ** (3 - at)) & 0xff);
    group = [];
  };
  for (let at = 0; at < input.length && out.size < cap; at++) {
    const byte = input[at] ?? 0;
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) for (let zero = 0; zero < 4; zero++) put(out, 0);
    else if (byte >= 0x21 && byte <= 0x75 && group.push(byte - 0x21) === 5) flush();
  }
  flush();
  return done(out, true);
};

const asciiHex: Filter = (input, cap) => {
  const text = input.toString('latin1', 0, Math.min(input.length, cap * 3));
  const end = text.indexOf('>');
  const digits = (end < 0 ? text : text.slice(0, end)).replace(/[^0-9A-Fa-f]+/g, '');
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  return bytes.length > cap ? { bytes: bytes.subarray(0, cap), outcome: 'cap' } : { bytes, outcome: 'complete' };
};

const runLength: Filter = (input, cap) => {
  const out = newOut(cap);
  for (let at = 0; at < input.length && out.size < cap; ) {
    const length = input[at++] ?? 128;
    if (length === 128) break;
    if (length < 128)
      for (let copy = 0; copy <= length && at < input.length && out.size < cap; copy++) put(out, input[at++] ?? 0);
    else {
      for (let copy = 0; copy < 257 - length && out.size < cap; copy++) put(out, input[at] ?? 0);
      at++;
    }
  }
  return done(out, true);
};

/** Filters that give bytes, by their names and the short ones of inline images (§7.4). LZW has a parameter and is apart. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map([
  ['FlateDecode', inflate],
  ['Fl', inflate],
  ['ASCII85Decode', ascii85],
  ['A85', ascii85],
  ['ASCIIHexDecode', asciiHex],
  ['AHx', asciiHex],
  ['RunLengthDecode', runLength],
  ['RL', runLength],
]);

/** Takes a predictor's differences back. Sizes that no image has are left as they are. */
export function unpredict(bytes: Buffer, { predictor, colors, bits, columns }: Predictor): Buffer {
  const pixel = Math.max(1, (colors * bits) >> 3);
  const row = Math.ceil((colors * bits * columns) / 8);
  if (predictor < 2 || row < 1 || row > 1 << 24) return bytes;
  if (predictor === 2) {
    if (bits !== 8) return bytes;
    const out = Buffer.from(bytes);
    for (let at = 0; at < out.length; at++) if (at % row >= pixel) out[at] = ((out[at] ?? 0) + (out[at - pixel] ?? 0)) & 0xff;
    return out;
  }
  const rows = Math.ceil(bytes.length / (row + 1));
  const out = Buffer.alloc(Math.min(rows * row, bytes.length));
  for (let line = 0; line < rows; line++) unpredictRow(bytes, line * (row + 1), out, line * row, row, pixel);
  return out.subarray(0, Math.max(0, bytes.length - rows));
}

/** One row of PNG (its §9): the first byte says how the others differ from their neighbours. */
function unpredictRow(bytes: Buffer, from: number, out: Buffer, to: number, row: number, pixel: number): void {
  const type = bytes[from];
  for (let at = 0; at < row && from + 1 + at < bytes.length; at++) {
    const left = at >= pixel ? (out[to + at - pixel] ?? 0) : 0;
    const up = to >= row ? (out[to + at - row] ?? 0) : 0;
    const corner = at >= pixel && to >= row ? (out[to + at - row - pixel] ?? 0) : 0;
    const guess = type === 1 ? left : type === 2 ? up : type === 3 ? (left + up) >> 1 : type === 4 ? paeth(left, up, corner) : 0;
    out[to + at] = ((bytes[from + 1 + at] ?? 0) + guess) & 0xff;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
