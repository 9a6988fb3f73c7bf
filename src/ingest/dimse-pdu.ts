/** Types of PDU that a listener may receive (PS3.8 §9.3.1). */
export const ASSOCIATE_RQ = 0x01;
export const P_DATA_TF = 0x04;
const RELEASE_RQ = 0x05;
export const ABORT = 0x07;

/** What a peer is told that sends what the protocol does not allow (A-ABORT, PS3.8 §9.3.8, source: service-provider). */
export const UNRECOGNIZED_PDU = 1;
export const UNEXPECTED_PDU = 2;
export const INVALID_PARAMETER = 6;

/** What came is no DICOM association, or breaks its rules: the connection ends. `message` holds nothing of what came. */
export class ProtocolError extends Error {
  /** Reason of the A-ABORT. */
  readonly reason: number;

  constructor(message: string, reason: number) {
    super(message);
    this.name = 'ProtocolError';
    this.reason = reason;
  }
}

/** What we say that we take in one P-DATA-TF (Maximum Length, PS3.8 D.1). */
export const MAX_PDU = 128 * 1024;
const HEADER = 6;
/** Protocol version, AE titles and reserved bytes of an A-ASSOCIATE-RQ; items follow (PS3.8 §9.3.2). */
const FIXED = 68;

/**
 * The longest body of each type. Data may be longer than what we asked for, since some senders do not look at it; a request with 128
 * presentation contexts of many transfer syntaxes stays far below its bound.
 */
const LONGEST: Readonly<Record<number, number>> = {
  [ASSOCIATE_RQ]: 256 * 1024,
  [P_DATA_TF]: 1024 * 1024,
  [RELEASE_RQ]: 4,
  [ABORT]: 4,
};

export interface PduSplitter {
  push(chunk: Buffer): void;
  /**
   * The next whole PDU with its header, or null when more must come. Throws ProtocolError as soon as a header says something
   * that is not taken: a length is believed only up to the longest of its type, so that no length makes us hold more.
   */
  next(): Buffer | null;
}

const EMPTY: Buffer = Buffer.alloc(0);

/**
 * Takes PDUs out of the stream. One that lies whole in a chunk is not copied; of another the parts are gathered as they come, so that a
 * drip of single bytes costs no object each. Room for it is made at once where it is as long as we asked for, and by doubling where
 * it is longer.
 */
export function createPduSplitter(): PduSplitter {
  const chunks: Buffer[] = [];
  let gathered = EMPTY;
  let filled = 0;

  /** Length of the PDU that starts here, with its header. */
  function sizeOf(header: Buffer): number {
    const longest = LONGEST[header.readUInt8(0)];
    if (longest === undefined) throw new ProtocolError('a PDU of a type that is not for us', UNRECOGNIZED_PDU);
    const length = header.readUInt32BE(2);
    if (length > longest) throw new ProtocolError('a PDU over its length', INVALID_PARAMETER);
    return HEADER + length;
  }

  /** Gathers up to so many bytes; false while fewer have come. */
  function gather(size: number): boolean {
    for (let chunk = chunks[0]; filled < size && chunk !== undefined; chunk = chunks[0]) {
      const part = chunk.subarray(0, size - filled);
      if (gathered.length < filled + part.length) {
        const room = size <= HEADER + MAX_PDU ? size : Math.min(size, 2 * Math.max(MAX_PDU, filled + part.length));
        const grown = Buffer.allocUnsafe(room);
        gathered.copy(grown, 0, 0, filled);
        gathered = grown;
      }
      gathered.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) chunks.shift();
      else chunks[0] = chunk.subarray(part.length);
    }
    return filled >= size;
  }

  return {
    push(chunk) {
      if (chunk.length > 0) chunks.push(chunk);
    },
    next() {
      const chunk = chunks[0];
      if (filled === 0 && chunk !== undefined && chunk.length >= HEADER) {
        const size = sizeOf(chunk);
        if (chunk.length >= size) {
          if (chunk.length === size) chunks.shift();
          else chunks[0] = chunk.subarray(size);
          return chunk.subarray(0, size);
        }
      }
      if (!gather(HEADER)) return null;
      const size = sizeOf(gathered);
      if (!gather(size)) return null;
      const pdu = gathered.subarray(0, size);
      gathered = EMPTY;
      filled = 0;
      return pdu;
    },
  };
}

/** A presentation data value (PS3.8 §9.3.5.1). */
export interface Pdv {
  readonly context: number;
  /** Part of a command; else of a data set. */
  readonly command: boolean;
  readonly last: boolean;
  readonly value: Buffer;
  /** The P-DATA-TF that holds it alone. */
  readonly pdu: Buffer;
}

