import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Keyring } from '../../src/keyring/keyring.ts';

/** What every Keyring does, a file or a key service. `create` makes a new one, `reopen` opens the same again. */
export function keyringConformance(
  name: string,
  make: () => Promise<{ keyring: Keyring; reopen: () => Promise<Keyring> }>,
): void {
  describe(`keyring: ${name}`, () => {
    it('opens what it wrapped, after a restart too', async () => {
      const { keyring, reopen } = await make();
      const dataKey = randomBytes(32);
      const wrapped = await keyring.wrap(dataKey);
      expect(Buffer.from(await keyring.unwrap(wrapped))).toEqual(dataKey);
      expect(Buffer.from(await (await reopen()).unwrap(wrapped))).toEqual(dataKey);
    });

    it('wraps the same key differently each time, and never in clear', async () => {
      const { keyring } = await make();
      const dataKey = randomBytes(32);
      const [one, two] = [await keyring.wrap(dataKey), await keyring.wrap(dataKey)];
      expect(one).not.toBe(two);
      expect(one).not.toContain(dataKey.toString('base64url'));
      expect(one).not.toContain(dataKey.toString('hex'));
    });

    it('says so where another keyring wrapped it', async () => {
      const { keyring } = await make();
      const { keyring: other } = await make();
      const wrapped = await other.wrap(randomBytes(32));
      await expect(keyring.unwrap(wrapped)).rejects.toMatchObject({ code: 'keyring.unknown-key' });
    });

    it('refuses a wrapped key that was changed or cut', async () => {
      const { keyring } = await make();
      const wrapped = await keyring.wrap(randomBytes(32));
      const place = wrapped.length - 8;
      const changed = wrapped.slice(0, place) + (wrapped[place] === 'A' ? 'B' : 'A') + wrapped.slice(place + 1);
      await expect(keyring.unwrap(changed)).rejects.toMatchObject({ code: 'keyring.invalid' });
      await expect(keyring.unwrap(wrapped.slice(0, -4))).rejects.toMatchObject({ code: 'keyring.invalid' });
    });

    it('has the same id, token key and digest key after a restart', async () => {
      const { keyring, reopen } = await make();
      const again = await reopen();
      expect(again.id).toBe(keyring.id);
      expect(again.tokenKey.kid).toBe(keyring.tokenKey.kid);
      expect(again.tokenKeys.get(keyring.tokenKey.kid)?.key.equals(keyring.tokenKey.key)).toBe(true);
      const digest = (ring: Keyring): string => createHmac('sha256', ring.digestKey).update('x').digest('hex');
      expect(digest(again)).toBe(digest(keyring));
      expect(digest((await make()).keyring)).not.toBe(digest(keyring));
    });
  });
}
