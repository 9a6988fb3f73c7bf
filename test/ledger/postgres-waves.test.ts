import { expect, it } from 'vitest';
import type { Call } from '../../src/ledger/operations.ts';
import { wavesOf } from '../../src/ledger/postgres/waves.ts';
import { acceptRow, cause, flaggedRow, scanRow } from './rows.ts';

const accept = (): Call => ({ name: 'accept', argument: acceptRow() });
const clean = (id: string): Call => ({ name: 'saveScan', argument: scanRow(id) });
const flagged = (id: string, ...keys: string[]): Call => ({
  name: 'saveScan',
  argument: flaggedRow(
    id,
    {},
    keys.map((key) => cause({ key })),
  ),
});
const ping: Call = { name: 'ping', argument: 0 };

const [a, b] = [accept(), accept()];
const [c1, c2, again] = [clean('1'), clean('2'), clean('1')];
const [x, y, both, z] = [flagged('3', 'x'), flagged('4', 'y'), flagged('5', 'x', 'y'), flagged('6', 'z')];

it.each<[string, Call[], Call[][]]>([
  ['nothing', [], []],
  ['accepts and scans of different messages together', [a, c1, b, c2], [[a, c1, b, c2]]],
  ['two scans of one message after each other', [c1, again, c2], [[c1, c2], [again]]],
  ['scans of different incidents together, those of the same after each other', [x, y, both, z], [[x, y, z], [both]]],
  ['anything else alone, in its place', [a, ping, b, c1, ping], [[a], [ping], [b, c1], [ping]]],
])('runs %s', (_what, calls, waves) => {
  expect(wavesOf(calls)).toEqual(waves);
});

it('bounds how many are under way, and leaves out none', () => {
  const calls = Array.from({ length: 200 }, accept);
  const waves = wavesOf(calls);
  expect(waves.flat()).toEqual(calls);
  expect(waves.every((wave) => wave.length <= 64)).toBe(true);
});
