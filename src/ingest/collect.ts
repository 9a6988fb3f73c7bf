import { type Collected, createKeep } from './keep.ts';
import type { Limits } from './limits.ts';

export interface Collector {
  add(chunk: Uint8Array): void;
  /** Bytes kept so far. */
  readonly held: number;
  readonly total: number;
  /** Hands over what came and starts afresh. */
  take(): Collected;
}

/** Gathers the chunks of one body under the limits: its first bytes are kept, the rest is counted and digested. */
export function createCollector(limits: Limits): Collector {
  const body = createKeep(limits);
  return {
    add: (chunk) => body.keep(chunk),
    get held() {
      return body.held;
    },
    get total() {
      return body.total;
    },
    take: () => body.take(),
  };
}
