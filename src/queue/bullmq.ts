import { Queue as Entries } from 'bullmq';
import { v7 as uuidv7 } from 'uuid';
import { CordonError } from '../core/errors.ts';
import type { MessageId } from '../core/vocabulary.ts';
import { type ConnectionOptions, connect, endsWithin, within } from './bullmq/connection.ts';
import { idsOf, startConsumer } from './bullmq/consumer.ts';
import { createHeldIds } from './bullmq/held.ts';
import type { Depth, Queue } from './queue.ts';

/** Name of the queue under the prefix, and of each job. */
const NAME = 'scan';

/** Ids of one job: enough that BullMQ's own work for it weighs little on each, and no more than a scan thread is given at once. */
const JOB = 32;

/** Ids that go to Redis at once, as jobs of `JOB`, before others get their turn. */
const SLICE = 1_024;

/** Jobs on their way to Redis. Past it Redis takes what it is sent and answers nothing, and more would only pile up in this process. */
const UNANSWERED = 1_024;

/** Milliseconds. A queue that does not take ids by then is down: what they belong to is in the outbox, and nobody waits for more. */
const ADD_WITHIN = 1_000;
const CLOSE_WITHIN = 3_000;

export interface BullQueueOptions extends ConnectionOptions {
  /** Of every key, so that others can use the same Redis. */
  readonly prefix: string;
  /** Ids that run at once in this process. All processes of a queue should have the same. */
  readonly concurrency: number;
  /** Milliseconds that a job belongs to a worker which no longer says so, and between two looks for such jobs. */
  readonly lockDuration?: number;
  readonly stalledInterval?: number;
}

/**
 * The queue of several processes, on Redis with BullMQ. Any of them adds, those that called `work` share what there is. A job carries
 * the ids that came together, one where one came alone, and nothing else: no result, no reason of a failure.
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
    // One attempt: the outbox and its sweeper are what tries again.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  entries.on('error', connection.failed);
  const held = createHeldIds(connection.client, `${prefix}:ids`, `${prefix}:${NAME}:`, connection.failed);
  // Of a small concurrency an eighth, so that a worker which has no room for a whole job stands idle with little of it.
  const most = Math.max(1, Math.min(JOB, Math.floor(concurrency / 8)));
  let consumer: ReturnType<typeof startConsumer> | null = null;
  let gathered: Gathered | null = null;
  let unanswered = 0;

  /** What is added in one turn of the loop, as messages of one commit are, goes to Redis together. */
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
    for (let start = 0; start < ids.length && !late.aborted && !abort.signal.aborted; start += SLICE) {
      if (unanswered >= UNANSWERED) throw new CordonError('queue.unavailable', 'the queue answers nothing: is Redis up?');
      // On the same connection, so before the addition: what has ended here can come again.
      held.flush();
      await Promise.all(shares(ids.slice(start, start + SLICE), most).map(carry));
    }
  }

  /** However late it is: ids that are held and in no job would have to wait for the sweeper. */
  async function carry(ids: readonly MessageId[]): Promise<void> {
    const jobId = uuidv7();
    unanswered++;
    try {
      const got = await held.hold(jobId, ids);
      if (got.length > 0) await entries.add(NAME, got, { jobId });
    } finally {
      unanswered--;
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
      if (consumer !== null) throw new TypeError('the queue has its consumer already');
      consumer = startConsumer({
        name: NAME,
        connection: connection.client,
        prefix,
        concurrency,
        most,
        lockDuration,
        stalledInterval,
        held,
        run,
        closing: abort.signal,
        failed: connection.failed,
      });
    },
    async depth(): Promise<Depth> {
      return within(ADD_WITHIN, async (late) => {
        await connection.ready(late);
        const [all, active] = await Promise.all([held.count(), entries.getActive()]);
        // A job may end between the two answers.
        const ids = active.reduce((sum, job) => sum + idsOf(job).length, 0);
        return { waiting: Math.max(0, all - ids), running: ids };
      });
    },
    async close() {
      if (abort.signal.aborted) return;
      abort.abort();
      await consumer?.close();
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

/** As few shares as there can be, all of one size as nearly as can be, so that workers which take one each have as much to do. */
function shares(ids: readonly MessageId[], most: number): MessageId[][] {
  const size = Math.ceil(ids.length / Math.ceil(ids.length / most));
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));
}
