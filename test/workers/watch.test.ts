import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { watch } from '../../workers/watch.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const folder = mkdtempSync(join(tmpdir(), 'cordon-watch-'));
let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
});
afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const register = compileRegister(
  loadFlows([
    {
      file: 'registry.yaml',
      text: `
id: lab-registry
title: Lab results to the state registry
owner: privacy@hospital.example
status: active
match: [{ listener: mllp, msh: { 3: LIS } }]
destination: { system: registry, entity: public-health, endpoint: "registry.example:6661" }
basis: { purpose: public-health, dataset: phi, agreement: { kind: none } }
require: { transit: rfc9325, mtls: true }
expires: 2099-12-31
`,
    },
  ]),
);

function evidence(outcome: Outcome, at: number, clientCertificate = 'demanded'): Evidence {
  return {
    target: 'tls:registry.example:6661',
    check: 'version',
    profile: 'rfc9325',
    section: '3.1.1',
    outcome,
    how: 'probed',
    facts: { clientCertificate },
    reason: null,
    at,
    expires: at + DAY,
  };
}

async function reasonsAt(now: number): Promise<readonly string[]> {
  await watch({ ledger, register, since: NOW }, now);
  const { rows } = await ledger.incidents.list({ limit: 50 });
  return rows.filter(({ lastSeen }) => lastSeen === now).map(({ reason }) => reason);
}

it('what a policy requires of the real leg is judged by evidence: not asked yet, never asked, proven, lapsed, failed, proven again', async () => {
  expect(await reasonsAt(NOW + 14 * 60_000)).toEqual([]);
  expect(await reasonsAt(NOW + 15 * 60_000)).toEqual(['transport.unproven']);
  await ledger.evidence.save([evidence('proven', NOW + HOUR)]);
  expect(await reasonsAt(NOW + HOUR + 1)).toEqual([]);
  expect(await reasonsAt(NOW + HOUR + DAY)).toEqual(['transport.unproven']);
  await ledger.evidence.save([evidence('failed', NOW + 2 * DAY)]);
  expect(await reasonsAt(NOW + 2 * DAY + 1)).toEqual(['transport.failed']);
  await ledger.evidence.save([evidence('proven', NOW + 3 * DAY, 'requested')]);
  expect(await reasonsAt(NOW + 3 * DAY + 1)).toEqual(['transport.failed']);
  await ledger.evidence.save([evidence('proven', NOW + 4 * DAY)]);
  expect(await reasonsAt(NOW + 4 * DAY + 1)).toEqual([]);
});
