/**
 * Sentences with places for values in braces (corpus/fill.ts says what each is). Whatever identifies stands in braces; what is written out
 * identifies nobody and is often there to mislead.
 */
export interface Note {
  /** `radiology` */
  readonly style: string;
  readonly language: string;
  /** Each line is one of its alternatives; an empty one leaves the line out. */
  readonly lines: readonly (readonly string[])[];
}

export interface Notes {
  readonly notes: readonly Note[];
  /** One sentence each, for fields of messages. */
  readonly remarks: readonly string[];
  /** Free of identifiers. */
  readonly clean: readonly string[];
}
