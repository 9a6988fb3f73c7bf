import type { BullQueueOptions } from './bullmq.ts';
import { createInlineQueue } from './inline.ts';
import type { Queue } from './queue.ts';

/** The queue in Redis where there is a URL of one, else in this process, which then loads nothing of BullMQ. */
export async function openQueue(options: Omit<BullQueueOptions, 'url'> & { readonly url: string | null }): Promise<Queue> {
  const { url, ...rest } = options;
  if (url === null) return createInlineQueue(rest);
  const { openBullQueue } = await import('./bullmq.ts');
  return openBullQueue({ url, ...rest });
}
