/** Reads forward through bytes of a length-prefixed format; past the end it gives null and stays there, so that nothing throws. */
export interface Reader {
  readonly left: number;
  uint8(): number | null;
  uint16(): number | null;
  uint24(): number | null;
  take(length: number): Buffer | null;
  /** Bytes after a length of one, two or three bytes. */
  vector(lengthBytes: 1 | 2 | 3): Buffer | null;
}

export function readerOf(bytes: Buffer): Reader {
  let at = 0;
  const take = (length: number): Buffer | null => {
    if (length > bytes.length - at) {
      at = bytes.length;
      return null;
    }
    const part = bytes.subarray(at, at + length);
    at += length;
    return part;
  };
  const unsigned = (length: number): number | null => take(length)?.readUIntBE(0, length) ?? null;
  return {
    get left() {
      return bytes.length - at;
    },
    uint8: () => unsigned(1),
    uint16: () => unsigned(2),
    uint24: () => unsigned(3),
    take,
    vector: (lengthBytes) => {
      const length = unsigned(lengthBytes);
      return length === null ? null : take(length);
    },
  };
}
