/**
 * Inflates a raw deflate stream (RFC 1951) up to a cap. Node's zlib gives either all of the output or none of it; of a bomb, or of a
 * stream that is cut off or damaged, we want what is there, and how far it goes.
 */
export interface Inflation {
  readonly bytes: Buffer;
  /** Bytes of the input that were read. */
  readonly consumed: number;
  /** `cap`: there is more than was wanted. `broken`: the stream is cut off or none. */
  readonly outcome: 'complete' | 'cap' | 'broken';
}

const MAX_BITS = 15;
/** Codes up to this length are decoded by one look into a table. */
const FAST_BITS = 10;
/** Blocks without end would cost time and give nothing. */
const MAX_BLOCKS = 1 << 18;

interface Codes {
  /** `length << 12 | symbol` by the next FAST_BITS bits, 0 where the code is longer. */
  readonly fast: Uint16Array;
  readonly count: Uint16Array;
  readonly symbols: Uint16Array;
}

interface Stream {
  readonly input: Uint8Array;
  readonly cap: number;
  at: number;
  bits: number;
  bitCount: number;
  out: Buffer;
  size: number;
}

class Broken extends Error {}
class Full extends Error {}

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
  16385, 24577,
];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const FIXED_LENGTHS = codesOf(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = codesOf(new Uint8Array(30).fill(5));

/** Inflates `input`; at most `cap` bytes of output. Never throws for what the bytes hold. */
export function inflateRaw(input: Uint8Array, cap: number): Inflation {
  const first = Math.min(cap, Math.max(1024, input.length * 4));
  const stream: Stream = { input, cap, at: 0, bits: 0, bitCount: 0, out: Buffer.allocUnsafe(first), size: 0 };
  let outcome: Inflation['outcome'] = 'complete';
  try {
    for (let blocks = 1; !readBlock(stream); blocks++) if (blocks >= MAX_BLOCKS) throw new Full();
  } catch (thrown) {
    if (thrown instanceof Full) outcome = 'cap';
    else if (thrown instanceof Broken) outcome = 'broken';
    else throw thrown;
  }
  // Whole bytes that were fetched and not used belong to what follows.
  const consumed = Math.min(stream.at - (stream.bitCount >> 3), input.length);
  return { bytes: stream.out.subarray(0, stream.size), consumed, outcome };
}

/** Reads one block; true for the last one. */
function readBlock(stream: Stream): boolean {
  const last = take(stream, 1) === 1;
  const type = take(stream, 2);
  if (type === 0) stored(stream);
  else if (type === 1) compressed(stream, FIXED_LENGTHS, FIXED_DISTANCES);
  else if (type === 2) dynamic(stream);
  else throw new Broken();
  return last;
}

/** Fills the bit buffer as far as the input goes; bits past its end are zero. */
function fetch(stream: Stream): void {
  while (stream.bitCount <= 16 && stream.at < stream.input.length) {
    stream.bits |= (stream.input[stream.at++] ?? 0) << stream.bitCount;
    stream.bitCount += 8;
  }
}

function take(stream: Stream, count: number): number {
  if (stream.bitCount < count) fetch(stream);
  if (stream.bitCount < count) throw new Broken();
  const value = stream.bits & ((1 << count) - 1);
  stream.bits >>>= count;
  stream.bitCount -= count;
  return value;
}

function reserve(stream: Stream, more: number): void {
  if (stream.size + more <= stream.out.length) return;
  const larger = Buffer.allocUnsafe(Math.min(stream.cap, Math.max(stream.out.length * 2, stream.size + more)));
  stream.out.copy(larger, 0, 0, stream.size);
  stream.out = larger;
}

function stored(stream: Stream): void {
  take(stream, stream.bitCount & 7);
  const length = take(stream, 16);
  if ((take(stream, 16) ^ 0xffff) !== length) throw new Broken();
  stream.at -= stream.bitCount >> 3;
  stream.bits = 0;
  stream.bitCount = 0;
  const there = Math.min(length, stream.input.length - stream.at);
  const wanted = Math.min(there, stream.cap - stream.size);
  reserve(stream, wanted);
  stream.out.set(stream.input.subarray(stream.at, stream.at + wanted), stream.size);
  stream.size += wanted;
  stream.at += wanted;
  if (wanted < there) throw new Full();
  if (there < length) throw new Broken();
}

function dynamic(stream: Stream): void {
  const literals = take(stream, 5) + 257;
  const distances = take(stream, 5) + 1;
  const given = take(stream, 4) + 4;
  const order = new Uint8Array(19);
  for (let index = 0; index < given; index++) order[CODE_LENGTH_ORDER[index] ?? 0] = take(stream, 3);
  const codes = codesOf(order);
  const lengths = new Uint8Array(literals + distances);
  for (let index = 0; index < lengths.length; ) {
    const symbol = decode(stream, codes);
    if (symbol < 16) {
      lengths[index++] = symbol;
      continue;
    }
    if (symbol === 16 && index === 0) throw new Broken();
    const repeated = symbol === 16 ? (lengths[index - 1] ?? 0) : 0;
    const times = symbol === 16 ? 3 + take(stream, 2) : symbol === 17 ? 3 + take(stream, 3) : 11 + take(stream, 7);
    if (index + times > lengths.length) throw new Broken();
    lengths.fill(repeated, index, index + times);
    index += times;
  }
  compressed(stream, codesOf(lengths.subarray(0, literals)), codesOf(lengths.subarray(literals)));
}

/** Canonical Huffman codes from their lengths (RFC 1951 §3.2.2). */
function codesOf(lengths: Uint8Array): Codes {
  const count = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) count[length] = (count[length] ?? 0) + 1;
  count[0] = 0;
  const offsets = new Uint16Array(MAX_BITS + 2);
  const next = new Uint16Array(MAX_BITS + 2);
  let left = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    const codes = count[length] ?? 0;
    left = left * 2 - codes;
    if (left < 0) throw new Broken();
    offsets[length + 1] = (offsets[length] ?? 0) + codes;
    next[length + 1] = ((next[length] ?? 0) + codes) << 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const fast = new Uint16Array(1 << FAST_BITS);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    symbols[offsets[length] ?? 0] = symbol;
    offsets[length] = (offsets[length] ?? 0) + 1;
    const code = next[length] ?? 0;
    next[length] = code + 1;
    if (length > FAST_BITS) return;
    for (let entry = reversed(code, length); entry < fast.length; entry += 1 << length) fast[entry] = (length << 12) | symbol;
  });
  return { fast, count, symbols };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

