import { expect, test } from 'vitest';
import { messageHeaders } from '../../src/ingest/headers.ts';

const read = (headers: Record<string, string>) => messageHeaders((name) => headers[name]);

test('reads what a sender claims', () => {
  expect(
    read({
      'Idempotency-Key': 'k-1',
      'Cordon-Flow': 'lab',
      'Cordon-Source': 'LIS',
      'Cordon-Destination': 'REGISTRY',
      'Cordon-Observed-At': '2026-11-24T16:51:13.250+01:00',
      'Cordon-Leg': 'tls=1.2; cipher=X',
    }),
  ).toEqual({
    idempotencyKey: 'k-1',
    claims: {
      flow: 'lab',
      source: 'LIS',
      destination: 'REGISTRY',
      observedAt: Date.UTC(2026, 10, 24, 15, 51, 13, 250),
      leg: 'tls=1.2; cipher=X',
    },
    problems: [],
  });
});

test('nothing said is no problem', () => {
  expect(read({ 'Cordon-Flow': '' })).toEqual({
    idempotencyKey: null,
    claims: { flow: null, source: null, destination: null, observedAt: null, leg: null },
    problems: [],
  });
});

test.each([
  ['Idempotency-Key', 'x'.repeat(129)],
  ['Cordon-Flow', 'lab\u0001'],
  ['Cordon-Source', 'l\u00e4b'],
  ['Cordon-Observed-At', 'yesterday'],
  ['Cordon-Observed-At', '2026-13-24T16:51:13Z'],
  ['Cordon-Observed-At', '2025-01-02T03:04:05'],
])('%s that breaks the rules is ignored and named without its value', (name, value) => {
  const { problems, claims, idempotencyKey } = read({ [name]: value });
  expect(problems.map(({ code }) => code)).toEqual(['header.invalid']);
  expect(problems[0]?.detail).toContain(name);
  expect(problems[0]?.detail).not.toContain(value);
  expect([idempotencyKey, ...Object.values(claims)]).toEqual([null, null, null, null, null, null]);
});
