import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { describeFailure, exitCodeOf } from '../../src/cli/failure.ts';
import { CordonError } from '../../src/core/errors.ts';

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}

test.each([
  [new CommanderError(0, 'commander.helpDisplayed', 'help'), 0],
  [new CommanderError(1, 'commander.unknownOption', 'x'), 2],
  [new CordonError('usage', 'x'), 2],
  [new CordonError('config.invalid', 'x'), 2],
  [new CordonError('rules.invalid', 'x'), 2],
  [new CordonError('ledger.unavailable', 'x'), 1],
  [new Error('x'), 1],
])('%s ends with %i', (thrown, code) => {
  expect(exitCodeOf(thrown)).toBe(code);
});

test('an error of ours is its lines, without a stack', () => {
  expect(describeFailure(new CordonError('config.invalid', 'a: b\nc: d'))).toEqual(['cordon: a: b', 'cordon: c: d']);
});

test('an error of the system names the file', () => {
  expect(describeFailure(caught(() => readFileSync('/nowhere/x')))).toEqual([
    "cordon: ENOENT: no such file or directory, open '/nowhere/x'",
  ]);
});

test('any other error shows where it was, and nothing of what it failed on', () => {
  const lines = describeFailure(caught(() => JSON.parse('DOE^JANE')));
  expect(lines[0]).toBe('cordon: internal error (SyntaxError), a defect of Cordon. Please report these lines:');
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join()).not.toContain('DOE');
  expect(describeFailure('DOE^JANE').join()).not.toContain('DOE');
});
