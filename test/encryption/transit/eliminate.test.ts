import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eliminate } from '../../../src/encryption/transit/eliminate.ts';
import type { Answer } from '../../../src/encryption/transit/exchange.ts';
import { readServerFlight } from '../../../src/encryption/transit/server-hello.ts';
import { serverFlight } from '../../doubles/tls-server-hello.ts';

function answerOf(suite: number | undefined): Answer {
  const result = suite === undefined ? null : readServerFlight(serverFlight(0x0303, suite, {}));
  return result?.kind === 'flight' ? result : { kind: 'alert', level: 2, description: 40 };
}

describe('eliminate', () => {
  it('finds exactly what a server accepts, in its order, with one question more', async () => {
    const codes = fc.uniqueArray(fc.integer({ min: 1, max: 0xffff }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(codes, codes, async (offered, accepts) => {
        let asked = 0;
        const found = await eliminate(
          offered,
          async (left) => {
            asked++;
            return answerOf(accepts.find((code) => left.includes(code)));
          },
          ({ hello }) => hello.suite,
        );
        expect(found.accepted).toEqual(accepts.filter((code) => offered.includes(code)));
        expect(found.complete).toBe(true);
        expect(asked).toBeLessThanOrEqual(found.accepted.length + 1);
      }),
    );
  });

  it('ends with a server that chooses what was not offered, and is not complete when an answer fails to come', async () => {
    const stubborn = await eliminate(
      [1, 2],
      async () => answerOf(1),
      ({ hello }) => hello.suite,
    );
    expect(stubborn).toMatchObject({ accepted: [1], complete: true });
    const silent = await eliminate(
      [1, 2],
      async (left) => (left.length === 2 ? answerOf(2) : { kind: 'silent' }),
      ({ hello }) => hello.suite,
    );
    expect(silent).toMatchObject({ accepted: [2], complete: false, last: { kind: 'silent' } });
  });
});
