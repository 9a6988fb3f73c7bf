import { tagOf } from './dictionary.ts';
import { dicom, textOf } from './format.ts';
import { dicomLeaves } from './leaves.ts';
import { tokenize } from './tokenize.ts';

/** What the accept path needs of an object: what it is, and who it is (duplicates). Empty where the object does not say. */
export interface DicomPeek {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
}

const WINDOW = 64 * 1024;
const INFLATED = 256 * 1024;
const SOP_CLASS = tagOf(0x0008, 0x0016);
const SOP_INSTANCE = tagOf(0x0008, 0x0018);

/**
 * Reads the beginning of an object up to its SOP Instance UID, and no more than its first 64 KiB; null where the first bytes are no
 * DICOM. Never throws for what the bytes hold.
 */
export function peekDicom(bytes: Uint8Array): DicomPeek | null {
  const window = bytes.subarray(0, WINDOW);
  if (dicom.sniff(window) < 0.5) return null;
  const tokens = tokenize({ bytes: window, elided: [] }, SOP_INSTANCE, INFLATED);
  const leaves = dicomLeaves(tokens, Number.POSITIVE_INFINITY);
  return {
    sopClass: textOf(leaves, tokens, SOP_CLASS, tagOf(0x0002, 0x0002)),
    sopInstance: textOf(leaves, tokens, SOP_INSTANCE, tagOf(0x0002, 0x0003)),
    transferSyntax: tokens.transferSyntax,
  };
}
