import { dataPdu, INVALID_PARAMETER, type Pdv, ProtocolError, UNEXPECTED_PDU } from './dimse-pdu.ts';

/** What of a command decides what may follow it (PS3.7 §9.3, E.1). */
export interface CommandHead {
  /** Command Field (0000,0100); null where there is none. */
  readonly field: number | null;
  /** Command Data Set Type (0000,0800) says that a data set follows. */
  readonly dataSet: boolean;
}

const C_STORE_RQ = 0x0001;
const C_ECHO_RQ = 0x0030;
const C_CANCEL_RQ = 0x0fff;
const NO_DATA_SET = 0x0101;

/** Reads a command, which is always in Implicit VR Little Endian (PS3.7 §6.3.1). */
export function readCommandHead(command: Buffer): CommandHead {
  let field: number | null = null;
  let dataSet = true;
  for (let at = 0; at + 8 <= command.length; ) {
    const tag = command.readUInt32LE(at);
    const length = command.readUInt32LE(at + 4);
    if (length === 2 && at + 10 <= command.length) {
      const value = command.readUInt16LE(at + 8);
      if (tag === 0x01000000) field = value;
      if (tag === 0x08000000) dataSet = value !== NO_DATA_SET;
    }
    at += 8 + length;
  }
  return { field, dataSet };
}

/** Commands have some UIDs and numbers, and never as much as this. */
const LONGEST_COMMAND = 16 * 1024;

export interface CommandCheck {
  /** Throws ProtocolError for what may not come now. */
  check(value: Pdv): void;
}

/**
 * Holds the values of an association to their order (PS3.7 §6.3): a command, then its data set where it has one. Only what was
 * negotiated may come, so that nothing but data sets of C-STORE is ever gathered: C-STORE, C-ECHO, and C-CANCEL, which does nothing.
 */
export function createCommandCheck(): CommandCheck {
  let command: Buffer[] = [];
  let length = 0;
  /** The context of the data set that must come; null while a command must. */
  let dataSet: number | null = null;

  function begin({ context, last, value }: Pdv): void {
    length += value.length;
    if (length > LONGEST_COMMAND) throw new ProtocolError('a command over its length', INVALID_PARAMETER);
    command.push(value);
    if (!last) return;
    const head = readCommandHead(Buffer.concat(command));
    command = [];
    length = 0;
    if (head.field === C_STORE_RQ) dataSet = head.dataSet ? context : null;
    else if ((head.field !== C_ECHO_RQ && head.field !== C_CANCEL_RQ) || head.dataSet)
      throw new ProtocolError('an operation that was not negotiated', UNEXPECTED_PDU);
  }

  return {
    check(value) {
      if (value.command !== (dataSet === null)) throw new ProtocolError('a value out of turn', UNEXPECTED_PDU);
      if (dataSet === null) begin(value);
      else if (value.context !== dataSet) throw new ProtocolError('a data set of another context', INVALID_PARAMETER);
      else if (value.last) dataSet = null;
    },
  };
}

/** What a C-STORE is answered with (PS3.7 §9.3.1.2). UIDs are repeated as the request had them. */
export interface StoreAnswer {
  /** Presentation context of the request. */
  readonly context: number;
  readonly messageId: number;
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly status: number;
}

const C_STORE_RSP = 0x8001;

/** A C-STORE-RSP as a PDU. Written here, since dcmjs takes megabytes of buffers to write one. */
export function storeResponse({ context, messageId, sopClass, sopInstance, status }: StoreAnswer): Buffer {
  const elements = Buffer.concat([
    uid(0x0002, sopClass),
    number(0x0100, C_STORE_RSP),
    number(0x0120, messageId),
    number(0x0800, NO_DATA_SET),
    number(0x0900, status),
    uid(0x1000, sopInstance),
  ]);
  const length = commandElement(0x0000, 4);
  length.writeUInt32LE(elements.length, 8);
  return dataPdu(context, true, Buffer.concat([length, elements]));
}

function commandElement(element: number, length: number): Buffer {
  const bytes = Buffer.alloc(8 + length);
  bytes.writeUInt16LE(element, 2);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

function number(element: number, value: number): Buffer {
  const bytes = commandElement(element, 2);
  bytes.writeUInt16LE(value & 0xffff, 8);
  return bytes;
}

function uid(element: number, text: string): Buffer {
  const value = text.slice(0, 64);
  const bytes = commandElement(element, value.length + (value.length % 2));
  bytes.write(value, 8, 'latin1');
  return bytes;
}
