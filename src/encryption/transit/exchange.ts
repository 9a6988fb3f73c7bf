import { connect } from 'node:net';
import { type FlightResult, readServerFlight } from './server-hello.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What came back for one ClientHello. */
export type Answer =
  | Extract<FlightResult, { kind: 'flight' | 'alert' | 'malformed' }>
  /** Bytes that are no TLS record: what the peer speaks is told from how they begin. */
  | { readonly kind: 'clear'; readonly first: Buffer }
  /** The peer ended the connection without an alert, as some refuse a handshake. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' }
  /** No connection, with the system's code: `ECONNREFUSED`. */
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'stopped' };

/** As many bytes as it takes to know a protocol by. */
const FIRST = 16;

/**
 * Opens a connection, sends one ClientHello, reads the server's flight and ends the connection. Never rejects: trouble is an answer.
 * `timeout` in milliseconds bounds the whole.
 */
export async function exchangeHello(address: Address, hello: Buffer, timeout: number, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return { kind: 'stopped' };
  return new Promise((resolve) => {
    const socket = connect({ host: address.host, port: address.port });
    let received = Buffer.alloc(0);
    let needs = 1;
    let connected = false;
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(answer);
    };
    const stop = (): void => finish({ kind: 'stopped' });
    const timer = setTimeout(() => finish(connected ? { kind: 'silent' } : { kind: 'unreachable', code: 'ETIMEDOUT' }), timeout);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => {
      connected = true;
      socket.write(hello);
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < needs) return;
      const result = readServerFlight(received);
      if (result.kind === 'incomplete') needs = result.needs;
      else if (result.kind === 'not-tls') finish({ kind: 'clear', first: received.subarray(0, FIRST) });
      else finish(result);
    });
    socket.once('end', () => finish({ kind: 'closed' }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      finish(connected ? { kind: 'closed' } : { kind: 'unreachable', code: error.code ?? 'unknown' }),
    );
  });
}

/** What a peer speaks that answered in clear. */
export type ClearProtocol = 'mllp' | 'http' | 'dicom' | 'unknown';

/** An MLLP block starts with 0x0B; an answer of DICOM's upper layer is A-ASSOCIATE-RJ or A-ABORT, four bytes long (PS3.8 section 9.3). */
export function clearProtocol(first: Buffer): ClearProtocol {
  if (first[0] === 0x0b) return 'mllp';
  if (/^(HTTP\/|<!DOCTYPE|<html)/i.test(first.toString('latin1'))) return 'http';
  const isPdu = (first[0] === 0x03 || first[0] === 0x07) && first.length >= 6 && first[1] === 0 && first.readUInt32BE(2) === 4;
  return isPdu ? 'dicom' : 'unknown';
}
