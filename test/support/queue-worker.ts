import { createInterface } from 'node:readline';
import { openBullQueue } from '../../src/queue/bullmq.ts';

/**
 * A worker process for tests of the queue: `queue-worker.ts URL PREFIX hold|run`. It prints each id that it runs, and `hold` ends
 * none of them. It ends with its standard input.
 */
const [url = '', prefix = '', mode] = process.argv.slice(2);
const queue = openBullQueue({
  url,
  prefix,
  concurrency: 4,
  lockDuration: 1_000,
  stalledInterval: 300,
  report: (event, reason) => process.stderr.write(`${event} ${reason}\n`),
});
queue.work(async (id, signal) => {
  process.stdout.write(`${id}\n`);
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (mode === 'run') setTimeout(resolve, 2);
  });
});
createInterface({ input: process.stdin }).on('close', () => void queue.close());
