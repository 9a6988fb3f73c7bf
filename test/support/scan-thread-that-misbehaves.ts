import { parentPort, workerData } from 'node:worker_threads';
import {
  BUSY,
  type Learned,
  type NewRules,
  PLACE,
  type ScanReply,
  type ScanRequest,
  type ScanThreadData,
} from '../../workers/protocol.ts';

/**
 * A thread with the protocol of workers/scan.ts that does what a message's id says: `hang` spins for ever, `die` ends the process's
 * thread, `grow` eats the heap, `refuse` reports an error, `wait` one that passes, `away` waits a second for a ledger that does not answer;
 * `tell` reports the flows that it was told of, `rules` the overlays that are in force, `count` how many came with it; anything else is gone from the ledger.
 */
const { progress, overlays }: ScanThreadData = workerData;
const position = new Int32Array(progress);

let told: readonly string[] = [];
let inForce = overlays;

parentPort?.on('message', (message: ScanRequest | Learned | NewRules) => {
  if ('known' in message) {
    told = message.known.map(([flow, { transit }]) => `${flow} ${transit}`);
    return;
  }
  if ('rules' in message) {
    inForce = message.rules.overlays;
    return;
  }
  const { ids } = message;
  const reply: ScanReply = {
    outcomes: ids.map((id, index) => {
      Atomics.store(position, PLACE, index);
      Atomics.store(position, BUSY, id === 'away' ? 0 : 1);
      if (id === 'away') Atomics.wait(position, BUSY, 0, 1000);
      if (id === 'hang') for (;;) Atomics.load(position, PLACE);
      if (id === 'die') process.exit(1);
      if (id === 'grow') grow();
      if (id.startsWith('tell')) return { id, row: null, gone: false, error: told.join(', '), transient: false };
      if (id.startsWith('rules')) {
        return { id, row: null, gone: false, error: inForce.map(({ name }) => name).join(', '), transient: false };
      }
      if (id === 'count') return { id, row: null, gone: false, error: String(ids.length), transient: false };
      if (id === 'refuse') return { id, row: null, gone: false, error: 'refused', transient: false };
      if (id === 'wait') return { id, row: null, gone: false, error: 'not now', transient: true };
      return { id, row: null, gone: true };
    }),
  };
  parentPort?.postMessage(JSON.stringify(reply));
});

function grow(): void {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => index + kept.length));
}
