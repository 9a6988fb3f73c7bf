import { type ConnectionOptions, type Job, Worker } from 'bullmq';
import { z } from 'zod';
import type { MessageId } from '../../core/vocabulary.ts';
import { endsWithin } from './connection.ts';
import type { HeldIds } from './held.ts';
import { createRoom } from './room.ts';

const CLOSE_WITHIN = 3_000;

/** What a job carries. */
const Ids = z.array(z.string());

export interface ConsumerOptions {
  /** Of the queue, under the prefix. */
  readonly name: string;
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  /** Ids that run at once, and ids of one job at most. */
  readonly concurrency: number;
  readonly most: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly held: HeldIds;
  readonly run: (id: MessageId, signal: AbortSignal) => Promise<void>;
  /** Aborts as closing begins: ids of jobs that are handed out later are not run. */
  readonly closing: AbortSignal;
  readonly failed: (error: Error) => void;
}

/** Takes jobs from BullMQ and runs their ids, never more at once than it may. `close` waits for those that run. */
export function startConsumer(options: ConsumerOptions): { close(): Promise<void> } {
  const { name, connection, prefix, lockDuration, stalledInterval, held, run, closing, failed } = options;
  const room = createRoom(options.concurrency, options.most);
  const running = new Set<Promise<unknown>>();
  const worker = new Worker(name, work, {
    connection,
    prefix,
    concurrency: room.jobs(),
    lockDuration,
    stalledInterval,
    // BullMQ waits so long before it tries again what a lost connection cut off.
    runRetryDelay: 1_000,
  });
  worker.on('active', (job) => {
    room.took(String(job.id), idsOf(job).length);
    worker.concurrency = room.jobs();
  });
  // It was not run: the workers that had it died, one after the other. Its ids are the sweeper's.
  worker.on('failed', (job) => {
    if (job === undefined) return;
    held.ended(idsOf(job));
    over(job);
  });
  worker.on('error', failed);

  async function work(job: Job): Promise<void> {
    const runs = Promise.all(idsOf(job).map((id) => one(id, String(job.id))));
    running.add(runs);
    await runs;
    running.delete(runs);
    over(job);
  }

  async function one(id: MessageId, job: string): Promise<void> {
    // What BullMQ hands out after closing has begun stays in the outbox.
    if (!closing.aborted) await runOne(run, id, closing);
    held.ended([id]);
    room.ended(job);
    worker.concurrency = room.jobs();
  }

  /** Before BullMQ ends the job: no id stays held without a job, and BullMQ fetches the next one if there is room. */
  function over(job: Job): void {
    held.flush();
    room.gone(String(job.id));
    worker.concurrency = room.jobs();
  }

  return {
    async close() {
      // First, so that it fetches no more: jobs that it got while what runs ends would be over without a run, and with them all that waits.
      const ending = worker.close();
      await Promise.all(running);
      // What BullMQ has to tell Redis at its end can't be told while that is away: then it is cut off, and locks run out by themselves.
      const closed = await endsWithin(CLOSE_WITHIN, ending);
      if (!closed) await worker.getBackend().close(true);
    },
  };
}

/** None where it is no job of ours. */
export function idsOf(job: Pick<Job, 'data'>): readonly MessageId[] {
  return Ids.safeParse(job.data).data ?? [];
}

/** A rejection would be written to Redis with its message and stack: the consumer has told of it, and the outbox has the id. */
async function runOne(run: ConsumerOptions['run'], id: MessageId, signal: AbortSignal): Promise<void> {
  try {
    await run(id, signal);
  } catch {
    // The id goes away as if it had been done; the sweeper brings it again.
  }
}