/** The values of a P-DATA-TF. Throws ProtocolError where lengths do not fit. */
export function readPdvs(pdu: Buffer): Pdv[] {
  const pdvs: Pdv[] = [];
  for (let at = HEADER; at < pdu.length; ) {
    const length = pdu.length - at < 6 ? 0 : pdu.readUInt32BE(at);
    const end = at + 4 + length;
    if (length < 2 || end > pdu.length) throw new ProtocolError('a presentation data value of a wrong length', INVALID_PARAMETER);
    const flags = pdu.readUInt8(at + 5);
    pdvs.push({
      context: pdu.readUInt8(at + 4),
      command: (flags & 1) !== 0,
      last: (flags & 2) !== 0,
      value: pdu.subarray(at + 6, end),
      pdu: at === HEADER && end === pdu.length ? pdu : alone(pdu.subarray(at, end)),
    });
    at = end;
  }
  return pdvs;
}

function alone(pdv: Buffer): Buffer {
  const pdu = Buffer.allocUnsafe(HEADER + pdv.length);
  pdu[0] = P_DATA_TF;
  pdu[1] = 0;
  pdu.writeUInt32BE(pdv.length, 2);
  pdu.set(pdv, HEADER);
  return pdu;
}

/** One whole value, command or data set, as a P-DATA-TF. */
export function dataPdu(context: number, command: boolean, value: Buffer): Buffer {
  const header = Buffer.of(P_DATA_TF, 0, 0, 0, 0, 0, 0, 0, 0, 0, context, command ? 3 : 2);
  header.writeUInt32BE(value.length + 6, 2);
  header.writeUInt32BE(value.length + 2, 6);
  return Buffer.concat([header, value]);
}

/** Who made the sender's software (PS3.7 D.3.3.2): Implementation Class UID and Version Name, empty where an A-ASSOCIATE-RQ does not say. */
export function readImplementation(request: Buffer): { readonly implementation: string; readonly version: string } {
  const said = { implementation: '', version: '' };
  for (const [type, item] of itemsOf(request.subarray(HEADER + FIXED))) {
    if (type !== 0x50) continue;
    for (const [kind, value] of itemsOf(item)) {
      if (kind === 0x52) said.implementation = plain(value, 64);
      if (kind === 0x55) said.version = plain(value, 16);
    }
  }
  return said;
}

/**
 * An A-ASSOCIATE-RQ with its presentation contexts in the order of their ids, which the standard leaves to the sender and the library
 * takes for granted: it would give others to those that come later. Throws ProtocolError where an id is there twice.
 */
export function inOrder(request: Buffer): Buffer {
  const contexts: Buffer[] = [];
  const items: (Buffer | null)[] = [];
  let at = HEADER + FIXED;
  for (const [type, value] of itemsOf(request.subarray(at))) {
    const item = request.subarray(at, at + 4 + value.length);
    at += item.length;
    if (type === 0x20) contexts.push(item);
    items.push(type === 0x20 ? null : item);
  }
  const idOf = (context: Buffer | undefined): number => context?.[4] ?? 0;
  contexts.sort((a, b) => idOf(b) - idOf(a));
  if (contexts.some((context, index) => index > 0 && idOf(context) === idOf(contexts[index - 1])))
    throw new ProtocolError('a presentation context twice', INVALID_PARAMETER);
  const ordered = items.map((item) => item ?? contexts.pop() ?? EMPTY);
  return Buffer.concat([request.subarray(0, HEADER + FIXED), ...ordered, request.subarray(at)]);
}

function* itemsOf(bytes: Buffer): Generator<[type: number, value: Buffer]> {
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    yield [bytes.readUInt8(at), bytes.subarray(at + 4, end)];
    at = end;
  }
}

const plain = (bytes: Buffer, longest: number): string => printable(bytes.toString('latin1')).slice(0, longest);

/** A name that a peer gives itself, as it may be kept and shown: without padding, and with nothing but printable ASCII. */
export function printable(text: string): string {
  return text.replace(/^[\0 ]+|[\0 ]+$/g, '').replace(/[^ -~]/g, '?');
}

/** An A-ABORT (PS3.8 §9.3.8): source 0 is the service user, 2 the service provider. */
export function abortPdu(source: 0 | 2, reason: number): Buffer {
  return Buffer.of(ABORT, 0, 0, 0, 0, 4, 0, 0, source, reason);
}
