import type { Encoding } from '../../formats/dicom/transfer-syntax.ts';

/** A sequence or an item that is open. */
interface Container {
  readonly kind: 'sequence' | 'item';
  /** Offset after its last byte; Infinity where a delimiter ends it. */
  readonly end: number;
  /** The encoding outside of it. */
  readonly outside: Encoding;
}

/** Objects nest a dozen deep. What nests deeper is not followed, so that the memory of this list is bounded. */
const DEEPEST = 128;

/** The sequences and items around the place that is read, from the data set inwards. */
export interface Containers {
  /** Goes into one. False where that is absurd: too deep, an item outside of a sequence, or past the end of what is around it. */
  enter(kind: Container['kind'], end: number, outside: Encoding): boolean;
  /** Leaves those that end at `position`. Returns the encoding from there on. */
  pass(position: number, inside: Encoding): Encoding;
  /** Leaves the innermost where it is of this kind and open-ended; a delimiter that closes nothing is found in files and changes nothing. */
  close(kind: Container['kind'], inside: Encoding): Encoding;
  /** Where the innermost ends; Infinity where that is not known. */
  readonly end: number;
  readonly kind: Container['kind'] | null;
}

export function createContainers(): Containers {
  const open: Container[] = [];
  /** Ends only shrink inwards: that of an open-ended container is that of what is around it. */
  const ends: number[] = [];
  const endOf = (): number => ends.at(-1) ?? Number.POSITIVE_INFINITY;

  function leave(): Encoding | undefined {
    ends.pop();
    return open.pop()?.outside;
  }

  return {
    enter(kind, end, outside) {
      const around = open.at(-1)?.kind ?? null;
      if (open.length === DEEPEST || (kind === 'item') !== (around === 'sequence')) return false;
      if (Number.isFinite(end) && end > endOf()) return false;
      open.push({ kind, end, outside });
      ends.push(Math.min(end, endOf()));
      return true;
    },
    pass(position, inside) {
      let encoding = inside;
      while (open.length > 0 && endOf() <= position) encoding = leave() ?? encoding;
      return encoding;
    },
    close(kind, inside) {
      const last = open.at(-1);
      return last?.kind === kind && last.end === Number.POSITIVE_INFINITY ? (leave() ?? inside) : inside;
    },
    get end() {
      return endOf();
    },
    get kind() {
      return open.at(-1)?.kind ?? null;
    },
  };
}
