import { parentPort, workerData } from 'node:worker_threads';
import { CordonError } from '../src/core/errors.ts';
import { compilePacks } from '../src/detect/compile.ts';
import { provenPacks } from '../src/proven-packs.ts';
import type { Proven, ProveThreadData } from './prove.ts';

/** Reads rules, proves them, and compiles them once: what ends here must not end a thread that scans. */

const { packs: folder }: ProveThreadData = workerData;

function prove(): Proven {
  try {
    const packs = provenPacks(folder);
    compilePacks(packs);
    return { rules: { packs } };
  } catch (error) {
    if (error instanceof CordonError) return { code: error.code, message: error.message };
    throw error;
  }
}

parentPort?.postMessage(prove());
