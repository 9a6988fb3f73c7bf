import { createCollector } from './collect.ts';
import type { Collected } from './keep.ts';
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

type Verdict = 'begins' | 'ends' | 'content' | 'undecided';

/**
 * A start block before `at`, inside of a frame: a new frame begins only where a message does. Word processors leave 0x0B in notes
 * as a soft line break, and cutting there would acknowledge half a message under no id.
 */
function beginsAt(data: Uint8Array, at: number): Verdict {
  let verdict: Verdict = 'content';
  for (const header of HEADERS) {
    let matched = 0;
    while (matched < header.length && at + matched < data.length && data[at + matched] === header[matched]) matched++;
    if (matched === header.length) return 'begins';
    if (at + matched === data.length) verdict = 'undecided';
  }
  return verdict;
}

/** An end block before `at`: it ends the frame only where a carriage return or the next start block follows. */
function endsAt(data: Uint8Array, at: number): Verdict {
  if (at >= data.length) return 'undecided';
  return data[at] === CARRIAGE_RETURN || data[at] === START_BLOCK ? 'ends' : 'content';
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

  function push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    const data = undecided.length === 0 ? chunk : Buffer.concat([undecided, chunk]);
    undecided = EMPTY;
    const startBlock = finder(data, START_BLOCK);
    const endBlock = finder(data, END_BLOCK);
    // Content from `at` on is not yet in the body; nothing before `from` is a mark.
    let at = 0;
    let from = 0;
    for (;;) {
      const start = startBlock(from);
      const end = inside ? endBlock(from) : data.length;
      const mark = Math.min(start, end);
      if (mark >= data.length) {
        if (at < data.length) body.add(data.subarray(at));
        return frames;
      }
      from = mark + 1;
      const verdict = !inside ? 'begins' : mark === end ? endsAt(data, from) : beginsAt(data, from);
      if (verdict === 'content') continue;
      body.add(data.subarray(at, mark));
      if (verdict === 'undecided') {
        undecided = Buffer.from(data.subarray(mark));
        return frames;
      }
      finish(verdict === 'ends' ? 'message' : inside ? 'unterminated' : 'junk', frames);
      inside = verdict === 'begins';
      if (verdict === 'ends' && data[from] === CARRIAGE_RETURN) from++;
      at = from;
    }
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
