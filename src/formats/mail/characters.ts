import type { Character } from '../characters.ts';
import type { ByteTable } from '../charset.ts';
import { plain } from '../text/utf8.ts';
import { tableOf } from './encoded-bytes.ts';
import { HEAD, mailHead } from './head.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { encodedWords } from './words.ts';

/** What stands between one blank line and the next boundary. */
interface Part {
  isHeader: boolean;
  /** Of a body. */
  isQuoted: boolean;
  /** Null: UTF-8, or a set that nobody knows. */
  table: ByteTable | null;
  isMessage: boolean;
}

const LF = 0x0a;

/** The characters of a mail as they read: headers unfolded, their encoded words and quoted-printable decoded, everything else byte by byte. */
export function* charactersOf(buffer: Buffer): Generator<Character> {
  const boundaries = new Set<string>();
  const whole = mailHead(buffer.subarray(0, HEAD))?.boundary ?? null;
  if (whole !== null) boundaries.add(whole);
  const part: Part = { isHeader: whole === null, isQuoted: false, table: null, isMessage: false };
  for (let at = 0; at < buffer.length; ) {
    let end = part.isHeader ? fieldEnd(buffer, at) : lineEnd(buffer, at);
    const line = buffer.toString('latin1', at, Math.min(end, at + LONGEST_BOUNDARY)).trimEnd();
    const boundary = line.startsWith('--') ? boundaryOf(line, boundaries) : null;
    if (boundary !== null) {
      yield* plain(buffer, at, end);
      Object.assign(part, { isHeader: boundary === 'begins', isQuoted: false, table: null, isMessage: false });
    } else if (part.isHeader && line === '') {
      yield* plain(buffer, at, end);
      // A mail in a mail has headers of its own.
      Object.assign(part, { isHeader: part.isMessage, isMessage: false });
    } else if (part.isHeader) {
      const field = buffer.toString('latin1', at, end).replace(/\r?\n[ \t]+/g, ' ');
      note(field, part, boundaries);
      yield* encodedWords(buffer, at, end);
    } else if (part.isQuoted) end = yield* quotedPrintable(buffer, at, end, part.table);
    else yield* plain(buffer, at, end);
    at = end;
  }
}

/** A boundary has 70 characters at most (RFC 2046 §5.1.1). */
const LONGEST_BOUNDARY = 80;

function boundaryOf(line: string, boundaries: ReadonlySet<string>): 'begins' | 'ends' | null {
  const said = line.slice(2);
  if (boundaries.has(said)) return 'begins';
  return said.endsWith('--') && boundaries.has(said.slice(0, -2)) ? 'ends' : null;
}

function lineEnd(buffer: Buffer, from: number): number {
  const at = buffer.indexOf(LF, from);
  return at < 0 ? buffer.length : at + 1;
}

/** A header goes on over the lines that begin with white space (RFC 5322 §2.2.3). */
function fieldEnd(buffer: Buffer, from: number): number {
  let end = lineEnd(buffer, from);
  if (end - from <= 2) return end;
  while (end < buffer.length && (buffer[end] === 0x20 || buffer[end] === 0x09)) end = lineEnd(buffer, end);
  return end;
}

/** What a header says of the body behind it. */
function note(field: string, part: Part, boundaries: Set<string>): void {
  const [, name = '', value = ''] = /^([\w-]{1,77}):\s*([\s\S]*)$/.exec(field) ?? [];
  if (/^content-transfer-encoding$/i.test(name)) part.isQuoted = /^quoted-printable/i.test(value);
  if (!/^content-type$/i.test(name)) return;
  const boundary = parameterOf(value, 'boundary');
  if (boundary !== null) boundaries.add(boundary);
  part.table = tableOf(parameterOf(value, 'charset') ?? '');
  part.isMessage = /^message\/rfc822/i.test(value);
}

function parameterOf(value: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\*?=\\s*(?:"([^"]{0,200})"|([^\\s;"]{1,200}))`, 'i').exec(value);
  return found === null ? null : (found[1] ?? found[2] ?? '');
}
