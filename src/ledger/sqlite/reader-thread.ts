import { parentPort, workerData } from 'node:worker_threads';
import { CordonError, reasonOf } from '../../core/errors.ts';
import { openReading } from './connection.ts';
import type { ReaderData, ReadOutcome, ReadRequest } from './reader.ts';

/** The thread that runs what pages and commands read, so that a long query never holds up a listener. */
const { path }: ReaderData = workerData;
const port = parentPort;
if (port === null) throw new Error('reader-thread.ts runs as a worker thread of reader.ts');

const connection = openReading(path);

port.on('message', (request: ReadRequest) => {
  if (request === null) {
    connection.close();
    port.close();
    return;
  }
  const outcomes: ReadOutcome[] = request.map((statement) => {
    try {
      return { ok: true, rows: connection.all(statement) };
    } catch (error) {
      return { ok: false, code: error instanceof CordonError ? error.code : null, message: reasonOf(error) };
    }
  });
  port.postMessage(outcomes);
});
port.postMessage([]);
