import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealedChunk } from '../../src/core/accept-row.ts';
import { CHUNK_BYTES, open, seal, sealedSize } from '../../src/ledger/vault/seal.ts';

const ID = '01900000-0000-7000-8000-000000000001';
const key = createSecretKey(randomBytes(32));

function bodyOf(size: number): Uint8Array {
  return randomBytes(size);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('seal and open', () => {
  it.each([0, 1, 1500, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
    'give back a body of %i bytes',
    (size) => {
      const body = bodyOf(size);
      const chunks = seal(body, key, ID);
      expect(chunks).toHaveLength(Math.max(1, Math.ceil(size / CHUNK_BYTES)));
      expect(chunks.reduce((sum, chunk) => sum + chunk.data.length, 0)).toBe(sealedSize(size));
      expect(same(open(chunks, key, ID), body)).toBe(true);
    },
  );

  it('never share memory with anything else, and never repeat themselves', () => {
    const body = Buffer.from('MSH|^~\\&|synthetic');
    const [one] = seal(body, key, ID);
    const [two] = seal(body, key, ID);
    expect(one?.data.byteLength).toBe(one?.data.buffer.byteLength);
    expect(Buffer.from(one?.data ?? []).includes('synthetic')).toBe(false);
    expect(same(one?.data ?? body, two?.data ?? body)).toBe(false);
  });
});

describe('open refuses', () => {
  const body = bodyOf(2 * CHUNK_BYTES + 10);
  const whole = seal(body, key, ID);
  const at = (number: number): SealedChunk => whole[number] ?? expect.fail('no such chunk');
  const changed = (chunk: SealedChunk, place: number): SealedChunk => {
    const data = new Uint8Array(chunk.data);
    data[place] = (data[place] ?? 0) ^ 1;
    return { ...chunk, data };
  };
  const cases: [string, () => readonly SealedChunk[]][] = [
    ['no chunk', () => []],
    ['the last chunk missing', () => whole.slice(0, 2)],
    ['the first chunk missing', () => whole.slice(1)],
    ['a chunk missing in the middle', () => [at(0), at(2)]],
    ['chunks in another order', () => [at(1), at(0), at(2)]],
    ['chunks in another order with numbers that fit', () => [{ ...at(1), number: 0 }, { ...at(0), number: 1 }, at(2)]],
    ['a chunk twice', () => [at(0), at(1), at(1), at(2)]],
    ['an earlier end with the flag set', () => [at(0), { ...at(1), last: true }]],
    ['the flag taken away', () => [at(0), at(1), { ...at(2), last: false }]],
    ['a chunk cut', () => [at(0), at(1), { ...at(2), data: at(2).data.subarray(0, -1) }]],
    ['a chunk of almost nothing', () => [{ number: 0, last: true, data: new Uint8Array(5) }]],
    ['a changed nonce', () => [at(0), changed(at(1), 0), at(2)]],
    ['a changed byte', () => [at(0), changed(at(1), 500), at(2)]],
    ['a changed tag', () => [at(0), at(1), changed(at(2), at(2).data.length - 1)]],
    ['a chunk of another message', () => [at(0), at(1), seal(body, key, `${ID.slice(0, -1)}2`)[2] ?? at(2)]],
  ];
  it.each(cases)('%s', (_name, chunks) => {
    expect(() => open(chunks(), key, ID)).toThrow(
      expect.objectContaining({ code: 'vault.corrupt', message: expect.stringContaining(ID) }),
    );
  });

  it('another key and another id', () => {
    const refused = expect.objectContaining({ code: 'vault.corrupt' });
    expect(() => open(whole, createSecretKey(randomBytes(32)), ID)).toThrow(refused);
    expect(() => open(whole, key, `${ID.slice(0, -1)}2`)).toThrow(refused);
  });

  it('any single bit changed anywhere', () => {
    const [chunk] = seal(Buffer.from('a short body'), key, ID);
    const data = chunk?.data ?? new Uint8Array();
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.nat(7), (place, bit) => {
        const other = new Uint8Array(data);
        other[place] = (other[place] ?? 0) ^ (1 << bit);
        expect(() => open([{ number: 0, last: true, data: other }], key, ID)).toThrow(
          expect.objectContaining({ code: 'vault.corrupt' }),
        );
      }),
    );
  });
});
