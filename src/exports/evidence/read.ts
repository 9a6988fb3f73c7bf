import { jsonText } from './data.ts';

/** A file of the pack by its name; empty where there is none. */
export type Read = (name: string) => Buffer;

/** JSON as a pack writes it: bytes that mean nothing could be changed unseen. Throws for any other. */
export function canonical<T>(read: Read, name: string): T {
  const text = read(name).toString('utf8');
  const value = parsed<T>(name, text);
  if (jsonText(value) !== text) throw new Error(`${name} is not written as a pack is`);
  return value;
}

/** The rows of a file, one at a time: there may be many. */
export function* rows<T>(read: Read, name: string): Generator<T> {
  const bytes = read(name);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw new Error(`the last line of ${name} does not end`);
    yield parsed(name, bytes.toString('utf8', at, end));
    at = end + 1;
  }
}

/** What it is of is checked by what is made of it: a digest, a hash, a signature. */
function parsed<T>(name: string, text: string): T {
  try {
    const value: T = JSON.parse(text);
    return value;
  } catch {
    throw new Error(`${name} is no JSON`);
  }
}

/** Whether base64 is written the one way: bits that mean nothing could be changed unseen. */
export function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** Throws for what `isBase64` is not. */
export function bytesOf(base64: string): Buffer {
  if (!isBase64(base64)) throw new Error('a hash is not written as base64');
  return Buffer.from(base64, 'base64');
}
