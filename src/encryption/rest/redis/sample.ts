import type { Outcome } from '../../../core/evidence.ts';
import { type Cell, claimsEncryption, judgeCells } from '../cells.ts';
import { HEAD_BYTES, recogniseClear } from '../clear.ts';
import { type Finding, unknown } from '../evidence-row.ts';
import { type Asking, reasonOfRedis } from './open.ts';

/** Keys that are looked at, and strings that are read of them. */
const KEYS = 500;
const STRINGS = 100;

/** Check `sample`: the beginnings of some strings. Values of other types have no bound on what one element brings, and are counted. */
export async function sampleKeys(redis: Asking, volume: Outcome, signal: AbortSignal): Promise<Finding> {
  const cells: Cell[] = [];
  let [keys, otherTypes, notRead] = [0, 0, 0];
  try {
    for await (const key of keysOf(redis)) {
      if (signal.aborted || ++keys > KEYS || cells.length >= STRINGS) break;
      const found = await headOf(redis, key);
      if (found === 'denied') notRead++;
      else if (found === 'other') otherTypes++;
      else cells.push({ claims: claimsEncryption(key.toString('latin1')), format: recogniseClear(found) });
    }
  } catch (error) {
    return unknown('sample', `${reasonOfRedis(error).reason}. The ACL of the user needs +scan`);
  }
  return judgeCells(cells, { keys, otherTypes, notRead }, volume);
}

async function* keysOf(redis: Asking): AsyncGenerator<Buffer> {
  let cursor = '0';
  do {
    const answer = await redis.ask('SCAN', cursor, 'COUNT', 100);
    if (!Array.isArray(answer)) return;
    const [next, keys]: unknown[] = answer;
    cursor = String(next);
    if (Array.isArray(keys)) for (const key of keys) if (Buffer.isBuffer(key)) yield key;
  } while (cursor !== '0');
}

async function headOf(redis: Asking, key: Buffer): Promise<Buffer | 'other' | 'denied'> {
  try {
    const head = await redis.ask('GETRANGE', key, 0, HEAD_BYTES - 1);
    return Buffer.isBuffer(head) ? head : 'other';
  } catch (error) {
    const { code } = reasonOfRedis(error);
    if (code === 'WRONGTYPE') return 'other';
    if (code === 'NOPERM') return 'denied';
    throw error;
  }
}
