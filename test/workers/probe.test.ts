import { describe, expect, it } from 'vitest';
import type { Evidence, Outcome, Verifier } from '../../src/core/evidence.ts';
import type { TransitTarget } from '../../src/encryption/transit/verifier.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { type ProbeDeps, probe } from '../../workers/probe.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const HOUR = 3_600_000;

const policy = (id: string, endpoint: string | null): string => `
id: ${id}
title: Flow ${id}
owner: privacy@hospital.example
status: active
match: [{ listener: mllp, msh: { 3: ${id.toUpperCase()} } }]
destination: { system: registry, entity: public-health${endpoint === null ? '' : `, endpoint: "${endpoint}"`} }
basis: { purpose: public-health, dataset: phi, agreement: { kind: none } }
require: { transit: rfc9325 }
expires: 2099-12-31
`;

const register = compileRegister(
  loadFlows(
    [
      policy('one', 'registry.example:6661'),
      policy('two', 'registry.example:6661'),
      policy('three', '[::1]:2762'),
      policy('four', null),
    ].map((text, index) => ({ file: `${index}.yaml`, text })),
  ),
);

function row(target: string, at: number, expires: number, outcome: Outcome = 'proven'): Evidence {
  const what = { check: 'version', profile: 'rfc9325', section: '3.1.1', how: 'probed', facts: {}, reason: null } as const;
  return { target, outcome, at, expires, ...what };
}

function setUp(kept: readonly Evidence[], fails = false) {
  const asked: TransitTarget[] = [];
  const saved: Evidence[] = [];
  const failures: string[] = [];
  const verifier: Verifier<TransitTarget> = {
    name: 'transit',
    async check(target) {
      asked.push(target);
      if (fails) throw new Error('broken');
      return [row(`tls:${target.host}:${target.port}`, NOW, NOW + 24 * HOUR)];
    },
  };
  const deps: ProbeDeps = {
    ledger: { evidence: { list: async () => kept, save: async (rows) => void saved.push(...rows) } },
    register,
    verifier,
    onFailure: (endpoint, reason) => failures.push(`${endpoint}: ${reason}`),
  };
  return { deps, asked, saved, failures };
}

const NEVER = new AbortController().signal;

describe('a round of probes', () => {
  it('asks each endpoint that a policy names, once, and keeps what it had', async () => {
    const { deps, asked, saved } = setUp([]);
    expect(await probe(deps, NOW, NEVER)).toBe(2);
    expect(asked).toEqual([
      { host: 'registry.example', port: 6661, serverName: null },
      { host: '::1', port: 2762, serverName: null },
    ]);
    expect(saved).toHaveLength(2);
  });

  it.each<[string, Evidence, number]>([
    ['evidence that holds', row('tls:registry.example:6661', NOW - HOUR, NOW + 23 * HOUR), 1],
    ['evidence that ends soon', row('tls:registry.example:6661', NOW - 20 * HOUR, NOW + 4 * HOUR), 2],
    ['a failed try of just now', row('tls:registry.example:6661', NOW - 1000, NOW + HOUR, 'unknown'), 1],
  ])('with %s asks %#', async (_title, kept, count) => {
    const { deps } = setUp([kept]);
    expect(await probe(deps, NOW, NEVER)).toBe(count);
  });

  it('goes on after an endpoint whose check broke off, and ends when it is told to', async () => {
    const { deps, failures } = setUp([], true);
    expect(await probe(deps, NOW, NEVER)).toBe(2);
    expect(failures).toEqual(['registry.example:6661: broken', '[::1]:2762: broken']);
    expect(await probe(deps, NOW, AbortSignal.abort())).toBe(0);
  });
});
