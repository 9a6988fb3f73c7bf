import { type BullQueueOptions, openBullQueue } from './bullmq.ts';
import { createInlineQueue } from './inline.ts';
import type { Queue } from './queue.ts';

/** The queue in Redis where there is a URL of one, else in this process. */
export function openQueue({ url, ...options }: Omit<BullQueueOptions, 'url'> & { readonly url: string | null }): Queue {
  return url === null ? createInlineQueue(options) : openBullQueue({ url, ...options });
}
