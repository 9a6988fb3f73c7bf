import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { MessageId } from '../../core/vocabulary.ts';

/**
 * Milliseconds that ids are held for a job which is not in Redis yet: far longer than adding one takes. A job made later than so long
 * from now is of a process whose clock is ahead, and nobody knows how old it is.
 */
const COMING = 10_000;

/**
 * Ids to the job that carries them, each one to the first that asks for it. An id whose job is gone is free again, so nothing is held
 * for ever: a process died between holding and adding, a job was taken out by hand. A job's id is a UUIDv7, its first 48 bits
 * the time it was made (RFC 9562, section 5.7).
 *
 * KEYS: the ids. ARGV: what precedes a job's id in its key; the job; the times between which a job may not have come yet; ids. Returns the
 * positions of ids which another job has, from 0. A command that was sent again because its answer got lost says the same again.
 */
const HOLD = `
local ids = {unpack(ARGV, 5)}
local others, got = {}, {}
for position, job in ipairs(redis.call('HMGET', KEYS[1], unpack(ids))) do
  local other = job and job ~= ARGV[2]
  if other then
    local made = tonumber(string.sub(job, 1, 8) .. string.sub(job, 10, 13), 16)
    other = made >= tonumber(ARGV[3]) and made <= tonumber(ARGV[4]) or redis.call('EXISTS', ARGV[1] .. job) == 1
  end
  if other then
    others[#others + 1] = position - 1
  else
    got[#got + 1] = ids[position]
    got[#got + 1] = ARGV[2]
  end
end
if #got > 0 then redis.call('HSET', KEYS[1], unpack(got)) end
return others`;

const Positions = z.array(z.int().nonnegative());

export interface HeldIds {
  /** Holds ids for a job that is about to be added; returns those that it got, in their order. */
  hold(job: string, ids: readonly MessageId[]): Promise<MessageId[]>;
  /** Ids whose run has ended are free as soon as `flush` is sent. */
  ended(ids: readonly MessageId[]): void;
  flush(): void;
  /** Ids that wait or run. */
  count(): Promise<number>;
}

/**
 * The ids that are in the queue, as one hash in Redis: what makes adding an id that waits or runs do nothing. `jobs`: what precedes
 * a job's id in its key. `failed` is told when ids could not be set free; their jobs end all the same, and that frees them.
 */
export function createHeldIds(client: Redis, key: string, jobs: string, failed: (error: Error) => void): HeldIds {
  let free: MessageId[] = [];
  return {
    async hold(job, ids) {
      const now = Date.now();
      const answer = await client.eval(HOLD, 1, key, jobs, job, now - COMING, now + COMING, ...ids);
      const others = new Set(Positions.parse(answer));
      return ids.filter((_id, index) => !others.has(index));
    },
    ended: (ids) => void free.push(...ids),
    flush() {
      if (free.length === 0) return;
      const ids = free;
      free = [];
      client.hdel(key, ...ids).catch(failed);
    },
    count: () => client.hlen(key),
  };
}
