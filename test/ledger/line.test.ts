import { expect, it } from 'vitest';
import { createLine, type Line } from '../../src/ledger/line.ts';
import { acceptRow, scanRow } from './rows.ts';

const SHARE = { most: 100, beside: 1, alone: 8 };

function lineOf(accepts: number, scans: number): Line {
  const line = createLine('x.db');
  for (let scan = 0; scan < scans; scan++) void line.join('saveScan', scanRow(`id-${scan}`));
  for (let accept = 0; accept < accepts; accept++) void line.join('accept', acceptRow());
  return line;
}

const names = (line: Line): string[] => line.take(SHARE).map(({ call }) => call.name);

it('lets senders go first, with a share of the scan results', () => {
  const line = lineOf(2, 20);
  expect(names(line)).toEqual(['accept', 'accept', 'saveScan']);
  expect(line.length).toBe(19);
});

it('takes few scan results right after senders, and more where none come', () => {
  const line = lineOf(1, 20);
  expect([1, 2, 3, 4].map(() => names(line).length)).toEqual([2, 2, 8, 8]);
  void line.join('accept', acceptRow());
  expect(names(line)).toEqual(['accept', 'saveScan']);
  expect(line.urgent).toBe(0);
});

it('holds no more than a batch may', () => {
  const line = lineOf(3, 3);
  const batch = line.take({ most: 2, beside: 1, alone: 8 });
  expect(batch.map(({ call }) => call.name)).toEqual(['accept', 'saveScan']);
  expect(line.clear()).toHaveLength(4);
  expect(line.length).toBe(0);
});
