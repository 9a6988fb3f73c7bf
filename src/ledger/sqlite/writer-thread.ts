import { parentPort, workerData } from 'node:worker_threads';
import { reasonOf } from '../../core/errors.ts';
import { createOperations } from '../operations.ts';
import { runBatch } from './batch.ts';
import { sqliteBuilder } from './builder.ts';
import { openWriting } from './connection.ts';
import type { WriterData, WriterReply, WriterRequest } from './writer.ts';

/** The thread that owns the only writing connection. A request is a batch: it is committed before it is answered. */
const { path }: WriterData = workerData;
const port = parentPort;
if (port === null) throw new Error('writer-thread.ts runs as a worker thread of writer.ts');
const reply = (message: WriterReply): void => port.postMessage(message);

const connection = openWriting(path, false);
const operations = createOperations(sqliteBuilder());

/** Batches run one after another, whatever awaits inside. */
let last: Promise<void> = Promise.resolve();
port.on('message', (request: WriterRequest) => {
  last = last.then(() => serve(request));
});
reply({ kind: 'ready' });

async function serve(request: WriterRequest): Promise<void> {
  if (request.kind === 'close') {
    try {
      // Leaves one file behind, not three.
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      connection.close();
      port?.close();
    }
    return;
  }
  if (request.kind === 'checkpoint') {
    try {
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      reply({ kind: 'checkpointed', problem: null });
    } catch (error) {
      reply({ kind: 'checkpointed', problem: reasonOf(error) });
    }
    return;
  }
  reply({ kind: 'done', outcomes: await runBatch(connection, operations, request.calls, path) });
}
