import { expect, it } from 'vitest';
import { createCredentialsAlert } from '../src/credentials-alert.ts';
import type { IncidentStore } from '../src/ledger/ledger.ts';

function watch(raise: IncidentStore['raise']) {
  let now = 0;
  const logged: unknown[] = [];
  const alert = createCredentialsAlert(
    { incidents: { raise } as IncidentStore },
    () => now,
    (...line) => logged.push(line),
  );
  return { alert, logged, later: (ms: number) => (now += ms) };
}

const refused = (address: string) => ({ kind: 'credentials', listener: 'mllp-tls', address, reason: 'certificate' }) as const;

it('makes one incident a listener and address, with a fact a minute at most', () => {
  const keys: string[] = [];
  const { alert, later } = watch(async ({ key }) => {
    keys.push(key);
  });
  alert(refused('10.0.0.7'));
  alert(refused('10.0.0.7'));
  alert(refused('10.0.0.8'));
  later(60_000);
  alert(refused('10.0.0.7'));
  expect(keys).toEqual(['credentials|mllp-tls 10.0.0.7', 'credentials|mllp-tls 10.0.0.8', 'credentials|mllp-tls 10.0.0.7']);
});

it('says in the log that an incident could not be raised', async () => {
  const { alert, logged } = watch(() => Promise.reject(new Error('the ledger is away')));
  alert(refused('10.0.0.7'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(logged).toEqual([['error', 'incident not raised', { reason: 'the ledger is away' }]]);
});
