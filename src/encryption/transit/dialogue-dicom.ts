import type { Fact } from '../../core/evidence.ts';
import type { Dialogue, Step } from './dialogue.ts';

/** PDU types (PS3.8 section 9.3.1). */
const ASSOCIATE_RQ = 1;
const ASSOCIATE_AC = 2;
const ASSOCIATE_RJ = 3;
const DATA = 4;
const RELEASE_RQ = 5;
const ABORT = 7;

const VERIFICATION = '1.2.840.10008.1.1';
const IMPLICIT_LITTLE = '1.2.840.10008.1.2';
const CONTEXT = 1;
/** No answer to Verification is longer: what claims to be is something else. */
const MAX_PDU = 65_536;

/**
 * Verification (PS3.4 annex A): an association for it, one C-ECHO, a release. Nothing is stored by it. A refused or aborted association
 * is an answer of DICOM's upper layer as well.
 */
export function createDicomDialogue(): Dialogue {
  const facts: Record<string, Fact> = {};
  let command = Buffer.alloc(0);
  const reply = (bytes: Buffer, taken: number): Step => ({ kind: 'reply', bytes, taken });
  const release = (taken: number): Step => reply(pdu(RELEASE_RQ, Buffer.alloc(4)), taken);
  return {
    opening: associateRequest(),
    learned: () => (facts.association === undefined ? null : { ...facts }),
    hear(received) {
      const [type, reserved] = received;
      if (type === undefined) return { kind: 'more' };
      if (type < ASSOCIATE_AC || type > ABORT || (reserved ?? 0) !== 0) return { kind: 'other' };
      if (received.length < 6) return { kind: 'more' };
      const length = received.readUInt32BE(2);
      if (length > MAX_PDU) return { kind: 'other' };
      const taken = 6 + length;
      if (received.length < taken) return { kind: 'more' };
      const body = received.subarray(6, taken);
      if (type === ASSOCIATE_RJ || type === ABORT) {
        if (length !== 4) return { kind: 'other' };
        facts.association ??= type === ABORT ? 'aborted' : 'rejected';
        if (type === ASSOCIATE_RJ) facts.rejection = `result ${body[1]}, source ${body[2]}, reason ${body[3]}`;
        return { kind: 'done' };
      }
      if (type === ASSOCIATE_AC && facts.association === undefined) {
        facts.association = 'accepted';
        if (acceptsVerification(body)) return reply(echoRequest(), taken);
        facts.echo = 'not accepted';
        return release(taken);
      }
      if (facts.association === undefined) return { kind: 'other' };
      if (type !== DATA) return { kind: 'done' };
      const part = commandPart(body);
      if (part === null) return { kind: 'done' };
      command = Buffer.concat([command, part.bytes]);
      if (command.length > MAX_PDU) return { kind: 'done' };
      if (!part.isLast) return reply(Buffer.alloc(0), taken);
      facts.echo = statusOf(command);
      return release(taken);
    },
  };
}

/** A-ASSOCIATE-RQ (PS3.8 section 9.3.2) with one presentation context: Verification in Implicit VR Little Endian. */
function associateRequest(): Buffer {
  const title = (name: string): Buffer => Buffer.from(name.padEnd(16), 'latin1');
  const context = [Buffer.from([CONTEXT, 0, 0, 0]), item(0x30, VERIFICATION), item(0x40, IMPLICIT_LITTLE)];
  const user = [item(0x51, Buffer.from([0, 0, 0x40, 0])), item(0x52, '2.25.314159265358979323846264338327950288')];
  const body = Buffer.concat([
    Buffer.from([0, 1, 0, 0]),
    title('ANY-SCP'),
    title('CORDON'),
    Buffer.alloc(32),
    item(0x10, '1.2.840.10008.3.1.1.1'),
    item(0x20, Buffer.concat(context)),
    item(0x50, Buffer.concat(user)),
  ]);
  return pdu(ASSOCIATE_RQ, body);
}

/** C-ECHO-RQ (PS3.7 section 9.3.5.1) in one P-DATA-TF. */
function echoRequest(): Buffer {
  const elements = Buffer.concat([
    element(0x0002, Buffer.from(`${VERIFICATION}\0`, 'latin1')),
    element(0x0100, uint16(0x0030)),
    element(0x0110, uint16(1)),
    // There is no data set (PS3.7 section E.1).
    element(0x0800, uint16(0x0101)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.length);
  const command = Buffer.concat([element(0x0000, length), elements]);
  const head = Buffer.from([0, 0, 0, 0, CONTEXT, 3]);
  head.writeUInt32BE(command.length + 2);
  return pdu(DATA, Buffer.concat([head, command]));
}

/** Whether the presentation context of an A-ASSOCIATE-AC has the result acceptance (PS3.8 section 9.3.3.2). */
function acceptsVerification(body: Buffer): boolean {
  for (let at = 68; at + 4 <= body.length; at += 4 + body.readUInt16BE(at + 2)) {
    if (body[at] === 0x21) return body[at + 6] === 0;
  }
  return false;
}

/** The command fragment of the first presentation data value; null where there is none. */
function commandPart(body: Buffer): { bytes: Buffer; isLast: boolean } | null {
  if (body.length < 6) return null;
  const control = body[5] ?? 0;
  if ((control & 1) === 0) return null;
  return { bytes: body.subarray(6, 4 + body.readUInt32BE(0)), isLast: (control & 2) !== 0 };
}

/** `0x0000` is success (PS3.7 annex C). */
function statusOf(command: Buffer): string {
  for (let at = 0; at + 8 <= command.length; at += 8 + command.readUInt32LE(at + 4)) {
    const isStatus = command.readUInt16LE(at) === 0 && command.readUInt16LE(at + 2) === 0x0900 && at + 10 <= command.length;
    if (isStatus)
      return `0x${command
        .readUInt16LE(at + 8)
        .toString(16)
        .padStart(4, '0')}`;
  }
  return 'without status';
}

function pdu(type: number, body: Buffer): Buffer {
  const header = Buffer.from([type, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function item(type: number, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from([type, 0, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

/** An element of group 0000 in Implicit VR Little Endian (PS3.5 section 7.1.3). */
function element(number: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value & 0xff, value >> 8]);
}