function decode(stream: Stream, codes: Codes): number {
  if (stream.bitCount < MAX_BITS) fetch(stream);
  const entry = codes.fast[stream.bits & ((1 << FAST_BITS) - 1)] ?? 0;
  const length = entry >> 12;
  if (length === 0 || length > stream.bitCount) return decodeSlowly(stream, codes);
  stream.bits >>>= length;
  stream.bitCount -= length;
  return entry & 0xfff;
}

function decodeSlowly(stream: Stream, { count, symbols }: Codes): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= MAX_BITS; length++) {
    code |= take(stream, 1);
    const codes = count[length] ?? 0;
    if (code - codes < first) return symbols[index + code - first] ?? 0;
    index += codes;
    first = (first + codes) << 1;
    code <<= 1;
  }
  throw new Broken();
}

function compressed(stream: Stream, lengths: Codes, distances: Codes): void {
  for (;;) {
    const symbol = decode(stream, lengths);
    if (symbol === 256) return;
    if (symbol < 256) {
      if (stream.size === stream.cap) throw new Full();
      if (stream.size === stream.out.length) reserve(stream, 1);
      stream.out[stream.size++] = symbol;
      continue;
    }
    const length = (LENGTH_BASE[symbol - 257] ?? 0) + take(stream, LENGTH_EXTRA[symbol - 257] ?? 0);
    const which = decode(stream, distances);
    const distance = (DISTANCE_BASE[which] ?? 0) + take(stream, DISTANCE_EXTRA[which] ?? 0);
    if (symbol > 285 || which > 29 || distance > stream.size) throw new Broken();
    const wanted = Math.min(length, stream.cap - stream.size);
    reserve(stream, wanted);
    copyBack(stream, distance, wanted);
    if (wanted < length) throw new Full();
  }
}

function copyBack(stream: Stream, distance: number, length: number): void {
  const { out } = stream;
  let to = stream.size;
  for (let from = to - distance; to < stream.size + length; from++, to++) out[to] = out[from] ?? 0;
  stream.size = to;
}
