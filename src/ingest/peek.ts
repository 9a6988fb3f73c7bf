/** Accepting a message and answering its sender look at the same header: it is read once for as long as its bytes are held. */
export function readOnce<Header>(peek: (bytes: Uint8Array) => Header): (bytes: Uint8Array) => Header {
  const read = new WeakMap<Uint8Array, Header>();
  return (bytes) => {
    const known = read.get(bytes);
    if (known !== undefined) return known;
    const header = peek(bytes);
    read.set(bytes, header);
    return header;
  };
}
