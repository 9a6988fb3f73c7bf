import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import type { Reason } from '../../src/core/vocabulary.ts';
import { FlowSchema } from '../../src/policy/flow.ts';
import { legClaimEvidence } from '../../src/policy/leg-claim.ts';
import { NOON } from '../ledger/rows.ts';
import { type Desk, openDesk, openIncident, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

const DAY = 86_400_000;
let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  for (const [id, endpoint] of [
    ['asked', { endpoint: 'registry.example:6661' }],
    ['nowhere', {}],
    ['general', { endpoint: 'general.example:6661' }],
    ['stored', { location: 'archive' }],
    ['undescribed', { location: 'attic' }],
  ] as const) {
    desk.policies.push(
      FlowSchema.parse({
        id,
        title: `Flow ${id}`,
        owner: 'privacy@hospital.example',
        status: 'active',
        match: [{ listener: 'mllp', msh: { 3: 'LIS' } }],
        destination: { system: 'registry', entity: 'public-health', ...endpoint },
        basis: { purpose: 'public-health', dataset: 'phi', agreement: { kind: 'none' } },
        require: id === 'general' ? {} : { transit: 'rfc9325', mtls: true },
        expires: '2099-12-31',
      }),
    );
  }
  dana = await signIn(desk);
});
afterAll(() => desk.close());

function row(check: string, outcome: Outcome, over: Partial<Evidence> = {}): Evidence {
  const facts = { clientCertificate: 'not-demanded' };
  const what = { target: 'tls:registry.example:6661', profile: 'rfc9325', section: '4.1', how: 'probed', reason: null } as const;
  return { ...what, check, outcome, facts, at: NOON, expires: NOON + DAY, ...over };
}

async function pageOf(flow: string, reason: Reason = 'transport.failed'): Promise<string> {
  await openIncident(desk, { key: `${reason}|${flow}`, reason, flow, category: null, group: null });
  const { rows } = await desk.ledger.incidents.list({ flow, limit: 10 });
  const id = rows.find((incident) => incident.reason === reason)?.id;
  const page = await (await dana.get(`/incidents/${id}`)).text();
  expectCleanPage(page);
  return page.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}

it('says which checks of the endpoint are not proven and what to do, and counts the others', async () => {
  expect(await pageOf('asked')).toContain('registry.example:6661 was not asked yet.');
  await desk.ledger.evidence.save([
    row('version', 'proven'),
    row('suites', 'failed', { reason: 'accepts <RC4>: take it out', at: NOON - 3 * DAY, expires: NOON + DAY }),
    row('suites', 'failed', { reason: 'accepts <RC4>: take it out' }),
    row('plain-port', 'not_applicable', { expires: NOON }),
    row('certificate', 'proven', { expires: NOON }),
    row('suites', 'failed', { profile: 'dicom-b12', reason: 'of another profile' }),
  ]);
  const page = await pageOf('asked');
  expect(page).toContain('by rfc9325: 1 of 3 checks proven; client certificate not demanded.');
  expect(page).toContain('✗ failed suites 4.1 since 3 days agoaccepts &lt;RC4&gt;: take it out');
  expect(page).toContain('? unknown: what was proven has expired certificate 4.1 since');
  expect(page).not.toContain('plain-port');
  expect(page).not.toContain('of another profile');
});

it('says of each thing that is asked of a place what is not proven, and what to name where nothing can be asked', async () => {
  expect(await pageOf('nowhere', 'location.unknown')).toContain('The policy names no place');
  expect(await pageOf('undescribed', 'location.unknown')).toContain('Nothing can be asked of attic.');
  desk.places.set('archive', { verify: ['s3://films/', 'postgres://reader:geheim@db.example/pacs'] });
  const rest = { target: 's3://films/', profile: null, section: '' };
  await desk.ledger.evidence.save([
    row('bucket-encryption', 'proven', rest),
    row('sample', 'failed', { ...rest, reason: 'an object is plain: encrypt it' }),
    row('rotation', 'failed', { ...rest, reason: 'turn rotation on' }),
    row('grants', 'unknown', { ...rest, reason: 'denied: allow kms:ListGrants' }),
    row('policy', 'proven', rest),
  ]);
  const page = await pageOf('stored', 'location.unknown');
  expect(page).toContain('s3://films/, asked just now: 1 of 2 checks proven. ✗ failed sample since just nowan object is plain');
  expect(page).toMatch(/not what decides: \? unknown grants .*✗ failed rotation since just nowturn rotation on/);
  expect(page).toContain('postgres://db.example:5432/pacs was not asked yet.');
  expect(page).not.toContain('geheim');
});

it('says what somebody states of a place, for as long as it counts', async () => {
  const attested = { by: 'Cloud GmbH', what: 'disks are encrypted', reference: 'SOC 2, page 7', stated: '2026-01-01' };
  const target = 'location:attic';
  const stated = {
    target,
    profile: null,
    section: '',
    how: 'attested',
    facts: attested,
    reason: 'it is stated, and not proven',
  } as const;
  await desk.ledger.evidence.save([
    row('attestation', 'claimed', stated),
    row('attestation-2', 'claimed', { ...stated, facts: { ...attested, by: 'Nobody' }, at: NOON - DAY, expires: NOON }),
  ]);
  const page = await pageOf('undescribed', 'location.unknown');
  expect(page).toContain(
    'Cloud GmbH states of the place: disks are encrypted (SOC 2, page 7), until 2026-11-25 “ claimed attestation',
  );
  expect(page).toContain('Nothing can be asked of attic.');
  expect(page).not.toContain('Nobody states');
});

it('says what the engine says of its leg, with and without an endpoint to ask', async () => {
  const admitted = { tls: '1.0', cipher: null };
  await desk.ledger.evidence.save([
    legClaimEvidence('nowhere', { tls: 'none', cipher: null }, NOON),
    legClaimEvidence('asked', admitted, NOON),
    legClaimEvidence('undescribed', admitted, NOON - 2 * DAY),
    legClaimEvidence('general', { tls: '1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' }, NOON),
    row('version', 'proven', { target: 'tls:general.example:6661' }),
    row('suites', 'failed', { target: 'tls:general.example:6661', profile: 'dicom-b12' }),
  ]);
  expect(await pageOf('nowhere')).toMatch(/The engine says of its leg: no TLS, just now\. ✗ failed version .*names no endpoint/);
  expect(await pageOf('asked')).toContain('The engine says of its leg: TLS 1.0, just now.');
  const page = await pageOf('general');
  expect(page).toContain('The engine says of its leg: TLS 1.2, ECDHE-RSA-AES128-GCM-SHA256, just now. “ claimed version');
  expect(page).toContain('general.example:6661, asked just now, by rfc9325: 1 of 1 checks proven.');
  expect(await pageOf('undescribed')).not.toContain('The engine says');
});

it('says that nobody can be asked where the policy names no endpoint, and nothing on other incidents', async () => {
  expect(await pageOf('nowhere')).toContain('The policy names no endpoint');
  const other = await openIncident(desk, { key: 'name|asked|PID', flow: 'asked' });
  expect(await (await dana.get(`/incidents/${other}`)).text()).not.toContain('<h2>Evidence</h2>');
});
