import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CordonError, type ErrorCode } from '../src/core/errors.ts';
import type { RuleFolders, SiteRules } from '../src/site-rules.ts';

/** Where rules are read from, and what they are proven against, as of `readSiteRules`. */
export interface ProveThreadData {
  readonly folders: RuleFolders;
  readonly flows: ReadonlySet<string>;
  readonly now: number;
}

/** Thread → main, once. */
export type Proven = { readonly rules: SiteRules } | { readonly code: ErrorCode; readonly message: string };

/**
 * Reads and proves rules in a thread of its own: proof takes seconds of processor, in which no sender would get an answer. Rejects with the
 * CordonError of what does not load (`config.invalid`, `rules.invalid`).
 */
export async function proveApart(data: ProveThreadData): Promise<SiteRules> {
  const worker = new Worker(new URL('./prove-thread.ts', import.meta.url), { workerData: data });
  try {
    const [proven]: readonly Proven[] = await once(worker, 'message');
    if (proven === undefined) throw new CordonError('rules.invalid', 'the thread that proves rules said nothing');
    if ('rules' in proven) return proven.rules;
    throw new CordonError(proven.code, proven.message);
  } finally {
    await worker.terminate();
  }
}
