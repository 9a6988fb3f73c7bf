import { expect, test } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

function watch(total: number, steps: readonly number[], terminal: { isTTY: boolean; columns?: number }): string[] {
  const written: string[] = [];
  let now = 0;
  const stream = { ...terminal, write: (text: string) => written.push(text) };
  const progress = createProgress('sending', total, stream, () => now);
  for (const units of steps) {
    progress.step(units);
    now += 60;
  }
  progress.done();
  return written;
}

test('a terminal gets a bar that redraws itself, at most every 100 ms', () => {
  expect(watch(4, [1, 1, 1, 1], { isTTY: true })).toEqual([
    '\rsending [######..................] 1/4',
    '\rsending [##################......] 3/4',
    '\rsending [########################] 4/4',
    '\n',
  ]);
});

test('a narrow terminal gets no second line', () => {
  expect(watch(2, [], { isTTY: true, columns: 12 })).toEqual(['\rsending [..', '\n']);
});

test('a pipe gets a plain line at every quarter, however small the steps', () => {
  expect(
    watch(
      1000,
      Array.from({ length: 1000 }, () => 1),
      { isTTY: false },
    ),
  ).toEqual(['sending: 250/1000\n', 'sending: 500/1000\n', 'sending: 750/1000\n', 'sending: 1000/1000, done\n']);
});

test('a pipe gets one line for work that is done in a step, or is none', () => {
  expect(watch(10, [10], { isTTY: false })).toEqual(['sending: 10/10, done\n']);
  expect(watch(0, [], { isTTY: false })).toEqual(['sending: 0/0, done\n']);
});
