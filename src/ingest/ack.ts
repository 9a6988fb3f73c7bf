import { randomBytes } from 'node:crypto';
import HL7 from 'hl7-standard';
import { type Clock, isoTime } from '../core/clock.ts';

/** Acknowledgment codes, HL7 table 0008. */
export type AckCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR';

/** What an acknowledgment takes from the message's own MSH, as the header peek reads it. */
export interface AckHeader {
  /** MSH-10 as sent; empty when it cannot be read. */
  readonly controlIdBytes: Uint8Array;
  /** MSH-1 and MSH-2 as sent; empty when they cannot be read. */
  readonly fieldSeparator: string;
  readonly encodingCharacters: string;
  /** MSH-15 and MSH-16. */
  readonly acceptAck: string;
  readonly applicationAck: string;
  /** MSH-11 and MSH-12. */
  readonly processingId: string;
  readonly version: string;
}

const CONDITIONS = new Set(['AL', 'NE', 'ER', 'SU']);

/** Enhanced mode is on when MSH-15 or MSH-16 holds a condition of table 0155; anything else there is as good as empty. */
function enhanced(header: AckHeader): boolean {
  return CONDITIONS.has(header.acceptAck) || CONDITIONS.has(header.applicationAck);
}

const onSuccess = (condition: string): boolean => condition === 'AL' || condition === 'SU';
const onError = (condition: string): boolean => condition === 'AL' || condition === 'ER';

/** The acknowledgments of a message that was committed, in order (HL7 v2.5.1 section 2.9.2 and 2.9.3); none is an answer too. */
export function acksFor(header: AckHeader): readonly AckCode[] {
  if (!enhanced(header)) return ['AA'];
  const codes: AckCode[] = [];
  if (onSuccess(header.acceptAck)) codes.push('CA');
  if (onSuccess(header.applicationAck)) codes.push('AA');
  return codes;
}

/** The one answer of a message that could not be committed, for sources that are configured to get one; null where none was asked for. */
export function nackFor(header: AckHeader, nack: 'AR' | 'AE'): AckCode | null {
  if (!enhanced(header)) return nack;
  if (onError(header.acceptAck)) return nack === 'AR' ? 'CR' : 'CE';
  return onError(header.applicationAck) ? nack : null;
}

/** Our delimiters by role, in the order of MSH-1 and MSH-2, with the letter of their escape (HL7 v2.5.1 section 2.7.1). */
const DELIMITERS = [
  { byte: 0x7c, letter: 'F' },
  { byte: 0x5e, letter: 'S' },
  { byte: 0x7e, letter: 'R' },
  { byte: 0x5c, letter: 'E' },
  { byte: 0x26, letter: 'T' },
] as const;

/**
 * MSA-2: the bytes of MSH-10, escaped only where they would mean something else under our delimiters, or (bytes under 0x20) to the
 * framing. Engines compare the two as text, so a sender with our delimiters gets its bytes back untouched.
 */
export function echoControlId(header: AckHeader): Uint8Array {
  const { controlIdBytes } = header;
  const theirs = header.fieldSeparator + header.encodingCharacters;
  const escapes = new Map<number, string>();
  DELIMITERS.forEach(({ byte, letter }, role) => {
    if (theirs.charCodeAt(role) !== byte) escapes.set(byte, `\\${letter}\\`);
  });
  if (controlIdBytes.every((byte) => byte >= 0x20 && !escapes.has(byte))) return controlIdBytes;
  const echoed: number[] = [];
  for (const byte of controlIdBytes) {
    const control = byte < 0x20 ? `\\X${byte.toString(16).padStart(2, '0').toUpperCase()}\\` : null;
    const sequence = escapes.get(byte) ?? control;
    if (sequence === null) echoed.push(byte);
    else echoed.push(...Buffer.from(sequence, 'latin1'));
  }
  return Uint8Array.from(echoed);
}

const VERSIONS = new Set([
  '2.1',
  '2.2',
  '2.3',
  '2.3.1',
  '2.4',
  '2.5',
  '2.5.1',
  '2.6',
  '2.7',
  '2.7.1',
  '2.8',
  '2.8.1',
  '2.8.2',
  '2.9',
]);
const PROCESSING = new Set(['P', 'T', 'D']);

/** Stand where the parts that differ per acknowledgment go. */
const TIME = '@TIME@';
const OWN_ID = '@ID@';
const ECHO = '@ECHO@';

/** The acknowledgment as hl7-standard builds it, cut at its variable parts. */
function template(code: AckCode, processing: string, version: string): readonly [Buffer, Buffer, Buffer, Buffer] {
  const message = new HL7('', { lineEndings: '\r' });
  message.createSegment('MSH');
  // Every field is set: `build` leaves out unset ones, and MSH-9 would move to MSH-3.
  message.set('MSH', {
    'MSH.2': '^~\\&',
    'MSH.3': 'CORDON',
    'MSH.4': '',
    'MSH.5': '',
    'MSH.6': '',
    'MSH.7': TIME,
    'MSH.8': '',
    'MSH.9': 'ACK',
    'MSH.10': OWN_ID,
    'MSH.11': processing,
    'MSH.12': version,
  });
  message.createSegment('MSA');
  message.set('MSA', { 'MSA.1': code, 'MSA.2': ECHO });
  // `build` ends every segment with a field separator too many, and the last one with no terminator.
  const parts = `${message.build()}\r`
    .replaceAll('|\r', '\r')
    .split(/@[A-Z]+@/)
    .map((part) => Buffer.from(part, 'latin1'));
  const [head, afterTime, afterId, tail] = parts;
  if (head === undefined || afterTime === undefined || afterId === undefined || tail === undefined) {
    throw new Error('hl7-standard built an acknowledgment without MSH-7, MSH-10 or MSA-2');
  }
  return [head, afterTime, afterId, tail];
}

/** `20261124165113+0000` */
function hl7Time(milliseconds: number): string {
  return `${isoTime(milliseconds).slice(0, 19).replaceAll(/[-:T]/g, '')}+0000`;
}

export type ComposeAck = (code: AckCode, header: AckHeader) => Uint8Array;

/**
 * Composes acknowledgments: our own MSH with default delimiters, MSH-9 `ACK`, MSH-11 and MSH-12 as the message has them when
 * they are values of their tables (else `P`, `2.5.1`), MSA-2 as `echoControlId` gives it. No other text of the message is repeated
 * (docs/adr/0013-acknowledgments.md). What is the same for all is built once per code, MSH-11 and MSH-12.
 */
export function createAckComposer(clock: Clock): ComposeAck {
  const templates = new Map<string, ReturnType<typeof template>>();
  const prefix = randomBytes(5).toString('hex').toUpperCase();
  let count = 0;
  let second = -1;
  let time: Buffer = Buffer.alloc(0);

  return (code, header) => {
    const processing = PROCESSING.has(header.processingId) ? header.processingId : 'P';
    const version = VERSIONS.has(header.version) ? header.version : '2.5.1';
    const key = `${code} ${processing} ${version}`;
    let parts = templates.get(key);
    if (parts === undefined) {
      parts = template(code, processing, version);
      templates.set(key, parts);
    }
    const now = clock();
    if (Math.floor(now / 1000) !== second) {
      second = Math.floor(now / 1000);
      time = Buffer.from(hl7Time(now), 'latin1');
    }
    count++;
    const ownId = Buffer.from(prefix + count.toString(36).toUpperCase(), 'latin1');
    const [head, afterTime, afterId, tail] = parts;
    return Buffer.concat([head, time, afterTime, ownId, afterId, echoControlId(header), tail]);
  };
}
