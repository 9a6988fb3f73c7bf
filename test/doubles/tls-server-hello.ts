import { once } from 'node:events';
import { createServer } from 'node:net';

/** What a scripted server answers to a ClientHello: it negotiates, and never finishes a handshake. */
export interface ScriptedServer {
  readonly versions: readonly number[];
  /** In the server's order of preference. */
  readonly suites: readonly number[];
  readonly certificates?: readonly Buffer[];
  /** Body of ServerKeyExchange, where the suite has one. */
  readonly keyExchange?: Buffer;
  readonly extensions?: readonly (readonly [type: number, body: Buffer])[];
  readonly compression?: number;
  readonly wantsClientCertificate?: boolean;
}

interface SeenHello {
  readonly version: number;
  readonly suites: readonly number[];
}

/** One TLS record of type handshake with the flight ServerHello … ServerHelloDone. */
export function serverFlight(version: number, suite: number, server: Omit<ScriptedServer, 'versions' | 'suites'>): Buffer {
  const { certificates = [], keyExchange, extensions = [], compression = 0, wantsClientCertificate = false } = server;
  const blocks = extensions.map(([type, body]) => Buffer.concat([uint(type, 2), uint(body.length, 2), body]));
  const hello = Buffer.concat([
    uint(version, 2),
    Buffer.alloc(32, 7),
    uint(0, 1),
    uint(suite, 2),
    uint(compression, 1),
    ...(blocks.length === 0 ? [] : [vector(Buffer.concat(blocks), 2)]),
  ]);
  const chain = vector(Buffer.concat(certificates.map((certificate) => vector(certificate, 3))), 3);
  const messages = [
    message(2, hello),
    ...(certificates.length === 0 ? [] : [message(11, chain)]),
    ...(keyExchange === undefined ? [] : [message(12, keyExchange)]),
    ...(wantsClientCertificate ? [message(13, Buffer.from([1, 1, 0, 0]))] : []),
    message(14, Buffer.alloc(0)),
  ];
  return record(22, version, Buffer.concat(messages));
}

export function alert(description: number): Buffer {
  return record(21, 0x0303, Buffer.from([2, description]));
}

export function record(type: number, version: number, body: Buffer): Buffer {
  return Buffer.concat([uint(type, 1), uint(version, 2), vector(body, 2)]);
}

/** Answers each ClientHello on a free port of 127.0.0.1 by the script: `handshake_failure` where nothing is shared. */
export async function startScriptedServer(script: ScriptedServer): Promise<{ port: number; close(): Promise<void> }> {
  return startPeer((first) => {
    const { version, suites } = readHello(first);
    if (!script.versions.includes(version)) return alert(70);
    const suite = script.suites.find((code) => suites.includes(code));
    return suite === undefined ? alert(40) : serverFlight(version, suite, script);
  });
}

/** A peer that answers the first bytes it gets with something (null: with nothing) and then waits. */
export async function startPeer(
  answer: (first: Buffer) => Buffer | null,
): Promise<{ port: number; connections(): number; close(): Promise<void> }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      const bytes = answer(first);
      if (bytes !== null) socket.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the double has no port');
  return {
    port: address.port,
    connections: () => connections,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/** The supported_versions extension with TLS 1.3 alone. */
const ONLY_TLS13 = Buffer.from([0, 43, 0, 3, 2, 3, 4]);

/** Version and suites of the ClientHello that a record starts with; the probe sends it in one piece. */
export function readHello(bytes: Buffer): SeenHello {
  const session = bytes.readUInt8(43);
  const at = 44 + session;
  const count = bytes.readUInt16BE(at) / 2;
  const suites = Array.from({ length: count }, (_, index) => bytes.readUInt16BE(at + 2 + index * 2));
  const legacy = bytes.readUInt16BE(9);
  return { version: bytes.includes(ONLY_TLS13) ? 0x0304 : legacy, suites };
}

function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([uint(type, 1), vector(body, 3)]);
}

function vector(body: Buffer, lengthBytes: number): Buffer {
  return Buffer.concat([uint(body.length, lengthBytes), body]);
}

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}
