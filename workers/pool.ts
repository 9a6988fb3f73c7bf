import { Worker } from 'node:worker_threads';
import { CordonError, reasonOf } from '../src/core/errors.ts';
import type { MessageId } from '../src/core/vocabulary.ts';
import { fromJson } from '../src/ledger/json.ts';
import type { ScanRow } from '../src/ledger/ledger.ts';
import type { KnownFlows } from '../src/policy/standing.ts';
import type { Grown, SharedTable } from '../src/registry/table.ts';
import type { Rules } from '../src/rules-in-force.ts';
import {
  BUSY,
  type Kept,
  type Learned,
  type NewRules,
  PLACE,
  PROGRESS_BYTES,
  type RegistryGrown,
  type ScanReply,
  type ScanRequest,
  type ScanThreadData,
} from './protocol.ts';

export interface PoolOptions {
  readonly threads: number;
  /** Milliseconds one message may take before its thread is ended; waiting for the ledger or the keyring does not count. */
  readonly timeLimit: number;
  /** MiB of V8 heap a thread may use. Buffers are outside of it: sizes are bounded by LIMIT. */
  readonly memoryLimit: number;
  readonly data: Omit<ScanThreadData, 'progress' | 'registry'>;
  /** The registry as it is when a thread starts; left out: none is looked up. */
  readonly registry?: () => SharedTable;
  /**
   * Whether one thread more may work now, since nobody waits for what the cores do beside: asked before each of its batches. It is started when first
   * needed. Left out: there is none.
   */
  readonly helps?: () => boolean;
  /** Told of a thread that ended of itself or was ended; the text holds no value of a message. */
  onCrash(reason: string): void;
  /** The thread's module; tests put one that hangs or dies here. */
  readonly module?: URL;
}

export interface ScanPool {
  /** The row to save, or null where the message is gone. Rejects with `scan.crashed` or `scan.budget` when its thread died of it. */
  scan(id: MessageId): Promise<ScanRow | null>;
  /** What is known of flows from now on, by every message that was not handed to a thread yet. */
  learn(known: KnownFlows): void;
  /** Names of sightings of devices that are saved (devices.ts). A thread that starts later tells them once more, which changes nothing. */
  kept(names: readonly string[]): void;
  /** What judges every message that was not handed to a thread yet. */
  rules(rules: Rules): void;
  /** A part of the registry has a larger memory. */
  grown(grown: Grown): void;
  close(): Promise<void>;
}

/** Ids sent to a thread in one go: wakes are dearer than scans, and a hung message must not hold up many. */
const BATCH = 32;
const WATCH_INTERVAL = 200;
/** Looks in a row that find messages waiting and nobody else, before one thread more is started, with a heap of its own. */
const STARTS_HELPER = 5;
/** A thread that ends without work to blame cannot start at all (a broken installation): do not spin. */
const RESTART_DELAY = 1000;

interface Job {
  readonly id: MessageId;
  readonly resolve: (row: ScanRow | null) => void;
  readonly reject: (error: CordonError) => void;
}

interface Slot {
  worker: Worker;
  readonly progress: Int32Array;
  /** Whether it is the one that works only while it may. */
  readonly isHelper: boolean;
  jobs: readonly Job[];
  /** Where the batch stood when the watchdog last saw it move, and when that was. */
  seen: number;
  seenAt: number;
  /** Why it is being ended; null while it lives. */
  ending: CordonError | null;
}

/**
 * Threads that open, parse, detect and decide. A message that hangs or kills its thread costs that thread and nothing else: the
 * thread is replaced, the message rejected, and the rest of its batch goes to another.
 */
