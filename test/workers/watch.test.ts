import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { legClaimEvidence } from '../../src/policy/leg-claim.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { loadLocations } from '../../src/policy/location.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { readEvidence } from '../../workers/flow-evidence.ts';
import { watch } from '../../workers/watch.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const folder = mkdtempSync(join(tmpdir(), 'cordon-watch-'));
const postgres = usePostgres();
const opened: Ledger[] = [];
afterAll(async () => {
  for (const ledger of opened) await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const ENGINES: readonly [string, () => Promise<Ledger>][] = [
  [
    'SQLite',
    async () => {
      const ledger = await openLedger({ path: join(folder, `${opened.length}.db`), migrate: true });
      opened.push(ledger);
      return ledger;
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const [ledger] = (await postgres.ledgers(1)).on;
      if (ledger === undefined) throw new Error('no ledger');
      return ledger;
    },
  ],
];

const policy = (destination: string, require: string): string => `
id: lab-registry
title: Lab results to the state registry
owner: privacy@hospital.example
status: active
match: [{ listener: mllp, msh: { 3: LIS } }]
destination: { system: registry, entity: public-health, ${destination} }
basis: { purpose: public-health, dataset: phi, agreement: { kind: none } }
require: ${require}
expires: 2099-12-31
`;

const locations = loadLocations([
  {
    file: 'locations.yaml',
    text: `
{id: registry-db, title: Registry, type: database, owner: it, verify: ["kms:alias/registry", "file:/data"]}
---
{id: stated, title: Stated, type: archive, owner: it, attested: [{by: ops, what: disks, reference: SOC 2, at: 2026-01-01, expires: 2027-01-01}]}
`,
  },
]);

const leg = (outcome: Outcome, at: number, clientCertificate = 'demanded', target = 'tls:registry.example:6661'): Evidence => ({
  target,
  check: 'version',
  profile: 'rfc9325',
  section: '3.1.1',
  outcome,
  how: 'probed',
  facts: { clientCertificate },
  reason: null,
  at,
  expires: at + DAY,
});

const rest = (target: string, check: string, outcome: Outcome, at: number): Evidence => ({
  ...leg(outcome, at, '', target),
  check,
  profile: null,
  section: '',
  expires: at + HOUR,
});

/** A ledger and one policy; what a round of the watch at a time raised: severity, reason and why it was last opened. */
async function watched(open: () => Promise<Ledger>, text: string) {
  const ledger = await open();
  const register = compileRegister(loadFlows([{ file: 'flow.yaml', text }]));
  const raisedAt = async (now: number): Promise<readonly string[]> => {
    const evidence = await readEvidence(register, { evidence: ledger.evidence, locations, since: NOW }, now);
    await watch({ ledger, register, evidence, since: NOW }, now);
    const { rows } = await ledger.incidents.list({ limit: 50 });
    const fresh = rows.filter(({ lastSeen }) => lastSeen === now);
    return Promise.all(
      fresh.map(async ({ id, reason, severity }) => {
        const events = await ledger.incidents.events(id);
        const note = events.findLast(({ action }) => action === 'opened' || action === 'reopened')?.note ?? '';
        return `${severity} ${reason}${note === '' ? '' : `: ${note}`}`;
      }),
    );
  };
  const close = async (at: number): Promise<void> => {
    for (const { id, state } of (await ledger.incidents.list({ limit: 50, states: ['open'] })).rows)
      await ledger.incidents.transition(id, state, { to: 'resolved', actor: 'officer', note: '', until: null, at });
  };
  return { ledger, raisedAt, close };
}

describe.each(ENGINES)('the watch on %s', (_name, open) => {
  const ENDPOINT = 'endpoint: "registry.example:6661"';

  it('judges the real leg: not asked yet, never asked, proven, lapsed, failed, without client certificate, proven again', async () => {
    const { ledger, raisedAt, close } = await watched(open, policy(ENDPOINT, '{ transit: rfc9325, mtls: true }'));
    expect(await raisedAt(NOW + 14 * MINUTE)).toEqual([]);
    expect(await raisedAt(NOW + 15 * MINUTE)).toEqual(['medium transport.unproven']);
    await ledger.evidence.save([leg('proven', NOW + HOUR)]);
    expect(await raisedAt(NOW + HOUR + 1)).toEqual([]);
    await close(NOW + 2 * HOUR);
    expect(await raisedAt(NOW + HOUR + DAY)).toEqual([
      'medium transport.unproven: its proof lapsed on 2026-11-27 13:00 UTC, and no new one was had',
    ]);
    await ledger.evidence.save([leg('failed', NOW + 2 * DAY)]);
    expect(await raisedAt(NOW + 2 * DAY + 1)).toEqual([
      'high transport.failed: it was proven until 2026-11-27 13:00 UTC, and fails now',
    ]);
    await ledger.evidence.save([leg('proven', NOW + 3 * DAY, 'requested')]);
    expect((await raisedAt(NOW + 3 * DAY + 1)).map((text) => text.split(':')[0])).toEqual(['high transport.failed']);
    await ledger.evidence.save([leg('proven', NOW + 4 * DAY)]);
    expect(await raisedAt(NOW + 4 * DAY + 1)).toEqual([]);
  });

  it('judges the place by every target of it, and tells a lapse from a failure', async () => {
    const { ledger, raisedAt, close } = await watched(open, policy('location: registry-db', '{ rest: encrypted }'));
    const both = (key: Outcome, volume: Outcome, at: number): Promise<void> =>
      ledger.evidence.save([rest('kms:alias/registry', 'key', key, at), rest('file:/data', 'volume', volume, at)]);
    expect(await raisedAt(NOW + MINUTE)).toEqual([]);
    await ledger.evidence.save([rest('kms:alias/registry', 'key', 'proven', NOW)]);
    expect(await raisedAt(NOW + 15 * MINUTE)).toEqual(['medium location.unknown']);
    await both('proven', 'proven', NOW + HOUR);
    expect(await raisedAt(NOW + HOUR + 1)).toEqual([]);
    await close(NOW + HOUR + 2);
    expect(await raisedAt(NOW + 2 * HOUR)).toEqual([
      'medium location.unknown: its proof lapsed on 2026-11-26 14:00 UTC, and no new one was had',
    ]);
    await both('proven', 'proven', NOW + 2 * HOUR);
    expect(await raisedAt(NOW + 2 * HOUR + 1)).toEqual([]);
    await close(NOW + 2 * HOUR + 2);
    await both('failed', 'proven', NOW + 2.5 * HOUR);
    expect(await raisedAt(NOW + 2.5 * HOUR)).toEqual([
      'high location.unknown: it was proven until 2026-11-26 14:30 UTC, and fails now',
    ]);
    await both('proven', 'proven', NOW + 3 * HOUR);
    expect(await raisedAt(NOW + 3 * HOUR)).toEqual([]);
  });

  it.each([
    ['a place that nobody described', 'location: nowhere'],
    ['a place that is attested only', 'location: stated'],
    ['no place', 'country: US'],
  ])('does not take %s as proven', async (_title, destination) => {
    const { raisedAt } = await watched(open, policy(destination, '{ rest: encrypted }'));
    expect(await raisedAt(NOW)).toEqual(['medium location.unknown']);
  });

  it('raises a place that a policy names and nobody described, until somebody does, encrypted or not', async () => {
    const { raisedAt } = await watched(open, policy('location: nowhere', '{}'));
    expect(await raisedAt(NOW)).toEqual(['low location.unknown: nobody described the place "nowhere"']);
    const described = await watched(open, policy('location: stated', '{}'));
    expect(await described.raisedAt(NOW)).toEqual([]);
  });

  it('takes what an engine says of its leg as a claim, and at its word where it speaks against itself', async () => {
    const { ledger, raisedAt } = await watched(open, policy('location: stated', '{ transit: rfc9325 }'));
    await ledger.evidence.save([legClaimEvidence('lab-registry', { tls: '1.3', cipher: null }, NOW)]);
    expect(await raisedAt(NOW + 1)).toEqual(['medium transport.unproven']);
    await ledger.evidence.save([legClaimEvidence('lab-registry', { tls: 'none', cipher: null }, NOW + 1)]);
    expect(await raisedAt(NOW + 2)).toEqual(['high transport.failed']);
  });

  it('says of what nobody requires only that it got worse', async () => {
    const { ledger, raisedAt } = await watched(open, policy(`${ENDPOINT}, location: registry-db`, '{}'));
    await ledger.evidence.save([
      leg('failed', NOW),
      rest('kms:alias/registry', 'key', 'failed', NOW),
      rest('file:/data', 'volume', 'proven', NOW),
    ]);
    expect(await raisedAt(NOW + 1)).toEqual([]);
    await ledger.evidence.save([leg('proven', NOW + HOUR), rest('kms:alias/registry', 'key', 'proven', NOW + HOUR)]);
    expect(await raisedAt(NOW + 2 * HOUR)).toEqual([]);
    await ledger.evidence.save([leg('failed', NOW + 2 * HOUR), rest('kms:alias/registry', 'key', 'failed', NOW + 2 * HOUR)]);
    expect((await raisedAt(NOW + 2 * HOUR + 1)).map((text) => text.split(':')[0]).sort()).toEqual([
      'low location.unknown',
      'low transport.failed',
    ]);
  });
});
