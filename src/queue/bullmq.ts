import { Queue as Entries, type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { CordonError } from '../core/errors.ts';
import type { MessageId } from '../core/vocabulary.ts';
import type { Depth, Queue } from './queue.ts';

/** Name of the queue under the prefix. */
const NAME = 'scan';

/** Ids of one addition to Redis, which does nothing else meanwhile. */
const SLICE = 1_000;

/** Milliseconds. A queue that does not take ids by then is down: what they belong to is in the outbox, and nobody waits for more. */
const ADD_WITHIN = 1_000;
const CLOSE_WITHIN = 3_000;

/** Milliseconds between two reconnects: short after a restart, never longer than people wait for. */
const RECONNECT = { first: 50, longest: 2_000 };

/** Milliseconds in which further errors are not told: flushing Redis makes one for each id that runs. */
const ERRORS_EACH = 10_000;

export interface BullQueueOptions {
  /** `redis://[user:password@]host:port/db`; `rediss://` for TLS. */
  readonly url: string;
  /** Of every key, so that others can use the same Redis. */
  readonly prefix: string;
  /** Ids that run at once in this process. */
  readonly concurrency: number;
  /** Told when Redis is away and when it is back, once each, and of errors of the queue itself, now and then. Reasons hold ids at most. */
  readonly report: (event: 'away' | 'back' | 'error', reason: string) => void;
  /** Milliseconds that an id belongs to a worker which no longer says so, and between two looks for such ids. */
  readonly lockDuration?: number;
  readonly stalledInterval?: number;
}

/**
 * The queue of several processes, on Redis with BullMQ. Any of them adds, those that called `work` share what there is. Entries
 * are ids: job id = message id (no integer, no colon), no data, no result, no reason of a failure.
 *
 * It works without Redis too, in its way: `add` and `depth` reject with `queue.unavailable` within a second, what was lost is the
 * sweeper's, and it goes on by itself when Redis is back.
 */
export function openBullQueue(options: BullQueueOptions): Queue {
  const { prefix, concurrency, lockDuration = 15_000, stalledInterval = 10_000 } = options;
  const abort = new AbortController();
  const connection = connect(options, abort.signal);
  const entries = new Entries(NAME, {
    connection: connection.client,
    prefix,
    // Of no use to Cordon, and can't be turned off.
    streams: { events: { maxLen: 100 } },
    // A finished id that stays could not be added again. One attempt: the outbox and its sweeper are what tries again.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  entries.on('error', connection.failed);
  const running = new Set<Promise<void>>();
  const ending = createEnding();
  let worker: Worker | null = null;

  let gathered: Gathered | null = null;

  /** What is added in one turn of the loop, as messages of one commit are, goes to Redis together: each then costs a third. */
  function gather(): Gathered {
    const ids = new Set<MessageId>();
    const turn = new Promise((resolve) => setImmediate(resolve));
    const sent = turn.then(() => {
      gathered = null;
      return within(ADD_WITHIN, (late) => put([...ids], late));
    });
    return { ids, sent };
  }

  async function put(ids: readonly MessageId[], late: AbortSignal): Promise<void> {
    await connection.ready(late);
    await ending.of(ids);
    for (let start = 0; start < ids.length && !late.aborted && !abort.signal.aborted; start += SLICE) {
      const slice = ids.slice(start, start + SLICE);
      await entries.addBulk(slice.map((id) => ({ name: NAME, data: {}, opts: { jobId: id } })));
    }
  }

  return {
    async add(ids) {
      if (abort.signal.aborted || ids.length === 0) return;
      gathered ??= gather();
      for (const id of ids) gathered.ids.add(id);
      await gathered.sent;
    },
    work(run) {
      if (worker !== null) throw new TypeError('the queue has its consumer already');
      const process = async (job: Job): Promise<void> => {
        const { id } = job;
        // What BullMQ hands out after `close` has begun stays in the outbox.
        if (id === undefined || abort.signal.aborted) return;
        const end = runOne(run, id, abort.signal);
        running.add(end);
        await end;
        running.delete(end);
        ending.begin(id);
      };
      worker = new Worker(NAME, process, {
        connection: connection.client,
        prefix,
        concurrency,
        lockDuration,
        stalledInterval,
        // BullMQ waits so long before it tries again what a lost connection cut off.
        runRetryDelay: 1_000,
      });
      worker.on('completed', (job) => ending.end(job.id));
      worker.on('failed', (job) => ending.end(job?.id));
      worker.on('error', (error) => {
        ending.endAll();
        connection.failed(error);
      });
    },
    async depth(): Promise<Depth> {
      const { wait = 0, active = 0 } = await within(ADD_WITHIN, async (late) => {
        await connection.ready(late);
        return entries.getJobCounts('wait', 'active');
      });
      return { waiting: wait, running: active };
    },
    async close() {
      if (abort.signal.aborted) return;
      abort.abort();
      await Promise.all(running);
      if (worker !== null) await closeWorker(worker);
      await endsWithin(CLOSE_WITHIN, entries.close());
      connection.client.disconnect();
    },
  };
}

interface Gathered {
  readonly ids: Set<MessageId>;
  /** Settles as the addition of all of them does. */
  readonly sent: Promise<void>;
}

/** A rejection would be written to Redis with its message and stack: the consumer has told of it, and the outbox has the id. */
async function runOne(
  run: (id: MessageId, signal: AbortSignal) => Promise<void>,
  id: MessageId,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run(id, signal);
  } catch {
    // The entry goes away as if it had been done; the sweeper brings the id again.
  }
}

/** What BullMQ has to tell Redis at its end can't be told while that is away: then it is cut off, and locks run out by themselves. */
async function closeWorker(worker: Worker): Promise<void> {
  const closed = await endsWithin(CLOSE_WITHIN, worker.close());
  if (!closed) await worker.getBackend().close(true);
}

/**
 * Ids whose run has ended and whose entry is on its way out of Redis. To the consumer such an id runs no more, so adding it has to
 * wait that long, or Redis would ignore it.
 */
function createEnding() {
  const ending = new Map<MessageId, PromiseWithResolvers<void>>();
  return {
    begin: (id: MessageId): void => void ending.set(id, Promise.withResolvers()),
    end(id: MessageId | undefined): void {
      if (id === undefined) return;
      ending.get(id)?.resolve();
      ending.delete(id);
    },
    /** BullMQ does not say whose end failed: no one waits then, and the sweeper has the last word. */
    endAll(): void {
      for (const { resolve } of ending.values()) resolve();
      ending.clear();
    },
    async of(ids: readonly MessageId[]): Promise<void> {
      if (ending.size > 0) await Promise.all(ids.map((id) => ending.get(id)?.promise));
    },
  };
}

/** A client that reconnects for ever, and what of it gets told. */
function connect({ url, report }: BullQueueOptions, closing: AbortSignal) {
  const client = new Redis(url, {
    connectionName: 'cordon',
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
  let quiet = false;
  let reason = 'the connection closed';
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
    /** Waits until commands can be sent, or nobody waits for that any more. */
    async ready(late: AbortSignal): Promise<void> {
      while (client.status !== 'ready' && !late.aborted && !closing.aborted) await ready.promise;
    },
    failed(error: Error): void {
      // While Redis is away every command says so.
      if (client.status !== 'ready' || quiet || closing.aborted) return;
      quiet = true;
      setTimeout(() => {
        quiet = false;
      }, ERRORS_EACH).unref();
      report('error', error.message);
    },
  };
}

/** Where both addresses of a name refuse, Node's error has a code and no message. Neither holds the password. */
function reasonOfConnection(error: Error): string {
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}

/** Rejects when `work` takes longer, and tells it. What it has sent by then may still be carried out, which is harmless. */
async function within<T>(milliseconds: number, work: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const result = work(late.signal);
  if (await endsWithin(milliseconds, result)) return result;
  late.abort();
  throw new CordonError('queue.unavailable', `the queue did not answer within ${milliseconds / 1000} s: is Redis up?`);
}

/** True once `work` has ended in time; rejects as it does. What it does later is of no interest. */
async function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
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
