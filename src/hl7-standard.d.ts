/** The part of hl7-standard 1.0.4 that we use; the package brings no types. */
declare module 'hl7-standard' {
  /** A field's value: text, components by `MSH.9.1`, or repetitions. */
  type Hl7Value = string | readonly Hl7Value[] | { readonly [position: string]: Hl7Value };

  interface Hl7Options {
    readonly subComponents?: string;
    readonly repeatingFields?: string;
    readonly lineEndings?: string;
  }

  class HL7 {
    constructor(data?: string, options?: Hl7Options);
    /** Segments by name, each with its fields by `PID.5`. */
    readonly transformed: Readonly<
      Record<string, readonly { readonly type: string; readonly data: Readonly<Record<string, Hl7Value>> }[]>
    >;
    transform(callback?: (error: Error | null, data: unknown) => void, batch?: boolean): unknown;
    /** Ends no last segment; separates the others by `lineEndings` (CRLF unless given). */
    build(): string;
    createSegment(name: string): { readonly type: string };
    set(place: string, value: Hl7Value, index?: number, sectionIndex?: number, subIndex?: number): unknown;
    get(place: string, index?: number, sectionIndex?: number, subIndex?: number): unknown;
  }

  export = HL7;
}
