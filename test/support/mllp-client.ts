import { connect, type Socket } from 'node:net';

const VT = 0x0b;
const FS = 0x1c;

/** Wraps a message in MLLP framing (HL7 2.9 appendix C; LLP: VT … FS CR). */
export function frame(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(VT), message, Buffer.of(FS, 0x0d)]);
}

export interface MllpClient {
  readonly socket: Socket;
  /** Sends and resolves with the answer's text; rejects when the connection ends without one. */
  send(message: Uint8Array): Promise<string>;
  end(): void;
}

/** A sender that pipelines: answers are matched to messages in order, as MLLP has them. */
export async function mllpClient(port: number, socket: Socket = connect(port, '127.0.0.1')): Promise<MllpClient> {
  const waiting: { resolve(answer: string): void; reject(error: Error): void }[] = [];
  let pending: Buffer = Buffer.alloc(0);
  let broken: Error | null = null;
  const fail = (error: Error): void => {
    broken ??= error;
    for (const waiter of waiting.splice(0)) waiter.reject(broken);
  };
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(FS); end >= 0 && end + 1 < pending.length; end = pending.indexOf(FS)) {
      waiting.shift()?.resolve(pending.toString('latin1', pending.indexOf(VT) + 1, end));
      pending = pending.subarray(end + 2);
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection closed without an answer')));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    socket,
    send(message) {
      if (broken !== null) return Promise.reject(broken);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.push({ resolve, reject });
      socket.write(frame(message));
      return promise;
    },
    end: () => socket.end(),
  };
}
