import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { ThreadLayout } from './map-elk-thread.ts';
import { type Graph, type Layout, plainLayout } from './map-layout.ts';

/** How long a page waits for the good layout; it goes on in its thread for the next reader. Milliseconds. */
const PAGE_WAITS = 3000;
/** When a thread is ended, however far it is. Milliseconds. */
const THREAD_LIMIT = 30_000;
const THREAD_MEMORY_MB = 256;
/** Layouts that are kept; one has some ten kilobytes. */
const KEPT = 64;

export interface Laid {
  readonly layout: Layout;
  /** Whether it is the plain one, since the good one was not there in time. */
  readonly plain: boolean;
}

/** Lays a graph out well; rejects where it can't. */
export type LayOut = (graph: Graph) => Promise<Layout>;

/**
 * Layouts by the content of their graph, made one at a time off the loop. What is not there in time is laid out plainly, and so is what failed. Counts and
 * colours are no content: a map that only grows in volume is not laid out again.
 */
export function createLayouts({ layOut = layOutInThread, waits = PAGE_WAITS }: { layOut?: LayOut; waits?: number } = {}) {
  const kept = new Map<string, Promise<Layout | null>>();
  let last: Promise<unknown> = Promise.resolve();

  function good(graph: Graph): Promise<Layout | null> {
    const digest = createHash('sha256').update(JSON.stringify(graph)).digest('base64url');
    const known = kept.get(digest);
    if (known !== undefined) return known;
    const made = last.then(() => layOut(graph)).catch(() => null);
    last = made;
    kept.set(digest, made);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return made;
  }

  return async (graph: Graph): Promise<Laid> => {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), waits);
    const layout = await Promise.race([good(graph), late.promise]);
    clearTimeout(timer);
    return layout === null ? { layout: plainLayout(graph), plain: true } : { layout, plain: false };
  };
}

/** A thread for each layout: nothing waits idle, and ending it is the bound. */
async function layOutInThread(graph: Graph): Promise<Layout> {
  const worker = new Worker(new URL('./map-elk-thread.ts', import.meta.url), {
    workerData: graph,
    name: 'map-layout',
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY_MB },
  });
  worker.unref();
  const answer = Promise.withResolvers<ThreadLayout>();
  const timer = setTimeout(() => answer.reject(new Error('the layout took too long')), THREAD_LIMIT);
  timer.unref();
  worker.once('message', (layout: ThreadLayout) => answer.resolve(layout));
  worker.once('error', (error) => answer.reject(error));
  worker.once('exit', () => answer.reject(new Error('the layout ended without an answer')));
  try {
    const { nodes, lines, ...size } = await answer.promise;
    return { ...size, nodes: new Map(nodes), lines: new Map(lines) };
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** The layouts of this process: the map's and those of traces. */
export const layoutOf = createLayouts();
