import HL7 from 'hl7-standard';

/** One segment: `fields[0]` is field 1 (of MSH: field 2), already encoded with the default delimiters. */
export interface Segment {
  readonly name: string;
  readonly fields: readonly string[];
}

/** A segment from fields by number; the gaps are empty. `segment('OBX', { 1: '1', 5: 'text' })` */
export function segment(name: string, fields: Readonly<Record<number, string>>): Segment {
  const first = name === 'MSH' ? 2 : 1;
  const last = Math.max(first, ...Object.keys(fields).map(Number));
  return { name, fields: Array.from({ length: last - first + 1 }, (_, index) => fields[index + first] ?? '') };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
};

/** Escapes what our delimiters would split (HL7 v2.5.1, 2.7). */
export function escapeText(text: string): string {
  return text.replace(/[\\|^&~]/g, (character) => ESCAPES[character] ?? character);
}

/** Components of one field; empty ones at the end are dropped. */
export function components(...values: readonly string[]): string {
  return values.map(escapeText).join('^').replace(/\^+$/, '');
}

/**
 * The message as text, composed by hl7-standard. Its `build()` drops fields that were never set (what follows would shift),
 * separates by CRLF, ends no last segment, and splits values at `&`: so every field up to the last is set, as one encoded
 * string, and the terminators become the CR of HL7 v2.5.1, 2.3.
 */
export function compose(segments: readonly Segment[]): string {
  const message = new HL7('', { lineEndings: '\r' });
  const count = new Map<string, number>();
  for (const { name, fields } of segments) {
    const index = count.get(name) ?? 0;
    count.set(name, index + 1);
    message.createSegment(name);
    const first = name === 'MSH' ? 2 : 1;
    message.set(name, Object.fromEntries(fields.map((value, at) => [`${name}.${at + first}`, value])), index);
  }
  return `${message.build()}\r`;
}

/** Where a field of `target` is in the message: `OBX[3]-5`, as DESIGN's paths count. Throws RangeError when it is not part of it. */
export function pathOf(segments: readonly Segment[], target: Segment, field: string): string {
  const same = segments.filter((candidate) => candidate.name === target.name);
  const index = same.indexOf(target);
  if (index < 0) throw new RangeError(`no such ${target.name} in the message`);
  return `${target.name}${index === 0 ? '' : `[${index + 1}]`}-${field}`;
}

/** MSH-18 and the bytes: ISO 8859-1 where it is wanted and can hold the text, else UTF-8; plain ASCII needs no name. */
export function charsetOf(
  text: string,
  wanted: 'latin1' | 'utf8',
): { readonly name: string; readonly encoding: 'latin1' | 'utf8' } {
  let highest = 0;
  for (let at = 0; at < text.length; at++) highest = Math.max(highest, text.charCodeAt(at));
  if (highest < 0x80) return { name: '', encoding: 'utf8' };
  return wanted === 'latin1' && highest < 0x100
    ? { name: '8859/1', encoding: 'latin1' }
    : { name: 'UNICODE UTF-8', encoding: 'utf8' };
}
