import type { BullQueueOptions } from './bullmq.ts';
import { createInlineQueue } from './inline.ts';
import type { Queue } from './queue.ts';

interface QueueOptions extends Omit<BullQueueOptions, 'url'> {
  readonly url: string | null;
  /** PEM of the authorities that a Redis at `rediss://` is trusted by, instead of the public ones. */
  readonly ca?: string | undefined;
}

/**
 * The queue in Redis where there is a URL of one, else in this process, which then loads nothing of BullMQ. Rejects with `config.invalid` where
 * Redis answers with a certificate that is not trusted; that it does not answer is no reason.
 */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { url, ...rest } = options;
  if (url === null) return createInlineQueue(rest);
  const [{ openBullQueue }, { refuseUntrusted }] = await Promise.all([import('./bullmq.ts'), import('./trust.ts')]);
  if (url.startsWith('rediss:')) await refuseUntrusted(url, rest.ca);
  return openBullQueue({ url, ...rest });
}
