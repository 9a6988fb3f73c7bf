/** What is told of a multipart body while it comes. */
export type MultipartEvent =
  | { readonly kind: 'start' }
  /** Bytes of the part that was started; a view on the chunk, where it can be. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  /** `whole`: false where the body ended before a boundary did. */
  | { readonly kind: 'end'; readonly whole: boolean };

export interface MultipartReader {
  push(chunk: Uint8Array): Generator<MultipartEvent>;
  /** The body is over. */
  finish(): Generator<MultipartEvent>;
}

/** RFC 2046 allows 70 characters; senders with 73 are found. */
const LONGEST_BOUNDARY = 200;
/** Spaces that a gateway may have put after a boundary (RFC 2046 §5.1.1), and the end of the line. */
const LONGEST_PADDING = 64;
const LONGEST_HEADER = 8192;
const [TAB, LF, CR, SPACE, HYPHEN] = [9, 10, 13, 32, 45];

/** The boundary of a multipart content type, of any subtype and type; null where it is no multipart or names none. */
export function boundaryOf(contentType: string): string | null {
  if (!/^\s*multipart\//i.test(contentType)) return null;
  const match = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i.exec(contentType);
  const boundary = match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2] ?? '';
  return boundary === '' || boundary.length > LONGEST_BOUNDARY ? null : boundary;
}

/**
 * Reads a multipart body (RFC 2046 §5.1) whatever its chunks are. Preamble, epilogue and part headers are passed over, Content-Length
 * too: the boundary decides. Lines end in CRLF or LF. What looks like a boundary is one only at the start of a line of its own, since
 * short boundaries do occur inside of images. No more is held than a boundary or a header line.
 */
export function createMultipartReader(boundary: string): MultipartReader {
  const needle = Buffer.from(`\n--${boundary}`, 'latin1');
  let state: 'preamble' | 'header' | 'data' | 'epilogue' = 'preamble';
  // A boundary may be the very first thing: the byte before what is read next is always there, and it starts as the end of a line.
  let buffer = Buffer.of(LF);
  let at = 1;
  /** How the boundary before this part ended: only then is a CR before the next one no byte of the part. */
  let crlf = false;

  /** Where data may end: at `found`, or at the CR before it. */
  const lineStart = (found: number): number => (crlf && found > at && buffer[found - 1] === CR ? found - 1 : found);

  /** Start of what may become a boundary with more bytes; the buffer's end where there is nothing like it. */
  function doubtful(): number {
    const window = Math.max(at - 1, buffer.length - needle.length);
    const found = buffer.lastIndexOf(LF);
    if (found >= window && needle.subarray(0, buffer.length - found).equals(buffer.subarray(found))) return lineStart(found);
    return Math.max(at, lineStart(buffer.length));
  }

  function* data(end: number): Generator<MultipartEvent> {
    if (state === 'data' && end > at) yield { kind: 'data', bytes: buffer.subarray(at, end) };
    at = Math.max(at, end);
  }

  /** Preamble or data, up to a boundary. False: more bytes are needed. */
  function* untilBoundary(): Generator<MultipartEvent, boolean> {
    for (let from = at - 1; ; ) {
      const found = buffer.indexOf(needle, from);
      if (found < 0) {
        yield* data(doubtful());
        return false;
      }
      const end = boundaryEnd(buffer, found + needle.length);
      if (end === 'none') {
        from = found + 1;
        continue;
      }
      yield* data(lineStart(found));
      if (end === 'more') return false;
      if (state === 'data') yield { kind: 'end', whole: true };
      state = end === 'last' ? 'epilogue' : 'header';
      if (end !== 'last') {
        at = end;
        crlf = buffer[end - 2] === CR;
      }
      return true;
    }
  }

  /** One header line. The empty line, or one that is no header, starts the data. False: more bytes are needed. */
  function* headerLine(): Generator<MultipartEvent, boolean> {
    const end = buffer.indexOf(LF, at);
    if (end < 0 && buffer.length - at <= LONGEST_HEADER) return false;
    const line = end < 0 ? '' : buffer.toString('latin1', at, end);
    if (end >= 0 && line.length <= LONGEST_HEADER && /^[!-9;-~]+[ \t]*:|^[ \t]+\S/.test(line)) {
      at = end + 1;
      return true;
    }
    if (end >= 0 && (line === '' || line === '\r')) at = end + 1;
    state = 'data';
    yield { kind: 'start' };
    return true;
  }

  function* read(): Generator<MultipartEvent> {
    while (state !== 'epilogue') {
      const more = state === 'header' ? yield* headerLine() : yield* untilBoundary();
      if (!more) break;
    }
    // Of an epilogue nothing is needed.
    buffer = state === 'epilogue' ? Buffer.of(LF) : buffer.subarray(at - 1);
    at = 1;
  }

  return {
    *push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      buffer = Buffer.concat([buffer, bytes]);
      yield* read();
    },
    *finish() {
      if (state === 'data') {
        yield* data(buffer.length);
        yield { kind: 'end', whole: false };
      }
      state = 'epilogue';
    },
  };
}

/** What follows a boundary: offset after the line's end; `last` for the closing one, `none` where this is no boundary. */
function boundaryEnd(buffer: Buffer, from: number): number | 'last' | 'more' | 'none' {
  if (buffer[from] === HYPHEN) {
    if (buffer.length === from + 1) return 'more';
    return buffer[from + 1] === HYPHEN ? 'last' : 'none';
  }
  for (let at = from; at < from + LONGEST_PADDING; at++) {
    const byte = buffer[at];
    if (byte === undefined) return 'more';
    if (byte === LF) return at + 1;
    const padding = byte === SPACE || byte === TAB || (byte === CR && (at + 1 >= buffer.length || buffer[at + 1] === LF));
    if (!padding) return 'none';
  }
  return 'none';
}
