import { openSource } from '../text/source.ts';
import { findHeader } from './boundaries.ts';
import { charsetOf } from './charset.ts';
import { type Delimiters, readDelimiters } from './delimiters.ts';
import { type FieldSpan, firstRepetition, headerComponent, headerFields } from './header.ts';
import { readText } from './leaves.ts';

/** What the accept path needs of a message: who it is (duplicates, MSA-2) and what answer it asks for. */
export interface Hl7Peek {
  /** MSH-10 as sent, escapes and all (transcoded to UTF-8 from UTF-16); may be empty. */
  readonly controlIdBytes: Uint8Array;
  /** MSH-10 decoded. */
  readonly controlId: string;
  /** MSH-1 as one character; empty when there is no header. */
  readonly fieldSeparator: string;
  /** MSH-2 as sent. */
  readonly encodingCharacters: string;
  /** MSH-15: `AL NE ER SU` or empty. */
  readonly acceptAck: string;
  /** MSH-16. */
  readonly applicationAck: string;
  /** MSH-11.1 */
  readonly processingId: string;
  /** MSH-9 as `ORU^R01`. */
  readonly messageType: string;
  /** MSH-12.1 */
  readonly version: string;
  /** False when there is no header with usable delimiters, or no MSH-9: the message goes to quarantine. */
  readonly readable: boolean;
}

const UNREADABLE: Hl7Peek = {
  controlIdBytes: new Uint8Array(0),
  controlId: '',
  fieldSeparator: '',
  encodingCharacters: '',
  acceptAck: '',
  applicationAck: '',
  processingId: '',
  messageType: '',
  version: '',
  readable: false,
};

/** A header line is a few hundred bytes; what is longer is none. */
const WINDOW = 64 * 1024;

/** Reads the first header of a message, and nothing else of it. Never throws. */
export function peekHl7(bytes: Uint8Array): Hl7Peek {
  const source = openSource(bytes.subarray(0, WINDOW));
  const { buffer } = source;
  const at = findHeader(buffer, 0, buffer.length);
  const delimiters = at < 0 ? null : readDelimiters(buffer, at, buffer.length);
  if (delimiters === null) return UNREADABLE;
  const fields = headerFields(buffer, at, buffer.length, delimiters);
  const field = (number: number): FieldSpan => fields[number] ?? { start: 0, end: 0, classes: 0 };
  const read = textReader(source, delimiters, field(18), fields);
  const part = (number: number, component: number): string => read(headerComponent(buffer, field(number), component, delimiters));
  const messageType = typeOf(part(9, 1), part(9, 2));
  return {
    controlIdBytes: Uint8Array.from(buffer.subarray(field(10).start, field(10).end)),
    controlId: read(field(10)),
    fieldSeparator: String.fromCharCode(delimiters.field),
    encodingCharacters: buffer.toString('latin1', at + 4, delimiters.end),
    acceptAck: part(15, 1).trim().toUpperCase(),
    applicationAck: part(16, 1).trim().toUpperCase(),
    processingId: part(11, 1),
    messageType,
    version: part(12, 1),
    readable: messageType !== '',
  };
}

/** `ORU^R01` of MSH-9.1 and MSH-9.2; MSH-9.3 (the structure) is left out. */
export function typeOf(code: string, event: string): string {
  return event === '' ? code : `${code}^${event}`;
}

function textReader(
  source: ReturnType<typeof openSource>,
  delimiters: Delimiters,
  declared: FieldSpan,
  fields: readonly FieldSpan[],
): (field: FieldSpan) => string {
  const { buffer } = source;
  const set = firstRepetition(buffer, declared, delimiters);
  const name = buffer.toString('latin1', set.start, set.end);
  const last = fields.reduce((end, field) => Math.max(end, field.end), 0);
  const classes = fields.reduce((all, field) => all | field.classes, 0);
  const header = buffer.subarray(fields[1]?.start ?? 0, last);
  const { table } = charsetOf(name, header, classes, source.transcoded);
  return (field) => readText({ source, delimiters, table }, field.start, field.end, field.classes);
}
