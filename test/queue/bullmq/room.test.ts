import { expect, it } from 'vitest';
import { createRoom } from '../../../src/queue/bullmq/room.ts';

it('has room for as many whole jobs as there are ids left to run, beside those that it has', () => {
  const room = createRoom(64, 8);
  expect(room.jobs()).toBe(8);
  room.took('one', 1);
  expect(room.jobs()).toBe(1 + 7);
  for (let job = 0; job < 7; job++) room.took(`crowd ${job}`, 8);
  // 57 run: 7 more might be 56 too many.
  expect(room.jobs()).toBe(8);
  room.ended('one');
  expect(room.jobs()).toBe(8 + 1);
  room.gone('one');
  expect(room.jobs()).toBe(7 + 1);
});

it('forgets what is left of a job that is gone, and does not count one twice that it was given again', () => {
  const room = createRoom(64, 8);
  room.took('a', 8);
  room.took('a', 8);
  expect(room.jobs()).toBe(1 + 7);
  room.gone('a');
  room.gone('a');
  room.gone('never here');
  expect(room.jobs()).toBe(8);
});

it('is never without a job, also where one holds more than may run at once', () => {
  const room = createRoom(2, 1);
  room.took('of a process that may run more', 32);
  expect(room.jobs()).toBe(1);
});
