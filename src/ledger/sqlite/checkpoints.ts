import { Worker } from 'node:worker_threads';

export interface CheckpointData {
  readonly path: string;
  /** Milliseconds between two looks at the log. */
  readonly every: number;
  /** Pages of the log that make a copy worth it. */
  readonly pages: number;
}

const EVERY = 100;
const PAGES = 4000;

/** The main thread's end of the checkpoint thread. */
export interface Checkpoints {
  close(): Promise<void>;
}

/**
 * Starts the thread that copies the log into the file beside the writer, so that no commit waits for the copy
 * (docs/adr/0010-one-writer-thread.md). Should it end, the writer's own limit takes over, as it does where this thread falls behind.
 */
export function startCheckpoints(path: string): Checkpoints {
  const workerData: CheckpointData = { path, every: EVERY, pages: PAGES };
  const worker = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData, name: 'ledger-checkpoints' });
  // A ledger that cannot be opened or read is reported by the writer, whose answers somebody waits for.
  worker.on('error', () => {});
  worker.unref();
  return {
    async close() {
      await worker.terminate();
    },
  };
}
