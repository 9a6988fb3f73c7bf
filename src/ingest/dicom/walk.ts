import { type Encoding, EXPLICIT_LITTLE, encodingOf, IMPLICIT_LITTLE } from '../../formats/dicom/transfer-syntax.ts';
import { BINARY } from '../../formats/dicom/vr.ts';
import type { Keep } from '../keep.ts';
import { createContainers } from './containers.ts';
import { createFeed } from './feed.ts';
import {
  bareEncoding,
  type Header,
  headerSize,
  ITEM,
  ITEM_END,
  readHeader,
  SEQUENCE_END,
  SHORTEST,
  shownEncoding,
  UNDEFINED,
} from './header.ts';
import { createValues } from './values.ts';

/** Goes through the elements of one object as its bytes come. */
export interface Walker {
  add(chunk: Uint8Array): void;
  /** Bytes that are held back, since what they are was not known yet. */
  readonly waiting: number;
  /** Keeps what is held back: the object ends here. Returns where a deflated data set starts; null where there is none. */
  end(): number | null;
}

/** `lost`: what came is not followed; everything from there on is kept. */
type State = 'start' | 'meta' | 'data-set' | 'fragments' | 'value' | 'deflated' | 'lost';

/** Pixel Data, Double Float Pixel Data, Float Pixel Data (PS3.3 C.7.6.3, C.7.6.24). */
const PIXELS: ReadonlySet<number> = new Set([0x7fe00010, 0x7fe00009, 0x7fe00008]);
const TRANSFER_SYNTAX = 0x00020010;
const LONGEST_UID = 64;
/** Many elements of pixel data in one object are no image; each span costs memory and a line in the ledger. */
const MOST_SPANS = 4096;
/** Elements, items and fragments: the largest objects have half as many. What has more is made to cost time, eight bytes each. */
const MOST_STEPS = 1 << 20;
const IMPLICIT = encodingOf(IMPLICIT_LITTLE);
const EXPLICIT = encodingOf(EXPLICIT_LITTLE);

/**
 * Follows element headers (PS3.5 §7) in every encoding, with or without preamble, into sequences and items of defined and undefined
 * length, and has `to` leave out the values of pixel data and large binary values. Anything else is kept, and so is everything from
 * where it loses track. What is left out never reaches past the end of the sequence or item that it is in. `inflated`: the data set
 * of a deflated transfer syntax was inflated already.
 */
