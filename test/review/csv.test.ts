import { expect, it } from 'vitest';
import { csvOf } from '../../src/review/csv.ts';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('takes %j out of the reach of formulas', (cell) => {
  expect(csvOf(['a'], [[cell]])).toMatch(/^a\r\n"?'/);
});

it('quotes what would break a row, and keeps numbers and nothing as they are', () => {
  expect(csvOf(['a', 'b', 'c'], [['x,"y"\r\nz', 3, null]])).toBe('a,b,c\r\n"x,""y""\r\nz",3,\r\n');
});
