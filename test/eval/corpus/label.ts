import type { Category, Subject } from '../../../src/core/vocabulary.ts';

/**
 * What a label stands for: a value in the place that a standard has for it; in free text; the message's own value repeated in another
 * form or place; in a document that lies encoded in a value; in a place that scanners are known to pass over.
 */
export const KINDS = ['structured', 'text', 'echo', 'embedded', 'blind-spot'] as const;
export type Kind = (typeof KINDS)[number];

/** Formats of the corpus as its generators name them; a parser may call a body something else. */
export const CORPUS_FORMATS = ['hl7v2', 'dicom', 'fhir', 'cda', 'csv', 'text'] as const;
export type CorpusFormat = (typeof CORPUS_FORMATS)[number];

/** What files that somebody wrote are called by; any other is text. */
export const FORMATS: Readonly<Record<string, CorpusFormat>> = {
  '.hl7': 'hl7v2',
  '.dcm': 'dicom',
  '.json': 'fhir',
  '.ndjson': 'fhir',
  '.xml': 'cda',
  '.csv': 'csv',
};

/** What one marked value is. */
export interface Meaning {
  readonly category: Category;
  readonly subject: Subject;
  readonly kind: Kind;
  /** Categories that are right too: a national number is at once a record number, a plan's number and a unique code. */
  readonly also?: readonly Category[] | undefined;
  /**
   * Not asked for: people differ over whether it is an identifier (order numbers, UIDs, facilities, equipment). Finding it is neither
   * right nor wrong, and missing it is no miss.
   */
  readonly optional?: boolean | undefined;
}

/** One planted identifier of one file. */
export interface Label extends Meaning {
  readonly file: string;
  /** Bytes of the file, half-open; null where the value has no contiguous bytes of its own (base64, deflated). */
  readonly start: number | null;
  readonly end: number | null;
  /** As `scan --format ndjson` writes paths, where the generator knows it; else empty. A null span's path is that of the outer value. */
  readonly path: string;
  /** The value in clear: it is made up. */
  readonly text: string;
}

export interface CorpusFile {
  readonly name: string;
  readonly format: CorpusFormat;
  /** Vendor's dialect or style of text: `epic-adt`, `radiology`. */
  readonly style: string;
  readonly bytes: Uint8Array;
  readonly labels: readonly Label[];
}

export const SPLITS = ['train', 'test'] as const;
export type Split = (typeof SPLITS)[number];
