/** What accepting needs of the first bytes of a message: the protocol's own id for the duplicate rule, and whether a format reads it. */
export interface MessagePeek {
  readonly controlIdBytes: Uint8Array;
  readonly readable: boolean;
}

/**
 * A DICOM object by its SOP Instance UID; anything else as `other` (HL7) reads it, and where that finds no header, as the first of `more` that knows
 * the bytes does.
 */
export function peekMessage<Header extends MessagePeek>(
  dicom: (bytes: Uint8Array) => { readonly sopInstance: string } | null,
  other: (bytes: Uint8Array) => Header,
  more: readonly ((bytes: Uint8Array) => MessagePeek | null)[] = [],
): (bytes: Uint8Array) => MessagePeek {
  return (bytes) => {
    const object = dicom(bytes);
    if (object !== null) return { controlIdBytes: Buffer.from(object.sopInstance, 'latin1'), readable: true };
    const header = other(bytes);
    if (header.readable) return header;
    for (const peek of more) {
      const found = peek(bytes);
      if (found !== null) return found;
    }
    return header;
  };
}
