import { once } from 'node:events';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeLink, linkOf } from '../../../src/encryption/rest/link.ts';
import { type Authority, makeAuthority } from '../../support/certificates.ts';

let ca: Authority;
beforeAll(() => {
  ca = makeAuthority();
});
afterAll(() => ca.remove());

describe('a connection over TLS whose driver looked at no name', () => {
  it.each([
    ['localhost', 'proven'],
    ['127.0.0.1', 'proven'],
    ['db.example', 'unknown'],
  ] as const)('to %s is %s', async (host, outcome) => {
    const server = createServer(ca.issue('/CN=database')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const socket = connect({ host: '127.0.0.1', port: address.port, ca: ca.cert, checkServerIdentity: () => undefined });
    await once(socket, 'secureConnect');
    const finding = judgeLink(linkOf(socket, host), false, {}, 'Give sslmode=verify-full');
    socket.destroy();
    server.close();
    expect(finding).toMatchObject({ outcome, facts: { authenticated: outcome === 'proven' } });
  });
});
