import { createServer, request } from 'node:https';
import { type ServerType, serve } from '@hono/node-server';
import { afterAll, expect, test } from 'vitest';
import { peekDicom } from '../../src/formats/dicom/peek.ts';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { createIngestApp } from '../../src/ingest/http.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { tlsOptions } from '../../src/ingest/tls.ts';
import { makeAuthority } from '../support/certificates.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const authority = makeAuthority();
const servers: ServerType[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  authority.remove();
});

test('what HTTPS negotiated is kept with the message', async () => {
  const recorded = recordedAccept();
  const app = createIngestApp({
    name: 'http',
    accept: recorded.accept,
    peek: peekHl7,
    peekDicom,
    checkKey: async () => ({ id: 'engine', scope: 'ingest' }),
    limits: { limit: 1 << 16, hardLimit: 1 << 18 },
    inFlight: createInFlight(1 << 20),
    report: () => {},
    clock: Date.now,
    deadline: 4000,
  });
  const server = await new Promise<ServerType>((resolve) => {
    const serverOptions = tlsOptions({ ...authority.issue('/O=Hospital/CN=cordon'), clientAuthorities: null });
    const options = { fetch: app.fetch, port: 0, hostname: '127.0.0.1', createServer, serverOptions };
    const listening = serve(options, () => resolve(listening));
  });
  servers.push(server);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const status = await new Promise((resolve, reject) => {
    const headers = { Authorization: 'Bearer k' };
    const options = {
      host: 'localhost',
      port,
      path: '/v1/messages',
      method: 'POST',
      headers,
      ca: authority.cert,
      maxVersion: 'TLSv1.3',
    } as const;
    request(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end('MSH|^~\\&|ADT|MAIN|EHR|MAIN|2026||ADT^A08|1|P|2.5.1\rPID|||1\r');
  });
  expect(status).toBe(202);
  expect(recorded.rows[0]?.provenance.tls).toMatchObject({
    version: 'TLSv1.3',
    cipher: expect.stringMatching(/^TLS_/),
    serverName: 'localhost',
    own: { subject: 'CN=cordon,O=Hospital', validTo: expect.any(Number) },
    peer: null,
  });
});
