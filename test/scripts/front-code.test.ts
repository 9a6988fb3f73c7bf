import { expect, it } from 'vitest';
import { frontCode } from '../../scripts/front-code.ts';
import { addGroup } from '../../src/detect/names/front-coded.ts';
import { hashOf } from '../../src/detect/names/letters.ts';
import { createTable } from '../../src/detect/names/table.ts';

it('writes words so that the detector reads the same ones', () => {
  const table = createTable(8);
  addGroup(table, frontCode(['BELL', 'ANNA', 'ANN', 'ANNABEL']), 5);
  expect(['ANN', 'ANNA', 'ANNABEL', 'BELL', 'ANNAB', 'BEL', 'AN'].map((word) => table.get(hashOf(word)))).toEqual([
    5, 5, 5, 5, 0, 0, 0,
  ]);
});
