import { createServer } from 'node:tls';
import { tlsOptions } from '../../src/ingest/tls.ts';
import { makeAuthority } from '../support/certificates.ts';

/** A process of its own: TLS servers as our listeners are, on so many ports of 127.0.0.1. Prints `{"ca", "ports"}` once they listen; ends with its parent. */
const count = Number(process.argv[2]);
const authority = makeAuthority();
const options = tlsOptions({ ...authority.issue('/CN=localhost'), clientAuthorities: null });
authority.remove();
const ports: number[] = [];
for (let index = 0; index < count; index++) {
  const server = createServer(options, (socket) => socket.on('error', () => socket.destroy()));
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  ports.push(address.port);
}
process.stdout.write(`${JSON.stringify({ ca: authority.cert, ports })}\n`);
process.stdin.resume().on('end', () => process.exit(0));
