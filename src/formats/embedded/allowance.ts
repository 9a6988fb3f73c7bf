/** What opening the documents of one body may still cost, however they are nested. */
export interface Allowance {
  readonly purse: {
    /** Bytes that may still come of decoding and inflating. */
    bytes: number;
    /** Documents that may still be opened, since each costs something by itself. */
    documents: number;
  };
  /** How many documents are around what is read now. */
  readonly depth: number;
}

/** Decoded bytes of a body: as much as a body may have by default (CORDON_LIMIT). */
export const MAX_DECODED = 64 * 1024 * 1024;
/** A PDF in a CDA document in a message, and one more. */
export const MAX_DEPTH = 3;
const MAX_DOCUMENTS = 10_000;

/** How often what is deflated may be repeated: a real document stays far below, a bomb goes to a thousand. */
const MAX_RATIO = 200;
/** Small archives of one character over and over are no bomb. */
const RATIO_FREE = 1024 * 1024;

export function newAllowance(bytes: number = MAX_DECODED): Allowance {
  return { purse: { bytes, documents: MAX_DOCUMENTS }, depth: 0 };
}

/** The same purse, one document further in. */
export function deeper({ purse, depth }: Allowance): Allowance {
  return { purse, depth: depth + 1 };
}

/** The most that `size` deflated bytes may become. */
export function inflateCap({ purse }: Allowance, size: number): number {
  return Math.min(purse.bytes, Math.max(RATIO_FREE, size * MAX_RATIO));
}

/** Pays for decoded bytes; false where they are too many. */
export function spend({ purse }: Allowance, bytes: number): boolean {
  if (bytes > purse.bytes) return false;
  purse.bytes -= bytes;
  return true;
}
