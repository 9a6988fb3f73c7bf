import type { Category, Problem, Subject, Unexamined } from './vocabulary.ts';

/**
 * What a format turns bytes into. Leaves are kept as columns, not as objects: a scanner that looks at a few of three hundred
 * leaves must not pay for the others (docs/adr/0003-leaves-are-columns.md).
 */

/** Bits of `Leaves.classes`: which kinds of character a leaf's source bytes hold. They decide which patterns need to run at all. */
export const CharClass = {
  digit: 1,
  upper: 2,
  lower: 4,
  space: 8,
  at: 16,
  dot: 32,
  colon: 64,
  slash: 128,
  hyphen: 256,
  /** A byte over 0x7F: text outside ASCII. */
  high: 512,
  /** The format's escape character: the decoded text may differ from the bytes. */
  escape: 1024,
  other: 2048,
  /** The leaf lies in a document that was found inside another leaf: its text is not among the body's bytes. */
  inner: 4096,
  /** The leaf's bytes are an encoded document (base64, PDF) and no text; what was read of it are leaves of their own, `inner`. */
  sealed: 8192,
} as const;

/** Class bits of leaves whose text is not simply their bytes. */
export const DECODED = CharClass.high | CharClass.escape | CharClass.inner;

/** The place of a leaf in its format's schema, without indices; interned, so a leaf carries only its number. */
export interface Address {
  readonly id: number;
  readonly format: string;
  /** `PID-5.1`, `(0010,0010)`, `Patient.name.family`, `raw`. */
  readonly path: string;
  /** Field group that incidents are keyed by: HL7 segment, DICOM module, FHIR resource, `raw`. */
  readonly group: string;
  /** Position in the type system: `XPN.1`, `CX.4.1`, `TX`, `PN`; empty where the standard types nothing (Z segments, raw). */
  readonly typePath: string;
}

/** The leaf values of one message, in the order of their bytes. */
export interface Leaves {
  readonly count: number;
  /** `Address.id` of each leaf. */
  readonly address: Int32Array;
  /** Byte offsets in the body, half-open. Equal (empty) spans do not occur: empty values are no leaves. -1 where there are no source bytes. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly classes: Uint16Array;
  /**
   * The body's bytes that `start` and `end` point into, where its character set keeps ASCII as it is (ASCII, 8859-x, UTF-8): a leaf
   * without class `high` or `escape` reads the same in bytes as in `text`, so one pass over the bytes can look for a value in all
   * leaves. Left out where that does not hold (UTF-16, decoded bodies); readers then fall back to `text`.
   */
  readonly ascii?: Uint8Array | undefined;
  /** The objects that the leaves lie in, where a format nests them (FHIR, XML); conditions look at other leaves through it. */
  readonly tree?: Tree | undefined;
  /**
   * How many of the leaves are the message's own, where documents inside it were opened: the leaves after them are `inner` and have
   * no bytes (`start` and `end` -1) but where the body holds a document as it is. Left out where there are none.
   */
  readonly own?: number | undefined;
  /** The body's bytes that the document of an `inner` leaf was decoded from. */
  hostSpans?(leaf: number): readonly { start: number; end: number }[];
  addressOf(leaf: number): Address;
  /** The decoded text (character set and escapes resolved). */
  text(leaf: number): string;
  /** Whether two leaves lie in the same repetition of the same field, of a format that can say so without writing their paths out. */
  isBeside?(leaf: number, other: number): boolean;
  /** The path with indices from 1, `[1]` left out: `PID-3[2].4.1`, `OBX[3]-5`. */
  path(leaf: number): string;
  /** Bytes of `text(leaf).slice(from, to)` in the body; null where they are not contiguous or do not exist. UTF-16 offsets. */
  spanOf(leaf: number, from: number, to: number): { start: number; end: number } | null;
}

/**
 * The objects (elements of XML) that hold the leaves of a message. They are numbered from 0 in the order in which they begin. An array is no object:
 * its items lie in what holds it.
 */
export interface Tree {
  /** The object that holds a leaf: of `Patient.name[1].family` the second name, of an XML element's text or attribute the element. */
  objectOf(leaf: number): number;
  /** The object around it; -1 for the outermost. */
  parentOf(object: number): number;
  /** Its place without indices, as `Address.path` writes it: `Patient.name`. */
  pathOf(object: number): string;
  /** Its leaves and those of all objects in it: from the first on, before `after`. */
  first(object: number): number;
  after(object: number): number;
}

