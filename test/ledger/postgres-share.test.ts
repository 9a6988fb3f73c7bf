import { expect, it } from 'vitest';
import { besideOf } from '../../src/ledger/postgres/writer.ts';

const turns = Array.from({ length: 64 }, (_, turn) => turn + 1);
const saved = (urgent: number, most = 256): number => turns.reduce((sum, turn) => sum + besideOf(urgent, turn, most), 0);

it('scans are saved as fast as a steady stream of messages comes, and some while senders flood', () => {
  for (const few of [1, 3, 6]) expect(saved(few)).toBeGreaterThanOrEqual(turns.length * few);
  for (const many of [7, 40, 256]) {
    const each = turns.map((turn) => besideOf(many, turn, 256));
    expect(each.filter((share) => share > 0)).toHaveLength(turns.length / 8);
  }
});

it('with one call a commit they take turns with accepts', () => {
  for (const urgent of [0, 1, 100]) expect(saved(urgent, 1)).toBe(turns.length / 2);
});
