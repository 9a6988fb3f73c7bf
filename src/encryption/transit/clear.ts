import { connect } from 'node:net';
import type { Address } from './exchange.ts';

const ASSOCIATE_AC = 0x02;
const ANSWERS: ReadonlySet<number | undefined> = new Set([ASSOCIATE_AC, 0x03, 0x07]);
/** A-RELEASE-RQ (PS3.8 section 9.3.6). */
const RELEASE = Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]);

/**
 * Whether a peer takes an association for Verification in clear. Some DICOM peers hang up on a ClientHello without a word, and an association
 * leaves nothing behind (PS3.8 section 9.3). True for any answer of DICOM's upper layer, also a refusal; an association that is accepted
 * is released. `timeout` in milliseconds bounds the whole. Never rejects.
 */
export async function speaksClearDicom({ host, port }: Address, timeout: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (isDicom: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroySoon();
      resolve(isDicom);
    };
    const stop = (): void => finish(false);
    const timer = setTimeout(stop, timeout);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => socket.write(associateRequest()));
    socket.once('data', (first) => {
      if (first[0] === ASSOCIATE_AC) socket.write(RELEASE);
      finish(ANSWERS.has(first[0]) && (first[1] ?? 0) === 0);
    });
    socket.once('end', stop);
    socket.on('error', stop);
  });
}

/** A-ASSOCIATE-RQ (PS3.8 section 9.3.2) with one presentation context: Verification in Implicit VR Little Endian. */
function associateRequest(): Buffer {
  const title = (name: string): Buffer => Buffer.from(name.padEnd(16), 'latin1');
  const context = [Buffer.from([1, 0, 0, 0]), item(0x30, '1.2.840.10008.1.1'), item(0x40, '1.2.840.10008.1.2')];
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
  const header = Buffer.from([1, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function item(type: number, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from([type, 0, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