/** How many leaves are the message's own: what a document inside it says is not said of the message's way or of its devices. */
export function ownLeaves({ own, count }: Leaves): number {
  return own ?? count;
}

/** One leaf as an object, for readers that are not in a hurry. */
export interface Element {
  readonly path: string;
  readonly text: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly valueType: string;
}

/** `examined` + the sizes of `unexamined` = `bytes`. */
export interface Coverage {
  readonly bytes: number;
  readonly examined: number;
  readonly unexamined: readonly Unexamined[];
}

/** What a message says of the people it is about; echo looks for these values elsewhere in it. */
export interface IdentityValue {
  readonly kind: 'name' | 'date' | 'number' | 'phone' | 'email' | 'street';
  readonly category: Category;
  readonly subject: Subject;
  /** The leaf it was read from; for a name in parts, the family name's. -1 where that is in another part of a message that is read in parts. */
  readonly leaf: number;
  /** Which of several patients of one message it is of (a FHIR Bundle of many), from 0; left out where a message has one. */
  readonly person?: number | undefined;
  /** The value in clear: a name as its parts (`['DOE','JANE','Q']`), a date as `[YYYYMMDD]`, anything else as one text. Never stored. */
  readonly parts: readonly string[];
}

/** A document that lies in a message as it is, byte for byte (DICOM's encapsulated documents): what is read of it becomes leaves. */
export interface Encapsulated {
  /** The leaf that stands for it. */
  readonly leaf: number;
  readonly bytes: Uint8Array;
  /** Bytes of the body that count as unexamined where it can't be read. */
  readonly spans: readonly { start: number; end: number }[];
}

export interface Identity {
  readonly values: readonly IdentityValue[];
}

/** What the message's own header says of its way. Keys as the standard numbers them: `MSH-3` … ; values decoded, whole field. */
export interface Routing {
  readonly fields: Readonly<Record<string, string>>;
  /** MSH-11.1: `P` production, `T` training, `D` debugging; empty where unknown. */
  readonly processing: string;
}

/** One message (or one envelope, or junk between messages, as format `raw`) of a body. */
export interface Parsed {
  readonly format: string;
  /** MSH-9 as `ORU^R01`, SOP Class UID, resource type, or empty. */
  readonly type: string;
  /** Where it lies in the body. The spans of all Parsed of a body are contiguous and cover it. */
  readonly start: number;
  readonly end: number;
  readonly leaves: Leaves;
  readonly coverage: Coverage;
  readonly identity: Identity;
  readonly routing: Routing;
  readonly problems: readonly Problem[];
  readonly documents?: readonly Encapsulated[] | undefined;
}

/** A received body: bytes as they rest in the vault, and what was left out of them. */
export interface Body {
  readonly bytes: Uint8Array;
  /** Spans of the original that are not in `bytes` (pixel data, over the limit), in order. */
  readonly elided: readonly Unexamined[];
  /** Where a deflated data set was inflated on the way in; absent otherwise. */
  readonly inflated?: Inflated | undefined;
  /** How many bytes may still come of what is compressed in the body; formats that inflate pay from it. */
  readonly purse?: { bytes: number } | undefined;
}

/**
 * A deflated DICOM data set (PS3.5 A.5) that the elider inflated. From `start` on, `bytes` and the spans of `elided` are those of the
 * inflated data set; the original has the `size` bytes of the deflate stream there. Nothing at or after `start` has a span in the original.
 */
export interface Inflated {
  readonly start: number;
  readonly size: number;
}

export interface Format {
  readonly name: string;
  /** How sure the format is that these bytes are its own, 0 to 1; looks at no more than the first few kilobytes. */
  sniff(bytes: Uint8Array): number;
  /** Never throws for what the bytes hold: what cannot be parsed is `raw` with problems. */
  parse(body: Body): Parsed[];
}

/** The leaves as objects, in order. */
export function* elementsOf(parsed: Parsed): Generator<Element> {
  const { leaves } = parsed;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const start = leaves.start[leaf] ?? -1;
    const end = leaves.end[leaf] ?? -1;
    yield {
      path: leaves.path(leaf),
      text: leaves.text(leaf),
      start: start < 0 ? null : start,
      end: start < 0 ? null : end,
      valueType: leaves.addressOf(leaf).typePath,
    };
  }
}
