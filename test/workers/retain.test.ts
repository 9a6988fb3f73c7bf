import { expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
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

it('shreds keys and makes months where somebody keeps a month from going, and says so', async () => {
  const calls: string[] = [];
  const vault = {
    dropExpired: async () => ({ bodies: 0, more: false }),
    shredKeys: async (now: number) => calls.push(`shred ${now}`),
  };
  const retention = {
    ahead: async (now: number) => void calls.push(`ahead ${now}`),
    dropBefore: () => Promise.reject(new CordonError('ledger.unavailable', 'what is needed is locked')),
  };
  await expect(retain({ vault, retention }, 5, 4)).rejects.toThrow('what is needed is locked');
  expect(calls).toEqual(['shred 5', 'ahead 5']);
});
