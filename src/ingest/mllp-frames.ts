import { type Collected, createCollector } from './collect.ts';
import type { Limits } from './limits.ts';

/** MLLP block characters (HL7 v2 Implementation Guide, appendix C.4): start block, end block, and the carriage return after it. */
export const START_BLOCK = 0x0b;
export const END_BLOCK = 0x1c;
export const CARRIAGE_RETURN = 0x0d;

export interface Frame extends Collected {
  /**
   * `message`: what stood between start and end block. `unterminated`: a frame that never ended, since another began or the
   * connection closed. `junk`: bytes outside of frames.
   */
  readonly kind: 'message' | 'unterminated' | 'junk';
}

export interface FrameSplitter {
  /** The frames that ended in this chunk, in order. */
  push(chunk: Uint8Array): Frame[];
  /** An end block came and the carriage return did not, yet: call `settle` when the line stays quiet. */
  readonly awaiting: boolean;
  /** Takes the awaited carriage return as left out, as some senders do. */
  settle(): Frame[];
  /** The connection is over: whatever is left. */
  end(): Frame[];
  /** Bytes kept of frames that have not ended. */
  readonly held: number;
  /** Whether a frame has begun and not ended. */
  readonly open: boolean;
}

const EMPTY = new Uint8Array(0);
const HEADERS = ['MSH', 'FHS', 'BHS'].flatMap((name) => [Buffer.from(name), Buffer.from(`\uFEFF${name}`)]);

/**
 * Whether a message begins at `at`. A start block inside of a frame is a new frame only then: word processors leave 0x0B in notes as
 * a soft line break, and cutting there would acknowledge half a message under no id.
 */
function messageBegins(data: Uint8Array, at: number): 'yes' | 'no' | 'more' {
  let verdict: 'no' | 'more' = 'no';
  for (const header of HEADERS) {
    let matched = 0;
    while (matched < header.length && at + matched < data.length && data[at + matched] === header[matched]) matched++;
    if (matched === header.length) return 'yes';
    if (at + matched === data.length) verdict = 'more';
  }
  return verdict;
}

/** Finds the next place of a byte; each byte of the data is looked at once however often it is asked. */
function finder(data: Uint8Array, byte: number): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const place = data.indexOf(byte, from);
      found = place === -1 ? data.length : place;
    }
    return found;
  };
}

/**
 * Splits a byte stream into MLLP frames. Pure: fed with chunks of any size, and the frames are the same wherever the stream was cut.
 * A frame ends at an end block that a carriage return, a start block, the end of the stream or a quiet line follows; an end
 * block before anything else is content. Up to seven undecided bytes wait for the next chunk.
 */
export function createFrameSplitter(limits: Limits): FrameSplitter {
  const body = createCollector(limits);
  let inside = false;
  let undecided: Uint8Array = EMPTY;

  function finish(kind: Frame['kind'], frames: Frame[]): void {
    // A frame of no bytes is a message (and is answered); nothing at all is no junk.
    if (kind !== 'message' && body.total === 0) return;
    frames.push({ kind, ...body.take() });
  }

  /** Content up to `mark`; what follows it waits. */
  function wait(data: Uint8Array, at: number, mark: number): void {
    body.add(data.subarray(at, mark));
    undecided = Buffer.from(data.subarray(mark));
  }

  function push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    const data = undecided.length === 0 ? chunk : Buffer.concat([undecided, chunk]);
    undecided = EMPTY;
    const startBlock = finder(data, START_BLOCK);
    const endBlock = finder(data, END_BLOCK);
    let at = 0;
    while (at < data.length) {
      const start = startBlock(at);
      const end = inside ? endBlock(at) : data.length;
      const mark = Math.min(start, end);
      if (mark === data.length) {
        body.add(data.subarray(at));
        break;
      }
      if (!inside) {
        body.add(data.subarray(at, mark));
        finish('junk', frames);
        inside = true;
        at = mark + 1;
      } else if (mark === end) {
        const after = data[mark + 1];
        if (after === undefined) {
          wait(data, at, mark);
          break;
        }
        const ends = after === CARRIAGE_RETURN || after === START_BLOCK;
        body.add(data.subarray(at, ends ? mark : mark + 1));
        if (ends) {
          finish('message', frames);
          inside = false;
        }
        at = after === CARRIAGE_RETURN ? mark + 2 : mark + 1;
      } else {
        const begins = messageBegins(data, mark + 1);
        if (begins === 'more') {
          wait(data, at, mark);
          break;
        }
        body.add(data.subarray(at, begins === 'yes' ? mark : mark + 1));
        if (begins === 'yes') finish('unterminated', frames);
        at = mark + 1;
      }
    }
    return frames;
  }

  const awaiting = (): boolean => undecided[0] === END_BLOCK;

  function settle(): Frame[] {
    const frames: Frame[] = [];
    if (awaiting()) {
      undecided = EMPTY;
      inside = false;
      finish('message', frames);
    }
    return frames;
  }

  return {
    push,
    get awaiting() {
      return awaiting();
    },
    settle,
    end() {
      const frames = settle();
      if (inside) {
        body.add(undecided);
        undecided = EMPTY;
      }
      finish(inside ? 'unterminated' : 'junk', frames);
      inside = false;
      return frames;
    },
    get held() {
      return body.held + undecided.length;
    },
    get open() {
      return inside;
    },
  };
}

const BLANK = new Set([0x00, 0x09, 0x0a, CARRIAGE_RETURN, 0x20, 0xef, 0xbb, 0xbf, END_BLOCK]);
const LONGEST_BLANK = 4096;

/** Junk that says nothing: line ends, spaces, a byte order mark, an end block too many (keep-alives, and habits of senders). */
export function isBlank(junk: Collected): boolean {
  return junk.total <= LONGEST_BLANK && junk.total === junk.bytes.length && junk.bytes.every((byte) => BLANK.has(byte));
}
