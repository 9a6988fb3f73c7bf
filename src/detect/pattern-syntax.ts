/** A place in the source of a regular expression, for those who read what it can match (pattern-width.ts, pattern-tree.ts). */
export interface Cursor {
  readonly source: string;
  at: number;
}

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/;
const ATOM =
  /^(?:\[\^?(?:\\[\s\S]|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\dA-Fa-f]{4}|\\x[\dA-Fa-f]{2}|\\c[A-Za-z]|\\k<[^>]*>|\\[1-9]\d*|\\[\s\S]|[\s\S])/u;
const OPENING = /^\((?:\?(?::|P?<[A-Za-z_]\w*>|<?[=!]))?/;

/** The quantifier that stands here, and steps behind it: its bounds, once each where there is none. */
export function takeQuantifier(cursor: Cursor): { readonly least: number; readonly most: number } {
  const found = QUANTIFIER.exec(cursor.source.slice(cursor.at));
  if (found === null) return { least: 1, most: 1 };
  const [whole, low, comma, high] = found;
  cursor.at += whole.length;
  if (low === undefined)
    return { least: whole.startsWith('+') ? 1 : 0, most: whole.startsWith('?') ? 1 : Number.POSITIVE_INFINITY };
  const least = Number(low);
  if (comma === undefined) return { least, most: least };
  return { least, most: high === '' || high === undefined ? Number.POSITIVE_INFINITY : Number(high) };
}

/** The character, class, escape or anchor that stands here, and steps behind it; undefined at the end. */
export function takeAtom(cursor: Cursor): string | undefined {
  const text = ATOM.exec(cursor.source.slice(cursor.at))?.[0];
  cursor.at += text?.length ?? 0;
  return text;
}

/** What opens the group that stands here, `(?<!` say, and steps behind it; null where its flags are not known. */
export function takeOpening(cursor: Cursor): string | null {
  const opening = OPENING.exec(cursor.source.slice(cursor.at))?.[0] ?? '(';
  cursor.at += opening.length;
  return opening === '(' && cursor.source[cursor.at] === '?' ? null : opening;
}

/** Whether an atom is what a group held before. */
export function isBackReference(atom: string): boolean {
  return /^\\(?:k<|[1-9])/.test(atom);
}
