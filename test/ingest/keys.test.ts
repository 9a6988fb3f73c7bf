import { describe, expect, test } from 'vitest';
import { createKeyCheck, hashKey, makeKey, presentedKey, sameText } from '../../src/ingest/keys.ts';

test('a key is random, named by its id, and rests as a hash', () => {
  const first = makeKey();
  expect(first.key).toMatch(/^cdn_[0-9a-f]{12}_[0-9a-f]{64}$/);
  expect(first.key).toContain(`_${first.id}_`);
  expect(first.hash).toBe(hashKey(first.key));
  expect(makeKey().key).not.toBe(first.key);
});

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  ['Bearer cdn_a_b', 'cdn_a_b'],
  ['bearer  cdn_a_b', 'cdn_a_b'],
  [basic('engine:cdn_a_b'), 'cdn_a_b'],
  [basic(':cdn_a_b'), 'cdn_a_b'],
  [basic('cdn_a_b'), 'cdn_a_b'],
  ['Digest x', null],
  ['Bearer', null],
  ['', null],
  [undefined, null],
])('reads the key of %j', (header, key) => {
  expect(presentedKey(header)).toBe(key);
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'ab', false],
])('compares %s and %s', (left, right, same) => {
  expect(sameText(left, right)).toBe(same);
});

describe('looks keys up', () => {
  const fresh = makeKey();

  function store() {
    let now = 0;
    const asked: string[] = [];
    const known = new Map([[fresh.hash, { id: fresh.id, scope: 'ingest' }]]);
    const check = createKeyCheck(
      async (hash) => {
        asked.push(hash);
        return known.get(hash) ?? null;
      },
      () => now,
      1000,
    );
    return { asked, known, check, advance: (by: number) => (now += by) };
  }

  test('once per time to live, right or wrong', async () => {
    const { asked, check, advance } = store();
    const wrong = makeKey().key;
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await check(fresh.key)).toEqual({ id: fresh.id, scope: 'ingest' });
      expect(await check(wrong)).toBeNull();
    }
    expect(asked).toHaveLength(2);
    advance(1000);
    await check(fresh.key);
    expect(asked).toHaveLength(3);
  });

  test('a revoked key ends with its time to live', async () => {
    const { known, check, advance } = store();
    await check(fresh.key);
    known.clear();
    expect(await check(fresh.key)).not.toBeNull();
    advance(1000);
    expect(await check(fresh.key)).toBeNull();
  });

  test('what has not the form of a key is not looked up', async () => {
    const { asked, check } = store();
    for (const text of ['', 'cdn_', 'secret', `${fresh.key}0`]) expect(await check(text)).toBeNull();
    expect(asked).toEqual([]);
  });

  test('a failed look-up passes through and is tried again', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve({ id: fresh.id })];
    const check = createKeyCheck(
      () => answers.shift() ?? Promise.resolve(null),
      () => 0,
    );
    await expect(check(fresh.key)).rejects.toThrow('down');
    expect(await check(fresh.key)).toEqual({ id: fresh.id });
  });

  test('forgets the oldest rather than growing', async () => {
    const { asked, check } = store();
    await check(fresh.key);
    for (let other = 0; other < 1024; other++) await check(makeKey().key);
    await check(fresh.key);
    expect(asked).toHaveLength(1026);
  });
});
