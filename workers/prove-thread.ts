import { parentPort, workerData } from 'node:worker_threads';
import { CordonError } from '../src/core/errors.ts';
import { compilePacks } from '../src/detect/compile.ts';
import { readSiteRules } from '../src/site-rules.ts';
import { compileTuning } from '../src/tuning/apply.ts';
import type { Proven, ProveThreadData } from './prove.ts';

/** Reads rules, proves them, and compiles them once: what ends here must not end a thread that scans. */

const { folders, flows, now }: ProveThreadData = workerData;

function prove(): Proven {
  try {
    const rules = readSiteRules(folders, flows, now);
    compilePacks(rules.packs);
    compileTuning(rules.overlays);
    return { rules };
  } catch (error) {
    if (error instanceof CordonError) return { code: error.code, message: error.message };
    throw error;
  }
}

parentPort?.postMessage(prove());
