/** Remembers what was read of something for as long as somebody holds it: the header of a message's bytes, the facts of a connection. */
export function readOnce<Source extends object, Value>(read: (source: Source) => Value): (source: Source) => Value {
  const values = new WeakMap<Source, Value>();
  return (source) => {
    const known = values.get(source);
    if (known !== undefined) return known;
    const value = read(source);
    values.set(source, value);
    return value;
  };
}
