import { Redis } from 'ioredis';
import { type Link, linkOf } from '../link.ts';

const CONNECT_MS = 5_000;
const COMMAND_MS = 5_000;

/** A connection that only asks. */
export interface Asking {
  readonly link: Link;
  /** The answer to a command, texts as bytes. Rejects with what `reasonOfRedis` puts in words. */
  ask(command: string, ...args: readonly (string | Buffer | number)[]): Promise<unknown>;
  close(): void;
}

/**
 * Connects as the URL says; `nameless` without its user and password. `ca`: PEM of the authorities that the
 * server is trusted by, instead of those of Node. Rejects with what
 * `reasonOfRedis` puts in words.
 */
export async function openAsking(
  url: string,
  signal: AbortSignal,
  { ca, nameless = false }: { ca?: string | undefined; nameless?: boolean } = {},
): Promise<Asking> {
  const client = new Redis(nameless ? withoutUser(url) : url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    // It asks INFO, which not every role may.
    enableReadyCheck: false,
    // CLIENT SETINFO is another command that not every role may.
    disableClientInfo: true,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  let last: Error | null = null;
  client.on('error', (error) => {
    last = error;
  });
  const cut = (): void => client.disconnect();
  signal.addEventListener('abort', cut, { once: true });
  try {
    signal.throwIfAborted();
    await client.connect();
  } catch (error) {
    signal.removeEventListener('abort', cut);
    client.disconnect();
    // `connect` rejects with "Connection is closed."; why is in the event before it.
    throw last ?? error;
  }
  return {
    link: linkOf(client.stream, client.options.host ?? ''),
    ask: (command, ...args) => client.callBuffer(command, ...args),
    close() {
      signal.removeEventListener('abort', cut);
      client.disconnect();
    },
  };
}

function withoutUser(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}

/** What ioredis threw, in our words: Redis quotes the command and the user. Throws what is a defect of ours. */
export function reasonOfRedis(error: unknown): { readonly code: string; readonly reason: string } {
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  const code =
    'code' in error && typeof error.code === 'string' ? error.code : (/^[A-Z]+(?= )/.exec(error.message)?.[0] ?? error.name);
  if (code === 'NOAUTH') return { code, reason: 'denied: Redis wants a user and password (NOAUTH)' };
  if (code === 'WRONGPASS') return { code, reason: 'denied: Redis refuses this user or password (WRONGPASS)' };
  if (code === 'NOPERM') return { code, reason: 'denied: the user may not ask for this (NOPERM)' };
  if (code === 'DENIED') return { code, reason: 'denied: Redis is in protected mode and answers its own machine alone (DENIED)' };
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return {
      code,
      reason: `the server's certificate is not trusted (${code}): give its authority (CORDON_REDIS_CA for the queue, else NODE_EXTRA_CA_CERTS)`,
    };
  if (error.name === 'ReplyError') return { code, reason: `Redis refuses to answer this (${code})` };
  if (/timed out|timeout/i.test(error.message) || code === 'AbortError')
    return { code, reason: 'timed out: Redis had no answer in time' };
  return { code, reason: `unreachable (${code}): look at the network and at the URL` };
}
