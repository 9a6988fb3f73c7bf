import { parentPort } from 'node:worker_threads';

/** The writer thread, but for a ping at -1, of which it dies. */
parentPort?.on('message', (request: unknown) => {
  if (JSON.stringify(request).includes('"argument":-1')) process.exit(1);
});
await import('../../../src/ledger/sqlite/writer-thread.ts');
