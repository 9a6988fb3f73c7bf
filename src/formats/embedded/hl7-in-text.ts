import { createMapper, stringRuns } from '../text/mapped.ts';
import type { InText } from './in-text.ts';

/** What a message begins with (HL7 v2.9 §2.14.9); other separators are not looked for in texts. */
export const MESSAGE = 'MSH|';

/** MSH-2 as it may be written in a string of another format: its escape character twice or more, its ampersand by a reference. */
const HEADER = /MSH\|\^~(\\{1,4}|#)(&amp;|\\{1,2}u0026|&)?#?\|/y;

/** What texts write for the end of a segment, before the next. */
const BREAK = String.raw`(?:\\{1,4}[rn]|\\{1,2}u000[dDaA]|\\{1,2}x0[dDaA]|\^M|<(?:CR|LF|cr|lf|0x0[dDaA]|0[dDaA])>|\[(?:CR|LF|0x0[dDaA])\]|&#(?:13|10|x0?[dDaA]);|%0[dDaA]|[\r\n\u2028␍␊¶]){1,4}[ \t]{0,8}(?=[A-Z][A-Z\d]{2}\|)`;
/** What stands behind the last segment: its own end, and frames. */
const ENDING = /(?:\\{1,4}[rn]|\^M|[\s\x1c\x0b\u240d\u240a\u241c]|<(?:CR|LF|FS|EB)>|\\{1,2}u001[cC])+(?:["'][\s)}\],;.]{0,8})?$/;

/** The HL7 v2 message whose header begins at `at`, where its other segments stand in the same text behind breaks of some kind; null otherwise. */
export function messageAt(text: string, at: number): InText | null {
  HEADER.lastIndex = at;
  const header = HEADER.exec(text);
  if (header === null) return null;
  const to = endOf(text, at);
  const backslashes = header[1]?.startsWith('\\') === true ? header[1] : '';
  const isReferenced = header[2] === '&amp;';
  const escapes = new RegExp(
    [
      `(?<end>${BREAK})`,
      ...(backslashes.length > 1 ? [`${backslashes.replaceAll('\\', '\\\\')}|\\\\+"`] : []),
      ...(isReferenced ? ['&(?:amp|lt|gt|quot);'] : []),
      ...(header[2]?.includes('u0026') === true ? [String.raw`\\{1,2}u0026`] : []),
    ].join('|'),
    'g',
  );
  const written = text.slice(at, to);
  const last = written.length - (ENDING.exec(written)?.[0].length ?? 0);
  const mapper = createMapper(stringRuns(text));
  let from = at;
  let segments = 1;
  for (const met of written.matchAll(escapes)) {
    const [start, end] = [at + met.index, at + met.index + met[0].length];
    if (met.index >= last) break;
    mapper.run(from, start);
    if (met.groups?.end !== undefined) segments++;
    mapper.put(met.groups?.end === undefined ? plainOf(met[0]) : '\r', start, end);
    from = end;
  }
  if (segments < 2) return null;
  mapper.run(from, at + last);
  mapper.put('\r', at + last, to);
  return { from: at, to, said: mapper.done() };
}

const REFERENCES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

function plainOf(escaped: string): string {
  if (escaped.startsWith('&')) return REFERENCES[escaped] ?? escaped;
  if (escaped.endsWith('u0026')) return '&';
  return escaped.endsWith('"') ? '"' : '\\';
}

/** It ends with the string, element or section that it stands in, or with the text. */
function endOf(text: string, at: number): number {
  const before = text[at - 1] ?? '';
  if (before === '"' || before === "'") {
    const isEscaped = text[at - 2] === '\\';
    for (let end = text.indexOf(before, at); end >= 0; end = text.indexOf(before, end + 1))
      if ((text[end - 1] === '\\') === isEscaped) return isEscaped ? end - 1 : end;
  }
  if (before === '>' || before === '[') {
    const end = text.indexOf(before === '>' ? '</' : ']]>', at);
    if (end >= 0) return end;
  }
  return text.length;
}

/** A log begins each line alike, give or take the digits of a time. */
const SHIFT = 6;
const SEGMENT = /(?<![A-Za-z\d])[A-Z][A-Z\d]{2}\|/g;

/** Where in a line a segment begins that goes on with a message whose header stood at `column` of its line; -1 where none does. */
export function segmentIn(line: string, column: number): number {
  SEGMENT.lastIndex = Math.max(0, column - SHIFT);
  const found = SEGMENT.exec(line);
  return found !== null && found.index <= column + SHIFT && !line.startsWith(MESSAGE, found.index) ? found.index : -1;
}
