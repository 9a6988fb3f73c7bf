import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** A DICOM peer of a few lines, independent of any library, that can also say what the protocol forbids. */

export interface ProposedContext {
  readonly id: number;
  readonly abstract: string;
  readonly transfer: readonly string[];
}

export interface Proposal {
  readonly calling?: string;
  readonly called?: string;
  readonly contexts: readonly ProposedContext[];
  /** Implementation Version Name; left out where null. */
  readonly version?: string | null;
}

export interface Peer {
  readonly socket: Socket;
  send(bytes: Buffer): void;
  /** The next PDU, or null when the other side has closed. */
  next(): Promise<Buffer | null>;
}

export const CT = '1.2.840.10008.5.1.4.1.1.2';
export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const VERIFICATION = '1.2.840.10008.1.1';
export const ONE_CONTEXT: readonly ProposedContext[] = [{ id: 1, abstract: CT, transfer: [EXPLICIT] }];

/** Connects; over TLS with options. */
export function connectPeer(port: number, tls: ConnectionOptions | null = null): Peer {
  const socket = tls === null ? connect(port, '127.0.0.1') : connectTls({ port, host: '127.0.0.1', ...tls });
  let buffer = Buffer.alloc(0);
  let closed = false;
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const each of waiting.splice(0)) each();
  };
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    wake();
  });
  socket.on('error', wake);
  for (const event of ['end', 'close'] as const)
    socket.on(event, () => {
      closed = true;
      wake();
    });
  return {
    socket,
    send: (bytes) => {
      socket.write(bytes);
    },
    async next() {
      for (;;) {
        const length = buffer.length < 6 ? Number.POSITIVE_INFINITY : 6 + buffer.readUInt32BE(2);
        if (buffer.length >= length) {
          const pdu = buffer.subarray(0, length);
          buffer = buffer.subarray(length);
          return pdu;
        }
        if (closed) return null;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

/** Opens an association and returns its answer, which need not be an acceptance. */
export async function associate(peer: Peer, proposal: Proposal): Promise<Buffer | null> {
  peer.send(associateRequest(proposal));
  return peer.next();
}

export function pdu(type: number, body: Buffer): Buffer {
  const header = Buffer.of(type, 0, 0, 0, 0, 0);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** One item of an association: type, reserved byte, length of 16 bits. */
export function item(type: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.of(type, 0, 0, 0);
  header.writeUInt16BE(bytes.length, 2);
  return Buffer.concat([header, bytes]);
}

export function associateRequest({ calling = 'CT1', called = 'CORDON', contexts, version = 'PEER_1' }: Proposal): Buffer {
  const user = [item(0x51, Buffer.of(0, 0, 0x40, 0)), item(0x52, '1.2.3.4')];
  if (version !== null) user.push(item(0x55, version));
  return pdu(
    0x01,
    Buffer.concat([
      Buffer.of(0, 1, 0, 0),
      Buffer.from(called.padEnd(16)),
      Buffer.from(calling.padEnd(16)),
      Buffer.alloc(32),
      item(0x10, '1.2.840.10008.3.1.1.1'),
      ...contexts.map(({ id, abstract, transfer }) =>
        item(0x20, Buffer.concat([Buffer.of(id, 0, 0, 0), item(0x30, abstract), ...transfer.map((uid) => item(0x40, uid))])),
      ),
      item(0x50, Buffer.concat(user)),
    ]),
  );
}

/** Results of an A-ASSOCIATE-AC: context id → `0 1.2.840…` (result and transfer syntax), result only where it was not accepted. */
export function contextResults(accept: Buffer | null): Record<number, string> {
  const results: Record<number, string> = {};
  if (accept === null || accept[0] !== 0x02) return results;
  for (let at = 74; at + 4 <= accept.length; at += 4 + accept.readUInt16BE(at + 2)) {
    if (accept[at] !== 0x21) continue;
    const result = accept.readUInt8(at + 6);
    const uid = accept.subarray(at + 12, at + 12 + accept.readUInt16BE(at + 10)).toString('latin1');
    results[accept.readUInt8(at + 4)] = result === 0 ? `0 ${uid}` : String(result);
  }
  return results;
}

/** One value in a P-DATA-TF of its own. */
export function data(context: number, flags: number, value: Buffer): Buffer {
  return pdu(0x04, pdv(context, flags, value));
}

/** Flags: 1 command, 2 last. */
export function pdv(context: number, flags: number, value: Buffer): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt32BE(value.length + 2, 0);
  header[4] = context;
  header[5] = flags;
  return Buffer.concat([header, value]);
}

/** A command set: elements of group 0000 in Implicit VR Little Endian; texts are padded with NUL. */
export function commandSet(elements: Readonly<Record<number, number | string>>): Buffer {
  const body = Buffer.concat(
    Object.entries(elements).map(([element, value]) => {
      const bytes = typeof value === 'number' ? Buffer.of(value & 0xff, value >> 8) : Buffer.from(value, 'latin1');
      const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
      const head = Buffer.alloc(8);
      head.writeUInt16LE(Number(element), 2);
      head.writeUInt32LE(padded.length, 4);
      return Buffer.concat([head, padded]);
    }),
  );
  const length = Buffer.alloc(12);
  length.writeUInt32LE(4, 4);
  length.writeUInt32LE(body.length, 8);
  return Buffer.concat([length, body]);
}

export function storeCommand(sopInstance: string, sopClass = CT, messageId = 1): Buffer {
  return commandSet({ 2: sopClass, 256: 0x0001, 272: messageId, 1792: 0, 2048: 0x0001, 4096: sopInstance });
}

export function echoCommand(messageId = 1): Buffer {
  return commandSet({ 2: VERIFICATION, 256: 0x0030, 272: messageId, 2048: 0x0101 });
}

/** Sends an object in values of some bytes each and returns its status. */
export async function store(
  peer: Peer,
  sopInstance: string,
  dataSet: Buffer,
  { context = 1, sopClass = CT, size = 16_000 } = {},
): Promise<number | null> {
  peer.send(data(context, 3, storeCommand(sopInstance, sopClass)));
  for (let at = 0; at < dataSet.length || at === 0; at += size) {
    const last = at + size >= dataSet.length;
    peer.send(data(context, last ? 2 : 0, dataSet.subarray(at, at + size)));
  }
  return statusOf(await peer.next());
}

/** Status (0000,0900) of a response; null where there is none. */
export function statusOf(response: Buffer | null): number | null {
  if (response === null || response[0] !== 0x04) return null;
  const command = response.subarray(12);
  for (let at = 0; at + 8 <= command.length; at += 8 + command.readUInt32LE(at + 4)) {
    if (command.readUInt16LE(at + 2) === 0x0900) return command.readUInt16LE(at + 8);
  }
  return null;
}

export const RELEASE = pdu(0x05, Buffer.alloc(4));
