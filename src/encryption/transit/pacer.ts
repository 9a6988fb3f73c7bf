import { setTimeout as wait } from 'node:timers/promises';

/** Lets connections through one after another, so many a second and so many in all: a probe must not be felt by what it looks at. */
export interface Pacer {
  /** Connections let through. */
  readonly used: number;
  /** Resolves when the next may start: false when there is none left or it was stopped. */
  next(signal: AbortSignal): Promise<boolean>;
}

export function createPacer({ perSecond, connections }: { perSecond: number; connections: number }): Pacer {
  let used = 0;
  let free = 0;
  return {
    get used() {
      return used;
    },
    async next(signal) {
      if (used >= connections || signal.aborted) return false;
      const now = performance.now();
      const delay = Math.max(0, free - now);
      free = Math.max(free, now) + 1000 / perSecond;
      used++;
      // Rejects only when it is stopped.
      if (delay > 0) await wait(delay, undefined, { signal }).catch(() => undefined);
      return !signal.aborted;
    },
  };
}
