import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { createMail, type MailOptions } from '../../src/notices/mail.ts';
import { textOf } from '../../src/notices/text.ts';
import { makeAuthority } from '../support/certificates.ts';
import { NOTICE, NOW } from './notice.ts';

const authority = makeAuthority();
const stranger = makeAuthority();
const { cert, key } = authority.issue('/CN=localhost');
const servers: SMTPServer[] = [];
afterAll(async () => {
  authority.remove();
  stranger.remove();
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(resolve))));
});

interface Received {
  readonly secure: boolean;
  readonly user: unknown;
  readonly to: readonly string[];
  readonly mail: string;
}

/** A real server; says what it received, and over what. */
async function listen(options: { tls: boolean; refuse?: boolean }): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    ...(options.tls ? { key, cert } : { hideSTARTTLS: true, disabledCommands: ['STARTTLS', 'AUTH'] }),
    authOptional: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ secure: session.secure, user: session.user, to, mail: Buffer.concat(chunks).toString('utf8') });
        done(options.refuse === true ? Object.assign(new Error('no room for LIS'), { responseCode: 452 }) : null);
      });
    },
  });
  // A client that does not trust the certificate ends the connection.
  server.on('error', () => {});
  servers.push(server);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(address === null || typeof address === 'string' ? 0 : address.port);
    });
  });
  return { port, received };
}

const mail = (port: number, over: Partial<MailOptions> = {}) =>
  createMail({
    url: `smtp://cordon:s%40cret@localhost:${port}`,
    startTls: 'required',
    ca: authority.cert,
    from: 'cordon@hospital.example',
    to: ['privacy@hospital.example', 'security@hospital.example'],
    desk: 'https://desk.example',
    ...over,
  });
const send = async (channel: ReturnType<typeof createMail>) => {
  try {
    await channel.send(NOTICE, AbortSignal.timeout(10_000));
  } finally {
    channel.close();
  }
};

describe('a mail', () => {
  it('goes over TLS, to everybody, and is known again by its Message-ID', async () => {
    const { port, received } = await listen({ tls: true });
    await send(mail(port));
    await send(mail(port));
    expect(received).toHaveLength(2);
    const [one] = received;
    expect(one).toMatchObject({ secure: true, user: 'cordon', to: ['privacy@hospital.example', 'security@hospital.example'] });
    expect(one?.mail).toContain(`Message-ID: <${NOTICE.id}@hospital.example>`);
    expect(one?.mail).toContain('Auto-Submitted: auto-generated');
    expect(one?.mail.replace(/=\r\n/g, '')).toContain('https://desk.example/incidents/i-1');
  });

  it('is not said to a server without TLS, unless that is allowed', async () => {
    const { port, received } = await listen({ tls: false });
    await expect(send(mail(port, { url: `smtp://localhost:${port}` }))).rejects.toMatchObject({
      isFinal: false,
      message: 'the server offers no TLS (STARTTLS), and notices.mailStartTls requires it (ETLS)',
    });
    expect(received).toEqual([]);
    await send(mail(port, { url: `smtp://localhost:${port}`, startTls: 'off' }));
    expect(received).toMatchObject([{ secure: false }]);
  });

  it('is not said to a server that nobody vouches for', async () => {
    const { port, received } = await listen({ tls: true });
    await expect(send(mail(port, { ca: stranger.cert }))).rejects.toMatchObject({ isFinal: false });
    expect(received).toEqual([]);
  });

  it('that a server refuses says its status, and none of its words', async () => {
    const { port } = await listen({ tls: true, refuse: true });
    await expect(send(mail(port))).rejects.toMatchObject({ message: 'the server refused it (EMESSAGE 452)' });
  });
});

it('says in words what needs somebody', () => {
  const { incident } = NOTICE;
  expect(textOf(NOTICE, 'https://desk.example')).toEqual({
    subject: 'Cordon: High: Patient Social Security number in a note (NTE) sent to CLOUD',
    body: [
      'Patient Social Security number in a note (NTE) sent to CLOUD.',
      'From LIS to CLOUD.',
      'High, open; 12 messages, last seen 2026-11-24 12:00:00 UTC.',
      'Due 2026-11-25 12:00:00 UTC.',
      'https://desk.example/incidents/i-1\n',
    ].join('\n'),
  });
  expect(textOf({ ...NOTICE, kind: 'overdue' }, null).subject).toMatch(/^Cordon: Overdue: /);
  expect(textOf({ ...NOTICE, kind: 'digest', incident: null, digest: { incidents: 12, flows: 3, until: NOW } }, null)).toEqual({
    subject: 'Cordon: 12 incidents of what is new',
    body: '12 incidents of what is new.\nOn 3 flows. The first of them leaves the digest on 2026-11-24 12:00:00 UTC.\n',
  });
  const words = { incidents: 9, flows: 4, messages: 30 };
  expect(textOf({ ...NOTICE, kind: 'digest', incident: null, unconfirmed: words }, null)).toEqual({
    subject: 'Cordon: 9 incidents of possible identifiers in texts that nothing confirms',
    body: '9 incidents of possible identifiers in texts that nothing confirms, on 4 flows.\n',
  });
  const both = { digest: { incidents: 1, flows: 1, until: NOW }, unconfirmed: words };
  expect(textOf({ ...NOTICE, kind: 'digest', incident: null, ...both }, null)).toEqual({
    subject: 'Cordon: 1 incident of what is new',
    body: [
      '1 incident of what is new.',
      'On 1 flow. The first of them leaves the digest on 2026-11-24 12:00:00 UTC.',
      '9 incidents of possible identifiers in texts that nothing confirms, on 4 flows.\n',
    ].join('\n'),
  });
  expect(incident?.patients).toBe(3);
});
