import { BINARY } from '../../formats/dicom/vr.ts';
import type { Keep } from '../keep.ts';
import type { Feed } from './feed.ts';

/** What becomes of a value. `kept: 'while-small'`: left out once more than LARGE bytes of it came. */
export type Fate =
  | { readonly kept: true }
  | { readonly kept: false; readonly reason: string }
  | { readonly kept: 'while-small'; readonly unlessText: boolean };

/** Takes the bytes of one value after the other. */
export interface Values {
  /** What becomes of a value that is no pixel data. VR is empty in implicit VR. */
  fateOf(tag: number, vr: string, length: number): Fate;
  start(length: number, fate: Fate): void;
  /** Takes what has come. True at the value's end. */
  proceed(): boolean;
}

/** Binary values over this are left out. */
const LARGE = 4 * 2 ** 20;
/** How much of a value is looked at to tell whether it is text. */
const SAMPLE = 64 * 1024;
/** Encapsulated Document: a PDF or a CDA, which is read. */
const DOCUMENT = 0x00420011;

/**
 * A large binary value is known by what came of it, not by the length that it claims: where the reader is out of step (text after an
 * implicit data set), a wild length must not have the rest of the object left out. So its first bytes are kept until they are too many.
 */
export function createValues(feed: Feed, to: Keep): Values {
  let left = 0;
  let fate: Fate = { kept: true };
  let taken = 0;
  let from = 0;

  function large(): void {
    feed.flush();
    const unlessText = fate.kept === 'while-small' && fate.unlessText;
    if (unlessText && isText(to.since(from).subarray(0, SAMPLE))) {
      fate = { kept: true };
      return;
    }
    to.leaveFrom(from, 'large-binary');
    fate = { kept: false, reason: 'large-binary' };
  }

  return {
    fateOf(tag, vr, length) {
      if (length <= LARGE || tag === DOCUMENT || !(vr === '' || BINARY.has(vr))) return { kept: true };
      return { kept: 'while-small', unlessText: vr === '' || vr === 'UN' };
    },
    start(length, becomes) {
      left = length;
      fate = becomes;
      taken = 0;
      if (fate.kept === 'while-small') {
        feed.flush();
        from = to.held;
      }
    },
    proceed() {
      for (;;) {
        const want = fate.kept === 'while-small' ? Math.min(left, LARGE + 1 - taken) : left;
        const got = fate.kept === false ? feed.leave(want, fate.reason) : feed.keep(want);
        left -= got;
        taken += got;
        if (got < want) return false;
        if (left === 0) return true;
        large();
      }
    },
  };
}

/** No control characters but those that text in DICOM has: TAB, LF, FF, CR, ESC (PS3.5 §6.1.3). */
function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) return false;
  }
  return true;
}