export function createScanPool(options: PoolOptions): ScanPool {
  const waiting: Job[] = [];
  const slots: Slot[] = [];
  let closed = false;
  let gathering = false;
  let learned: Learned = { known: [] };
  let data = options.data;
  let quiet = 0;
  for (let count = 0; count < options.threads; count++) slots.push(startSlot(false));
  const watchdog = setInterval(watch, WATCH_INTERVAL);
  watchdog.unref();

  function startSlot(isHelper: boolean): Slot {
    const progress = new SharedArrayBuffer(PROGRESS_BYTES);
    const slot: Slot = {
      worker: startWorker(progress),
      progress: new Int32Array(progress),
      isHelper,
      jobs: [],
      seen: -1,
      seenAt: 0,
      ending: null,
    };
    attach(slot);
    if (learned.known.length > 0) slot.worker.postMessage(learned);
    return slot;
  }

  function startWorker(progress: SharedArrayBuffer): Worker {
    const registry = options.registry?.();
    const workerData: ScanThreadData = { ...data, progress, ...(registry === undefined ? {} : { registry }) };
    const worker = new Worker(options.module ?? new URL('./scan.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: options.memoryLimit },
    });
    return worker;
  }

  function attach(slot: Slot): void {
    const { worker } = slot;
    worker.on('message', (reply: string) => settle(slot, fromJson<ScanReply>(reply)));
    worker.on('error', (error) => {
      slot.ending ??= new CordonError('scan.crashed', `a scan thread ended: ${crashText(error)}`, { cause: error });
    });
    worker.on('exit', () => {
      if (!closed) replace(slot);
    });
  }

  function settle(slot: Slot, reply: ScanReply): void {
    const { jobs } = slot;
    slot.jobs = [];
    for (const [index, job] of jobs.entries()) {
      const outcome = reply.outcomes[index];
      if (outcome === undefined)
        job.reject(new CordonError('scan.crashed', 'a scan thread answered for fewer messages than it was given'));
      else if (outcome.row !== null || outcome.gone) job.resolve(outcome.row);
      // "Not now" of the ledger or the keyring says nothing of the message: it counts as no attempt.
      else job.reject(new CordonError(outcome.transient ? 'ledger.unavailable' : 'scan.failed', outcome.error));
    }
    feed(slot, share());
  }

  function replace(slot: Slot): void {
    const { jobs } = slot;
    const reason = slot.ending ?? new CordonError('scan.crashed', 'a scan thread ended without a reason');
    const guilty = Math.max(0, Math.min(Atomics.load(slot.progress, PLACE), jobs.length - 1));
    options.onCrash(reason.message);
    restart(slot, jobs.length === 0 ? RESTART_DELAY : 0);
    // Those before the guilty one were scanned, but their answer was lost with the thread: scanning twice gives the same rows.
    for (const [position, job] of jobs.entries()) {
      if (position === guilty) job.reject(reason);
      else waiting.push(job);
    }
  }

  function restart(slot: Slot, delay: number): void {
    const timer = setTimeout(() => {
      if (closed) return;
      const fresh = startSlot(slot.isHelper);
      slots[slots.indexOf(slot)] = fresh;
      feed(fresh, share());
    }, delay);
    timer.unref();
  }

  /** Once for all that come in one go, as a queue hands them out: or the first would go to a thread alone, and so the second. */
  function gather(): void {
    if (gathering) return;
    gathering = true;
    queueMicrotask(() => {
      gathering = false;
      const each = share();
      for (const slot of slots) feed(slot, each);
    });
  }

  /** So that two threads split what waits instead of one taking it all. */
  function share(): number {
    return Math.max(1, Math.min(BATCH, Math.ceil(waiting.length / slots.filter(mayWork).length)));
  }

  function mayWork({ isHelper }: Slot): boolean {
    return !isHelper || options.helps?.() === true;
  }

  /** Starts one thread more where messages wait for long and nobody else does; what one that rests may take again, it takes here. */
  function help(): void {
    if (options.helps === undefined) return;
    quiet = waiting.length > 0 && options.helps() ? quiet + 1 : 0;
    if (quiet >= STARTS_HELPER && !slots.some(({ isHelper }) => isHelper)) slots.push(startSlot(true));
    for (const slot of slots) if (slot.isHelper) feed(slot, share());
  }

  function feed(slot: Slot, count: number): void {
    if (closed || slot.jobs.length > 0 || slot.ending !== null || waiting.length === 0 || !mayWork(slot)) return;
    slot.jobs = waiting.splice(0, count);
    Atomics.store(slot.progress, PLACE, 0);
    Atomics.store(slot.progress, BUSY, 0);
    slot.seen = -1;
    slot.seenAt = Date.now();
    const request: ScanRequest = { ids: slot.jobs.map((job) => job.id) };
    slot.worker.postMessage(request);
  }

  function watch(): void {
    help();
    const now = Date.now();
    for (const slot of slots) {
      if (slot.jobs.length === 0 || slot.ending !== null) continue;
      const at = Atomics.load(slot.progress, PLACE);
      if (at !== slot.seen || Atomics.load(slot.progress, BUSY) === 0) {
        slot.seen = at;
        slot.seenAt = now;
      } else if (now - slot.seenAt > options.timeLimit) {
        slot.ending = new CordonError('scan.budget', `a message took more than ${options.timeLimit} ms to scan`);
        slot.worker.terminate().catch((error) => options.onCrash(reasonOf(error)));
      }
    }
  }

  return {
    scan(id) {
      if (closed) return Promise.reject(new CordonError('scan.crashed', 'the scan pool is closed'));
      const { promise, resolve, reject } = Promise.withResolvers<ScanRow | null>();
      waiting.push({ id, resolve, reject });
      gather();
      return promise;
    },
    learn(known) {
      learned = { known: [...known] };
      for (const { worker } of slots) worker.postMessage(learned);
    },
    kept(names) {
      const kept: Kept = { kept: names };
      for (const { worker } of slots) worker.postMessage(kept);
    },
    rules(rules) {
      // Of threads that start later too, one that takes the place of another.
      data = { ...data, ...rules };
      const message: NewRules = { rules };
      for (const { worker } of slots) worker.postMessage(message);
    },
    grown(grown) {
      const message: RegistryGrown = { grown };
      for (const { worker } of slots) worker.postMessage(message);
    },
    async close() {
      closed = true;
      clearInterval(watchdog);
      await Promise.all(slots.map((slot) => slot.worker.terminate()));
      const gone = new CordonError('scan.crashed', 'the scan pool was closed');
      for (const job of [...waiting.splice(0), ...slots.flatMap((slot) => slot.jobs)]) job.reject(gone);
    },
  };
}

/** Only V8's own codes: the text of an arbitrary error could quote what the thread was reading. */
function crashText(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown error';
}
