import { expect, it } from 'vitest';
import { retain } from '../../workers/retain.ts';

it('drops slice after slice until none is left, then rows, then shreds keys, then makes months', async () => {
  const slices = [200, 200, 7];
  const calls: string[] = [];
  const dropped = await retain(
    {
      vault: {
        dropExpired: async (now) => {
          calls.push(`drop ${now}`);
          const bodies = slices.shift() ?? 0;
          return { bodies, more: slices.length > 0 };
        },
        shredKeys: async (now) => {
          calls.push(`shred ${now}`);
          return 2;
        },
      },
      retention: {
        ahead: async (now) => void calls.push(`ahead ${now}`),
        dropBefore: async (at) => {
          calls.push(`rows ${at}`);
          return { messages: 11, incidents: 1, pending: 3, failed: 0 };
        },
      },
    },
    5,
    4,
  );
  expect(dropped).toEqual({ bodies: 407, keys: 2, messages: 11, incidents: 1, pending: 3, failed: 0 });
  expect(calls).toEqual(['drop 5', 'drop 5', 'drop 5', 'rows 1', 'shred 5', 'ahead 5']);
});
