import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notice } from '../../src/ledger/desk/notice.ts';
import { createWebhook, signatureOf, webhookKey } from '../../src/notices/webhook.ts';
import { notify } from '../../workers/notify.ts';
import { NOTICE, NOW } from './notice.ts';

const secret = randomBytes(32);
const key = webhookKey(`whsec_${secret.toString('base64')}`, 'secret');

/** A receiver that answers what it is told to, and keeps what came. */
let answers: number[] = [];
const came: { headers: IncomingHttpHeaders; body: string }[] = [];
let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      came.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const status = answers.shift() ?? 204;
      response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/hook`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const channel = () => createWebhook({ url, key, desk: 'https://desk.example', clock: () => NOW });

it('signs what it says as Standard Webhooks has it', async () => {
  came.length = 0;
  await channel().send(NOTICE, AbortSignal.timeout(5000));
  const [{ headers, body } = { headers: {}, body: '' }] = came;
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
  expect([id, at]).toEqual([NOTICE.id, String(NOW / 1000)]);
  expect(signature).toBe(`v1,${createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64')}`);
  expect(JSON.parse(body)).toMatchObject({
    type: 'incident.opened',
    data: { incident: { severity: 'high', source: 'LIS', destination: 'CLOUD', url: 'https://desk.example/incidents/i-1' } },
  });
});

it('signs as the libraries of the standard do', () => {
  const example = webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'x');
  expect(signatureOf(example, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

it.each(['', 'whsec_', 'whsec_c2hvcnQ=', `sec_${secret.toString('base64')}`])(
  'takes %j for no secret, and does not repeat it',
  (text) => {
    const refused = expect.objectContaining({
      code: 'config.invalid',
      message: expect.stringMatching(/^file: is no webhook secret/),
    });
    expect(() => webhookKey(text, 'file')).toThrow(refused);
  },
);

describe('a round', () => {
  const round = async (attempts: number) => {
    const settled: unknown[] = [];
    const notice: Notice = { ...NOTICE, attempts };
    const desk = {
      takeNotices: async () => [notice],
      settleNotice: async ({ error, next }: { error: string; next: number | null }) => void settled.push([error, next]),
    };
    const sent = await notify({ desk, channels: [channel()], clock: () => NOW, onFailure: () => {} }, AbortSignal.timeout(5000));
    return { sent, settled };
  };

  it.each<[string, number, number, [string, number | null]]>([
    ['is done with what arrived', 200, 3, ['', null]],
    ['tries again soon', 500, 0, ['the receiver answered 500', NOW + 5000]],
    ['then later', 503, 1, ['the receiver answered 503', NOW + 300_000]],
    ['follows nobody elsewhere', 302, 0, ['the receiver answered 302', NOW + 5000]],
    ['gives up who is gone', 410, 0, ['the receiver answered 410', null]],
    ['gives up after three days of tries', 500, 9, ['the receiver answered 500', null]],
  ])('%s', async (_, status, attempts, expected) => {
    answers = [status];
    expect(await round(attempts)).toEqual({ sent: status === 200 ? 1 : 0, settled: [expected] });
  });
});

it('says why nobody answered', async () => {
  const nobody = createWebhook({ url: 'http://127.0.0.1:1/', key, desk: null, clock: () => NOW });
  await expect(nobody.send(NOTICE, AbortSignal.timeout(5000))).rejects.toMatchObject({ isFinal: false, message: /^no answer: / });
});
