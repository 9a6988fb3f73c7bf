import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { partitionsFrom } from '../../src/ledger/postgres/partitions.ts';

const NOVEMBER = Date.UTC(2026, 10, 30, 23, 59);

function months(now: number): { name: string; from: string; to: string }[] {
  return partitionsFrom(now)
    .filter(({ name }) => name.startsWith('messages'))
    .map(({ name, create }) => {
      const [, from = '', to = ''] = /FROM \('(.*)'\) TO \('(.*)'\)/.exec(create) ?? [];
      return { name, from, to };
    });
}

it('makes the month and those after it, over the end of the year, without a gap', () => {
  const made = months(NOVEMBER);
  expect(made.slice(0, 3).map(({ name }) => name)).toEqual(['messages_2026_11', 'messages_2026_12', 'messages_2027_01']);
  expect(made.slice(1).map(({ from }) => from)).toEqual(made.slice(0, -1).map(({ to }) => to));
});

it('makes the same months for findings as for messages', () => {
  const names = partitionsFrom(NOVEMBER).map(({ name }) => name);
  const findings = names.filter((name) => name.startsWith('findings'));
  expect(findings.map((name) => name.replace('findings', 'messages'))).toEqual(names.filter((name) => !findings.includes(name)));
});

it('puts every UUIDv7 in the month of its time', () => {
  const [first] = months(NOVEMBER);
  const last = months(NOVEMBER).at(-1);
  const [start, end] = [Date.UTC(2026, 10), Date.UTC(2028, 4)];
  expect(last?.name).toBe('messages_2028_04');
  fc.assert(
    fc.property(fc.integer({ min: start, max: end - 1 }), (msecs) => {
      const id = uuid({ msecs });
      const month = `messages_${new Date(msecs).toISOString().slice(0, 7).replace('-', '_')}`;
      expect(months(NOVEMBER).filter(({ from, to }) => id >= from && id < to)).toMatchObject([{ name: month }]);
    }),
    { examples: [[start], [end - 1]] },
  );
  expect(uuid({ msecs: start - 1 }) < (first?.from ?? '')).toBe(true);
  expect(uuid({ msecs: end }) >= (last?.to ?? '')).toBe(true);
});
