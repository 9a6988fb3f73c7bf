import { expect, it } from 'vitest';
import { retain } from '../../workers/retain.ts';

it('drops slice after slice until none is left, then shreds keys', async () => {
  const slices = [200, 200, 7];
  const calls: string[] = [];
  const dropped = await retain(
    {
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
    5,
  );
  expect(dropped).toEqual({ bodies: 407, keys: 2 });
  expect(calls).toEqual(['drop 5', 'drop 5', 'drop 5', 'shred 5']);
});
