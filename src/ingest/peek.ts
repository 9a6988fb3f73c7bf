/** What accepting needs of the first bytes of a message: the protocol's own id for the duplicate rule, and whether a format reads it. */
export interface MessagePeek {
  readonly controlIdBytes: Uint8Array;
  readonly readable: boolean;
}

/** A DICOM object by its SOP Instance UID; anything else as `other` (HL7) reads it. */
export function peekMessage<Header extends MessagePeek>(
  dicom: (bytes: Uint8Array) => { readonly sopInstance: string } | null,
  other: (bytes: Uint8Array) => Header,
): (bytes: Uint8Array) => MessagePeek {
  return (bytes) => {
    const object = dicom(bytes);
    return object === null ? other(bytes) : { controlIdBytes: Buffer.from(object.sopInstance, 'latin1'), readable: true };
  };
}
