import { workerData } from 'node:worker_threads';
import { CordonError } from '../../core/errors.ts';
import type { CheckpointData } from './checkpoints.ts';
import { openCopying } from './connection.ts';

/** The thread that copies the log into the file while the writer goes on (sqlite.org/wal.html, "Checkpointing"). */
const { path, every, pages }: CheckpointData = workerData;
const connection = openCopying(path);

/** Copies after each other: what the writer adds meanwhile is less each time, until one reaches the end and the log begins anew. */
const CHASE = 5;

setInterval(() => {
  try {
    for (let turn = 0; turn < CHASE; turn++) {
      const { log, checkpointed } = connection.checkpoint('NOOP');
      if (log - checkpointed < (turn === 0 ? pages : pages / 64)) return;
      connection.checkpoint('PASSIVE');
    }
  } catch (error) {
    // A disk that is full or fails now: the writer meets it too, its callers are told, and the next turn tries again.
    if (!(error instanceof CordonError) || error.retry !== 'transient') throw error;
  }
}, every);