export function createWalker(to: Keep, inflated: boolean): Walker {
  const feed = createFeed(to);
  const containers = createContainers();
  const values = createValues(feed, to);
  let state: State = 'start';
  /** What goes on after a value. */
  let after: State = 'meta';
  let encoding: Encoding = EXPLICIT;
  let transferSyntax: string | null = null;
  /** True before the first element of a data set, and of each item of a UN: its encoding is not proven. */
  let unsure = false;
  /** In a sequence of fragments: why they are left out, or null. */
  let leaving: string | null = null;
  let deflatedAt: number | null = null;
  let steps = 0;

  function go(next: State): true {
    state = next;
    return true;
  }

  /** What a step returns that has no header: false waits for more of it. */
  const isLost = (): boolean => state === 'lost';

  function start(): boolean {
    const bytes = feed.look(132);
    if (bytes === null) return false;
    if (bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d) {
      feed.keep(132);
      return go('meta');
    }
    const bare = bareEncoding(bytes);
    if (bare === null) return go('lost');
    encoding = bare;
    return go(bytes[0] === 2 ? 'meta' : 'data-set');
  }

  /** File meta information (PS3.10 §7.1): Explicit VR Little Endian; some writers make it implicit. It ends where another group starts. */
  function meta(): boolean {
    const bytes = feed.look(SHORTEST);
    if (bytes === null) return false;
    if (bytes[0] !== 2 || bytes[1] !== 0) return startDataSet();
    encoding = shownEncoding(bytes, EXPLICIT);
    const header = headerHere();
    if (header === null) return isLost();
    if (header.length === UNDEFINED) return go('lost');
    if (header.tag === TRANSFER_SYNTAX && header.length <= LONGEST_UID) {
      const element = feed.look(header.size + header.length);
      if (element === null) return false;
      transferSyntax = Buffer.from(element.subarray(header.size))
        .toString('latin1')
        .replace(/[\0 ]+$/, '');
    }
    return value(header, 'meta');
  }

  function startDataSet(): boolean {
    const declared = transferSyntax === null ? EXPLICIT : encodingOf(transferSyntax);
    if (declared.deflated && !inflated) {
      deflatedAt = feed.position;
      return go('deflated');
    }
    encoding = declared;
    unsure = true;
    return go('data-set');
  }

  /** The header here; null where it has not all come, or where there is none: then `state` is `lost`. */
  function headerHere(): Header | null {
    const first = feed.look(SHORTEST);
    if (first === null) return null;
    const size = headerSize(first, encoding);
    if (size === 0) {
      state = 'lost';
      return null;
    }
    const bytes = feed.look(size);
    return bytes === null ? null : readHeader(bytes, encoding);
  }

  function dataSet(): boolean {
    encoding = containers.pass(feed.position, encoding);
    const first = feed.look(SHORTEST);
    if (first === null) return false;
    if (unsure && !isMarker(first)) {
      encoding = shownEncoding(first, encoding);
      unsure = false;
    }
    const header = headerHere();
    if (header === null) return isLost();
    const end = feed.position + header.size + (header.length === UNDEFINED ? 0 : header.length);
    if (end > containers.end) return go('lost');
    if (header.tag === ITEM || header.tag === ITEM_END || header.tag === SEQUENCE_END) return mark(header, end);
    // Between the items of a sequence there is nothing.
    if (containers.kind === 'sequence') return go('lost');
    return element(header, end);
  }

  /** An item or a delimiter (PS3.5 §7.5). */
  function mark(header: Header, end: number): boolean {
    if (header.tag === ITEM) {
      if (!containers.enter('item', header.length === UNDEFINED ? Number.POSITIVE_INFINITY : end, encoding)) return go('lost');
    } else {
      if (header.length !== 0) return go('lost');
      encoding = containers.close(header.tag === ITEM_END ? 'item' : 'sequence', encoding);
      unsure &&= header.tag === ITEM_END;
    }
    feed.keep(header.size);
    return true;
  }

  function element(header: Header, end: number): boolean {
    const { tag, vr, length, size } = header;
    const pixels = PIXELS.has(tag) && (vr === '' || BINARY.has(vr)) && to.spans < MOST_SPANS;
    if (length === UNDEFINED) return open(header, pixels);
    if (pixels) return value(header, 'data-set', 'pixel-data');
    if (vr === 'SQ') return sequence(size, end, encoding);
    if (vr === '' && length >= SHORTEST && !PIXELS.has(tag)) {
      // Implicit VR does not tell a sequence: its value starts with an item.
      const bytes = feed.look(size + SHORTEST);
      if (bytes === null) return false;
      if (isItem(bytes.subarray(size), length)) return sequence(size, end, encoding);
    }
    return value(header, 'data-set');
  }

  /** An element of undefined length: a sequence, or fragments (PS3.5 §A.4). */
  function open({ vr, size }: Header, pixels: boolean): boolean {
    if (pixels || (vr !== 'UN' && BINARY.has(vr))) {
      leaving = pixels ? 'pixel-data' : null;
      feed.keep(size);
      return go('fragments');
    }
    if (vr !== '' && vr !== 'SQ' && vr !== 'UN') return go('lost');
    // Unknown and of undefined length is a sequence in Implicit VR Little Endian (PS3.5 §6.2.2, note 2; CP-246).
    unsure = vr === 'UN';
    return sequence(size, Number.POSITIVE_INFINITY, unsure ? IMPLICIT : encoding);
  }

  function sequence(size: number, end: number, inside: Encoding): true {
    if (!containers.enter('sequence', end, encoding)) return go('lost');
    encoding = inside;
    feed.keep(size);
    return true;
  }

  /** Fragments up to their delimiter; the delimiter is kept. */
  function fragments(): boolean {
    const header = headerHere();
    if (header === null) return isLost();
    const end = feed.position + header.size + header.length;
    if (header.tag === SEQUENCE_END) {
      feed.keep(header.size);
      return go('data-set');
    }
    if (header.tag !== ITEM || header.length === UNDEFINED || end > containers.end) return go('lost');
    values.start(header.size + header.length, leaving === null ? { kept: true } : { kept: false, reason: leaving });
    after = 'fragments';
    return go('value');
  }

  /** Takes a header, and goes on to its value. */
  function value({ tag, vr, length, size }: Header, next: State, reason?: string): boolean {
    feed.keep(size);
    values.start(length, reason === undefined ? values.fateOf(tag, vr, length) : { kept: false, reason });
    after = next;
    return go('value');
  }

  function step(): boolean {
    if (state === 'data-set' || state === 'fragments') steps++;
    if (steps > MOST_STEPS) state = 'lost';
    switch (state) {
      case 'start':
        return start();
      case 'meta':
        return meta();
      case 'data-set':
        return dataSet();
      case 'fragments':
        return fragments();
      case 'value':
        return values.proceed() && go(after);
      default:
        feed.keep(Number.POSITIVE_INFINITY);
        return false;
    }
  }

  return {
    add(chunk) {
      feed.load(chunk);
      while (step());
      feed.flush();
    },
    get waiting() {
      return feed.waiting;
    },
    end() {
      const declared = transferSyntax === null ? EXPLICIT : encodingOf(transferSyntax);
      // A deflated data set may be shorter than the header that was looked for.
      if (state === 'meta' && declared.deflated && !inflated) deflatedAt = feed.position;
      feed.keep(feed.waiting);
      feed.flush();
      return deflatedAt;
    },
  };
}

const isMarker = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe);

/** Whether a value of `length` bytes starts with an item that fits in it. */
function isItem(bytes: Uint8Array, length: number): boolean {
  const item = readHeader(bytes, IMPLICIT);
  return item.tag === ITEM && (item.length === UNDEFINED || item.length <= length - SHORTEST);
}
