import { connect, type Socket } from 'node:net';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { DemoMessage } from './message.ts';

/** Called once a message is acknowledged. `id` is Cordon's; null over MLLP, whose answer has none. */
export type OnAnswer = (message: DemoMessage, id: string | null) => void;

const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;

/** Messages that one connection has sent and not been answered yet. */
const PIPELINE = 32;
/** A listener on loopback that says nothing for so long will not. */
const PATIENCE = 30_000;
const HTTP_CONCURRENCY = 8;

/**
 * Sends the MLLP messages over one connection a flow, as senders do, each connection pipelined and its messages in order.
 * Resolves when every acknowledgment that MSH-15 and MSH-16 ask for has come with MSA-1 `AA` or `CA` and MSA-2 = MSH-10;
 * throws `listener.unavailable` on any other answer, a closed connection or silence.
 */
export async function sendMllp(
  messages: readonly DemoMessage[],
  target: { readonly host: string; readonly port: number },
  onAnswer: OnAnswer,
): Promise<void> {
  const flows = Map.groupBy(
    messages.filter(({ transport }) => transport === 'mllp'),
    ({ flow }) => flow,
  );
  await Promise.all([...flows.values()].map((each) => sendOver(connect(target.port, target.host), each, target, onAnswer)));
}

function sendOver(
  socket: Socket,
  messages: readonly DemoMessage[],
  target: { readonly host: string; readonly port: number },
  onAnswer: OnAnswer,
): Promise<void> {
  const place = `MLLP ${target.host}:${target.port}`;
  const open = new Map<string, { readonly message: DemoMessage; readonly codes: string[] }>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let next = 0;
  const fail = (text: string, cause?: unknown): void => {
    socket.destroy();
    reject(new CordonError('listener.unavailable', `${place}: ${text}`, { cause }));
  };
  const send = (): void => {
    for (; open.size < PIPELINE; next++) {
      const message = messages[next];
      if (message === undefined) break;
      open.set(message.id, { message, codes: expectedCodes(message.bytes) });
      socket.write(Buffer.concat([Buffer.of(VT), message.bytes, Buffer.of(FS, CR)]));
    }
    if (open.size === 0) {
      resolve();
      socket.end();
    }
  };
  const take = (answer: string): void => {
    const [code = '', id = ''] = acknowledgment(answer);
    const waiting = open.get(id);
    const expected = waiting?.codes.shift();
    if (waiting === undefined) fail('acknowledged a message that is not waiting for it');
    else if (expected !== code) fail(`answered ${code === '' ? 'without MSA-1' : code} to message ${id}`);
    else if (waiting.codes.length === 0) {
      open.delete(id);
      onAnswer(waiting.message, null);
      send();
    }
  };

  socket.setNoDelay(true);
  socket.setTimeout(PATIENCE, () => fail(`no answer for ${PATIENCE / 1000} s, ${open.size} messages wait for one`));
  socket.on('connect', send);
  socket.on('data', frames(take));
  socket.on('error', (error) => fail(reasonOf(error), error));
  socket.on('close', () => fail(`closed the connection while ${open.size} messages waited for an answer`));
  return promise;
}

/** Cuts a stream into the payloads of its frames, whatever the pieces it comes in. */
function frames(take: (payload: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(FS); end >= 0 && end + 1 < rest.length; end = rest.indexOf(FS)) {
      const start = rest.indexOf(VT);
      const payload = rest.toString('utf8', start + 1, end);
      rest = rest.subarray(end + 2);
      take(payload);
    }
  };
}

/** MSA-1 and MSA-2. */
function acknowledgment(answer: string): readonly string[] {
  const line = answer.split('\r').find((each) => each.startsWith('MSA|'));
  return line?.split('|').slice(1, 3) ?? [];
}

/** The acknowledgments that a message asks for, in order: HL7 v2.5.1, 2.9.2 (original) and 2.9.3 (enhanced mode). */
function expectedCodes(bytes: Uint8Array): string[] {
  const end = bytes.indexOf(CR);
  const fields = Buffer.from(bytes.subarray(0, end < 0 ? bytes.length : end))
    .toString('latin1')
    .split('|');
  const [accept = '', application = ''] = [fields[14], fields[15]];
  if (accept === '' && application === '') return ['AA'];
  return [...(accept === 'AL' ? ['CA'] : []), ...(application === 'AL' ? ['AA'] : [])];
}

/**
 * Posts the HTTP messages, a few at a time over kept-alive connections. `url` is the agent's base, `key` an API key that may
 * ingest. Throws `listener.unavailable` on anything but a 202 with an id.
 */
export async function sendHttp(
  messages: readonly DemoMessage[],
  target: { readonly url: string; readonly key: string },
  onAnswer: OnAnswer,
): Promise<void> {
  const queue = messages.filter(({ transport }) => transport === 'http').values();
  const work = async (): Promise<void> => {
    for (const message of queue) onAnswer(message, await post(message, target));
  };
  await Promise.all(Array.from({ length: HTTP_CONCURRENCY }, work));
}

async function post(message: DemoMessage, target: { readonly url: string; readonly key: string }): Promise<string> {
  const url = new URL('/v1/messages', target.url);
  const fail = (text: string, cause?: unknown): CordonError =>
    new CordonError('listener.unavailable', `POST ${url.href}: ${text} (message ${message.id})`, { cause });
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        ...message.headers,
        Authorization: `Bearer ${target.key}`,
        'Content-Type': 'x-application/hl7-v2+er7',
      },
      body: Buffer.from(message.bytes),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw fail(reasonOf(error), error);
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.status !== 202) throw fail(`answered ${response.status}`);
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  if (typeof id !== 'string') throw fail('answered 202 without an id');
  return id;
}
