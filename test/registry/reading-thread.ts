import { parentPort, workerData } from 'node:worker_threads';
import type { Print } from '../../src/registry/print.ts';
import { readTable, type SharedTable } from '../../src/registry/table.ts';

/** Looks for one entry again and again, and says how often it was not there. */
const { shared, print }: { shared: SharedTable; print: Print } = workerData;
const reader = readTable(shared);
let missed = 0;
for (let look = 0; look < 2_000_000; look++) if (reader.find(print) === 0) missed += 1;
parentPort?.postMessage(missed);
