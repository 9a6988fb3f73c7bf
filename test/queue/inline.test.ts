import { expect, it } from 'vitest';
import { createInlineQueue } from '../../src/queue/inline.ts';
import { queueConformance } from '../conformance/queue.ts';

queueConformance('inline', async (concurrency) => createInlineQueue({ concurrency }));

it('has one consumer', () => {
  const queue = createInlineQueue({ concurrency: 1 });
  queue.work(async () => undefined);
  expect(() => queue.work(async () => undefined)).toThrow('consumer');
});
