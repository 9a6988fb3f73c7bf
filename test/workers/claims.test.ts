import { expect, it, vi } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { legClaimEvidence } from '../../src/policy/leg-claim.ts';
import { createClaimKeeper } from '../../workers/claims.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const MINUTE = 60_000;

it('keeps of what comes with every message one row in ten minutes for each thing that is said, and again what could not be kept', async () => {
  const saved: Evidence[] = [];
  const save = vi.fn(async (rows: readonly Evidence[]) => void saved.push(...rows));
  const keep = createClaimKeeper({ save });
  const said = (flow: string, tls: string, at: number): Promise<void> => keep(legClaimEvidence(flow, { tls, cipher: null }, at));
  for (let second = 0; second < 600; second++) await said('lab', '1.2', NOW + second * 1000);
  expect(saved).toHaveLength(1);
  await said('lab', 'none', NOW + MINUTE);
  await said('record', '1.2', NOW + MINUTE);
  expect(saved.map(({ target, outcome }) => `${target} ${outcome}`)).toEqual([
    'leg:lab claimed',
    'leg:lab failed',
    'leg:record claimed',
  ]);
  save.mockRejectedValueOnce(new Error('away'));
  await expect(said('lab', '1.2', NOW + 10 * MINUTE)).rejects.toThrow('away');
  await said('lab', '1.2', NOW + 10 * MINUTE + 1);
  expect(saved).toHaveLength(4);
});
