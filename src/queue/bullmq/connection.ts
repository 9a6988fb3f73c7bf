import { Redis } from 'ioredis';
import { CordonError } from '../../core/errors.ts';
import { sparingly } from '../../core/sparingly.ts';

/** Milliseconds between two reconnects: short after a restart, never longer than people wait for. */
const RECONNECT = { first: 50, longest: 2_000 };

export interface ConnectionOptions {
  /** `redis://[user:password@]host:port/db`; `rediss://` for TLS. */
  readonly url: string;
  /** PEM of the authorities that a server at `rediss://` is trusted by, instead of the public ones. */
  readonly ca?: string | undefined;
  /** Told when Redis is away and when it is back, once each, and of errors of the queue itself, now and then. Reasons hold ids at most. */
  readonly report: (event: 'away' | 'back' | 'error', reason: string) => void;
}

export interface Connection {
  readonly client: Redis;
  /** Waits until commands can be sent, or nobody waits for that any more. */
  ready(late: AbortSignal): Promise<void>;
  /** Takes what a command rejected with. */
  failed(error: Error): void;
}

/** A client that reconnects for ever, and what of it gets told. */
export function connect({ url, ca, report }: ConnectionOptions, closing: AbortSignal): Connection {
  const client = new Redis(url, {
    connectionName: 'cordon',
    ...(ca === undefined ? {} : { tls: { ca } }),
    connectTimeout: 5_000,
    keepAlive: 10_000,
    // BullMQ demands it: what was sent when the connection broke is sent again, however long that takes.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) =>
      Math.min(RECONNECT.first * 2 ** Math.min(attempt, 10), RECONNECT.longest) * (0.5 + Math.random() / 2),
    // After a failover the old primary is a replica: look up the new one, and send again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
  });
  let ready = Promise.withResolvers<void>();
  let away = false;
  let reason = 'the connection closed';
  // Flushing Redis makes an error for each job that runs.
  const tell = sparingly(
    () => performance.now(),
    (error) => report('error', error),
  );
  client.on('error', (error) => {
    reason = reasonOfConnection(error);
  });
  client.on('ready', () => {
    ready.resolve();
    if (away) report('back', '');
    away = false;
  });
  client.on('close', () => {
    ready.resolve();
    ready = Promise.withResolvers();
    if (away || closing.aborted) return;
    away = true;
    report('away', reason);
  });
  return {
    client,
    async ready(late: AbortSignal): Promise<void> {
      while (client.status !== 'ready' && !late.aborted && !closing.aborted) await ready.promise;
    },
    failed(error: Error): void {
      // While Redis is away every command says so.
      if (client.status === 'ready' && !closing.aborted) tell(error.message);
    },
  };
}

/** Where both addresses of a name refuse, Node's error has a code and no message. Neither holds the password. */
function reasonOfConnection(error: Error): string {
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}

/** Rejects when `work` takes longer, and tells it. What it has sent by then may still be carried out, which is harmless. */
export async function within<T>(milliseconds: number, work: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const result = work(late.signal);
  if (await endsWithin(milliseconds, result)) return result;
  late.abort();
  throw new CordonError('queue.unavailable', `the queue did not answer within ${milliseconds / 1000} s: is Redis up?`);
}

/** True once `work` has ended in time; rejects as it does. What it does later is of no interest. */
export async function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
